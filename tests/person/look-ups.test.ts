import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Somebody once did 2,300 look-ups a second. They are one an operation, and so many an hour; this county allows three. */
let database: TestDatabase;
let app: TestApp;
let hers: BuiltCase;
let his: BuiltCase;
let alice: { id: string };

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database, { lookUpsPerHour: 3 });
  const sevran = (await county(database)).district('Sevran');
  await sevran.receptionist('rachid');
  await sevran.receptionist('rose');
  await sevran.head('hélène');
  const asAlice = sevran.worker('alice');
  alice = await asAlice;
  hers = await asAlice.case();
  his = await sevran.worker('bruno').case();
});
beforeEach(() => database.sql(`update access_log set occurred_at = occurred_at - interval '2 hours'`));
afterAll(async () => {
  await app.close();
  await database.drop();
});

const NOBODY = '00000000-0000-4000-8000-000000000001';
const ask = async (who: string, query: string): Promise<Answer> => (await app.as(who)).send(`{ ${query} }`);
const PERSON = 'personLookUp(input: { fullName: "Ana Petit", birthYear: 1980 }) { id }';
const CASE = (id: string): string => `case(id: "${id}") { id }`;
const spent = { code: 'RATE_LIMITED', retryAfter: expect.any(Number) };

describe('look-ups within an hour', () => {
  test('are counted together, whatever is looked up, and what finds nothing like what does', async () => {
    expect((await ask('rachid', PERSON)).errors).toEqual([]);
    expect((await ask('rachid', CASE(NOBODY))).errors).toEqual([]);
    expect((await ask('rachid', CASE(hers.id))).data?.['case']).toEqual({ id: hers.id });
    const fourth = await ask('rachid', `casesOfPerson(personId: "${hers.personId}") { id }`);
    expect(fourth.data?.['casesOfPerson']).toBeNull();
    expect(fourth.errors[0]?.extensions).toEqual({ ...spent, field: 'personId' });
    expect(fourth.errors[0]?.extensions['retryAfter']).toBeLessThanOrEqual(3_600);
  });

  test('answer the same once they are spent, whether there is something or not', async () => {
    for (let nth = 0; nth < 3; nth += 1) await ask('rachid', PERSON);
    const answers = [];
    for (const id of [NOBODY, hers.id]) answers.push(await ask('rachid', CASE(id)));
    const [nowhere, there] = answers.map(({ data, errors }) => [
      data,
      errors.map((error) => error.extensions['code']),
    ]);
    expect(there).toEqual(nowhere);
  });

  test('are each worker’s own', async () => {
    for (let nth = 0; nth < 4; nth += 1) await ask('rachid', PERSON);
    expect((await ask('rose', PERSON)).errors).toEqual([]);
  });

  test('come back as the hour passes', async () => {
    for (let nth = 0; nth < 4; nth += 1) await ask('rachid', PERSON);
    await database.sql(`update access_log set occurred_at = occurred_at - interval '61 minutes'`);
    expect((await ask('rachid', PERSON)).errors).toEqual([]);
  });

  test('are not what one does with one’s own queue', async () => {
    for (let nth = 0; nth < 5; nth += 1) expect((await ask('alice', CASE(hers.id))).errors).toEqual([]);
    expect((await ask('alice', CASE(his.id))).data?.['case']).toEqual({ id: his.id });
  });

  test('are for the head, too, of the cases of who is away', async () => {
    for (let nth = 0; nth < 3; nth += 1) await ask('hélène', CASE(hers.id));
    const away = await ask(
      'hélène',
      `cases(filter: { absentWorkerId: "${alice.id}", purpose: RELAY }) { edges { cursor } }`,
    );
    expect(away.errors[0]?.extensions).toEqual({ ...spent, field: 'filter.absentWorkerId' });
  });

  test('are one an operation', async () => {
    const both = await ask('rachid', `${PERSON} ${CASE(hers.id)}`);
    expect(both.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'id' });
  });

  test('are also the searches for times with the worker of a case, one an operation; a case looked up within the hour counts once', async () => {
    const [of] = await database.sql<{ district: string }>(
      'select district_id as district from "case" where id = $1',
      [hers.id],
    );
    const slots = (id: string): string =>
      `slots(filter: { districtId: "${of?.district}", typeCode: "FIRST_RECEPTION", caseId: "${id}" }) { whyNone }`;
    const both = await ask('rachid', `one: ${slots(hers.id)} two: ${slots(his.id)}`);
    expect(both.data).toMatchObject({ one: { whyNone: 'NO_HOURS' }, two: null });
    expect(both.errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'INVALID_INPUT', field: 'filter.caseId' },
    ]);
    for (let nth = 0; nth < 5; nth += 1) expect((await ask('rachid', slots(hers.id))).errors).toEqual([]);
    // A case that was found by its person counts once, too.
    await ask('rachid', `casesOfPerson(personId: "${his.personId}") { id }`);
    expect((await ask('rachid', slots(his.id))).errors).toEqual([]);
    expect((await ask('rachid', slots(NOBODY))).errors[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await ask('rachid', slots(NOBODY))).errors[0]?.extensions).toEqual({
      ...spent,
      field: 'filter.caseId',
    });
    // A case that one follows oneself is no look-up.
    for (let nth = 0; nth < 4; nth += 1) expect((await ask('alice', slots(hers.id))).errors).toEqual([]);
  });

  test('are no more when they are sent at once, to two processes, of all kinds', async () => {
    const second = await startTestApp(database, { lookUpsPerHour: 3 });
    try {
      for (const who of ['rachid', 'rose', 'hélène']) {
        const [here, there] = [await app.as(who), await second.as(who)];
        const found = await Promise.all(
          Array.from({ length: 24 }, async (_, nth) => {
            const query = nth % 3 === 0 && who !== 'hélène' ? PERSON : CASE(hers.id);
            const { errors } = await (nth % 2 === 0 ? here : there).send(`{ ${query} }`);
            return errors[0]?.extensions['code'] ?? 'found';
          }),
        );
        expect(found.sort()).toEqual([...Array(21).fill('RATE_LIMITED'), ...Array(3).fill('found')].sort());
      }
    } finally {
      await second.close();
    }
  });

  test('that find no case are lines of the log', async () => {
    await ask('rose', CASE(NOBODY));
    const lines = await database.sql(
      `select action, case_id from access_log l join worker w on w.id = l.actor_id
       where w.subject = 'rose' and occurred_at > now() - interval '1 hour'`,
    );
    expect(lines).toEqual([{ action: 'LOOK_UP_CASE', case_id: null }]);
  });
});
