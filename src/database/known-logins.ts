/** The most logins whose last answer is kept. A county has some 500 workers. */
const MOST_KNOWN = 2_000;

/** What login() answered last for the claims of a token. */
export interface KnownLogin<Row> {
  readonly row: Row;
  readonly text: string;
}

/**
 * What login() answered last for the claims of each token. A query begins with it, and does not wait for login(): its first statements
 * travel with the login. The query is thrown away if login() answers anything else, so a right that was taken away counts at once.
 */
export class KnownLogins<Row> {
  readonly #logins = new Map<string, KnownLogin<Row>>();

  /** Returns the last answer for these claims; undefined if there is none. */
  of(claims: string): KnownLogin<Row> | undefined {
    return this.#logins.get(claims);
  }

  /** Keeps an answer. The one that was kept first gives way. */
  keep(claims: string, row: Row): void {
    this.#logins.delete(claims);
    this.#logins.set(claims, { row, text: JSON.stringify(row) });
    if (this.#logins.size > MOST_KNOWN) this.#logins.delete(this.#logins.keys().next().value ?? '');
  }

  /** True if login() has answered what the query began with. Otherwise that is forgotten. */
  confirms(claims: string, begunWith: KnownLogin<Row>, answered: unknown): boolean {
    if (begunWith.text === JSON.stringify(answered)) return true;
    if (this.#logins.get(claims) === begunWith) this.#logins.delete(claims);
    return false;
  }
}
