import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { derivedPassword, type LoginRole, urlAs } from '../../src/database/roles.js';

export interface TestDatabase {
  /** The superuser's URL: row-level security does not bind it. */
  readonly url: string;
  readonly name: string;
  urlAs(role: LoginRole): string;
  /** Runs one statement as the superuser. */
  sql<R extends pg.QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['COSMOS_TEST_SERVER'];
  if (url === undefined) throw new Error('the global setup has not run');
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl().replace(/cosmos$/, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of the test file's own, cloned from a template: migrated and empty, or the fictional county. */
export async function cloneDatabase(template: 'cosmos' | 'cosmos_demo' = 'cosmos'): Promise<TestDatabase> {
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
  await onServer(`grant connect on database ${name} to cosmos_app, cosmos_jobs`);
  const url = serverUrl().replace(/cosmos$/, name);
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on('error', () => undefined);
  return {
    url,
    name,
    urlAs: (role) => urlAs(url, role, derivedPassword('tests', role)),
    sql: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<R>(text, values)).rows,
    drop: async () => {
      await pool.end();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}
