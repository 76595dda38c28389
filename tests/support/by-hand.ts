import pg from 'pg';
import { SCOPES } from '../../src/auth/scopes.js';
import type { TestDatabase } from './database.js';
import { logIn } from './login.js';

/** Runs a statement: how many rows it found or changed, or the SQLSTATE of its refusal, which undoes it alone. */
export type Hand = (sql: string, values?: readonly unknown[]) => Promise<string>;

/**
 * Statements by hand in the application's role, as this subject of the directory: only row-level security, grants,
 * constraints and triggers stand in between. Everything is undone at the end.
 */
export async function byHand<T>(
  database: TestDatabase,
  subject: string,
  act: (hand: Hand) => Promise<T>,
  scopes: readonly string[] = SCOPES.filter((scope) => scope !== 'booking'),
  clientId = 'front.demo',
): Promise<T> {
  const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
  await client.connect();
  try {
    await client.query('begin');
    const { refused } = await logIn(client, { subject, scopes, clientId });
    if (refused !== undefined) throw new Error(`${subject}: ${refused}`);
    return await act(async (sql, values = []) => {
      await client.query('savepoint one');
      try {
        const { rowCount } = await client.query(sql, [...values]);
        await client.query('release savepoint one');
        return `${rowCount ?? 0}`;
      } catch (error) {
        await client.query('rollback to savepoint one');
        return (error as { code: string }).code;
      }
    });
  } finally {
    await client.query('rollback').catch(() => undefined);
    await client.end();
  }
}
