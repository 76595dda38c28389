import { InvalidInputError } from '../../errors.js';
import { isWellFormedText } from '../../vault/padded-text.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns the id in the database's spelling; null for a text that cannot be an id, and so does not exist. */
export function parseId(id: string): string | null {
  return UUID.test(id) ? id.toLowerCase() : null;
}

/** Returns how many different ids these are, whatever their spelling. */
export function countIds(ids: readonly string[]): number {
  return new Set(ids.map((id) => id.toLowerCase())).size;
}

/** Returns the different ids, without texts that cannot be one. */
export function parseIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map(parseId).filter((id) => id !== null))];
}

/** The characters that break a line or turn it round: names, places and labels stand in lists, letters and messages. */
const BREAKS_A_LINE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** A character that can be seen: no blank, and none without a shape of its own. */
const IS_SEEN = /[^\p{C}\p{Z}]/u;

/**
 * Returns a text of one line.
 * @throws InvalidInputError naming the field: blank, too long, or malformed (a line break or another control character, one that turns
 * the line round, half a surrogate pair)
 */
export function requireText(field: string, value: string, maxLength: number): string {
  return requireGiven(field, optionalText(field, value, maxLength));
}

/**
 * As `requireText`, for a text that may be left out or cleared: null when blank.
 * @throws InvalidInputError naming the field: too long, or malformed
 */
export function optionalText(
  field: string,
  value: string | null | undefined,
  maxLength: number,
): string | null {
  const text = optionalBody(field, value, maxLength);
  if (text !== null && BREAKS_A_LINE.test(text)) throw new InvalidInputError(field, 'malformedText');
  return text;
}

/**
 * Returns a text of many lines that PostgreSQL and the vault can keep.
 * @throws InvalidInputError naming the field: blank, too long, or malformed (a NUL, half a surrogate pair)
 */
export function requireBody(field: string, value: string, maxLength: number): string {
  return requireGiven(field, optionalBody(field, value, maxLength));
}

/**
 * As `requireBody`, for a text that may be left out or cleared: null when blank.
 * @throws InvalidInputError naming the field: too long, or malformed
 */
export function optionalBody(
  field: string,
  value: string | null | undefined,
  maxLength: number,
): string | null {
  if (value === null || value === undefined || value.trim() === '') return null;
  if (!isWellFormedText(value) || value.includes('\u0000'))
    throw new InvalidInputError(field, 'malformedText');
  if (!IS_SEEN.test(value)) return null;
  if (value.length > maxLength) throw new InvalidInputError(field, 'tooLong');
  return value.trim();
}

function requireGiven(field: string, text: string | null): string {
  if (text === null) throw new InvalidInputError(field, 'blank');
  return text;
}

/**
 * Checks that a half-open interval ends after its start.
 * @throws InvalidInputError interval, naming the field of the end
 */
export function requireInterval(endField: string, startsAt: Date, endsAt: Date | null): void {
  if (endsAt !== null && endsAt <= startsAt) throw new InvalidInputError(endField, 'interval');
}
