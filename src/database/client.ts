import pg from 'pg';
import { classifyFailure, isConnectionLost, preparationFault } from './failure.js';
import { DATABASE_LIMITS, type DatabaseLimits } from './limits.js';
import { BEGINS_ANEW_MS, StatementNames } from './statement-names.js';
import { TickSocket } from './tick-socket.js';
import { Transaction } from './transaction.js';
import { Turns } from './turns.js';

/** The options of `Database`. */
export interface DatabaseOptions {
  readonly url: string;
  /** The most connections of this process. */
  readonly poolSize: number;
  readonly onIdleError?: (error: Error) => void;
  /** Whether connections prepare their statements; true unless given. */
  readonly prepares?: boolean;
  /** Called when the process prepares nothing for an hour, because a pooler does not keep what is prepared. */
  readonly onUnprepared?: () => void;
  readonly limits?: Partial<DatabaseLimits>;
}

/** A statement with parameters. */
export interface Parameterised {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The beginning of a transaction: its isolation, and statements that travel with BEGIN, without a wait in between. */
export interface Opening {
  readonly isolation: 'repeatable read' | 'read committed';
  readonly statements: readonly (string | Parameterised)[];
}

/** The result of a transaction's work, and the statements that travel with COMMIT in one message. */
export interface Outcome<T> {
  readonly answer: T;
  readonly closing: readonly string[];
  /** Called after the commit, with the rows that these statements answered. */
  readonly onClosed?: (closed: Rows) => void;
}

/** The error for a commit that failed, or whose result nobody knows. */
export class CommitError extends Error {
  override readonly name = 'CommitError';
}

/**
 * Returns a value as a literal, for a statement that has no parameters.
 * @throws Error for a NUL, which no text may hold
 */
export function literal(value: string): string {
  if (value.includes('\0')) throw new Error('a NUL in a literal');
  // Most values have nothing to escape, and pg looks at each character of a long log.
  return /['\\]/.test(value) ? pg.escapeLiteral(value) : `'${value}'`;
}

const DATE = pg.types.builtins.DATE;
/** Reads a date as midnight in UTC, not in the zone of the process. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE && format !== 'binary'
      ? (text: string) => new Date(`${text}T00:00:00Z`)
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

type Client = pg.PoolClient;
type Rows = readonly Record<string, unknown>[];

/** Ignores the error of a lost connection: the statement in flight fails and tells it, and nobody else needs to hear of it. */
const ignore = (): void => undefined;

function release(client: Client, isLost = false): void {
  client.removeListener('error', ignore);
  client.release(isLost);
}

/** Returns BEGIN and what travels with it. Statements without parameters that follow each other are one message. */
function messagesOf({ isolation, statements }: Opening): readonly (string | Parameterised)[] {
  const messages: (string | Parameterised)[] = [];
  let text = `begin isolation level ${isolation}`;
  for (const statement of statements) {
    if (typeof statement === 'string') text = text === '' ? statement : `${text}; ${statement}`;
    else {
      if (text !== '') messages.push(text);
      messages.push(statement);
      text = '';
    }
  }
  return text === '' ? messages : [...messages, text];
}

/** Rolls back. A connection that cannot is closed, which undoes everything as well. So is one that is of no further use. */
async function rollback(client: Client, isSpent = false): Promise<void> {
  await client.query('rollback').then(
    () => release(client, isSpent),
    () => release(client, true),
  );
}

/** Within this time, in milliseconds, prepared statements are forgotten once at most. A migration does that, and so does a failover. */
const FORGOTTEN_ONCE_MS = 60_000;

/**
 * The connection pool of one process. A session keeps prepared statements and nothing else, so that a pooler in transaction mode can stand
 * in between. A server that is gone or hangs is noticed within 2 s.
 */
export class Database {
  readonly limits: DatabaseLimits;
  readonly #pool: pg.Pool;
  readonly #turns: Turns;
  /** Null if nothing is prepared. */
  #names: StatementNames | null;
  readonly #prepares: boolean;
  readonly #preparedBy = new WeakMap<Client, StatementNames | null>();
  #forgottenAt = Number.NEGATIVE_INFINITY;
  readonly #onUnprepared: (() => void) | undefined;

  constructor(options: DatabaseOptions) {
    this.limits = { ...DATABASE_LIMITS, ...options.limits };
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize,
      connectionTimeoutMillis: this.limits.connectionMs,
      query_timeout: this.limits.answerMs,
      keepAlive: true,
      idleTimeoutMillis: 30_000,
      // The loaders of one tick send their statements together, and wait once.
      pipeline: true,
      stream: () => new TickSocket(),
      types,
    } as pg.PoolConfig);
    this.#prepares = options.prepares ?? true;
    this.#names = this.#prepares ? new StatementNames() : null;
    this.#onUnprepared = options.onUnprepared;
    this.#pool.on('error', (error) => options.onIdleError?.(error));
    this.#turns = new Turns(
      options.poolSize,
      this.limits.turnMs,
      (error) => classifyFailure(error) === 'UNAVAILABLE',
      isConnectionLost,
    );
  }

  /**
   * Runs `work` in one transaction. `opened` are the rows that the opening has answered.
   * @param isWaitedFor whether the client still waits when its turn comes; if not, the work is not begun
   * @throws CommitError when the commit fails; UnavailableError when no turn comes; otherwise what `work` throws, with everything undone
   */
  transaction<T>(
    opening: Opening,
    work: (tx: Transaction, opened: Rows) => Promise<Outcome<T>>,
    isWaitedFor?: () => boolean,
  ): Promise<T> {
    return this.#turns.take(async () => {
      const { client, opened, names } = await this.#begin(opening);
      const tx = new Transaction(client, names);
      let committing = false;
      try {
        const { answer, closing, onClosed } = await work(tx, opened);
        tx.end();
        committing = true;
        const closed = [await client.query([...closing, 'commit'].join('; '))].flat();
        // A transaction in which a statement failed answers COMMIT with ROLLBACK, without an error.
        if (closed.at(-1)?.command !== 'COMMIT') throw new Error('rolled back at commit');
        release(client);
        onClosed?.(closed.flatMap(({ rows }) => rows as Rows));
        return answer;
      } catch (error) {
        tx.end();
        const fault = preparationFault(tx.failure);
        if (fault !== null) this.#forget(names, fault);
        await rollback(client, fault !== null);
        throw committing ? new CommitError('commit', { cause: error }) : error;
      }
    }, isWaitedFor);
  }

  /**
   * Forgets what was prepared. With new names, each connection prepares anew. If that does not help, nothing is prepared for an
   * hour: a slower answer is better than none.
   */
  #forget(names: StatementNames | null, fault: 'FORGOTTEN' | 'SHARED'): void {
    if (names === null || names !== this.#names) return;
    const isAgain = performance.now() - this.#forgottenAt < FORGOTTEN_ONCE_MS;
    this.#names = fault === 'SHARED' || isAgain ? null : new StatementNames();
    this.#forgottenAt = performance.now();
    if (this.#names === null) this.#onUnprepared?.();
  }

  /** True if there has been no room for another statement for an hour, or if nothing has been prepared for as long: it is tried again. */
  #isToBeginAnew(): boolean {
    if (this.#names !== null) return this.#names.isOutworn;
    return this.#prepares && performance.now() - this.#forgottenAt > BEGINS_ANEW_MS;
  }

  /** Returns a connection that has prepared nothing under names of before. */
  async #connect(names: StatementNames | null): Promise<Client> {
    const client = await this.#pool.connect();
    if ((this.#preparedBy.get(client) ?? names) === names) {
      this.#preparedBy.set(client, names);
      return client;
    }
    client.release(true);
    return this.#connect(names);
  }

  /** Returns a connection on which the transaction has begun. A connection that died unseen in the pool is replaced by another. */
  async #begin(
    opening: Opening,
    more = this.#pool.options.max,
  ): Promise<{ client: Client; opened: Rows; names: StatementNames | null }> {
    if (this.#isToBeginAnew()) this.#names = new StatementNames();
    const names = this.#names;
    const client = await this.#connect(names);
    client.on('error', ignore);
    try {
      const sent = messagesOf(opening).map((message) =>
        typeof message === 'string' ? client.query(message) : client.query(message.text, [...message.values]),
      );
      const begun = (await Promise.all(sent)).flat();
      return { client, opened: begun.flatMap(({ rows }) => rows as Rows), names };
    } catch (error) {
      await rollback(client);
      if (more > 0 && isConnectionLost(error)) return this.#begin(opening, more - 1);
      throw error;
    }
  }

  /**
   * True if the database hangs: in the last five seconds a request has timed out or has waited in vain, and none was answered since.
   * Nothing is sent to find out.
   */
  get isOut(): boolean {
    return this.#turns.isOut;
  }

  /**
   * Checks that the database answers.
   * @throws Error when it does not
   */
  async ping(): Promise<void> {
    await this.#pool.query('select 1');
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
