import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client.js';
import { classifyFailure } from './failure.js';
import { Turns } from './turns.js';

export type Database = PrismaClient;
/** One operation's transaction: the only way by which services reach the database. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process at most. */
  readonly poolSize: number;
  readonly onIdleError?: (error: Error) => void;
}

const turns = new WeakMap<Database, Turns>();

/** The queue in front of a database's pool: as many turns at once as it has connections. */
export function turnsOf(database: Database): Turns {
  const found = turns.get(database);
  if (found === undefined) throw new Error('not a database of openDatabase');
  return found;
}

/**
 * node-postgres gives up a query that takes too long, and takes the ROLLBACK behind it out of its queue as well: the
 * connection would go back into the pool in the middle of its transaction, which the next COMMIT would then keep.
 */
function closeAfterTimeout(client: pg.Client): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const guarded = (...args: unknown[]): unknown => {
    const result = query(...args);
    if (result instanceof Promise) {
      result.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout')
          client.end().catch(() => undefined);
      });
    }
    return result;
  };
  Object.assign(client, { query: guarded });
}

/**
 * A client over its own pool. Nothing is set on a session, so that a pooler in transaction mode can stand in between.
 * A server that is gone or hangs is noticed within 2 s.
 */
export function openDatabase(options: DatabaseOptions): { database: Database; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 1_500,
    query_timeout: 1_800,
    keepAlive: true,
    idleTimeoutMillis: 30_000,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  pool.on('connect', (client) => closeAfterTimeout(client as unknown as pg.Client));
  const database = new PrismaClient({ adapter: new PrismaPg(pool), log: [] });
  turns.set(
    database,
    new Turns(options.poolSize, 1_400, (error) => classifyFailure(error) === 'UNAVAILABLE'),
  );
  return {
    database,
    close: async () => {
      await database.$disconnect();
      await pool.end();
    },
  };
}
