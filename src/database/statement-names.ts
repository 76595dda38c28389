import { createHmac, randomBytes } from 'node:crypto';

/** The most statements that a process prepares. A connection keeps a plan for each, of some 35 kB. */
export const MOST_PREPARED = 160;
/** A statement is prepared at this use. Many a combination of filters is asked for once. */
const PREPARED_AT_USE = 3;
/** A process that prepares so many begins anew after this time, in milliseconds: what is asked for now may be something else. */
export const BEGINS_ANEW_MS = 3_600_000;
/** The most texts whose uses are counted. */
const MOST_COUNTED = 2_000;

/**
 * The names under which connections prepare their statements. Nobody can guess a name. Otherwise SQL that slips into a transaction could put
 * its own statement under a known name. The next operation on the connection would run that statement.
 */
export class StatementNames {
  readonly #key = randomBytes(32);
  readonly #names = new Map<string, string>();
  readonly #uses = new Map<string, number>();
  #fullAt = Number.POSITIVE_INFINITY;

  /** Returns the name of this statement; undefined if it is not prepared. */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST_PREPARED) return known;
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (uses < PREPARED_AT_USE) {
      if (this.#uses.size >= MOST_COUNTED) this.#uses.clear();
      this.#uses.set(text, uses);
      return undefined;
    }
    this.#uses.delete(text);
    const name = createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, 32);
    this.#names.set(text, name);
    if (this.#names.size === MOST_PREPARED) this.#fullAt = performance.now();
    return name;
  }

  /** True if there has been no room for another statement for an hour. */
  get isOutworn(): boolean {
    return performance.now() - this.#fullAt > BEGINS_ANEW_MS;
  }
}
