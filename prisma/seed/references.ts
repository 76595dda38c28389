/** Crockford's base32, as the database draws references (`draws_its_reference`). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Draws an integer in [min, max], both ends included. */
export interface Draw {
  int(min: number, max: number): number;
}

/** Returns a case reference: ten symbols (50 bits) in groups, as in `K7QF-3M9X-2T`. It says nothing about the case. */
export function makeCaseReference(draw: Draw): string {
  return `${symbols(draw, 4)}-${symbols(draw, 4)}-${symbols(draw, 2)}`;
}

/**
 * Returns a person reference: six symbols as in `P-7KQF3M`; more where nobody looks for one given before. It says nothing about the
 * person.
 */
export function makePersonReference(draw: Draw, length = 6): string {
  return `P-${symbols(draw, length)}`;
}

/**
 * Returns a function that repeats `make` until it gives a value that was not given before.
 * @param given the values given before; new values are added
 */
export function neverTwice(make: () => string, given = new Set<string>()): () => string {
  return () => {
    let value = make();
    while (given.has(value)) value = make();
    given.add(value);
    return value;
  };
}

function symbols(draw: Draw, count: number): string {
  return Array.from({ length: count }, () => ALPHABET[draw.int(0, ALPHABET.length - 1)]).join('');
}
