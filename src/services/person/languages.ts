import { iso6393 } from 'iso-639-3';
import { InvalidInputError } from '../../errors.js';

/** A language, spoken or signed. */
export interface LanguageRow {
  /** ISO 639-3, three letters: `ara`, `fsl`. */
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

const FRENCH = new Intl.DisplayNames('fr', { type: 'language', fallback: 'none' });

/** Names that the Unicode data lacks, and that people at a desk ask for. */
const ADDED: Readonly<Record<string, string>> = { fsl: 'langue des signes française' };

/** French sign language. */
export const FRENCH_SIGN_LANGUAGE = 'fsl';

/** The languages by their three-letter code. Codes that stand for no language ("undetermined") are left out. */
const OF_THREE_LETTERS = new Map(
  iso6393.filter(({ type }) => type !== 'special').map((language) => [language.iso6393, language]),
);

/** The ISO 639-3 code of each two-letter code (ISO 639-1). */
const OF_TWO_LETTERS: ReadonlyMap<string, string> = new Map(
  iso6393.flatMap(({ iso6391, iso6393: code }) => (iso6391 === undefined ? [] : [[iso6391, code]])),
);

/** Returns the language of a code, or null. The English name stands where there is no French one. */
export function languageOf(code: string | null): LanguageRow | null {
  const found = OF_THREE_LETTERS.get(code ?? '');
  if (found === undefined) return null;
  const { iso6393: letters, iso6391, name } = found;
  const labelFr = ADDED[letters] ?? FRENCH.of(iso6391 ?? letters) ?? name;
  return { code: letters, labelFr, labelEn: name };
}

/**
 * Returns a language's code as it is stored, ISO 639-3. A two-letter code (ISO 639-1) is accepted.
 * @throws InvalidInputError language, naming the field
 */
export function requireLanguage(field: string, said: string): string {
  const text = said.trim().toLowerCase();
  const code = OF_TWO_LETTERS.get(text) ?? text;
  if (!OF_THREE_LETTERS.has(code)) throw new InvalidInputError(field, 'language');
  return code;
}

const MAX_FOUND = 20;

/** The text without accents and capitals, so that "creole" finds "créole". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

interface Searched {
  readonly language: LanguageRow;
  readonly texts: readonly string[];
}

let searched: readonly Searched[] | null = null;

/** Every language with its names. They take 0.2 s to look up: this is done at the first search, and not at each start. */
function allSearched(): readonly Searched[] {
  searched ??= [...OF_THREE_LETTERS.keys()]
    .map(languageOf)
    .filter((language) => language !== null)
    .map((language) => ({
      language,
      texts: [language.code, plain(language.labelFr), plain(language.labelEn)],
    }));
  return searched;
}

/**
 * Finds the languages with this code, or with this text in a French or English name: names that begin with the text first, then by the
 * French name; at most 20.
 * @throws InvalidInputError search: fewer than two letters, or more than 60
 */
export function findLanguages(search: string): readonly LanguageRow[] {
  const text = plain(search.trim());
  if (text.length < 2 || text.length > 60) throw new InvalidInputError('search', 'invalidValue');
  const rank = (texts: readonly string[]): number =>
    texts.includes(text) ? 0 : texts.some((one) => one.startsWith(text)) ? 1 : 2;
  return allSearched()
    .filter(({ texts }) => texts.some((one) => one.includes(text)))
    .map(({ language, texts }) => ({ language, rank: rank(texts) }))
    .sort((a, b) => a.rank - b.rank || a.language.labelFr.localeCompare(b.language.labelFr, 'fr'))
    .slice(0, MAX_FOUND)
    .map(({ language }) => language);
}
