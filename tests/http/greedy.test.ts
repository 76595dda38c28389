import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { Turns } from '../../src/database/turns.js';
import { SHARES } from '../../src/http/caller.js';
import { MAX_ANONYMOUS_COMPLEXITY } from '../../src/http/limits.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { until } from '../support/until.js';

/** Sixty-four connections without a token, and twenty-four on one row, once kept everyone waiting. */
let database: TestDatabase;
let app: TestApp;
let districtId: string;
let lock: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database, {
    modules: 'own',
    poolSize: 4,
    anonymousComplexity: MAX_ANONYMOUS_COMPLEXITY,
  });
  const district = (await county(database)).district('Sevran');
  await district.worker('alice').case();
  await district.worker('bruno').case();
  await district.receptionist('claire');
  const [row] = await database.sql('select id from district');
  districtId = row?.['id'] as string;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});
beforeEach(async () => {
  lock = new pg.Client({ connectionString: database.url });
  await lock.connect();
});
afterEach(async () => {
  await lock.end();
});

const CASES = '{ cases { edges { node { id } } } }';
const DISTRICTS = '{ districts { name } }';

/** Requests that none of the database's answers is there for, until the lock goes. */
async function lockedBy(
  sql: string,
  send: () => Promise<unknown>,
  count: number,
): Promise<Promise<unknown>[]> {
  await lock.query('begin');
  await lock.query(sql);
  const sent = Array.from({ length: count }, send);
  await until('the first of them to wait for the lock', async () => {
    const [waits] = await database.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return waits;
  });
  return sent;
}

test('one login with twenty-four connections that wait for a row keeps no other login', async () => {
  const [alice, bruno] = [await app.as('alice'), await app.as('bruno')];
  const sent = await lockedBy('lock table "case"', () => alice.send(CASES), 24);
  // What bruno asks does not touch the table: he waits for the pool alone.
  expect((await bruno.send('{ viewer { kind } me { id } }')).status).toBe(200);
  await lock.query('rollback');
  const answers = (await Promise.all(sent)) as { status: number }[];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test('sixty-four connections without a token keep nobody who has one', async () => {
  const bruno = await app.as('bruno');
  const sent = await lockedBy('lock table district', () => app.anonymous.send(DISTRICTS), 64);
  expect((await bruno.send('{ viewer { kind } }')).status).toBe(200);
  await lock.query('rollback');
  await Promise.all(sent);
});

test('whoever asks for more than may wait is told 429, and after how many seconds to ask again', async () => {
  const small = await startTestApp(database, {
    shares: { ...SHARES, LOGIN: { inFlight: 1, inFlightOfOne: 1, waiting: 1, waitingOfOne: 1 } },
  });
  try {
    const alice = await small.as('alice');
    const sent = await lockedBy('lock table "case"', () => alice.send(CASES), 3);
    const refused = (await Promise.race(sent)) as {
      status: number;
      headers: Record<string, unknown>;
      codes: string[];
    };
    expect(refused).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] });
    expect(refused.headers['retry-after']).toBe('1');
    await lock.query('rollback');
    const all = (await Promise.all(sent)) as { status: number }[];
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
  } finally {
    await small.close();
  }
});

test('a booking client’s end users share its turns by their addresses', async () => {
  const small = await startTestApp(database, {
    poolSize: 4,
    shares: { ...SHARES, BOOKING: { inFlight: 2, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 } },
  });
  try {
    const client = await small.as('client.booking');
    const from = (address: string) =>
      client.send(DISTRICTS, undefined, { 'x-forwarded-for': address }) as Promise<unknown>;
    const sent = await lockedBy('lock table district', () => from('192.0.2.1'), 5);
    const other = client.send('{ viewer { kind } }', undefined, { 'x-forwarded-for': '192.0.2.2' });
    expect((await other).status).toBe(200);
    await lock.query('rollback');
    await Promise.all(sent);
  } finally {
    await small.close();
  }
});

test('a document that is dear to answer is for who has a token', async () => {
  const dear = `{ ${Array.from({ length: 25 }, (_, n) => `a${n}: organisations(first: 100) { edges { node { id name } } }`).join(' ')} }`;
  expect(await app.anonymous.send(dear)).toMatchObject({ status: 400, codes: ['DOCUMENT_TOO_COSTLY'] });
  const whole = '{ policyMatrix { types { name fields { coordinate openTo } } } }';
  expect((await app.anonymous.send(whole)).status).toBe(200);
  expect((await (await app.as('alice')).send(dear)).codes).not.toContain('DOCUMENT_TOO_COSTLY');
});

test('a hundred equal boards read a change once, and each is told', async () => {
  const token = await app.token('claire');
  const board = `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { id } } }`;
  const sockets = await Promise.all(Array.from({ length: 10 }, () => LiveClient.connect(app.url, token)));
  const boards = sockets.flatMap((socket) =>
    Array.from({ length: 10 }, () => socket.subscribe(board, { id: districtId })),
  );
  await Promise.all(boards.map((each) => each.event()));
  const reads = jest.spyOn(Turns.prototype, 'take');
  const visit = await rowsOf(database).visit({ districtId });
  const told = await Promise.all(boards.map((each) => each.event()));
  expect(told.map(({ data }) => data?.['visitChanges'].visit?.id)).toEqual(boards.map(() => visit));
  expect(reads.mock.calls.length).toBeGreaterThan(0);
  expect(reads.mock.calls.length).toBeLessThan(10);
  reads.mockRestore();
  await Promise.all(sockets.map((socket) => socket.close()));
});

test('whoever asks whether the database is there has it asked once for all', async () => {
  const asked = jest.spyOn(pg.Pool.prototype, 'query');
  try {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${app.url}/health/ready`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Fifty take a moment: at most a few of them begin a new second.
    expect(asked.mock.calls.length).toBeGreaterThan(0);
    expect(asked.mock.calls.length).toBeLessThan(25);
  } finally {
    asked.mockRestore();
  }
});
