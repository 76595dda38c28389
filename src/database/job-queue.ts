import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

/** The schema in which the queue's library keeps its tables. */
export const QUEUE_SCHEMA = 'graphile_worker';

/**
 * A logger that is silent. The library's own log repeats messages of PostgreSQL, which can hold values, so our own code logs what
 * matters.
 */
export const SILENT = new Logger(() => () => undefined);

const ignore = (): void => undefined;

/** Listens to each connection's errors, as the library asks. A lost connection fails the statement in flight, which tells it. */
export function withoutNoise(pool: pg.Pool): pg.Pool {
  return pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
}

function poolAs(url: string, role: 'cosmos_owner' | 'cosmos_jobs'): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c role=${role}`,
    max: 1,
    connectionTimeoutMillis: 5_000,
  });
  return withoutNoise(pool);
}

/**
 * Makes the queue's schema, or brings it up to the library's version: a part of `npm run migrate`. The schema belongs to `cosmos_jobs`,
 * which may create it at that moment and nothing else ever.
 * @param url as the role `cosmos_owner`, or a superuser (development)
 */
export async function migrateQueue(url: string): Promise<void> {
  const owner = poolAs(url, 'cosmos_owner');
  const jobs = poolAs(url, 'cosmos_jobs');
  try {
    const { rows } = await owner.query<{ name: string }>('select quote_ident(current_database()) as name');
    const database = rows[0]?.name ?? '';
    await owner.query(`grant create on database ${database} to cosmos_jobs`);
    try {
      await runMigrations({ pgPool: jobs, schema: QUEUE_SCHEMA, logger: SILENT });
    } finally {
      await owner.query(`revoke create on database ${database} from cosmos_jobs`);
    }
  } finally {
    await Promise.all([owner.end(), jobs.end()]);
  }
}
