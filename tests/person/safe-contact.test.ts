import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * "He has my phone": whoever serves someone closes every channel at once, and who follows them is told. Only that worker, their
 * stand-in, or the worker on duty with the person present and alone opens one, or puts another in its place.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let duty: { id: string };
let asSuit: Requester;
let asDuty: Requester;
let file: BuiltCase;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 10, slots: 4 });
  suit = await builder;
  file = await builder.case();
  duty = await scene.worker('garde', { days: 10, slots: 4 });
  [asSuit, asDuty] = [await scene.as('suit'), await scene.as('garde')];
  await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 02' where id = $1`, [
    file.personId,
  ]);
});
afterAll(() => stage.close());

const suspend = (who: Requester): Promise<Answer> =>
  who.send('mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }', {
    input: { personId: file.personId },
  });

const say = (who: Requester, safeContact: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  who.send('mutation ($input: SetSafeContactInput!) { setSafeContact(input: $input) { id } }', {
    input: { personId: file.personId, expectedVersion: 1, safeContact, ...more },
  });

const update = (who: Requester, input: Record<string, unknown>): Promise<Answer> =>
  who.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
    input: { id: file.personId, expectedVersion: 1, ...input },
  });

async function stands(): Promise<{ contact: string; suspended: boolean }> {
  const [row] = await scene.sql<{ contact: string; suspended: boolean }>(
    'select safe_contact as contact, contact_suspended_at is not null as suspended from person where id = $1',
    [file.personId],
  );
  return row ?? { contact: '', suspended: false };
}

/** The desk sends them to who is on duty. */
const sent = (kind = 'WALK_IN') =>
  scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
    input: { districtId: scene.districtId, kind, personId: file.personId, workerId: duty.id },
  });

const told = () =>
  scene.sql(`select worker_id, case_id from notification where kind = 'CONTACT_SUSPENDED' and case_id = $1`, [
    file.id,
  ]);

describe('is suspended, every channel at once', () => {
  test('by the desk, and who follows the person is told', async () => {
    await scene.booked(suit.id, scene.at('09:00'), { personIds: [file.personId] });
    expect(faultOf(await suspend(scene.desk))).toBe('none');
    expect(await stands()).toEqual({ contact: 'NONE', suspended: true });
    expect(await told()).toEqual([{ worker_id: suit.id, case_id: file.id }]);
  });

  test('by a colleague who has them there, even by their own making', async () => {
    expect(faultOf(await suspend(asDuty))).toBe('NOT_FOUND input.personId');
    await asDuty.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: { districtId: scene.districtId, kind: 'WALK_IN', personId: file.personId },
    });
    expect(faultOf(await suspend(asDuty))).toBe('none');
    expect(await stands()).toEqual({ contact: 'NONE', suspended: true });
  });

  test('by the person online, who loosens nothing', async () => {
    const rosa = await scene.asPerson(file.personId, 'rosa');
    expect(faultOf(await suspend(rosa))).toBe('none');
    expect(await stands()).toEqual({ contact: 'NONE', suspended: true });
    expect(faultOf(await say(rosa, 'LETTER', { expectedVersion: 2 }))).toBe('FORBIDDEN');
  });

  test('what is on its way is not sent, and what waits is offered by nothing but at the desk', async () => {
    const id = await scene.booked(suit.id, scene.at('09:00'), { personIds: [file.personId] });
    await scene.make.appointmentNotice({
      appointmentId: id,
      personId: file.personId,
      districtId: scene.districtId,
    });
    const prepared = () =>
      scene.sql(`select prepare_dispatches(array['TEXT']::"DispatchChannel"[], 100) as made`);
    expect(await prepared()).toEqual([{ made: 1 }]);
    await suspend(scene.desk);
    await scene.sql(`update dispatch set due_at = now() - interval '1 minute'`);
    await scene.sql(
      `create or replace function by_day(p_at timestamptz) returns timestamptz language sql stable as 'select p_at'`,
    );
    expect(await scene.sql('select id from take_dispatches(100)')).toEqual([]);
    const waits = await scene.waits({ personId: file.personId, showOnline: true });
    const channel = () =>
      scene.sql('select offer_channel(r) as by from appointment_request r where id = $1', [waits]);
    expect(await channel()).toEqual([{ by: null }]);
    await scene.make.personAccount({ personId: file.personId, subject: `rosa.${scene.name}` });
    expect(await channel()).toEqual([{ by: null }]);
  });
});

describe('is loosened or replaced', () => {
  test('not by the desk, which only closes a channel', async () => {
    for (const safeContact of ['LETTER', 'VOICE_TO_ME_ONLY', 'THROUGH_SOMEONE'])
      expect(faultOf(await update(scene.desk, { safeContact }))).toBe('FORBIDDEN');
    expect(faultOf(await say(scene.desk, 'LETTER'))).toBe('FORBIDDEN');
    expect(await stands()).toEqual({ contact: 'NEUTRAL_TEXT', suspended: false });
    expect(faultOf(await update(scene.desk, { safeContact: 'NONE' }))).toBe('none');
    expect(faultOf(await update(scene.desk, { expectedVersion: 2, safeContact: 'NEUTRAL_TEXT' }))).toBe(
      'FORBIDDEN',
    );
  });

  test('not by the number of someone else: one that the desk changes is written to by nobody', async () => {
    expect(faultOf(await update(scene.desk, { phone: '06 00 00 00 00' }))).toBe('none');
    expect(await stands()).toEqual({ contact: 'NONE', suspended: false });
  });

  test('by the assigned worker, and their stand-in, which ends a suspension', async () => {
    await suspend(scene.desk);
    expect(faultOf(await say(asDuty, 'LETTER', { expectedVersion: 2 }))).toBe('NOT_FOUND input.personId');
    expect(faultOf(await say(asSuit, 'LETTER', { expectedVersion: 1 }))).toBe('CONFLICT VERSION_CHANGED');
    expect(faultOf(await say(asSuit, 'LETTER', { expectedVersion: 2 }))).toBe('none');
    expect(await stands()).toEqual({ contact: 'LETTER', suspended: false });
    await scene.make.relay({ districtId: scene.districtId, absentWorkerId: suit.id, standInId: duty.id });
    expect(faultOf(await say(asDuty, 'VOICE_TO_ME_ONLY', { expectedVersion: 3 }))).toBe('none');
    // The word of a stand-in waits.
    expect(await stands()).toEqual({ contact: 'LETTER', suspended: false });
  });

  test('by who is on duty, with the person present and alone, as they state; not by a visit of their own making', async () => {
    await asDuty.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: { districtId: scene.districtId, kind: 'CALL', personId: file.personId },
    });
    expect(faultOf(await say(asDuty, 'LETTER', { presentAndAlone: true }))).toBe('FORBIDDEN');
    await sent();
    // Once somebody is assigned, only that worker's word counts: another waits.
    expect(faultOf(await say(asDuty, 'LETTER', { presentAndAlone: true }))).toBe('none');
    expect(await stands()).toEqual({ contact: 'NEUTRAL_TEXT', suspended: false });
    await scene.sql('delete from assignment where case_id = $1', [file.id]);
    expect(faultOf(await say(asDuty, 'LETTER'))).toBe('FORBIDDEN');
    expect(faultOf(await say(asDuty, 'LETTER', { presentAndAlone: true }))).toBe('none');
    expect(await stands()).toEqual({ contact: 'LETTER', suspended: false });
  });

  test('not by telephone: a voice that says it is the person is neither present nor alone', async () => {
    await suspend(scene.desk);
    expect(faultOf(await sent('CALL'))).toBe('none');
    expect(faultOf(await say(asDuty, 'LETTER', { expectedVersion: 2, presentAndAlone: true }))).toBe(
      'FORBIDDEN',
    );
    expect(
      await byHand(stage.database, `garde.${scene.name}`, (hand) =>
        hand(`select say_safe_contact($1, 2, 'LETTER', true)`, [file.personId]),
      ),
    ).toBe('42501');
    expect(await stands()).toEqual({ contact: 'NONE', suspended: true });
  });

  test('the third lock: by hand neither', async () => {
    const hands = await byHand(stage.database, `desk.${scene.name}`, async (hand) => [
      await hand(`update person set safe_contact = 'LETTER' where id = $1`, [file.personId]),
      await hand('update person set contact_suspended_at = null where id = $1', [file.personId]),
      await hand(`select say_safe_contact($1, 1, 'LETTER', true)`, [file.personId]),
      await hand(`update person set safe_contact = 'NONE' where id = $1`, [file.personId]),
    ]);
    expect(hands).toEqual(['42501', '42501', '42501', '1']);
  });
});

test('each is in the access log', async () => {
  await suspend(scene.desk);
  await say(asSuit, 'LETTER', { expectedVersion: 2 });
  await say(scene.desk, 'LETTER', { expectedVersion: 3 });
  const lines = await scene.sql<{ line: string }>(
    `select action || ' ' || outcome as line from access_log where person_id = $1 and action like '%CONTACT' order by id`,
    [file.personId],
  );
  expect(lines.map(({ line }) => line)).toEqual(['SUSPEND_CONTACT DONE', 'SET_SAFE_CONTACT DONE']);
});
