/**
 * What the service must never record about a person, as patterns over the demonstration content.
 * Source: the brief of Cosmos; articles 9 and 10 of the GDPR for origin, religion and offences.
 */
export const FORBIDDEN: readonly RegExp[] = [
  /nationalit/i,
  /\bséjour/i,
  /sans[- ]papiers/i,
  /\bpapiers? d'identité/i,
  /étranger/i,
  /immigr|migrant/i,
  /\basile\b|réfugié/i,
  /\bpréfecture/i,
  /\bAME\b|aide médicale/i,
  /\borigine/i,
  /ethni/i,
  /\brac(e|ial)/i,
  /religi|confession|\bculte|mosquée|église|synagogue|ramadan/i,
  /\bNIR\b/,
  /sécurité sociale/i,
  /\b[12][ .]?\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{3}[ .]?\d{3}\b/,
  /\bdélit|\bcrime|infraction|condamn|casier|détention|prison|garde à vue/i,
  /\bnationalit(y|ies)|residence permit|religio|\borigin|offence|ethnic|social security number/i,
];

/** Words that judge rather than describe. */
export const JUDGEMENTS: readonly RegExp[] = [
  /\+\+/,
  /nonchalan|fainéan|paresseu|mauvaise (foi|volonté)|manipul|agressi|menteu|passif|passive|irresponsab/i,
  /immatur|carenc|défaillan|inadéquat|négligent|écoute soutien|peu fiable|assisté(e|s)?\b/i,
];

/** The patterns a text matches, for a readable failure. */
export function matches(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.filter((pattern) => pattern.test(text)).map(String);
}
