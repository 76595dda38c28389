import pg from 'pg';
import { classifyFailure } from './failure.js';
import { Transaction } from './transaction.js';
import { Turns } from './turns.js';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process at most. */
  readonly poolSize: number;
  readonly onIdleError?: (error: Error) => void;
}

/** How a transaction begins: its isolation, and statements that travel with BEGIN in one message. */
export interface Opening {
  readonly isolation: 'repeatable read' | 'read committed';
  readonly statements: readonly string[];
}

/** What a transaction's work answers, and the statements that travel with COMMIT in one message. */
export interface Outcome<T> {
  readonly answer: T;
  readonly closing: readonly string[];
}

/** The commit failed, or nobody knows whether it did. */
export class CommitError extends Error {
  override readonly name = 'CommitError';
}

/** A value as it stands in a statement that has no parameters. @throws Error for a NUL, which no text may hold */
export function literal(value: string): string {
  if (value.includes('\0')) throw new Error('a NUL in a literal');
  return pg.escapeLiteral(value);
}

const DATE = pg.types.builtins.DATE;
/** A date is midnight in UTC, not in the zone of the process. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE && format !== 'binary'
      ? (text: string) => new Date(`${text}T00:00:00Z`)
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * The pool of one process. Nothing is set on a session, so that a pooler in transaction mode can stand in between.
 * A server that is gone or hangs is noticed within 2 s.
 */
export class Database {
  readonly #pool: pg.Pool;
  readonly #turns: Turns;

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize,
      connectionTimeoutMillis: 1_500,
      query_timeout: 1_800,
      keepAlive: true,
      idleTimeoutMillis: 30_000,
      // The loaders of one tick send their statements together, and wait once.
      pipeline: true,
      types,
    } as pg.PoolConfig);
    this.#pool.on('error', (error) => options.onIdleError?.(error));
    this.#turns = new Turns(options.poolSize, 1_400, (error) => classifyFailure(error) === 'UNAVAILABLE');
  }

  /**
   * Runs `work` in one transaction. `opened` are the rows of the last statement of the opening.
   * @throws CommitError when the commit fails; else what `work` throws, with everything undone
   */
  transaction<T>(
    opening: Opening,
    work: (tx: Transaction, opened: readonly Record<string, unknown>[]) => Promise<Outcome<T>>,
  ): Promise<T> {
    return this.#turns.take(async () => {
      const client = await this.#pool.connect();
      const ignore = (): void => undefined;
      // A lost connection fails the statement in flight, which tells; nobody else need hear of it.
      client.on('error', ignore);
      const tx = new Transaction(client);
      let committing = false;
      try {
        const begin = [`begin isolation level ${opening.isolation}`, ...opening.statements].join('; ');
        const opened = [await client.query(begin)].flat();
        const { answer, closing } = await work(tx, opened.at(-1)?.rows ?? []);
        tx.end();
        committing = true;
        const closed = [await client.query([...closing, 'commit'].join('; '))].flat();
        // A transaction in which a statement failed ends by a ROLLBACK, without a word.
        if (closed.at(-1)?.command !== 'COMMIT') throw new Error('rolled back at commit');
        client.release();
        return answer;
      } catch (error) {
        tx.end();
        await client.query('rollback').then(
          () => client.release(),
          () => client.release(true),
        );
        throw committing ? new CommitError('commit', { cause: error }) : error;
      } finally {
        client.removeListener('error', ignore);
      }
    });
  }

  /** Whether the database answers. @throws when it does not */
  async ping(): Promise<void> {
    await this.#pool.query('select 1');
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
