import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Whom an appointment makes known, and to whom, stands on the row that ties the two; the database keeps it true. */
let database: TestDatabase;
let app: TestApp;
let sevran: DistrictBuilder;
let districtId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  sevran = (await county(database)).district('Sevran');
  districtId = (await sevran).id;
  await sevran.receptionist('rachida');
  await sevran.head('hélène');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const DAY = 86_400_000;
/** Ten in the morning (UTC) of a day to come. */
function inDays(days: number): Date {
  return new Date(Math.floor(Date.now() / DAY) * DAY + days * DAY + 10 * 3_600_000);
}

async function book(input: Record<string, unknown>): Promise<{ id: string; version: number }> {
  const answer = await (await app.as('rachida')).send(
    'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id version } }',
    { input: { districtId, typeCode: 'FOLLOW_UP', ...input } },
  );
  expect(answer.errors).toEqual([]);
  return answer.data?.['bookAppointment'] as { id: string; version: number };
}

async function cancel({ id, version }: { id: string; version: number }): Promise<void> {
  const answer = await (await app.as('rachida')).send(
    'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { status } }',
    { input: { id, expectedVersion: version, by: 'SERVICE' } },
  );
  expect(answer.errors).toEqual([]);
}

/** The person's name, as who holds the appointment gets it. */
async function whoComesAccordingTo(worker: string, appointmentId: string): Promise<unknown> {
  const answer = await (await app.as(worker)).send(
    'query ($id: ID!) { appointment(id: $id) { persons { displayName } } }',
    { id: appointmentId },
  );
  return answer.data?.['appointment']?.persons;
}

/** The copies on the row that ties person and appointment, beside what they are copies of. */
async function copiesThatDiffer(): Promise<unknown[]> {
  return database.sql(`select ap.* from appointment_person ap join appointment a on a.id = ap.appointment_id
    where (ap.district_id, ap.worker_ids, ap.case_worker_id, ap.known_until)
      is distinct from (a.district_id, a.worker_ids, a.case_worker_id, known_until(a.status, a.ends_at))`);
}

describe('who holds an appointment', () => {
  test('knows who comes, and no more once it is cancelled', async () => {
    const alice = await sevran.worker('alice');
    const person = await sevran.person({ givenName: 'Ana', familyName: 'Petit' });
    const appointment = await book({ workerIds: [alice.id], personIds: [person.id], startsAt: inDays(3) });
    expect(await whoComesAccordingTo('alice', appointment.id)).toEqual([{ displayName: 'Ana Petit' }]);
    await cancel(appointment);
    expect(await whoComesAccordingTo('alice', appointment.id)).toEqual([]);
    expect(await copiesThatDiffer()).toEqual([]);
  });

  test.each([
    ['29 days', 29, [{ displayName: 'Ana Petit' }]],
    ['31 days', 31, []],
  ])('%s after its end', async (_name, days, persons) => {
    const worker = await sevran.worker(`held ${days}`);
    const person = await sevran.person({ givenName: 'Ana', familyName: 'Petit' });
    const { id } = await book({ workerIds: [worker.id], personIds: [person.id], startsAt: inDays(days) });
    await database.sql(
      `update appointment set starts_at = now() - $2::integer * interval '1 day' - interval '30 minutes',
         ends_at = now() - $2::integer * interval '1 day', status = 'HONOURED' where id = $1`,
      [id, days],
    );
    expect(await whoComesAccordingTo(`held ${days}`, id)).toEqual(persons);
  });

  test('is kept on the row through moves, a second worker, and another assigned worker of the case', async () => {
    const carla = await sevran.worker('carla');
    const denis = await sevran.worker('denis');
    const file = await sevran.worker('emma').case();
    const startsAt = inDays(5);
    const moved = await book({
      workerIds: [carla.id, denis.id],
      personIds: [file.personId],
      caseId: file.id,
      startsAt,
    });
    const answer = await (await app.as('rachida')).send(
      'mutation ($input: MoveAppointmentInput!) { moveAppointment(input: $input) { id } }',
      { input: { id: moved.id, expectedVersion: moved.version, startsAt: inDays(6) } },
    );
    expect(answer.errors).toEqual([]);
    const [before] = await database.sql<{ version: number }>('select version from "case" where id = $1', [
      file.id,
    ]);
    const reassigned = await (await app.as('hélène')).send(
      'mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }',
      { input: { caseId: file.id, workerId: denis.id, expectedVersion: before?.version } },
    );
    expect(reassigned.errors).toEqual([]);
    const rows = await database.sql<Record<string, unknown>>(
      `select worker_ids @> array[$2::uuid, $3::uuid] as "both", case_worker_id as "follows"
       from appointment_person where appointment_id = $1`,
      [moved.id, carla.id, denis.id],
    );
    expect(rows).toEqual([{ both: true, follows: denis.id }]);
    expect(await copiesThatDiffer()).toEqual([]);
  });
});

describe('the next appointment of a case', () => {
  test('is the earliest that is booked and to come', async () => {
    const fatou = sevran.worker('fatou');
    const { id: workerId } = await fatou;
    const file = await fatou.case();
    const at = async (days: number) =>
      book({ workerIds: [workerId], caseId: file.id, startsAt: inDays(days) });
    const past = await at(8);
    await database.sql(
      `update appointment set starts_at = starts_at - interval '20 days', ends_at = ends_at - interval '20 days' where id = $1`,
      [past.id],
    );
    await cancel(await at(9));
    const later = await at(11);
    const next = await at(10);
    const ask = async () =>
      (
        await (
          await app.as('fatou')
        ).send('query ($id: ID!) { case(id: $id) { nextAppointment { id } } }', {
          id: file.id,
        })
      ).data?.['case'].nextAppointment;
    expect(await ask()).toEqual({ id: next.id });
    await cancel(next);
    expect(await ask()).toEqual({ id: later.id });
    await cancel(later);
    expect(await ask()).toBeNull();
  });
});
