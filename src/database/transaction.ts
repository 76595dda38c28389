import type pg from 'pg';
import { Prisma } from '../../prisma/generated/client.js';
import { preparationFault, sqlStateOf } from './failure.js';
import type { StatementNames } from './statement-names.js';

/** PostgreSQL's code for a statement that writes, in a transaction that only reads (PostgreSQL, appendix A). */
const READ_ONLY = '25006';

/** Returns a value as it goes over the wire. Instants go as UTC, whatever the process's own zone is. */
function toParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/**
 * One operation's transaction: the only way by which services reach the database. Statements of the same tick travel together. Once it is
 * over it refuses: a resolver's late statement would run in someone else's transaction.
 */
export class Transaction {
  #over = false;
  #refused: { readonly refusal: Error; readonly begun: Promise<unknown> } | null = null;

  #failure: unknown = null;

  /** @param names the names of prepared statements; null if none is prepared */
  constructor(
    private readonly client: pg.ClientBase,
    private readonly names: StatementNames | null = null,
  ) {}

  /** Returns the rows of a statement. Its values are parameters; fragments are made with `Prisma.sql`. */
  async rows<Row>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return (await this.#send(text, values)).rows as Row[];
  }

  /** Returns the number of rows that a statement has changed. */
  async run(text: TemplateStringsArray, ...values: unknown[]): Promise<number> {
    return (await this.#send(text, values)).rowCount ?? 0;
  }

  /**
   * Makes the transaction read-only, until it is rolled back to the savepoint before. A statement that writes then fails with this error.
   */
  refuseWrites(refusal: Error): void {
    this.#refused ??= { refusal, begun: this.client.query('set transaction read only') };
    // If this fails, the next statement meets the failure.
    this.#refused.begun.catch(() => undefined);
  }

  /**
   * Does the work up to its first write, and undoes it. From here on the transaction only reads, until it is rolled back to the savepoint
   * before.
   */
  async rehearse(work: () => Promise<unknown>, refusal: Error): Promise<void> {
    this.refuseWrites(refusal);
    await this.client.query('savepoint rehearsal');
    await work().catch(() => undefined);
    await this.client.query('rollback to savepoint rehearsal');
    this.#failure = null;
  }

  /** True if the transaction still writes. */
  get writes(): boolean {
    return this.#refused === null;
  }

  /** Called before the last message: no statement may follow. */
  end(): void {
    this.#over = true;
  }

  /** The error of the first statement that failed; null if none did. */
  get failure(): unknown {
    return this.#failure;
  }

  async #send(text: TemplateStringsArray, values: unknown[]): Promise<pg.QueryResult> {
    if (this.#over) throw new Error('the transaction is over');
    const statement = Prisma.sql(text, ...(values as Prisma.Sql[]));
    const parameters = statement.values.map(toParameter);
    const refused = this.#refused;
    try {
      if (refused !== null) await refused.begun;
      return await this.#query(statement.text, parameters);
    } catch (error) {
      if (refused !== null && sqlStateOf(error) === READ_ONLY) throw refused.refusal;
      this.#failure ??= error;
      // After a failure PostgreSQL prepares nothing, so that the next use of the same name fails for that reason alone.
      throw preparationFault(error) === null ? error : this.#failure;
    }
  }

  #query(text: string, values: unknown[]): Promise<pg.QueryResult> {
    const name = this.names?.of(text);
    return name === undefined ? this.client.query(text, values) : this.client.query({ name, text, values });
  }
}
