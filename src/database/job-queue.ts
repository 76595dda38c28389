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

/** The rights on the queue: `cosmos_jobs` works with its rows, and `cosmos_keeper` adds to it. */
const GRANTS = `do $$
  declare v_table regclass;
  begin
    grant usage on schema ${QUEUE_SCHEMA} to cosmos_jobs, cosmos_keeper;
    grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to cosmos_jobs, cosmos_keeper;
    grant usage, select on all sequences in schema ${QUEUE_SCHEMA} to cosmos_jobs, cosmos_keeper;
    -- The library enables row-level security. It does not bind the owner of the tables, and it would hide every job from cosmos_jobs.
    for v_table in select oid from pg_class where relnamespace = '${QUEUE_SCHEMA}'::regnamespace and relrowsecurity
      and not exists (select from pg_policy where polrelid = pg_class.oid) loop
      execute format('create policy queue_of_jobs on %s for all to cosmos_jobs using (true)', v_table);
    end loop;
  end $$`;

/**
 * Makes the queue's schema, or brings it up to the library's version: a part of `npm run migrate`. The schema belongs to `cosmos_owner`.
 * Triggers of the API call its functions, so no role that runs may change them.
 * @param url as the role `cosmos_owner`, or a superuser (development)
 */
export async function migrateQueue(url: string): Promise<void> {
  const owner = withoutNoise(
    new pg.Pool({
      connectionString: url,
      options: '-c role=cosmos_owner',
      max: 1,
      connectionTimeoutMillis: 5_000,
    }),
  );
  try {
    // A queue that an earlier version made belonged to the jobs.
    await owner.query('reassign owned by cosmos_jobs to cosmos_owner');
    await runMigrations({ pgPool: owner, schema: QUEUE_SCHEMA, logger: SILENT });
    await owner.query(GRANTS);
  } finally {
    await owner.end();
  }
}
