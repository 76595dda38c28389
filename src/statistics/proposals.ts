/** Without case and accents, as words are looked for. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** How much of something, in the eye of who notes it: `+++`, stars, a mark out of ten. */
const INTENSITY = /\+{2,}|(^|\s)-{2,}(\s|$)|[*★☆]{2,}|\b\d{1,2} ?(\/|sur) ?(5|10|20)\b/;

/** What is felt, judged or given: no record says it, and two who note it do not agree. */
const FELT =
  /\b(ecoute|soutien|ressenti|motivation|motive|implication|investissement personnel|cooperation|cooperati|adhesion|bonne volonte|volonte|attitude|comportement|personnalite|merite|autonomie psychique|intensite|lourdeur|complexite|qualite|satisfaction|confiance|fragilite|maturite|emotion|importance de|important\w*|difficile|lourd\w*|bon|bonne|mauvais\w*)\b/;

/** What would count someone's work. */
const OF_WORKERS =
  /\b(par|de chaque|d un|selon l|selon le) ?(agents?|travailleurs?|referents?|assistante?s? sociale?s?|professionnels?|postes?|initiales)\b|\b(productivite|performance|rendement|classement|palmares|objectifs?)\b/;

/** Rule 6 of the county's file: what is not collected at all. */
const NOT_COLLECTED =
  /\b(nationalites?|etrangers?|etrangeres?|titres? de sejour|sans papiers|numero de securite sociale|nir|religions?|confessions?|origines? (ethniques?|nationales?|geographiques?)|ethni\w+|race|delits?|infractions?|condamnations?|date d arrivee)\b/;

/** Why nothing of these words can be counted in the open; null where nothing in them says so. People may still refuse it. */
export function objectionTo(
  label: string,
  definition: string,
): 'SUBJECTIVE' | 'ABOUT_WORKERS' | 'NOT_COLLECTED' | null {
  const [title, text] = [plain(label), plain(`${label}\n${definition}`).replace(/['’]/g, ' ')];
  if (NOT_COLLECTED.test(text)) return 'NOT_COLLECTED';
  if (OF_WORKERS.test(text)) return 'ABOUT_WORKERS';
  // In a definition such words may say what is left out; as a title they say what is meant.
  return INTENSITY.test(text) || FELT.test(title) ? 'SUBJECTIVE' : null;
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
