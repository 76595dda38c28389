import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { SCOPES } from '../../../src/auth/scopes.js';
import { logIn } from '../../support/login.js';
import { JOBS, NOBODY, type Scene, type Sender, setScene } from './scene.js';
import { sayAll } from './session.js';

/**
 * What is open, beside what was closed of it. Each test says what should hold. A test that fails on purpose has the reason why it does not.
 * Take `.failing` away when you close one.
 */
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
  const rowsWith = async (
    scopes: readonly (typeof SCOPES)[number][],
    table: string,
  ): Promise<number | null> => {
    const client = new pg.Client({ connectionString: scene.database.urlAs('cosmos_app') });
    await client.connect();
    try {
      await client.query('begin');
      const { refused } = await logIn(client, { subject: 'worker.sevran', scopes });
      expect(refused).toBeUndefined();
      return (await client.query(`select from ${table}`)).rowCount;
    } finally {
      await client.end();
    }
  };

  test.each([
    'person',
    '"case"',
    'case_person',
    'person_address',
    'appointment',
    'appointment_person',
    'need',
    'visit',
  ])('without a scope reads no row of %s', async (table) => {
    expect(await rowsWith([], table)).toBe(0);
    expect(await rowsWith(['directory:read', 'statistics:read', 'statistics:write', 'log:read'], table)).toBe(
      0,
    );
  });

  test.each<[string, readonly (typeof SCOPES)[number][]]>([
    ['person', ['persons:read']],
    ['person_address', ['persons:read']],
    ['person_known', ['persons:read']],
    ['"case"', ['cases:read']],
    ['need', ['cases:read']],
    ['assignment', ['cases:read']],
    ['referral', ['cases:read']],
    ['referral_content', ['cases:read']],
    ['incoming_request', ['cases:read']],
    ['incoming_request_content', ['cases:read']],
    ['appointment', ['appointments:read']],
    ['appointment_worker', ['appointments:read']],
    ['appointment_subject', ['appointments:read']],
    ['appointment_request', ['appointments:read']],
    ['slot_offer', ['appointments:read']],
    ['occupancy', ['appointments:read']],
    ['visit', ['appointments:read']],
    ['message', ['appointments:read']],
    // Which person it is about: the policies of persons look there too.
    ['case_person', ['cases:read', 'persons:read']],
    ['appointment_person', ['appointments:read', 'persons:read']],
  ])('reads %s with %s, and with no other scope', async (table, own) => {
    const others = SCOPES.filter((scope) => !own.includes(scope) && scope !== 'booking');
    expect(await rowsWith(others, table)).toBe(0);
    for (const scope of own) expect(await rowsWith([scope], table)).toBeGreaterThan(0);
  });
});
