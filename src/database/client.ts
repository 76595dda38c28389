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
  const database = new PrismaClient({ adapter: new PrismaPg(pool), log: [] });
  turns.set(database, new Turns(options.poolSize, 1_400, (error) => classifyFailure(error) === 'UNAVAILABLE'));
  return {
    database,
    close: async () => {
      await database.$disconnect();
      await pool.end();
    },
  };
}
