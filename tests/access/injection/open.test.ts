import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { SCOPES } from '../../../src/auth/scopes.js';
import { logIn } from '../../support/login.js';
import { JOBS, NOBODY, type Scene, type Sender, setScene } from './scene.js';
import { sayAll } from './session.js';

/** What is open. Each test says what should hold; the reason says why it does not. Whoever closes one takes `.failing` away. */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.database.drop());

/** The answers of a sender's statements, in one transaction. */
const said = (sender: Sender, statements: readonly string[], end?: 'commit') =>
  sayAll(scene.database, sender, statements, end);

describe('on a connection of the pool', () => {
  // PostgreSQL lets each role set what its own later connections begin with, and its own password.
  test.failing.each([
    'alter role cosmos_app set standard_conforming_strings = off',
    `alter role cosmos_app set search_path = 'pg_catalog'`,
    `alter role cosmos_app password 'x'`,
    `alter role cosmos_jobs set search_path = 'pg_catalog'`,
    `alter role cosmos_jobs password 'x'`,
  ])('nobody changes the role for later connections: %s', async (sql) => {
    const sender = sql.includes('jobs') ? JOBS : NOBODY;
    expect((await said(sender, [sql]))[0]?.code).toBe('42501');
  });
});

describe('a token', () => {
  // Few policies ask for a scope: the others take a login for all that its worker may.
  test.failing.each(['person', '"case"', 'person_address', 'appointment', 'need'])(
    'without a scope reads no row of %s',
    async (table) => {
      const client = new pg.Client({ connectionString: scene.database.urlAs('cosmos_app') });
      await client.connect();
      try {
        await client.query('begin');
        const { refused } = await logIn(client, {
          subject: 'worker.sevran',
          scopes: [] satisfies (typeof SCOPES)[number][],
        });
        expect(refused).toBeUndefined();
        expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
      } finally {
        await client.end();
      }
    },
  );
});
