import type { Writable } from 'node:stream';
import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { type DatabaseError, serialize } from 'pg-protocol';
import { Columns, type Described } from './columns.js';

/** A statement, and the values of its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** True for a statement that is never prepared. */
  readonly isSentAnew?: boolean;
}

/** The answer to a statement. */
export interface Answer {
  readonly rows: Record<string, unknown>[];
  /** The number of rows that the statement has answered or changed; null for a statement that does neither. */
  readonly rowCount: number | null;
  /** The first word of PostgreSQL's command tag: SELECT, UPDATE, COMMIT. */
  readonly command: string;
}

/** The statements that a connection has prepared, by their names. */
export class PreparedHere {
  /** The columns of their answers; null for a statement that answers no rows. */
  readonly columns = new Map<string, Columns | null>();
  /** The names of statements that are on their way to be prepared. */
  readonly sent = new Set<string>();
  /** The names of statements that have failed before it was known whether the connection has prepared them. */
  readonly doubtful = new Set<string>();
}

/** A statement on its way. Its values are as they go over the wire. */
interface Leg {
  readonly statement: Statement;
  readonly wire: readonly (string | Buffer | null)[];
  /** The empty name is the one of a statement that is not prepared. */
  readonly name: string;
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

/** PostgreSQL's code for a statement after one that has failed in the same transaction (PostgreSQL, appendix A). */
export const TRANSACTION_FAILED = '25P02';

function notReached(first: unknown): Error {
  return Object.assign(new Error('an earlier statement has failed', { cause: first }), {
    code: TRANSACTION_FAILED,
  });
}

const nothing = (): void => undefined;

/**
 * Statements that travel together, with one Sync of PostgreSQL's extended protocol at their end: one wait. PostgreSQL begins with the first
 * of them while the others are still added. It sends its answers as one stream too; with a Sync after each statement, it would send each
 * answer apart. Each answer is given when it is there.
 */
export class Flight extends pg.Query {
  /** Called by node-pg's timer, and wrapped by it: it stops the timer. */
  callback: (error: unknown) => void = nothing;
  /** Called when no more answers come. */
  landed: () => void = nothing;
  readonly #legs: Leg[] = [];
  readonly #answers: Answer[] = [];
  readonly #prepared: PreparedHere;
  #columns: Columns | null = null;
  #rows: Record<string, unknown>[] = [];
  #unread: Error | null = null;
  /** True once it was given to node-pg, with the statements that it had. */
  hasDeparted = false;
  /** Where it is written; null until node-pg submits it. */
  #stream: Writable | null = null;
  /** The number of statements that are written. */
  #written = 0;
  /** True once no more statements are added. */
  isClosed = false;
  /** Why it has failed; null if it has not. */
  #failure: unknown = null;

  constructor(prepared: PreparedHere) {
    super('');
    this.#prepared = prepared;
  }

  /** The statements that travel with it. */
  get statements(): readonly Statement[] {
    return this.#legs.map(({ statement }) => statement);
  }

  /**
   * Adds a statement, before the flight is closed.
   * @param name its name as a prepared statement; undefined if it is not prepared
   * @throws DatabaseError when it fails; an error with the code 25P02 when one before it fails; Error when the connection is lost
   */
  add(statement: Statement, name = ''): Promise<Answer> {
    if (this.#failure !== null) return Promise.reject(notReached(this.#failure));
    return new Promise((answered, failed) => {
      const wire = statement.values.map((value) => prepareValue(value));
      this.#legs.push({ statement, wire, name, answered, failed });
    });
  }

  /** Called by node-pg: the flight departs with the statements that it has. */
  override submit = ({ stream }: pg.Connection): void => {
    this.#stream = stream;
    this.#write();
  };

  /** The last statement has been added. What is not written yet is written, with Sync. */
  close(): void {
    this.isClosed = true;
    this.#write();
  }

  /** Once it has departed, a flight that is not written to its end would keep its connection waiting for ever. */
  #write(): void {
    if (this.#stream?.writable !== true) return;
    try {
      this.#stream.write(this.#message());
    } catch (error) {
      this.#stream.destroy(error as Error);
    }
  }

  #message(): Buffer {
    const { columns, sent, doubtful } = this.#prepared;
    const parts: Buffer[] = [];
    for (const { statement, wire, name } of this.#legs.slice(this.#written)) {
      if (!columns.has(name) && !sent.has(name)) {
        // It is no error to close what is not there.
        if (doubtful.has(name)) parts.push(serialize.close({ type: 'S', name }));
        parts.push(serialize.parse({ name, text: statement.text }));
        if (name !== '') sent.add(name);
      }
      parts.push(serialize.bind({ statement: name, values: wire as (string | Buffer | null)[] }));
      if (!columns.has(name)) parts.push(serialize.describe({ type: 'P' }));
      parts.push(serialize.execute());
    }
    this.#written = this.#legs.length;
    if (this.isClosed) parts.push(serialize.sync());
    return Buffer.concat(parts);
  }

  get #leg(): Leg | undefined {
    return this.#legs[this.#answers.length];
  }

  handleRowDescription({ fields }: { readonly fields: readonly Described[] }): void {
    this.#columns = new Columns(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#columns ??= this.#prepared.columns.get(this.#leg?.name ?? '') ?? null;
    // node-pg calls it for each packet: what is thrown here would end the process.
    try {
      if (this.#columns !== null) this.#rows.push(this.#columns.rowOf(fields));
    } catch (error) {
      this.#unread ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const name = this.#leg?.name ?? '';
    if (name !== '' && !this.#prepared.columns.has(name)) {
      this.#prepared.columns.set(name, this.#columns);
      this.#prepared.sent.delete(name);
      this.#prepared.doubtful.delete(name);
    }
    const [command = '', ...counts] = text.split(' ');
    const count = counts.at(-1);
    const answer = { rows: this.#rows, rowCount: count === undefined ? null : Number(count), command };
    const leg = this.#leg;
    this.#answers.push(answer);
    this.#columns = null;
    this.#rows = [];
    if (this.#unread === null) leg?.answered(answer);
  }

  /** An empty statement has no command tag. */
  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleReadyForQuery(): void {
    this.callback(null);
    // What was answered stays so: a promise settles once.
    if (this.#unread !== null) for (const { failed } of this.#legs) failed(this.#unread);
    for (const { failed } of this.#legs.slice(this.#answers.length))
      failed(new Error('a statement without an answer'));
    this.#end();
  }

  handleError(error: DatabaseError | Error): void {
    this.callback(error);
    for (const [nth, { name, failed }] of this.#legs.entries()) {
      if (nth < this.#answers.length) {
        if (this.#unread !== null) failed(this.#unread);
        continue;
      }
      if (this.#prepared.sent.delete(name)) this.#prepared.doubtful.add(name);
      failed(nth === this.#answers.length ? error : notReached(error));
    }
    this.#failure = error;
    this.#end();
  }

  /** Gives up the rows: a function of node-pg's timer still refers to the flight, and stays in memory (decision 0074). */
  #end(): void {
    const { landed } = this;
    this.callback = nothing;
    this.landed = nothing;
    this.#legs.length = 0;
    this.#written = 0;
    this.#answers.length = 0;
    this.#rows = [];
    landed();
  }
}
