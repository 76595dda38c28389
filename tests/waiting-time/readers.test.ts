import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOGINS } from '../../src/auth/logins.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { DAYS, MONTHS } from './scene.js';

/** Protected statistics: for those who work with them, of any district, one at a time; and for nobody else. */
let database: TestDatabase;
let app: TestApp;
const districts: string[] = [];
const READERS = [
  'worker.sevran',
  'worker2.sevran',
  'head.sevran',
  'worker.gagny',
  'head.gagny',
  'adviser',
  'dpo',
  'client.reporting',
];
const OTHERS = [...LOGINS.map(({ login }) => login).filter((login) => !READERS.includes(login)), 'anonymous'];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  for (const { id } of await database.sql<{ id: string }>('select id from district order by slug'))
    districts.push(id);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const as = async (login: string): Promise<Requester> =>
  login === 'anonymous' ? app.anonymous : app.as(login);
const year = { from: '2025-01-01', to: '2026-01-01' };
const spring = { typeCode: 'FIRST_RECEPTION', from: '2025-03-01', to: '2025-06-01' };

describe('who reads statistics', () => {
  test.each(READERS)('%s: of every district', async (login) => {
    for (const districtId of districts) {
      const months = await (await as(login)).send(MONTHS, { districtId, ...year });
      expect(months.codes).toEqual([]);
      expect(months.data?.['waitingTimes']).toHaveLength(12);
      expect((await (await as(login)).send(DAYS, { districtId, ...spring })).codes).toEqual([]);
    }
  });

  test.each(OTHERS)('%s does not', async (login) => {
    const [districtId] = districts;
    const requester = await as(login);
    const months = await requester.send(MONTHS, { districtId, ...year });
    expect([months.codes, months.data]).toEqual([['FORBIDDEN'], { waitingTimes: null }]);
    const days = await requester.send(DAYS, { districtId, ...spring });
    expect([days.codes, days.data]).toEqual([['FORBIDDEN'], { thirdNextAvailable: null }]);
  });

  test('nor does a worker whose token has not the scope', async () => {
    const answer = await (
      await app.as('worker.sevran', { scopes: ['cases:read', 'appointments:read'] })
    ).send(MONTHS, {
      districtId: districts[0],
      ...year,
    });
    expect(answer.codes).toEqual(['FORBIDDEN']);
  });
});

describe('row-level security', () => {
  test.each(['worker.sevran', 'head.gagny', 'adviser', 'dpo'])('gives %s all rows', async (login) => {
    const [all] = await database.sql<{ count: string }>('select count(*) from waiting_month');
    expect(Number(all?.count)).toBeGreaterThan(0);
    expect(await byHand(database, login, (hand) => hand('select from waiting_month'))).toBe(all?.count);
  });

  test.each(['reception.sevran', 'trainee.sevran', 'admin'])('gives %s none', async (login) => {
    const got = await byHand(database, login, async (hand) => [
      await hand('select from waiting_month'),
      await hand('select from waiting_day'),
    ]);
    expect(got).toEqual(['0', '0']);
  });

  test('gives nobody without the scope any', async () => {
    expect(
      await byHand(database, 'worker.sevran', (hand) => hand('select from waiting_month'), ['cases:read']),
    ).toBe('0');
  });

  test('lets nobody write', async () => {
    const refused = await byHand(database, 'worker.sevran', async (hand) => [
      await hand('update waiting_month set held_median = 1'),
      await hand('delete from waiting_day'),
      await hand('select freeze_next_waiting_month()'),
      await hand('select measure_waiting_days()'),
    ]);
    expect(refused).toEqual(['42501', '42501', '42501', '42501']);
  });
});

describe('a question', () => {
  const ask = async (variables: Record<string, unknown>) =>
    (await app.as('worker.sevran')).send(MONTHS, { districtId: districts[0], ...year, ...variables });
  const field = async (variables: Record<string, unknown>) => (await ask(variables)).errors[0]?.extensions;

  test('is of two years at most, which end after they begin', async () => {
    expect((await ask({ from: '2024-01-01', to: '2026-01-01' })).data?.['waitingTimes']).toHaveLength(24);
    expect(await field({ from: '2024-01-01', to: '2026-02-01' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'to',
    });
    expect(await field({ from: '2025-01-01', to: '2025-01-01' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'to',
    });
  });

  test('is of the months that begin in the period', async () => {
    const { data } = await ask({ from: '2025-01-02', to: '2025-03-02' });
    expect(data?.['waitingTimes'].map(({ month }: { month: string }) => month)).toEqual([
      '2025-02-01',
      '2025-03-01',
    ]);
  });

  test('is of a district that there is, and of days of a quarter', async () => {
    for (const districtId of ['00000000-0000-4000-8000-000000000000', 'sevran'])
      expect(await field({ districtId })).toMatchObject({ code: 'NOT_FOUND', field: 'districtId' });
    const days = (variables: Record<string, unknown>) =>
      app
        .as('worker.sevran')
        .then((requester) => requester.send(DAYS, { districtId: districts[0], ...spring, ...variables }))
        .then(({ errors }) => errors[0]?.extensions);
    expect(await days({})).toBeUndefined();
    expect(await days({ to: '2025-06-02' })).toMatchObject({ code: 'INVALID_INPUT', field: 'to' });
    expect(await days({ typeCode: 'NONE' })).toMatchObject({ code: 'INVALID_INPUT', field: 'typeCode' });
  });
});

describe('the access log', () => {
  const lines = async (login: string): Promise<unknown[]> => {
    await database.sql('truncate access_log');
    await (await as(login)).send(MONTHS, { districtId: districts[0], ...year });
    return database.sql(
      `select l.action, l.outcome, c.client_id as client from access_log l left join client c on c.id = l.actor_id`,
    );
  };

  test('has every question of a reporting client, and none of the service’s own', async () => {
    expect(await lines('client.reporting')).toEqual([
      { action: 'READ_STATISTICS', outcome: 'DONE', client: 'client.reporting' },
    ]);
    expect(await lines('worker.sevran')).toEqual([]);
  });
});
