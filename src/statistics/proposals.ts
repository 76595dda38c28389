import { JUDGING_WORDS } from './judging-words.js';

/** Returns the text without case and accents, without invisible characters, and with look-alikes turned into letters: `ＳＯＵＴＩＥＮ`, `œ`. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae');
}

/** Returns the words of a text, separated by spaces, and nothing else. */
export function fold(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A letter of another alphabet that looks like ours and would pass as another letter: `ѕоutien`. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u;

/** Marks of intensity, which depend on the worker who notes them: `+++`, stars, a mark out of ten. */
const INTENSITY = /\+{2,}|(^|\s)-{2,}(\s|$)|[*★☆]{2,}|\b\d{1,2} ?(\/|sur) ?(5|10|20)\b/;

/** Words that would count a worker's work. */
const OF_WORKERS =
  /\b(par|de chaque|d un|selon l|selon le) ?(agents?|travailleurs?|referents?|assistante?s? sociale?s?|professionnels?|postes?|initiales)\b|\b(productivite|performance|rendement|classement|palmares|objectifs?)\b|\b(by|per|of each) (workers?|agents?|staff|posts?|professionals?)\b|\b(productivity|rankings?|league tables?|targets?)\b/;

/** Rule 6 of the domain: what is not collected at all. */
const NOT_COLLECTED =
  /\b(nationalites?|etrangers?|etrangeres?|titres? de sejour|sans papiers|numero de securite sociale|nir|religions?|confessions?|origines? (ethniques?|nationales?|geographiques?)|ethni\w+|race|delits?|infractions?|condamnations?|date d arrivee|nationalit(y|ies)|foreigners?|residence permits?|undocumented|social security numbers?|religio\w+|ethnicity|criminal records?|offences?)\b/;

/** The words of a proposal, without the text on what it does not count: there, such a word may name what is left out. */
export interface ProposedWords {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly countsFr: string;
}

/** The objection to the words of a proposal. */
export interface Objection {
  readonly reason: 'SUBJECTIVE' | 'ABOUT_WORKERS' | 'NOT_COLLECTED';
  /** The field that holds the word in the way. */
  readonly field: keyof ProposedWords;
}

function objectionToText(text: string, isExample: boolean): Objection['reason'] | null {
  const words = fold(text);
  if (NOT_COLLECTED.test(words)) return 'NOT_COLLECTED';
  // An example may name a worker: « une annulation pour absence d’un agent ».
  if (!isExample && OF_WORKERS.test(words)) return 'ABOUT_WORKERS';
  const judges = INTENSITY.test(plain(text)) || FOREIGN.test(plain(text));
  return judges || JUDGING_WORDS.some((judging) => judging.words.test(words)) ? 'SUBJECTIVE' : null;
}

/**
 * Returns the reason for which these words cannot be an indicator, and the field; null if no word is in the way. People may still refuse
 * it.
 */
export function objectionTo(words: ProposedWords): Objection | null {
  for (const field of ['labelFr', 'labelEn', 'code', 'definitionFr', 'countsFr'] as const) {
    const reason = objectionToText(words[field].replaceAll('_', ' '), field === 'countsFr');
    if (reason !== null) return { reason, field };
  }
  return null;
}

/** Codes by which someone would ask for a table by worker. */
const NAMES_WORKERS =
  /WORKER|AGENT|TRAVAILLEUR|REFERENT|STAFF|POST(E)?$|INITIAL|PROFESSIONAL|PROFESSIONNEL|USER|HEAD/;

/** Codes by which someone would ask for a league table. */
const NAMES_TERRITORIES =
  /DISTRICT|CIRCONSCRIPTION|CSS|SECTOR|SECTEUR|COMMUNE|TERRITOR|RANK|CLASSEMENT|TOP|BEST|SCORE/;

/** Returns the reason for which a dimension does not exist. */
export function refusalOfDimension(code: string): 'WORKER_DIMENSION' | 'RANKING' | 'UNKNOWN_DIMENSION' {
  const name = plain(code).toUpperCase();
  if (NAMES_WORKERS.test(name)) return 'WORKER_DIMENSION';
  return NAMES_TERRITORIES.test(name) ? 'RANKING' : 'UNKNOWN_DIMENSION';
}
