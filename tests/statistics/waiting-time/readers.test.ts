import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOGINS } from '../../../src/auth/logins.js';
import { type Requester, startTestApp, type TestApp } from '../../support/app.js';
import { byHand } from '../../support/by-hand.js';
import { cloneDatabase, type TestDatabase } from '../../support/database.js';
import { WEEKS } from './scene.js';

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
  'adviser2',
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
/** The weeks that the demonstration has. */
const lately = () => ({
  typeCode: 'FIRST_RECEPTION',
  from: new Date(Date.now() - 56 * 86_400_000).toISOString().slice(0, 10),
  to: new Date().toISOString().slice(0, 10),
});
const spring = { typeCode: 'FIRST_RECEPTION', from: '2025-03-01', to: '2025-06-01' };

describe('who reads statistics', () => {
  test.each(READERS)('%s: of every district', async (login) => {
    for (const districtId of districts) {
      const days = await (await as(login)).send(WEEKS, { districtId, ...lately() });
      expect(days.codes).toEqual([]);
      expect(days.data?.['thirdNextAvailable'].length).toBeGreaterThan(0);
    }
  });

  test.each(OTHERS)('%s does not', async (login) => {
    const [districtId] = districts;
    const requester = await as(login);
    const days = await requester.send(WEEKS, { districtId, ...spring });
    expect([days.codes, days.data]).toEqual([['FORBIDDEN'], { thirdNextAvailable: null }]);
  });

  test('nor does a worker whose token has not the scope', async () => {
    const answer = await (
      await app.as('worker.sevran', { scopes: ['cases:read', 'appointments:read'] })
    ).send(WEEKS, { districtId: districts[0], ...spring });
    expect(answer.codes).toEqual(['FORBIDDEN']);
  });
});

describe('row-level security', () => {
  test.each(['worker.sevran', 'head.gagny', 'adviser', 'dpo'])('gives %s all rows', async (login) => {
    const [all] = await database.sql<{ count: string }>('select count(*) from waiting_week');
    expect(Number(all?.count)).toBeGreaterThan(0);
    expect(await byHand(database, login, (hand) => hand('select from waiting_week'))).toBe(all?.count);
  });

  test.each(['reception.sevran', 'trainee.sevran', 'admin'])('gives %s none', async (login) => {
    expect(await byHand(database, login, (hand) => hand('select from waiting_week'))).toBe('0');
  });

  test('gives nobody without the scope any', async () => {
    expect(
      await byHand(database, 'worker.sevran', (hand) => hand('select from waiting_week'), ['cases:read']),
    ).toBe('0');
  });

  test('lets nobody write', async () => {
    const refused = await byHand(database, 'worker.sevran', async (hand) => [
      await hand('update waiting_week set days = 1'),
      await hand('delete from waiting_week'),
      await hand('select close_waiting_weeks()'),
      await hand('select measure_waiting_days()'),
    ]);
    expect(refused).toEqual(['42501', '42501', '42501', '42501']);
  });

  test.each(READERS.filter((login) => login !== 'client.reporting'))(
    'gives %s no morning: the role of the application has no right to them',
    async (login) => {
      const refused = await byHand(database, login, async (hand) => [
        await hand('select from waiting_day'),
        await hand('select count(*) from waiting_day'),
        await hand('select measure_waiting_day(gen_random_uuid(), current_date)'),
      ]);
      expect(refused).toEqual(['42501', '42501', '42501']);
    },
  );
});

describe('a question', () => {
  const field = async (variables: Record<string, unknown>) =>
    (await (await app.as('worker.sevran')).send(WEEKS, { districtId: districts[0], ...spring, ...variables }))
      .errors[0]?.extensions;

  test('is of a district that there is, and of days of a quarter', async () => {
    for (const districtId of ['00000000-0000-4000-8000-000000000000', 'sevran'])
      expect(await field({ districtId })).toMatchObject({ code: 'NOT_FOUND', field: 'districtId' });
    expect(await field({})).toBeUndefined();
    for (const period of [{ to: '2025-06-02' }, { to: '2025-03-01' }])
      expect(await field(period)).toMatchObject({ code: 'INVALID_INPUT', field: 'to' });
    expect(await field({ typeCode: 'NONE' })).toMatchObject({ code: 'INVALID_INPUT', field: 'typeCode' });
  });
});

describe('the access log', () => {
  const lines = async (login: string): Promise<unknown[]> => {
    await database.sql('truncate access_log');
    await (await as(login)).send(WEEKS, { districtId: districts[0], ...spring });
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
