import pg from 'pg';
import { SCOPES } from '../../src/auth/scopes.js';
import type { TestDatabase } from './database.js';
import { logIn } from './login.js';
import { until } from './until.js';

/**
 * Runs a statement by hand as this subject, and keeps its transaction open. Then it begins something else, waits until that waits for the
 * transaction or is over, and commits. Returns what the second one answers.
 */
export async function whileOpen<T>(
  database: TestDatabase,
  subject: string,
  [sql, values]: readonly [string, readonly unknown[]],
  begin: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
  await client.connect();
  try {
    await client.query('begin');
    await logIn(client, { subject, scopes: SCOPES.filter((scope) => scope !== 'booking') });
    await client.query(sql, [...values]);
    let isOver = false;
    const second = begin().finally(() => {
      isOver = true;
    });
    await until('the second one to wait, or to be over', async () => {
      const waiting = await database.sql(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return isOver || waiting.length > 0;
    });
    await client.query('commit');
    return await second;
  } finally {
    await client.end();
  }
}
