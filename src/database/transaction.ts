import type pg from 'pg';
import { Prisma } from '../../prisma/generated/client.js';

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

  constructor(private readonly client: pg.ClientBase) {}

  /** The rows of a statement. Its values are parameters, its fragments made with `Prisma.sql`. */
  async rows<Row>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return (await this.#send(text, values)).rows as Row[];
  }

  /** How many rows a statement has changed. */
  async run(text: TemplateStringsArray, ...values: unknown[]): Promise<number> {
    return (await this.#send(text, values)).rowCount ?? 0;
  }

  /** Called before its last message: nothing can follow. */
  end(): void {
    this.#over = true;
  }

  #send(text: TemplateStringsArray, values: unknown[]): Promise<pg.QueryResult> {
    if (this.#over) return Promise.reject(new Error('the transaction is over'));
    const statement = Prisma.sql(text, ...(values as Prisma.Sql[]));
    return this.client.query(statement.text, statement.values.map(toParameter));
  }
}
