import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Where a week at the desk and on duty came to no end, and now goes on; each with what must not come out by it. */
let stage: Stage;
let scene: Scene;
let duty: { id: string };
let asDuty: Requester;
let rosa: { id: string; reference: string };

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  duty = await scene.worker('garde', { days: 5, slots: 4 });
  asDuty = await scene.as('garde');
  rosa = await scene.district.person({
    givenName: 'Rosa',
    familyName: `Luz ${scene.name}`,
    safeContact: 'NONE',
  });
});
afterAll(() => stage.close());

const send = (
  who: Requester,
  mutation: string,
  type: string,
  input: unknown,
  fields = 'id',
): Promise<Answer> =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

async function visit(more: Record<string, unknown> = {}, who = scene.desk): Promise<string> {
  const input = { districtId: scene.districtId, kind: 'WALK_IN', personId: rosa.id, ...more };
  const answer = await send(who, 'recordVisit', 'RecordVisitInput', input);
  if (answer.data?.['recordVisit'] == null) throw new Error(answer.text);
  return answer.data['recordVisit'].id;
}
const sentToDuty = (): Promise<string> => visit({ workerId: duty.id });

const logged = async (action: string): Promise<string[]> =>
  (
    await scene.sql<{ line: string }>(
      `select outcome || ' ' || coalesce((person_id = $2)::text, 'nobody') as line from access_log where action = $1
        and actor_id in (select m.worker_id from membership m where m.district_id = $3) order by id`,
      [action, rosa.id, scene.districtId],
    )
  ).map(({ line }) => line);

describe('on duty, of someone who has no case', () => {
  const give = async (who: Requester) => {
    const [notice] = await scene.sql<{ id: string }>(
      `select id from privacy_notice where kind = 'SHORT' limit 1`,
    );
    const input = { personId: rosa.id, noticeId: notice?.id, channel: 'ORAL' };
    return faultOf(await send(who, 'giveNotice', 'GiveNoticeInput', input));
  };
  const say = async (more: Record<string, unknown>) =>
    faultOf(
      await send(asDuty, 'setSafeContact', 'SetSafeContactInput', {
        personId: rosa.id,
        expectedVersion: 1,
        safeContact: 'NEUTRAL_TEXT',
        presentAndAlone: true,
        ...more,
      }),
    );
  const reached = () =>
    scene.sql('select phone, email, safe_contact::text as by, version from person where id = $1', [rosa.id]);

  test('who receives them states that the short notice was given, as long as they are there', async () => {
    expect(await give(asDuty)).toBe('NOT_FOUND input.personId');
    const id = await sentToDuty();
    expect(await give(asDuty)).toBe('none');
    expect(
      await scene.sql('select stated_by_id as by, channel from notice_receipt where person_id = $1', [
        rosa.id,
      ]),
    ).toEqual([{ by: duty.id, channel: 'ORAL' }]);
    const closed = { id, expectedVersion: 1, outcome: 'LEFT' };
    expect(faultOf(await send(scene.desk, 'closeVisit', 'CloseVisitInput', closed))).toBe('none');
    expect(await give(asDuty)).toBe('FORBIDDEN');
  });

  test('also who takes them in without the desk, which opens nothing of them', async () => {
    await visit({}, asDuty);
    expect(await give(asDuty)).toBe('none');
    expect(await say({ phone: '06 39 98 00 44' })).toBe('FORBIDDEN');
  });

  test('nor does a colleague by hand, for whom they did not come', async () => {
    await sentToDuty();
    await scene.worker('autre');
    const state = `insert into notice_receipt (id, person_id, notice_id, channel, given_at, stated_by_id)
      select gen_random_uuid(), $1, id, 'ORAL', now(), viewer_worker() from privacy_notice limit 1`;
    const by = (name: string) =>
      byHand(stage.database, `${name}.${scene.name}`, async (hand) => [
        await hand(state, [rosa.id]),
        await hand(`select say_safe_contact($1, 1, 'NONE', true, '{"phone": "06"}')`, [rosa.id]),
      ]);
    expect(await by('autre')).toEqual(['42501', '42501']);
    expect(await by('garde')).toEqual(['1', '1']);
    expect(await by('desk')).toEqual(['1', '42501']);
  });

  test('who is on duty notes the number that they say, present and alone, and by what they are reached', async () => {
    await sentToDuty();
    expect(await say({ phone: '06 39 98 00 44', presentAndAlone: false })).toBe('FORBIDDEN');
    expect(await say({ email: 'no address' })).toBe('INVALID_INPUT input.email');
    expect(await say({ phone: '06 39 98 00 44' })).toBe('none');
    expect(await reached()).toEqual([
      { phone: '06 39 98 00 44', email: null, by: 'NEUTRAL_TEXT', version: 2 },
    ]);
    expect(await say({ phone: '06 00 00 00 00' })).toBe('CONFLICT VERSION_CHANGED');
    // Absent is unchanged, null clears.
    expect(await say({ expectedVersion: 2, email: 'rosa@example.org' })).toBe('none');
    expect(await say({ expectedVersion: 3, phone: null })).toBe('none');
    expect(await reached()).toEqual([
      { phone: null, email: 'rosa@example.org', by: 'NEUTRAL_TEXT', version: 4 },
    ]);
  });

  test('not at once if somebody follows them elsewhere: it waits for that worker’s word, and that worker is told', async () => {
    const other = await stage.scene();
    const builder = other.worker('suit');
    const suit = await builder;
    const file = await builder.case();
    await scene.sql('update case_person set person_id = $1 where case_id = $2', [rosa.id, file.id]);
    await sentToDuty();
    const before = await scene.sql('select safe_contact, phone from person where id = $1', [rosa.id]);
    expect(await say({ phone: '06 39 98 00 44' })).toBe('none');
    expect(await scene.sql('select safe_contact, phone from person where id = $1', [rosa.id])).toEqual(
      before,
    );
    expect(
      await scene.sql(
        `select case_id from notification where kind = 'CONTACT_WORD_WAITS' and worker_id = $1`,
        [suit.id],
      ),
    ).toEqual([{ case_id: file.id }]);
  });
});

describe('“when is my appointment?”', () => {
  const FIELDS = 'startsAt endsAt mode place publicLabel';
  const ask = (visitId: string, past = false, who = scene.desk) =>
    who.send(`query ($id: ID!, $past: Boolean) { timesOfPresent(visitId: $id, past: $past) { ${FIELDS} } }`, {
      id: visitId,
      past,
    });
  const told = async (visitId: string, past = false) => {
    const answer = await ask(visitId, past);
    if (answer.errors.length > 0) throw new Error(answer.text);
    return answer.data?.['timesOfPresent'];
  };
  const booked = (at: string, nth = 0, personId = rosa.id) =>
    scene.booked(duty.id, scene.at(at, nth), { personIds: [personId] });
  const past = async (at: string, nth: number, ago: string, status = 'BOOKED') => {
    const id = await booked(at, nth);
    await scene.sql(
      `update appointment set starts_at = now() - $2::interval, ends_at = now() - $2::interval + interval '30 minutes',
        status = $3::"AppointmentStatus" where id = $1`,
      [id, ago, status],
    );
    return id;
  };

  test('is told at the counter to who is there, of theirs alone', async () => {
    await booked('09:30', 1);
    await booked('09:00');
    await booked('10:00', 0, (await scene.person()).id);
    const id = await visit();
    expect(await told(id)).toEqual(
      [scene.at('09:00'), scene.at('09:30', 1)].map((startsAt) => ({
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 1_800_000).toISOString(),
        mode: 'ON_SITE',
        place: null,
        publicLabel: 'Entretien',
      })),
    );
    expect(await logged('TELL_TIMES')).toEqual(['DONE true']);
  });

  test('is told on no telephone, not once they have gone, and to no other desk', async () => {
    await booked('09:00');
    expect(faultOf(await ask(await visit({ kind: 'CALL' })))).toBe('INVALID_INPUT visitId');
    const id = await visit();
    const other = await stage.scene();
    expect(faultOf(await ask(id, false, other.desk))).toBe('NOT_FOUND visitId');
    expect(faultOf(await ask(randomUUID()))).toBe('NOT_FOUND visitId');
    expect(faultOf(await ask(id, false, asDuty))).toMatch('FORBIDDEN');
    await send(scene.desk, 'closeVisit', 'CloseVisitInput', { id, expectedVersion: 1, outcome: 'LEFT' });
    expect(faultOf(await ask(id))).toBe('INVALID_INPUT visitId');
    const hands = await byHand(stage.database, `desk.${scene.name}`, (hand) =>
      hand('select from times_of_present($1, false)', [id]),
    );
    expect(hands).toBe('0');
  });

  test('is not told of a sensitive file, nor of whom nothing is confirmed: as of who came under no name', async () => {
    await booked('09:00');
    const id = await visit();
    expect(await told(id)).toHaveLength(1);
    const unnamed = await ask(await visit({ personId: null }));
    for (const flag of ['sensitive_file', 'confirm_nothing']) {
      await scene.sql(`update person set ${flag} = true where id = $1`, [rosa.id]);
      expect((await ask(id)).text).toBe(unnamed.text);
      await scene.sql(`update person set ${flag} = false where id = $1`, [rosa.id]);
    }
  });

  test('of the last three months, theirs are told without a worker, an appointment or what became of it', async () => {
    await past('09:00', 0, '20 days', 'HONOURED');
    await past('09:30', 0, '40 days', 'NOT_HONOURED');
    await past('10:00', 0, '80 days', 'CANCELLED_BY_SERVICE');
    await past('10:30', 0, '100 days', 'HONOURED');
    const id = await visit();
    const answer = await ask(id, true);
    const times: { startsAt: string; publicLabel: string }[] = answer.data?.['timesOfPresent'];
    const days = times.map(({ startsAt }) => Math.round((Date.now() - Date.parse(startsAt)) / 86_400_000));
    expect(days).toEqual([20, 40, 80]);
    // Honoured, missed and cancelled look alike.
    expect(new Set(times.map((time) => JSON.stringify({ ...time, startsAt: '', endsAt: '' }))).size).toBe(1);
    for (const secret of [duty.id, 'garde', 'HONOURED', 'CANCELLED'])
      expect(answer.text).not.toContain(secret);
    expect(await told(id)).toEqual([]);
  });
});

describe('who calls and asks when it is', () => {
  const call = (more: Record<string, unknown> = {}, who = scene.desk) =>
    send(
      who,
      'sendTimesAgain',
      'SendTimesAgainInput',
      {
        districtId: scene.districtId,
        fullName: `Rosa Luz ${scene.name}`,
        reference: rosa.reference,
        ...more,
      },
      'text',
    );
  const notices = () =>
    scene.sql<{ kind: string; open: boolean; version: number }>(
      `select kind::text as kind, done_at is null as open, version from appointment_notice where person_id = $1 order by previous_starts_at`,
      [rosa.id],
    );
  const reachable = () =>
    scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 44' where id = $1`, [
      rosa.id,
    ]);
  const book = (at: string) => scene.booked(duty.id, scene.at(at), { personIds: [rosa.id] });

  test('is told nothing: it is sent again by the safe contact, once an hour', async () => {
    await book('09:00');
    await book('09:30');
    await reachable();
    expect(faultOf(await call())).toBe('none');
    expect(await notices()).toEqual(Array(2).fill({ kind: 'REMINDER', open: true, version: 1 }));
    expect(
      await scene.sql(`select prepare_dispatches(array['TEXT']::"DispatchChannel"[], 100) as made`),
    ).toEqual([{ made: 2 }]);
    expect(await logged('SEND_TIMES_AGAIN')).toEqual(['DONE true']);
    await call();
    await scene.sql(`update appointment_notice set done_at = now(), outcome = 'TOLD' where person_id = $1`, [
      rosa.id,
    ]);
    await call();
    expect(await notices()).toEqual(Array(2).fill({ kind: 'REMINDER', open: false, version: 1 }));
    await scene.sql(
      `update appointment_notice set done_at = now() - interval '2 hours' where person_id = $1`,
      [rosa.id],
    );
    await call();
    expect(await notices()).toEqual(Array(2).fill({ kind: 'REMINDER', open: true, version: 2 }));
  });

  test('hears the same of who is known, unknown, without a safe contact, or to be confirmed to nobody', async () => {
    await book('09:00');
    const noContact = await call();
    expect(await notices()).toEqual([]);
    await reachable();
    const unknown = await call({ reference: 'P-INCONNUE' });
    await scene.sql('update person set confirm_nothing = true where id = $1', [rosa.id]);
    const hidden = await call();
    expect(await notices()).toEqual([]);
    await scene.sql('update person set confirm_nothing = false where id = $1', [rosa.id]);
    const known = await call();
    expect(await notices()).toHaveLength(1);
    expect(known.data?.['sendTimesAgain'].text).toMatch(/^Si une personne correspond/);
    expect(new Set([noContact, unknown, hidden, known].map(({ text }) => text)).size).toBe(1);
  });

  test('says a name and one thing, and it counts as a look-up; elsewhere, and on duty, nobody sends', async () => {
    expect(faultOf(await call({ reference: null }))).toBe('INVALID_INPUT input');
    expect(faultOf(await call({}, (await stage.scene()).desk))).toBe('FORBIDDEN');
    expect(faultOf(await call({}, asDuty))).toBe('FORBIDDEN');
    await call({ reference: 'P-INCONNUE' });
    expect((await logged('LOOK_UP_PERSON')).at(-1)).toBe('DONE nobody');
  });

  test('two of the same name are sent nothing', async () => {
    await book('09:00');
    await reachable();
    await scene.sql(`update person set birth_date = '1980-01-01' where id = $1`, [rosa.id]);
    await scene.district.person({
      givenName: 'Rosa',
      familyName: `Luz ${scene.name}`,
      birthDate: '1980-05-05',
    });
    await call({ reference: null, birthYear: 1980 });
    expect(await notices()).toEqual([]);
    // What one of them says beside the name tells who they are.
    await call();
    expect(await notices()).toHaveLength(1);
  });
});
