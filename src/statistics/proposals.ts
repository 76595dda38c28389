import { JUDGING_WORDS } from './judging-words.js';

/** Without case and accents, what is invisible taken out and what only looks like a letter made one: `ＳＯＵＴＩＥＮ`, `œ`. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae');
}

/** Words apart, and nothing else. */
export function fold(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters of another alphabet look like ours, and are read as others: `ѕоutien`. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u;

/** How much of something, in the eye of who notes it: `+++`, stars, a mark out of ten. */
const INTENSITY = /\+{2,}|(^|\s)-{2,}(\s|$)|[*★☆]{2,}|\b\d{1,2} ?(\/|sur) ?(5|10|20)\b/;

/** What would count someone's work. */
const OF_WORKERS =
  /\b(par|de chaque|d un|selon l|selon le) ?(agents?|travailleurs?|referents?|assistante?s? sociale?s?|professionnels?|postes?|initiales)\b|\b(productivite|performance|rendement|classement|palmares|objectifs?)\b|\b(by|per|of each) (workers?|agents?|staff|posts?|professionals?)\b|\b(productivity|rankings?|league tables?|targets?)\b/;

/** Rule 6 of the county's file: what is not collected at all. */
const NOT_COLLECTED =
  /\b(nationalites?|etrangers?|etrangeres?|titres? de sejour|sans papiers|numero de securite sociale|nir|religions?|confessions?|origines? (ethniques?|nationales?|geographiques?)|ethni\w+|race|delits?|infractions?|condamnations?|date d arrivee|nationalit(y|ies)|foreigners?|residence permits?|undocumented|social security numbers?|religio\w+|ethnicity|criminal records?|offences?)\b/;

/** The words of a proposal, but for what it does not count: there a word may say what is left out. */
export interface ProposedWords {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly countsFr: string;
}

export interface Objection {
  readonly reason: 'SUBJECTIVE' | 'ABOUT_WORKERS' | 'NOT_COLLECTED';
  /** Where the word is that stands in the way. */
  readonly field: keyof ProposedWords;
}

function objectionToText(text: string, isExample: boolean): Objection['reason'] | null {
  const words = fold(text);
  if (NOT_COLLECTED.test(words)) return 'NOT_COLLECTED';
  // An example may name one: « une annulation pour absence d’un agent ».
  if (!isExample && OF_WORKERS.test(words)) return 'ABOUT_WORKERS';
  const judges = INTENSITY.test(plain(text)) || FOREIGN.test(plain(text));
  return judges || JUDGING_WORDS.some((judging) => judging.words.test(words)) ? 'SUBJECTIVE' : null;
}

/** Why nothing of these words can be counted in the open, and which; null where nothing in them says so. People may still refuse it. */
export function objectionTo(words: ProposedWords): Objection | null {
  for (const field of ['labelFr', 'labelEn', 'code', 'definitionFr', 'countsFr'] as const) {
    const reason = objectionToText(words[field].replaceAll('_', ' '), field === 'countsFr');
    if (reason !== null) return { reason, field };
  }
  return null;
}

/** What someone would write who looks for a table by worker. */
const NAMES_WORKERS =
  /WORKER|AGENT|TRAVAILLEUR|REFERENT|STAFF|POST(E)?$|INITIAL|PROFESSIONAL|PROFESSIONNEL|USER|HEAD/;

/** And for a league table. */
const NAMES_TERRITORIES =
  /DISTRICT|CIRCONSCRIPTION|CSS|SECTOR|SECTEUR|COMMUNE|TERRITOR|RANK|CLASSEMENT|TOP|BEST|SCORE/;

/** Why there is no such dimension. */
export function refusalOfDimension(code: string): 'WORKER_DIMENSION' | 'RANKING' | 'UNKNOWN_DIMENSION' {
  const name = plain(code).toUpperCase();
  if (NAMES_WORKERS.test(name)) return 'WORKER_DIMENSION';
  return NAMES_TERRITORIES.test(name) ? 'RANKING' : 'UNKNOWN_DIMENSION';
}
