import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { measuresOfActs } from '../../bench/support/measures.js';
import { derivedPassword, type LoginRole, urlAs } from '../../src/database/roles.js';

export interface TestDatabase {
  /** The superuser's URL: row-level security does not bind it. */
  readonly url: string;
  readonly name: string;
  urlAs(role: LoginRole): string;
  /** Runs one statement as the superuser. */
  sql<R extends pg.QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
  /** Ends its use here: it becomes a template of this name. */
  rename(name: string): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['COSMOS_TEST_SERVER'];
  if (url === undefined) throw new Error('the global setup has not run');
  return url;
}

async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl().replace(/cosmos$/, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function onServer(statement: string): Promise<void> {
  await withServer((client) => client.query(statement));
}

/**
 * A clone of a template that takes long to make. The first file that needs the template makes it, and the other files wait for it.
 * @param fill what makes it of a clone of the template `from`
 */
export async function cloneFilled(
  name: string,
  from: string,
  fill: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> {
  await withServer(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const made = await cloneDatabase(from);
    await fill(made);
    await made.rename(name);
  });
  return cloneDatabase(name);
}

/**
 * A database of the test file's own, cloned from a template: `cosmos`, migrated and empty, or `cosmos_demo`, the fictional county.
 * @param measures `real` for the measures of acts that the product has; otherwise a login may do as many acts as it likes
 */
export async function cloneDatabase(
  template = 'cosmos',
  measures: 'real' | 'none' = 'none',
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Two files may clone the same template at once: PostgreSQL then refuses one for a moment.
  for (let attempt = 0; ; attempt += 1) {
    try {
      await onServer(`create database ${name} template ${template} strategy file_copy`);
      break;
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  }
  // A copy has the rights that a new database has, and not those of its template.
  await onServer(
    `revoke all on database ${name} from public;
     grant connect on database ${name} to cosmos_app, cosmos_jobs, cosmos_owner;
     grant temporary on database ${name} to cosmos_owner`,
  );
  const url = serverUrl().replace(/cosmos$/, name);
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on('error', () => undefined);
  // Tests do in a minute what a desk does in days. What tests the measures themselves asks for them.
  await pool.query(measuresOfActs(measures));
  return {
    url,
    name,
    urlAs: (role) => urlAs(url, role, derivedPassword('tests', role)),
    sql: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<R>(text, values)).rows,
    rename: async (as) => {
      await pool.end();
      await onServer(`alter database ${name} rename to ${as}`);
    },
    drop: async () => {
      await pool.end();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}
