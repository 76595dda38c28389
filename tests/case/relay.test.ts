import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { SCOPES } from '../../src/auth/scopes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf as buildersOf, type Rows } from '../support/county/rows.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';
import { logIn } from '../support/login.js';

/**
 * A stand-in follows the absent worker's cases in the relay's district, from its beginning to its end, as long as they
 * are a social worker there. Alice and bruno both work in Sevran and in Gagny; the relay is Sevran's.
 */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let sevran: string;
let gagny: string;
let alice: { id: string };
let bruno: { id: string };
/** Alice's, each with a note, a need, an address and an appointment. */
let here: BuiltCase & { appointmentId: string };
let there: BuiltCase & { appointmentId: string };

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = buildersOf(database);
  const made = await county(database);
  const [one, other] = [made.district('Sevran'), made.district('Gagny')];
  [sevran, gagny] = [(await one).id, (await other).id];
  await one.head('hélène');
  const builder = one.worker('alice');
  alice = await builder;
  bruno = await one.worker('bruno');
  for (const { id } of [alice, bruno]) await make.membership({ workerId: id, districtId: gagny });
  here = await fill(await builder.case().note('confidentiel'), sevran);
  const far = await other.case();
  await make.assignment({ caseId: far.id, workerId: alice.id });
  there = await fill(far, gagny);
});
/** Everyone's posts as they were, and a relay in Sevran that runs. */
beforeEach(async () => {
  await database.sql('truncate relay');
  await database.sql(
    `update membership set starts_at = '2020-01-01', ends_at = null, role = 'SOCIAL_WORKER' where worker_id = $1`,
    [bruno.id],
  );
  await make.relay({ districtId: sevran, absentWorkerId: alice.id, standInId: bruno.id });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function fill(file: BuiltCase, districtId: string): Promise<BuiltCase & { appointmentId: string }> {
  await make.need({ caseId: file.id, code: 'LOG-01' });
  await make.personAddress({ personId: file.personId, line: '1 rue Cachée', confidential: true });
  const appointmentId = await make.appointment({
    districtId,
    caseId: file.id,
    typeCode: 'FOLLOW_UP',
    startsAt: ahead(2),
    endsAt: ahead(49 / 24),
  });
  await make.appointmentPerson({ appointmentId, personId: file.personId });
  return { ...file, appointmentId };
}

const ASK = `query ($case: ID!, $appointment: ID!) {
  case(id: $case) {
    mission persons { displayName address { line } } needs { id } nextAppointment { id }
    appointments { edges { node { id } } } interviewNotes { edges { node { id } } }
  }
  appointment(id: $appointment) { id }
}`;

/** What bruno gets of a case beyond that it is there. */
async function brunoGets(file: BuiltCase & { appointmentId: string }): Promise<unknown> {
  const { data } = await (await app.as('bruno')).send(ASK, {
    case: file.id,
    appointment: file.appointmentId,
  });
  return data;
}

const seen = (file: { appointmentId: string }) => ({
  case: {
    mission: 'POLYVALENCE',
    persons: [{ displayName: 'Ana Petit', address: { line: '1 rue Cachée' } }],
    needs: [{ id: expect.any(String) }],
    nextAppointment: { id: file.appointmentId },
    appointments: { edges: [{ node: { id: file.appointmentId } }] },
    interviewNotes: null,
  },
  appointment: { id: file.appointmentId },
});
const COLLEAGUE = {
  case: {
    mission: null,
    persons: null,
    needs: null,
    nextAppointment: null,
    appointments: null,
    interviewNotes: null,
  },
  appointment: null,
};

async function brunoDoes(mutation: string, input: Record<string, unknown>): Promise<readonly string[]> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return (
    await (
      await app.as('bruno')
    ).send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
      input,
    })
  ).codes;
}

/** Rows that the database lets bruno find or change with his own hands: the third lock alone. */
async function rowsOf(file: BuiltCase & { appointmentId: string }): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
  await client.connect();
  await client.query('begin');
  await logIn(client, { subject: 'bruno', scopes: SCOPES.filter((scope) => scope !== 'booking') });
  const found: Record<string, number> = {};
  for (const [name, sql, id] of [
    ['case_person', 'select from case_person where case_id = $1', file.id],
    ['need', 'select from need where case_id = $1', file.id],
    ['need changed', 'update need set ends_on = starts_on + 1 where case_id = $1', file.id],
    ['person', 'select from person where id = $1', file.personId],
    ['person changed', 'update person set version = version + 1 where id = $1', file.personId],
    ['address', 'select from person_address where person_id = $1', file.personId],
    ['address changed', `update person_address set city = 'x' where person_id = $1`, file.personId],
    ['appointment', 'select from appointment where id = $1', file.appointmentId],
    ['who comes', 'select from appointment_person where appointment_id = $1', file.appointmentId],
    ['appointment changed', 'update appointment set version = version + 1 where id = $1', file.appointmentId],
    ['note', 'select from interview_note where case_id = $1', file.id],
    ['key', 'select from case_key where case_id = $1', file.id],
  ] as const)
    found[name] = (await client.query(sql, [id])).rowCount ?? 0;
  await client.query('rollback');
  await client.end();
  return found;
}

async function expectNothingOf(file: BuiltCase & { appointmentId: string }): Promise<void> {
  expect(await brunoGets(file)).toEqual(COLLEAGUE);
  expect(Object.entries(await rowsOf(file)).filter(([, count]) => count > 0)).toEqual([]);
}

describe('while it lasts, a relay', () => {
  test('gives what the absent worker follows in its district, and no note', async () => {
    expect(await brunoGets(here)).toEqual(seen(here));
    const { note, key, ...others } = await rowsOf(here);
    expect({ note, key }).toEqual({ note: 0, key: 0 });
    expect(new Set(Object.values(others))).toEqual(new Set([1]));
    const startsOn = '2026-01-05';
    const [code] = await database.sql<{ code: string }>('select code from need_code limit 1');
    expect(await brunoDoes('recordNeed', { caseId: here.id, code: code?.code, startsOn })).toEqual([]);
    await database.sql('delete from need where starts_on = $1', [startsOn]);
  });

  test('gives nothing in another district, where both of them work as well', async () => {
    await expectNothingOf(there);
    const startsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const booking = { workerIds: [alice.id], typeCode: 'FOLLOW_UP', startsAt };
    expect(await brunoDoes('recordNeed', { caseId: there.id, code: 'x', startsOn: '2026-01-05' })).toEqual([
      'FORBIDDEN',
    ]);
    expect(await brunoDoes('bookAppointment', { ...booking, districtId: gagny, caseId: there.id })).toEqual([
      'FORBIDDEN',
    ]);
    expect(
      await brunoDoes('moveAppointment', { id: there.appointmentId, expectedVersion: 1, startsAt }),
    ).toEqual(['NOT_FOUND']);
  });

  test('gives nothing of a case that the absent worker no longer holds', async () => {
    const carla = await make.worker({ subject: 'carla', givenName: 'Carla', familyName: 'x' });
    const swap = async (workerId: string): Promise<void> => {
      await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
        here.id,
      ]);
      await make.assignment({ caseId: here.id, workerId });
    };
    await swap(carla);
    await expectNothingOf(here);
    await swap(alice.id);
  });
});

describe('a relay gives nothing', () => {
  test.each([
    ['before it begins', `update relay set starts_at = now() + interval '1 minute'`],
    ['once it has ended', `update relay set ends_at = now() - interval '1 ms'`],
    [
      'once its stand-in has left the team',
      `update membership set ends_at = now() - interval '1 ms' where worker_id = $1 and district_id = $2`,
    ],
    [
      'before its stand-in has joined the team',
      `update membership set starts_at = now() + interval '1 minute' where worker_id = $1 and district_id = $2`,
    ],
  ])('%s', async (_name, change) => {
    await database.sql(change, /\$2/.test(change) ? [bruno.id, sevran] : []);
    const gets = (await brunoGets(here)) as { case: unknown };
    expect(gets).toEqual(/membership/.test(change) ? { case: null, appointment: null } : COLLEAGUE);
    expect(Object.entries(await rowsOf(here)).filter(([, count]) => count > 0)).toEqual([]);
  });

  test('once its stand-in heads the district, and is a social worker there no longer', async () => {
    await database.sql(
      `update membership set role = 'DISTRICT_HEAD' where worker_id = $1 and district_id = $2`,
      [bruno.id, sevran],
    );
    const gets = (await brunoGets(here)) as { case: Record<string, unknown>; appointment: unknown };
    // What any head knows, to allocate.
    expect(gets).toEqual({
      ...COLLEAGUE,
      case: {
        ...COLLEAGUE.case,
        mission: 'POLYVALENCE',
        persons: [{ displayName: 'Ana Petit', address: null }],
      },
    });
    expect(await rowsOf(here)).toMatchObject({ need: 0, address: 0, 'person changed': 0, appointment: 0 });
  });

  test('beyond the absence: one that would outlast it, or has no absence, is not opened', async () => {
    await database.sql('truncate relay, absence');
    const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
    await make.absence({
      workerId: alice.id,
      districtId: sevran,
      startsAt: inHours(-2),
      endsAt: inHours(2),
    });
    const open = async (districtId: string, from: number, to: number): Promise<readonly string[]> => {
      const people = { absentWorkerId: alice.id, standInId: bruno.id };
      const answer = await (await app.as('hélène')).send(
        'mutation ($input: OpenRelayInput!) { openRelay(input: $input) { endsAt } }',
        { input: { districtId, ...people, startsAt: inHours(from), endsAt: inHours(to) } },
      );
      return answer.codes;
    };
    expect(await open(sevran, -1, 3)).toEqual(['INVALID_INPUT']);
    expect(await open(sevran, -3, 1)).toEqual(['INVALID_INPUT']);
    expect(await open(gagny, -1, 1)).toEqual(['FORBIDDEN']);
    // Neither is opened for a life, nor is an absence declared in the year one, or in the year 9999.
    expect(await open(sevran, -1, 9_000)).toEqual(['INVALID_INPUT']);
    for (const [startsAt, endsAt, field] of [
      ['0001-01-01T00:00:00Z', null, 'input.startsAt'],
      ['9999-01-01T00:00:00Z', null, 'input.startsAt'],
      [inHours(4), '9999-01-01T00:00:00Z', 'input.endsAt'],
    ]) {
      const declared = await (await app.as('hélène')).send(
        'mutation ($input: DeclareAbsenceInput!) { declareAbsence(input: $input) { id } }',
        { input: { districtId: sevran, workerId: alice.id, startsAt, endsAt } },
      );
      expect(declared.errors.map(({ extensions }) => extensions.field)).toEqual([field]);
    }
    expect(await open(sevran, -1, 1)).toEqual([]);
    // The absence was declared just now: a confidential address opens a day later.
    const persons = [{ displayName: 'Ana Petit', address: null }];
    expect(await brunoGets(here)).toEqual({ ...seen(here), case: { ...seen(here).case, persons } });
  });
});
