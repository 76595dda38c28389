import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { sendDispatches } from '../../src/jobs/send.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import { makeIt } from '../sending/day.js';
import { type FakeGateway, startFakeGateway } from '../sending/fake-gateway.js';
import type { Answer, Requester } from '../support/app.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * The desk says that a person is at the counter, and cancels or moves an appointment in the person's name, or takes them off the list. If the person
 * was not there, the text to their safe contact tells them. Nothing goes to a contact that was closed.
 */
const PHONE = '06 39 98 77 01';
let stage: Stage;
let scene: Scene;
let pool: pg.Pool;
let gateway: FakeGateway;
let sender: Sender;
let worker: { id: string };
let asWorker: Requester;
let rosa: { id: string };
let appointmentId: string;
let visitId: string;

beforeAll(async () => {
  stage = await raiseStage();
  await makeIt('day', stage.database.sql);
  pool = jobsOf(stage.database, 4);
  gateway = await startFakeGateway();
  sender = createTextGateway(gateway);
});
afterAll(async () => {
  sender.close();
  await Promise.all([gateway.close(), pool.end()]);
  await stage.close();
});
beforeEach(async () => {
  scene = await stage.scene();
  worker = await scene.worker('alice', { slots: 6 });
  asWorker = await scene.as('alice');
  rosa = await scene.person({ phone: PHONE });
  appointmentId = await scene.booked(worker.id, scene.at('09:00'), { personIds: [rosa.id] });
  const visit = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
    { input: { districtId: scene.districtId, kind: 'WALK_IN', personId: rosa.id } },
  );
  visitId = visit.data?.['recordVisit'].id;
  gateway.received.length = 0;
});
afterEach(async () => {
  await scene.sql('delete from dispatch');
});

async function texts(): Promise<string[]> {
  gateway.received.length = 0;
  await sendDispatches(pool, [sender]);
  return gateway.received
    .filter(({ to }) => to.replaceAll(' ', '') === PHONE.replaceAll(' ', ''))
    .map(({ text }) => text);
}
const cancel = (): Promise<Answer> =>
  scene.act('cancelAppointment', 'CancelAppointmentInput', {
    id: appointmentId,
    expectedVersion: 1,
    by: 'PERSON',
    visitId,
  });

test('a cancellation in the person’s name goes to their safe contact, and to the worker', async () => {
  expect(faultOf(await cancel())).toBe('none');
  expect(await texts()).toEqual([expect.stringContaining('annulation.')]);
  const { data } = await asWorker.send('{ notifications(first: 5) { edges { node { kind } } } }');
  expect(data?.['notifications'].edges).toEqual([{ node: { kind: 'APPOINTMENT_CANCELLED' } }]);
});

test('what the colleague who holds the appointment cancels is told to the worker who follows the person', async () => {
  const { id: followerId } = await scene.district.worker(`assia.${scene.name}`);
  const caseId = await scene.make.case({ districtId: scene.districtId });
  await scene.make.casePerson({ caseId, personId: rosa.id });
  await scene.make.assignment({ caseId, workerId: followerId });
  const input = { id: appointmentId, expectedVersion: 1, by: 'PERSON' };
  expect(faultOf(await scene.act('cancelAppointment', 'CancelAppointmentInput', input, asWorker))).toBe(
    'none',
  );
  expect(
    await scene.sql(`select from notification where worker_id = $1 and kind = 'APPOINTMENT_CANCELLED'`, [
      followerId,
    ]),
  ).toHaveLength(1);
});

test('whoever cancelled in the person’s name does not say that the person was told; a colleague does', async () => {
  await cancel();
  const [notice] = await scene.sql<{ id: string; version: number }>(
    'select id, version from appointment_notice where appointment_id = $1',
    [appointmentId],
  );
  const says = async (who: Requester) =>
    faultOf(
      await who.send('mutation ($input: RecordNoticeInput!) { recordNotice(input: $input) { id } }', {
        input: { id: notice?.id, expectedVersion: notice?.version, outcome: 'TOLD' },
      }),
    );
  await scene.district.receptionist(`deux.${scene.name}`);
  expect(await says(scene.desk)).toBe('FORBIDDEN');
  expect(await says(await scene.as('deux'))).toBe('none');
});

test('a move at the counter goes to the safe contact', async () => {
  const moved = await scene.act('moveAppointment', 'MoveAppointmentInput', {
    id: appointmentId,
    expectedVersion: 1,
    startsAt: scene.at('11:00'),
    visitId,
  });
  expect(faultOf(moved)).toBe('none');
  expect(await texts()).toEqual([expect.stringContaining('nouvelle date')]);
});

describe('in time off that the receptionist has declared before', () => {
  beforeEach(async () => {
    const off = await scene.desk.send(
      'mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) { id } }',
      {
        input: {
          districtId: scene.districtId,
          workerId: worker.id,
          startsAt: scene.at('08:00'),
          endsAt: scene.at('10:00'),
        },
      },
    );
    expect(faultOf(off)).toBe('none');
  });

  test('a cancellation in the person’s name goes to the safe contact, and counts as any other', async () => {
    expect(faultOf(await cancel())).toBe('none');
    expect(await texts()).toEqual([expect.stringContaining('annulation.')]);
    expect(
      await scene.sql(`select kind::text from act where row_id = $1 and kind::text like 'CANCEL%'`, [
        appointmentId,
      ]),
    ).toEqual([{ kind: 'CANCEL_APPOINTMENT' }]);
  });

  test('a move at the counter goes to the safe contact', async () => {
    const moved = await scene.act('moveAppointment', 'MoveAppointmentInput', {
      id: appointmentId,
      expectedVersion: 1,
      startsAt: scene.at('11:00'),
      visitId,
    });
    expect(faultOf(moved)).toBe('none');
    expect(await texts()).toEqual([expect.stringContaining('nouvelle date')]);
  });
});

test('a person whose appointment passes to another worker at its time is told nothing', async () => {
  const { id: workerId } = await scene.worker('bruno', { slots: 6 });
  const moved = await scene.act('moveAppointment', 'MoveAppointmentInput', {
    id: appointmentId,
    expectedVersion: 1,
    startsAt: scene.at('09:00'),
    workerId,
    visitId,
  });
  expect(faultOf(moved)).toBe('none');
  expect(await texts()).toEqual([]);
});

test('nothing goes to a number that the same receptionist has just typed', async () => {
  await scene.desk.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
    input: { id: rosa.id, expectedVersion: 1, phone: '06 39 98 77 02' },
  });
  expect(faultOf(await cancel())).toBe('none');
  await texts();
  expect(gateway.received).toEqual([]);
});

test('nothing goes to a contact that was closed', async () => {
  await scene.desk.send('mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }', {
    input: { personId: rosa.id },
  });
  expect(faultOf(await cancel())).toBe('none');
  await texts();
  expect(gateway.received).toEqual([]);
});

test('a cancellation that is taken back before it is sent is told to nobody', async () => {
  await cancel();
  await scene.desk.send('mutation ($input: TakeBackActsInput!) { takeBackActs(input: $input) { howMany } }', {
    input: { kind: 'CANCEL_APPOINTMENT' },
  });
  expect(await texts()).toEqual([]);
});

test('a request that was taken off the list goes to the safe contact, ten minutes later', async () => {
  const id = await scene.waits({ personId: rosa.id });
  await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 });
  expect(await texts()).toEqual([]);
  await scene.sql(`update act set done_at = done_at - interval '11 minutes' where row_id = $1`, [id]);
  expect(await texts()).toEqual([
    'Entretien : la demande de date est retirée. Si cela ne vient pas de vous, dites-le à la personne qui vous reçoit.',
  ]);
  expect(await texts()).toEqual([]);
});

test('a request that the worker who follows the person takes off the list is told to nobody', async () => {
  const file = await scene.district.worker(`assia.${scene.name}`).case();
  await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = $2 where id = $1`, [
    file.personId,
    PHONE,
  ]);
  const asAssia = await scene.as('assia');
  const id = await scene.waits({ personId: file.personId, caseId: file.id }, asAssia);
  await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 }, asAssia);
  expect(await scene.sql('select from act where row_id = $1', [id])).toEqual([]);
});

test('a sooner time that is accepted in the person’s name goes to the safe contact, and is taken back', async () => {
  const at = scene.at('09:00', 10);
  const { id: workerId } = await scene.worker('tard', { slots: 6, days: 12 });
  const late = await scene.booked(workerId, at, { personIds: [rosa.id] });
  await scene.sql('delete from appointment_notice');
  const id = await scene.waits({ personId: rosa.id, insteadOfId: late });
  expect(faultOf(await scene.answer(await scene.offered(id), true))).toBe('none');
  expect(await texts()).toContainEqual(expect.stringContaining('nouvelle date'));
  await scene.desk.send('mutation ($input: TakeBackActsInput!) { takeBackActs(input: $input) { howMany } }', {
    input: { kind: 'MOVE_APPOINTMENT' },
  });
  expect(await scene.sql('select starts_at = $2 as back from appointment where id = $1', [late, at])).toEqual(
    [{ back: true }],
  );
});
