import pg from 'pg';
import { classifyFailure, isConnectionLost, preparationFault } from './failure.js';
import { PreparedHere, type Statement } from './flight.js';
import { DATABASE_LIMITS, type DatabaseLimits } from './limits.js';
import { BEGINS_ANEW_MS, StatementNames } from './statement-names.js';
import { type Opening, type Preparing, type Rows, Transaction } from './transaction.js';
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

/** The result of a transaction's work, and the statements that travel with COMMIT. */
export interface Outcome<T> {
  readonly answer: T;
  readonly closing: readonly (string | Statement)[];
  /** Called while they are on their way. It does not throw. */
  readonly meanwhile?: () => void;
  /** Called after the commit, with the rows that these statements answered. */
  readonly onClosed?: (closed: Rows) => void;
}

/** The error for a commit that failed, or whose result nobody knows. */
export class CommitError extends Error {
  override readonly name = 'CommitError';
}

type Client = pg.PoolClient;

/** Ignores the error of a lost connection: the statement in flight fails and tells it, and nobody else needs to hear of it. */
const ignore = (): void => undefined;

function release(client: Client, isLost = false): void {
  client.removeListener('error', ignore);
  client.release(isLost);
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

/** The number of connections that are made before they are asked for. */
const WARM_CONNECTIONS = 4;
/**
 * Statements that answer no row, and set no viewer. For them PostgreSQL reads what it knows of the tables of a worker's page, with their
 * policies and functions.
 */
const WARM_UP = [
  'set local search_path = public',
  `select login('', '')`,
  `select from "case" c, case_person cp, person p, need n, appointment a, appointment_person ap, interview_note i, case_key k
     where c.id is null and cp.case_id = c.id and p.id = cp.person_id and n.case_id = c.id and a.case_id = c.id
       and ap.person_id = p.id and i.case_id = c.id and k.case_id = c.id`,
];

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
  readonly #preparing = new WeakMap<Client, Preparing>();
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
      // A flight may leave before the one before has landed: COMMIT, behind statements that nobody has waited for.
      pipeline: true,
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
   * Runs `work` in one transaction. Its first statements travel with the opening. A connection that died unseen in the pool is replaced by
   * another: `work` then begins anew.
   * @param isWaitedFor whether the client still waits when its turn comes; if not, the work is not begun
   * @throws CommitError when the commit fails; UnavailableError when no turn comes; what the opening throws; otherwise what `work` throws,
   * with everything undone
   */
  transaction<T>(
    opening: Opening,
    work: (tx: Transaction) => Promise<Outcome<T>>,
    isWaitedFor?: () => boolean,
  ): Promise<T> {
    return this.#turns.take(() => this.#attempt(opening, work, this.#pool.options.max), isWaitedFor);
  }

  /** @param more how often it may begin anew with another connection */
  async #attempt<T>(
    opening: Opening,
    work: (tx: Transaction) => Promise<Outcome<T>>,
    more: number,
  ): Promise<T> {
    const since = performance.now();
    if (this.#isToBeginAnew()) this.#names = new StatementNames();
    const { client, preparing } = await this.#connect(this.#names);
    client.on('error', ignore);
    const tx = new Transaction(client, preparing, opening);
    let committing = false;
    try {
      const { answer, closing, meanwhile, onClosed } = await work(tx);
      tx.leave();
      await tx.opened;
      committing = true;
      const sent = tx.close(closing);
      meanwhile?.();
      const closed = await sent;
      // A transaction in which a statement failed answers COMMIT with ROLLBACK, without an error.
      if (closed.at(-1)?.command !== 'COMMIT') throw new Error('rolled back at commit');
      release(client);
      onClosed?.(closed.flatMap(({ rows }) => rows));
      return answer;
    } catch (error) {
      tx.end();
      const unopened: unknown = await tx.opened.then(
        () => null,
        (failure: unknown) => failure,
      );
      const fault = preparationFault(unopened ?? (committing ? error : tx.failure));
      if (fault !== null) this.#forget(preparing.names, fault);
      await rollback(client, fault !== null);
      if (unopened !== null) {
        const diedUnseen = isConnectionLost(unopened) && performance.now() - since < this.limits.unseenMs;
        if (more > 0 && (fault !== null || diedUnseen)) return this.#attempt(opening, work, more - 1);
        throw unopened;
      }
      throw committing ? new CommitError('commit', { cause: error }) : error;
    }
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
  async #connect(names: StatementNames | null): Promise<{ client: Client; preparing: Preparing }> {
    const client = await this.#pool.connect();
    const preparing = this.#preparing.get(client) ?? { names, prepared: new PreparedHere() };
    if (preparing.names === names) {
      this.#preparing.set(client, preparing);
      return { client, preparing };
    }
    client.release(true);
    return this.#connect(names);
  }

  /**
   * True if the database hangs: in the last five seconds a request has timed out or has waited in vain, and none was answered since.
   * Nothing is sent to find out.
   */
  get isOut(): boolean {
    return this.#turns.isOut;
  }

  /**
   * Asks one statement without a viewer, on any connection of the pool.
   * @throws Error when the database does not answer
   */
  query<R extends object>(text: string, values: unknown[] = []): Promise<{ readonly rows: R[] }> {
    return this.#pool.query<R>(text, values);
  }

  /**
   * Makes some connections before anyone waits for one. A new connection knows nothing of the tables: what it is asked first takes 50 ms
   * longer.
   * @throws Error when the database does not answer
   */
  async warmUp(): Promise<void> {
    const opening: Opening = { isolation: 'repeatable read', statements: WARM_UP };
    const warm = (): Promise<void> =>
      this.transaction(opening, async () => ({ answer: undefined, closing: [] }));
    await Promise.all(Array.from({ length: Math.min(WARM_CONNECTIONS, this.#pool.options.max) }, warm));
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
