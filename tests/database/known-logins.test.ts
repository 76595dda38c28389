import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KnownLogins } from '../../src/database/known-logins.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { listenToFlights } from '../support/flights.js';

/** A query begins with what its login answered last. A right that has changed since counts at once. */
let database: TestDatabase;
let app: TestApp;
let stop: () => void;
const sent: string[][] = [];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, { modules: 'own' });
  stop = listenToFlights(database.name, (flight) => sent.push(flight.map(({ text }) => text)));
});
afterAll(async () => {
  stop();
  await app.close();
  await database.drop();
});

const MINE =
  '{ cases(first: 100, filter: { assignedToMe: true }) { edges { node { reference persons { displayName } } } } }';

const ENDED = `from worker w
  where w.id = m.worker_id and w.subject = 'worker.sevran' and m.role = 'SOCIAL_WORKER'`;
const endMembership = () => database.sql(`update membership m set ends_at = now() ${ENDED}`);
const beginMembership = () => database.sql(`update membership m set ends_at = null ${ENDED}`);

async function ask(login: string, document = MINE) {
  const requester = await app.as(login);
  sent.length = 0;
  return requester.send(document);
}

const logins = (): number[] => sent.map((flight) => flight.filter((text) => text.includes('login(')).length);

describe('a query of a known login', () => {
  beforeEach(() => ask('worker.sevran'));

  test('sends its first statements with the login', async () => {
    const { data } = await ask('worker.sevran');
    expect(data?.['cases'].edges.length).toBeGreaterThan(5);
    // Login and cases; persons; COMMIT.
    expect(logins()).toEqual([1, 0, 0]);
    expect(sent[0]?.some((text) => text.includes('from "case" c'))).toBe(true);
  });

  test('lets PostgreSQL begin with the login before it knows its first statements', async () => {
    const whole: boolean[] = [];
    const hear = (): void => undefined;
    const stopHere = listenToFlights(database.name, hear, hear, (isWhole) => whole.push(isWhole));
    try {
      await ask('worker.sevran', '{ __typename }');
    } finally {
      stopHere();
    }
    // BEGIN and login; COMMIT.
    expect(whole).toEqual([false, true]);
  });

  test('is thrown away when a membership has ended, and shows nothing that it had opened', async () => {
    await endMembership();
    try {
      const { data } = await ask('worker.sevran');
      expect(data?.['cases'].edges).toEqual([]);
      // The first attempt ends without COMMIT: its login answers something else.
      expect(logins().filter((count) => count === 1)).toHaveLength(2);
      expect(sent.filter((flight) => flight.includes('commit'))).toHaveLength(1);
    } finally {
      await beginMembership();
    }
  });

  test('is refused when the worker is disabled, with the code of a first request', async () => {
    await database.sql(`update worker set disabled_at = now() where subject = 'worker.sevran'`);
    try {
      expect((await ask('worker.sevran')).codes).toEqual(['UNAUTHENTICATED']);
      expect((await ask('worker.sevran')).codes).toEqual(['UNAUTHENTICATED']);
    } finally {
      await database.sql(`update worker set disabled_at = null where subject = 'worker.sevran'`);
    }
  });

  test('leaves no line in the log for an attempt that was thrown away', async () => {
    const lines = () => database.sql(`select from access_log where action = 'READ_CASE'`);
    const before = (await lines()).length;
    await endMembership();
    try {
      await ask('worker.sevran');
      expect((await lines()).length).toBe(before);
    } finally {
      await beginMembership();
    }
  });

  test('has nothing of another login of the same worker with fewer scopes', async () => {
    const narrow = await app.as('worker.sevran', { scopes: ['persons:read'] });
    for (let nth = 0; nth < 2; nth += 1) {
      const { data, codes } = await narrow.send(MINE);
      expect({ data, codes }).toEqual({ data: { cases: null }, codes: ['FORBIDDEN'] });
    }
  });
});

test('a mutation waits for its login, known or not', async () => {
  await ask('worker.sevran');
  await ask(
    'worker.sevran',
    'mutation { endNeed(input: { id: "00000000-0000-4000-8000-000000000000", endsOn: "2026-01-05", expectedVersion: 1 }) { id } }',
  );
  expect(sent[0]?.at(-1)).toBe('savepoint operation');
});

describe('what is known of a login', () => {
  test('is compared with what the query began with, not with what others have learnt since', () => {
    const known = new KnownLogins<{ roles: readonly string[] }>();
    known.keep('claims', { roles: ['SOCIAL_WORKER'] });
    const begunWith = known.of('claims');
    known.keep('claims', { roles: [] });
    if (begunWith === undefined) throw new Error('nothing is known');
    expect(known.confirms('claims', begunWith, { roles: [] })).toBe(false);
    // What the others have learnt stays.
    expect(known.of('claims')?.row).toEqual({ roles: [] });
  });

  test('is forgotten once it does not hold', () => {
    const known = new KnownLogins<number>();
    known.keep('claims', 1);
    const begunWith = known.of('claims');
    if (begunWith === undefined) throw new Error('nothing is known');
    expect(known.confirms('claims', begunWith, 1)).toBe(true);
    expect(known.confirms('claims', begunWith, 2)).toBe(false);
    expect(known.of('claims')).toBeUndefined();
  });

  test('is bounded: the first gives way', () => {
    const known = new KnownLogins<number>();
    for (let nth = 0; nth < 2_001; nth += 1) known.keep(String(nth), nth);
    expect([known.of('0'), known.of('1')?.row, known.of('2000')?.row]).toEqual([undefined, 1, 2000]);
  });
});
