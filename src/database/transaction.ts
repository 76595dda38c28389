import type pg from 'pg';
import { Prisma } from '../../prisma/generated/client.js';
import { sqlStateOf } from './failure.js';

/** A statement that writes, in a transaction that only reads (PostgreSQL, appendix A). */
const READ_ONLY = '25006';

/** What a value of the code is on the wire. Instants go as UTC, whatever the process's own zone is. */
function toParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/**
 * One operation's transaction: the only way by which services reach the database. Statements asked for in the same tick
 * travel together. Once it is over it refuses: what a resolver still asks for then would run in someone else's.
 */
export class Transaction {
  #over = false;
  #refused: { readonly refusal: Error; readonly begun: Promise<unknown> } | null = null;

  constructor(private readonly client: pg.ClientBase) {}

  /** The rows of a statement. Its values are parameters, its fragments made with `Prisma.sql`. */
  async rows<Row>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return (await this.#send(text, values)).rows as Row[];
  }

  /** How many rows a statement has changed. */
  async run(text: TemplateStringsArray, ...values: unknown[]): Promise<number> {
    return (await this.#send(text, values)).rowCount ?? 0;
  }

  /** From here on it only reads, until it is undone to the savepoint before: a statement that writes fails with this. */
  refuseWrites(refusal: Error): void {
    this.#refused ??= { refusal, begun: this.client.query('set transaction read only') };
    // Whoever asks for a statement next meets a failure.
    this.#refused.begun.catch(() => undefined);
  }

  /**
   * Does the work as far as its first write, whatever comes of it, and leaves nothing behind: from here on the transaction only reads,
   * until it is undone to the savepoint before.
   */
  async rehearse(work: () => Promise<unknown>, refusal: Error): Promise<void> {
    this.refuseWrites(refusal);
    await this.client.query('savepoint rehearsal');
    await work().catch(() => undefined);
    await this.client.query('rollback to savepoint rehearsal');
  }

  /** Whether it writes what it is asked to. */
  get writes(): boolean {
    return this.#refused === null;
  }

  /** Called before its last message: nothing can follow. */
  end(): void {
    this.#over = true;
  }

  #send(text: TemplateStringsArray, values: unknown[]): Promise<pg.QueryResult> {
    if (this.#over) return Promise.reject(new Error('the transaction is over'));
    const statement = Prisma.sql(text, ...(values as Prisma.Sql[]));
    const parameters = statement.values.map(toParameter);
    const refused = this.#refused;
    if (refused === null) return this.client.query(statement.text, parameters);
    return refused.begun
      .then(() => this.client.query(statement.text, parameters))
      .catch((error: unknown) => {
        throw sqlStateOf(error) === READ_ONLY ? refused.refusal : error;
      });
  }
}
