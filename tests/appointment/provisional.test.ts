import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { deleteProvisionalPersons } from '../../src/jobs/tasks.js';
import { inParis, later, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type CountyBuilder, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';

/** Of whom a booking client gave a name alone, and nobody learnt more, is deleted thirty days after the appointment. */
let database: TestDatabase;
let app: TestApp;
let jobs: pg.Pool;
let built: CountyBuilder;
let make: Rows;
let client: Requester;
let here: DistrictBuilder;
let districtId: string;
let count = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  jobs = jobsOf(database, 1);
  built = await county(database);
  make = rowsOf(database);
  client = await app.as('client.booking');
});
beforeEach(async () => {
  count += 1;
  here = built.district(`Secteur ${count}`);
  districtId = (await here).id;
  const hours = {
    opensAt: '09:00',
    closesAt: '17:00',
    types: ['FIRST_RECEPTION'],
    until: later(today(), 30),
  };
  await here.worker(`alice.${count}`).open(hours);
  await here.receptionist(`desk.${count}`);
});
afterAll(async () => {
  await jobs.end();
  await app.close();
  await database.drop();
});

interface Booked {
  readonly appointmentId: string;
  readonly personId: string;
  readonly secret: string;
}

const days = workingDaysAfter(later(today(), 1));
const day = days.next().value as string;
let someone = 0;

async function booked(): Promise<Booked> {
  someone += 1;
  const hour = 9 + (someone % 8);
  const answer = await client.send(
    'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id secret } }',
    {
      input: {
        districtId,
        typeCode: 'FIRST_RECEPTION',
        startsAt: inParis(day, `${String(hour).padStart(2, '0')}:00`),
        name: `Personne ${someone}`,
      },
    },
    { 'x-forwarded-for': `198.51.100.${someone}` },
  );
  if (answer.errors.length > 0) throw new Error(answer.text);
  const { id, secret } = answer.data?.['bookOnline'] ?? {};
  const [row] = await database.sql<{ id: string }>(
    'select person_id as id from appointment_person where appointment_id = $1',
    [id],
  );
  return { appointmentId: id, personId: row?.id ?? '', secret };
}

/** Lets so many days pass since the end of the appointment. */
async function ended({ appointmentId, personId }: Booked, daysAgo: number): Promise<void> {
  await database.sql('delete from occupancy where appointment_id = $1', [appointmentId]);
  await database.sql(
    `update appointment set starts_at = now() - make_interval(days => $2) - interval '31 minutes',
       ends_at = now() - make_interval(days => $2) - interval '1 minute' where id = $1`,
    [appointmentId, daysAgo],
  );
  await database.sql(
    `update person set created_at = now() - make_interval(days => $2) - interval '10 days' where id = $1`,
    [personId, daysAgo],
  );
}

const stays = async ({ personId }: Booked): Promise<boolean> =>
  (await database.sql('select 1 from person where id = $1', [personId])).length > 0;

test('thirty days after the appointment the person is gone; the appointment and the log stay', async () => {
  const [late, soon, ahead] = [await booked(), await booked(), await booked()];
  await ended(late, 30);
  await ended(soon, 29);
  const logged = () =>
    database.sql<{ lines: number }>(
      'select count(*)::integer as lines from access_log where person_id = $1',
      [late.personId],
    );
  const [before] = await logged();
  expect(before?.lines).toBeGreaterThan(0);
  expect(await deleteProvisionalPersons(jobs)).toBe(1);
  expect([await stays(late), await stays(soon), await stays(ahead)]).toEqual([false, true, true]);
  expect(
    await database.sql('select status::text from appointment where id = $1', [late.appointmentId]),
  ).toEqual([{ status: 'BOOKED' }]);
  const left = await database.sql(
    `select b.person_id as person, b.address_digest as address, (select count(*)::integer from appointment_person ap
       where ap.appointment_id = b.appointment_id) as persons
     from online_booking b where b.appointment_id = $1`,
    [late.appointmentId],
  );
  expect(left).toEqual([{ person: null, address: null, persons: 0 }]);
  expect((await logged())[0]).toEqual(before);
  const alice = await app.as(`alice.${count}`);
  const { data, errors } = await alice.send(
    'query ($id: ID!) { appointment(id: $id) { id persons { id } } }',
    { id: late.appointmentId },
  );
  expect(errors).toEqual([]);
  expect(data?.['appointment']).toEqual({ id: late.appointmentId, persons: [] });
});

test('the figures count an appointment that nobody kept, whether its person is deleted or not', async () => {
  const late = await booked();
  await ended(late, 31);
  await database.sql(`update appointment set status = 'NOT_HONOURED' where id = $1`, [late.appointmentId]);
  const counted = async () =>
    await database.sql(
      `select 1 from records_of_asked_again(now() - interval '2 days', now()) where district_id = $1
       union all select 2 from records_of_not_honoured(now() - interval '40 days', now()) where district_id = $1`,
      [districtId],
    );
  const before = await counted();
  expect(before).toHaveLength(2);
  expect(await deleteProvisionalPersons(jobs)).toBe(1);
  expect(await counted()).toEqual(before);
});

test('of a cancelled appointment thirty days pass from its start; what told of it goes along', async () => {
  const gone = await booked();
  const answer = await client.send(
    'mutation ($input: CancelOnlineInput!) { cancelOnline(input: $input) { status } }',
    { input: { secret: gone.secret, expectedVersion: 1 } },
  );
  expect(answer.errors).toEqual([]);
  await ended(gone, 30);
  const { appointmentId, personId } = gone;
  await make.appointmentNotice({ appointmentId, personId, districtId });
  // A long appointment that was cancelled: its end is less than thirty days ago, and its start is not.
  await database.sql(`update appointment set ends_at = starts_at + interval '3 hours' where id = $1`, [
    appointmentId,
  ]);
  expect(await deleteProvisionalPersons(jobs)).toBe(1);
  expect(await stays(gone)).toBe(false);
});

describe('a person stays', () => {
  test.each<[string, (of: Booked) => Promise<unknown>]>([
    [
      'who has a case',
      async ({ personId }) => {
        const { id: caseId } = await here.worker(`bruno.${count}`).case();
        await make.casePerson({ caseId, personId });
      },
    ],
    ['who came to the desk', ({ personId }) => make.visit({ districtId, personId })],
    [
      'who was received',
      ({ appointmentId }) =>
        database.sql(`update appointment set status = 'HONOURED' where id = $1`, [appointmentId]),
    ],
    [
      'of whom nothing is confirmed',
      ({ personId }) =>
        database.sql('update person set confirm_nothing = true, version = version + 1 where id = $1', [
          personId,
        ]),
    ],
    [
      'who has another appointment',
      async ({ personId }) => {
        const appointmentId = randomUUID();
        const endsAt = new Date(Date.now() - 50 * 86_400_000);
        const startsAt = new Date(endsAt.getTime() - 1_800_000);
        await make.appointment({
          id: appointmentId,
          districtId,
          typeCode: 'FIRST_RECEPTION',
          startsAt,
          endsAt,
        });
        await make.appointmentPerson({ appointmentId, personId });
      },
    ],
    [
      'who waits for one',
      ({ personId }) => make.appointmentRequest({ districtId, personId, typeCode: 'FIRST_RECEPTION' }),
    ],
    ['who has an account', ({ personId }) => make.personAccount({ personId, subject: `compte.${count}` })],
    [
      'whom somebody has looked at',
      ({ personId }) => database.sql('update person set provisional = false where id = $1', [personId]),
    ],
  ])('%s', async (_who, happens) => {
    const of = await booked();
    await ended(of, 40);
    await happens(of);
    expect(await deleteProvisionalPersons(jobs)).toBe(0);
    expect(await stays(of)).toBe(true);
  });

  test('whom a desk registered, without an online booking', async () => {
    const { id } = await here.person();
    await database.sql(`update person set created_at = now() - interval '90 days' where id = $1`, [id]);
    expect(await deleteProvisionalPersons(jobs)).toBe(0);
    expect(await database.sql('select 1 from person where id = $1', [id])).toHaveLength(1);
  });
});

test('they are deleted in portions, and a run that was cut off goes on', async () => {
  const all = [await booked(), await booked(), await booked()];
  for (const one of all) await ended(one, 31);
  const { rows } = await jobs.query<{ done: number }>('select delete_provisional_persons(1) as done');
  expect(rows[0]?.done).toBe(1);
  expect(await deleteProvisionalPersons(jobs, 1)).toBe(2);
  expect(await Promise.all(all.map(stays))).toEqual([false, false, false]);
});

test('each table that names a person is looked at, or is emptied with the person', async () => {
  const tables = await database.sql<{ name: string }>(
    `select distinct conrelid::regclass::text as name from pg_constraint
     where contype = 'f' and confrelid = 'person'::regclass order by 1`,
  );
  const [text] = await database.sql<{ said: string }>(
    `select pg_get_functiondef('only_booked_online'::regproc) || pg_get_functiondef('delete_provisional_persons'::regproc) as said`,
  );
  // The copies of what is known by other rows go with the person, and so does who objects to a quarter or a year.
  const copies = ['person_known', 'objection_of_period'];
  expect(tables.length).toBeGreaterThan(15);
  expect(
    tables
      .map(({ name }) => name)
      .filter(
        (name) =>
          !copies.includes(name) &&
          !text?.said.includes(`from ${name}`) &&
          !text?.said.includes(`FROM ${name}`),
      ),
  ).toEqual([]);
});

test('nobody but the jobs deletes them', async () => {
  for (const name of ['delete_provisional_persons(integer)', 'forget_booking_addresses(integer)'])
    expect(
      await database.sql(
        `select r.rolname as role from pg_roles r where r.rolname in ('cosmos_app', 'cosmos_jobs')
           and has_function_privilege(r.oid, $1, 'execute')`,
        [name],
      ),
    ).toEqual([{ role: 'cosmos_jobs' }]);
});
