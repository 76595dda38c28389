import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { sendDispatches } from '../../src/jobs/send.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import { freeCalledOffTimes } from '../../src/jobs/tasks.js';
import { inParis, wallClock } from '../agenda/agenda.js';
import { makeIt } from '../sending/day.js';
import { type FakeGateway, startFakeGateway } from '../sending/fake-gateway.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A violent husband telephones in his wife's name, and calls off her appointment. He learns nothing and takes nothing from her. She is told by
 * her safe contact, her worker is told, nobody else gets the time meanwhile, and one act lets it stand.
 */
const LINK = 'https://rendez-vous.example.org/#';
const KEY = Buffer.alloc(32, 3);
const NOTED = '{"data":{"noteTelephoneCancellation":{"fr":"C’est noté.","en":"It is noted."}}}\n';

let stage: Stage;
let scene: Scene;
let pool: pg.Pool;
let gateway: FakeGateway;
let sender: Sender;
let numbers = 0;

let alice: { id: string };
let duty: { id: string };
let asAlice: Requester;
let asDuty: Requester;
/** Her case with Alice, her appointment with Bruno at ten on the first day, and the facts that a caller can say of her. */
let file: BuiltCase;
let bruno: { id: string };
let appointmentId: string;
let said: { fullName: string; reference: string };

beforeAll(async () => {
  stage = await raiseStage({ lookUpsPerHour: 1_000 });
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
  const builder = scene.worker('alice');
  alice = await builder;
  file = await builder.case();
  // So far ahead that two office hours pass before it, on every day of the week.
  bruno = await scene.worker('bruno', { slots: 6, from: 1 });
  duty = await scene.worker('garde');
  [asAlice, asDuty] = [await scene.as('alice'), await scene.as('garde')];
  numbers += 1;
  await scene.sql(
    `update person set given_name = 'Rosa', family_name = $2, safe_contact = 'NEUTRAL_TEXT', phone = $3, birth_date = '1980-01-01' where id = $1`,
    [file.personId, `Luz ${scene.name}`, `06 39 97 ${2000 + numbers}`],
  );
  const [row] = await scene.sql<{ reference: string }>('select reference from person where id = $1', [
    file.personId,
  ]);
  said = { fullName: `Rosa Luz ${scene.name}`, reference: row?.reference ?? '' };
  appointmentId = await scene.booked(bruno.id, scene.at('10:00', 1), {
    personIds: [file.personId],
    caseId: file.id,
  });
  gateway.received.length = 0;
});
afterEach(async () => {
  await scene.sql('delete from telephone_cancellation');
  await scene.sql('delete from dispatch');
});

const call = (more: Record<string, unknown> = {}, who = scene.desk): Promise<Answer> =>
  who.send(
    'mutation ($input: NoteTelephoneCancellationInput!) { noteTelephoneCancellation(input: $input) { fr en } }',
    { input: { ...said, districtId: scene.districtId, day: scene.day(1), dutyWorkerId: duty.id, ...more } },
  );
const restore = (who: Requester, input: Record<string, unknown> = { id: appointmentId }): Promise<Answer> =>
  who.send('mutation ($input: RestoreAppointmentInput!) { restoreAppointment(input: $input) { fr en } }', {
    input,
  });
const byLink = (mutation: 'restoreByLink' | 'cancelByLink', secret: string): Promise<Answer> =>
  stage.app.anonymous.send(
    `mutation ($secret: String!) { ${mutation}(input: { secret: $secret }) { publicLabel startsAt cancelled calledOff } }`,
    { secret },
  );

/** The messages that the jobs send now about appointments that were called off. */
async function texts(): Promise<string[]> {
  gateway.received.length = 0;
  await sendDispatches(pool, [sender], { url: LINK, key: KEY });
  return gateway.received.map(({ text }) => text).filter((text) => text.includes('annulation demandée'));
}
async function secretSent(): Promise<string> {
  const [text = ''] = await texts();
  const secret = text.split(LINK)[1];
  if (secret === undefined) throw new Error(`no link in: ${text}`);
  return secret;
}

/** Lets the hold of the time end, without an answer. */
async function holdsPass(): Promise<void> {
  await scene.sql(
    `update telephone_cancellation set noted_at = noted_at - (held_until - now()) - interval '1 second',
       held_until = now() - interval '1 second' where held_until is not null`,
  );
  await freeCalledOffTimes(pool);
}

const isPending = async (id = appointmentId): Promise<boolean> =>
  (await scene.sql('select from telephone_cancellation where appointment_id = $1', [id])).length === 1;
/** Everything that the database keeps of the appointment. */
const kept = async (id = appointmentId): Promise<string> =>
  JSON.stringify([
    await scene.sql('select * from appointment where id = $1', [id]),
    await scene.sql('select * from appointment_person where appointment_id = $1', [id]),
    await scene.sql('select * from occupancy where appointment_id = $1', [id]),
    await scene.sql('select * from appointment_notice where appointment_id = $1', [id]),
    await scene.sql('select * from appointment_request where person_id = $1', [file.personId]),
  ]);
const statusOf = async (id = appointmentId): Promise<string> =>
  (await scene.sql<{ status: string }>('select status::text from appointment where id = $1', [id]))[0]
    ?.status ?? '';
const told = async (kind: string): Promise<string[]> =>
  (
    await scene.sql<{ line: string }>(
      `select split_part(w.subject, '.', 1) || case when n.case_id is null then '' else ' of the case' end as line
        from notification n join worker w on w.id = n.worker_id where n.kind::text = $1 and w.subject like $2 order by 1`,
      [kind, `%.${scene.name}`],
    )
  ).map(({ line }) => line);
const pendingFor = async (who: Requester): Promise<Record<string, unknown>[]> =>
  (await who.send('{ timesCalledOff { id publicLabel startsAt heldUntil displayName wantsAnother } }'))
    .data?.['timesCalledOff'] ?? [];

/** Everything that the desk, and everyone else who is not told, reads of that day. */
async function viewOf(who: Requester): Promise<string> {
  const from = scene.at('00:00', 1);
  const until = scene.at('00:00', 2);
  const asked: [string, Record<string, unknown>][] = [
    [
      `query ($id: ID!) { appointment(id: $id) { id status version startsAt endsAt publicLabel noticesPending: mode workers { id } persons { id displayName } } }`,
      { id: appointmentId },
    ],
    [
      `query ($f: DateTime!, $u: DateTime!) { appointments(filter: { from: $f, to: $u }, first: 50) { edges { node { id status version startsAt persons { id } } } } }`,
      { f: from, u: until },
    ],
    [
      `query ($d: ID!, $f: DateTime!, $u: DateTime!, $w: ID!) { busyTimes(districtId: $d, from: $f, to: $u, workerId: $w) { startsAt endsAt } }`,
      { d: scene.districtId, f: from, u: until, w: bruno.id },
    ],
    [
      `query ($filter: SlotFilter!) { slots(filter: $filter, first: 50) { slots { startsAt workers { id } } } }`,
      { filter: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION', workerIds: [bruno.id] } },
    ],
    [
      `query ($d: ID!) { noticesToGive(districtId: $d, first: 50) { edges { node { id kind text } } } }`,
      { d: scene.districtId },
    ],
    [
      `query ($d: ID!) { waitingList(districtId: $d, first: 50) { edges { node { id } } } }`,
      { d: scene.districtId },
    ],
    [
      `query ($d: ID!) { visits(districtId: $d, first: 50) { edges { node { id } } } }`,
      { d: scene.districtId },
    ],
    [
      `query ($d: ID!, $day: Date!) { dayList(districtId: $d, day: $day) }`,
      { d: scene.districtId, day: scene.day(1) },
    ],
    [`{ notifications(first: 50) { edges { node { kind } } } messages { edges { node { id } } } }`, {}],
    [`{ timesCalledOff { id } }`, {}],
  ];
  const answers: string[] = [];
  for (const [document, variables] of asked) {
    const answer = await who.send(document, variables);
    // A document that is refused as a whole would compare nothing.
    expect(answer.data).toBeDefined();
    answers.push(answer.text);
  }
  return answers.join('\n');
}

describe('her husband calls', () => {
  test('and hears what everybody hears; nobody sees a change, except those who are told', async () => {
    await scene.worker('collègue');
    await scene.district.head(`tête.${scene.name}`);
    await scene.district.receptionist(`desk2.${scene.name}`);
    const hers = await scene.asPerson(file.personId, 'rosa', ['appointments:read', 'persons:read']);
    const { id: husband } = await scene.person({ givenName: 'Marc', familyName: `Luz ${scene.name}` });
    await scene.make.casePerson({ caseId: file.id, personId: husband });
    const his = await scene.asPerson(husband, 'marc', ['appointments:read', 'persons:read', 'cases:read']);
    const everyone: Requester[] = [
      scene.desk,
      await scene.as('desk2'),
      await scene.as('collègue'),
      await scene.as('tête'),
      asDuty,
      hers,
      his,
    ];
    const views = async () => {
      const all: string[] = [];
      for (const who of everyone) all.push(await viewOf(who));
      return all;
    };
    const [before, row] = [await views(), await kept()];
    expect((await call({ wantsAnother: true })).text).toBe(NOTED);
    expect(await isPending()).toBe(true);
    await texts();
    expect(await views()).toEqual(before);
    expect(await kept()).toBe(row);
    // Nobody else gets the time: not by a search, nor by a booking, nor from the waiting list.
    const waiting = await scene.waits();
    await scene.offer();
    expect((await scene.held(waiting))?.startsAt).not.toBe(scene.at('10:00', 1));
    const other = await scene.desk.send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
      {
        input: {
          districtId: scene.districtId,
          typeCode: 'FIRST_RECEPTION',
          workerIds: [bruno.id],
          startsAt: scene.at('10:00', 1),
        },
      },
    );
    expect(faultOf(other)).toBe('CONFLICT SLOT_TAKEN');
  });

  test('her text does not say who called, or any hour; her worker and the worker who receives her are told', async () => {
    await call();
    const [text = '', ...more] = await texts();
    expect(more).toEqual([]);
    expect(text).toMatch(
      /^Entretien du \S+ \d+ \S+ : annulation demandée\. Pour confirmer ou garder la date, sous deux heures ouvrées : /,
    );
    expect(text.split(LINK)[0]).not.toMatch(/\d\d:\d\d|\d\s?h|téléphone|appel/i);
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
    const [time] = await pendingFor(asAlice);
    expect(time).toMatchObject({
      id: appointmentId,
      startsAt: scene.at('10:00', 1),
      displayName: said.fullName,
      wantsAnother: false,
    });
    // The call was noted at a part of a millisecond, of which the row keeps the nearest.
    const [held] = await scene.sql<{ until: Date; isTwoHours: boolean }>(
      `select held_until as until, abs(extract(epoch from held_until - held_after_call(noted_at, $1))) <= 0.001 as "isTwoHours"
       from telephone_cancellation`,
      [scene.at('10:00', 1)],
    );
    expect([time?.['heldUntil'], held?.isTwoHours]).toEqual([held?.until.toISOString(), true]);
    expect(await pendingFor(asDuty)).toEqual([]);
    expect(await texts()).toEqual([]);
  });

  test('she lets it stand by the link, and it is unchanged; he calls again, and so does she', async () => {
    const row = await kept();
    await call();
    const secret = await secretSent();
    // The page shows no hour, since the message named none.
    expect(
      (
        await stage.app.anonymous.send(
          'query ($s: String!) { linkedAppointment(secret: $s) { publicLabel startsAt cancelled calledOff } }',
          { s: secret },
        )
      ).data?.['linkedAppointment'],
    ).toEqual({
      publicLabel: 'Entretien',
      startsAt: null,
      cancelled: false,
      calledOff: true,
    });
    expect((await byLink('restoreByLink', secret)).data?.['restoreByLink']).toMatchObject({
      cancelled: false,
      calledOff: false,
    });
    await holdsPass();
    expect(await kept()).toBe(row);
    expect(await told('APPOINTMENT_RESTORED')).toEqual(['alice of the case', 'bruno']);
    expect((await call()).text).toBe(NOTED);
    expect(await isPending()).toBe(true);
    const again = await secretSent();
    expect(again).not.toBe(secret);
    await byLink('restoreByLink', again);
    await byLink('restoreByLink', again);
    await holdsPass();
    expect(await kept()).toBe(row);
    const lines = await scene.sql<{ line: string }>(
      `select actor_kind || ' ' || action as line from access_log where person_id = $1
        and action in ('CALL_OFF_BY_TELEPHONE', 'RESTORE_APPOINTMENT') order by id`,
      [file.personId],
    );
    expect(lines.map(({ line }) => line)).toEqual([
      'WORKER CALL_OFF_BY_TELEPHONE',
      'ANONYMOUS RESTORE_APPOINTMENT',
      'WORKER CALL_OFF_BY_TELEPHONE',
      'ANONYMOUS RESTORE_APPOINTMENT',
      'ANONYMOUS RESTORE_APPOINTMENT',
    ]);
  });

  test('her worker or the worker who receives her lets it stand; a colleague, the desk and the head do not', async () => {
    await scene.worker('collègue');
    await scene.district.head(`tête.${scene.name}`);
    await call();
    const unknown = await restore(await scene.as('collègue'), { id: scene.districtId });
    for (const who of [await scene.as('collègue'), scene.desk, asDuty])
      expect((await restore(who)).text).toBe(unknown.text);
    expect(faultOf(await restore(await scene.as('tête')))).toBe('FORBIDDEN');
    expect(await isPending()).toBe(true);
    expect(faultOf(await restore(asAlice))).toBe('none');
    expect(await isPending()).toBe(false);
    await call();
    expect(faultOf(await restore(await scene.as('bruno')))).toBe('none');
    expect(await isPending()).toBe(false);
    expect(await statusOf()).toBe('BOOKED');
  });

  test('she comes to the counter: the desk lets it stand, and hears nothing of whether it was called off', async () => {
    await call();
    const visitOf = async (more: Record<string, unknown>): Promise<string> =>
      (
        await scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
          input: { districtId: scene.districtId, kind: 'WALK_IN', ...more },
        })
      ).data?.['recordVisit'].id;
    const voice = await visitOf({ kind: 'CALL', personId: file.personId });
    expect(faultOf(await restore(scene.desk, { visitId: voice }))).toBe('INVALID_INPUT input.visitId');
    const nameless = await restore(scene.desk, { visitId: await visitOf({}) });
    expect(await isPending()).toBe(true);
    const present = await visitOf({ personId: file.personId });
    expect((await restore(scene.desk, { visitId: present })).text).toBe(nameless.text);
    expect(await isPending()).toBe(false);
    expect((await restore(scene.desk, { visitId: present })).text).toBe(nameless.text);
  });
});

describe('a time that was called off is held', () => {
  test.each([
    ['for two office hours', '2027-03-02 10:10', '2027-03-08 14:00', '2027-03-02 12:10'],
    ['over the night', '2027-03-02 17:30', '2027-03-08 14:00', '2027-03-03 10:30'],
    ['from the morning, after a call at night', '2027-03-03 00:42', '2027-03-08 14:00', '2027-03-03 11:00'],
    ['over a weekend', '2027-03-05 17:30', '2027-03-12 14:00', '2027-03-08 10:30'],
    ['until somebody decides, if it begins sooner', '2027-03-02 17:30', '2027-03-03 09:30', null],
    [
      'until somebody decides, if it begins when they have passed',
      '2027-03-02 10:10',
      '2027-03-02 12:10',
      null,
    ],
  ])('%s', async (_what, call, starts, until) => {
    const instant = (wall: string) => inParis(wall.slice(0, 10), wall.slice(11));
    const [row] = await scene.sql<{ until: Date | null }>('select held_after_call($1, $2) as until', [
      instant(call),
      instant(starts),
    ]);
    expect(row?.until == null ? null : wallClock(row.until)).toBe(until);
  });
});

describe('two office hours pass without an answer', () => {
  test('and it is cancelled for the person; its time is free, and she is on no list', async () => {
    await call();
    await holdsPass();
    expect(await statusOf()).toBe('CANCELLED_BY_PERSON');
    expect(await scene.sql('select from occupancy where appointment_id = $1', [appointmentId])).toEqual([]);
    expect(await isPending()).toBe(false);
    expect(await scene.sql('select from appointment_request where person_id = $1', [file.personId])).toEqual(
      [],
    );
    expect(faultOf(await restore(asAlice))).toBe('NOT_FOUND input.id');
    expect(
      await scene.sql(
        `select actor_kind from access_log where person_id = $1 and action = 'CANCEL_APPOINTMENT'`,
        [file.personId],
      ),
    ).toEqual([{ actor_kind: 'JOBS' }]);
  });

  test('it is not cancelled sooner, nor if she has come for it meanwhile', async () => {
    await call();
    await freeCalledOffTimes(pool);
    expect(await statusOf()).toBe('BOOKED');
    await scene.make.visit({ districtId: scene.districtId, appointmentId, arrivedAt: new Date() });
    await holdsPass();
    expect(await statusOf()).toBe('BOOKED');
    expect(await isPending()).toBe(false);
  });

  test('if the caller wanted another time, she waits since the call for one of the same kind', async () => {
    await call({ wantsAnother: true });
    await holdsPass();
    const waiting = await scene.sql(
      `select status, case_id, asked_by, asked_at < now() - interval '110 minutes' as since from appointment_request where person_id = $1`,
      [file.personId],
    );
    expect(waiting).toEqual([{ status: 'WAITING', case_id: file.id, asked_by: 'PERSON', since: true }]);
  });

  test('if she confirms by the link before, it is free at once, and another time is still wanted', async () => {
    await call({ wantsAnother: true });
    expect((await byLink('cancelByLink', await secretSent())).data?.['cancelByLink']).toMatchObject({
      cancelled: true,
      calledOff: false,
    });
    expect(await statusOf()).toBe('CANCELLED_BY_PERSON');
    expect(
      await scene.sql('select from appointment_request where person_id = $1', [file.personId]),
    ).toHaveLength(1);
  });

  test('if a worker moves or cancels it meanwhile, this decides', async () => {
    await call();
    await scene.sql(
      `update appointment set starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days' where id = $1`,
      [appointmentId],
    );
    expect(await isPending()).toBe(false);
  });
});

describe('if nobody can read a text', () => {
  const away = (workerId: string) =>
    scene.make.absence({
      workerId,
      districtId: scene.districtId,
      startsAt: new Date(Date.now() - 3_600_000),
      endsAt: new Date(Date.now() + 86_400_000),
    });

  test.each([
    ['without a safe contact', `safe_contact = 'NONE'`],
    ['whose contact is suspended', `safe_contact = 'NONE', contact_suspended_at = now()`],
  ])('of someone %s nothing is sent, and her worker is told', async (_, change) => {
    await scene.sql(`update person set ${change} where id = $1`, [file.personId]);
    expect((await call()).text).toBe(NOTED);
    expect(await texts()).toEqual([]);
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
  });

  test('and her workers are away, the duty worker is told, reads it while it is held, and lets it stand', async () => {
    await scene.sql(`update person set safe_contact = 'NONE' where id = $1`, [file.personId]);
    await away(alice.id);
    await call();
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
    await scene.sql('delete from telephone_cancellation');
    await scene.sql('delete from notification');
    const now = Date.now();
    await scene.make.unavailability({
      workerId: bruno.id,
      districtId: scene.districtId,
      startsAt: new Date(now - 3_600_000),
      // Two office hours may end after a weekend and a holiday.
      endsAt: new Date(now + 5 * 86_400_000),
    });
    await call();
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno', 'garde']);
    expect(await pendingFor(asDuty)).toEqual([
      expect.objectContaining({ id: appointmentId, displayName: said.fullName }),
    ]);
    expect(faultOf(await restore(asDuty))).toBe('none');
    expect(await isPending()).toBe(false);
    expect(await pendingFor(asDuty)).toEqual([]);
  });

  test('and her stand-in is there, the stand-in is told of the case, and the duty worker is not called', async () => {
    await scene.sql(`update person set safe_contact = 'NONE' where id = $1`, [file.personId]);
    await away(alice.id);
    await away(bruno.id);
    const relais = await scene.worker('relais');
    await scene.make.relay({ districtId: scene.districtId, absentWorkerId: alice.id, standInId: relais.id });
    await call();
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual([
      'alice of the case',
      'bruno',
      'relais of the case',
    ]);
    expect(faultOf(await restore(await scene.as('relais')))).toBe('none');
  });

  test('and the desk names nobody on duty while her workers are away, silence frees nothing', async () => {
    await away(alice.id);
    await away(bruno.id);
    await call({ dutyWorkerId: null });
    await holdsPass();
    expect(await statusOf()).toBe('BOOKED');
    expect(await pendingFor(asAlice)).toEqual([expect.objectContaining({ heldUntil: null })]);
    await scene.sql('delete from telephone_cancellation');
    await call();
    expect(await texts()).toHaveLength(1);
    await holdsPass();
    expect(await statusOf()).toBe('CANCELLED_BY_PERSON');
  });

  test('and nobody at all could answer, silence frees nothing', async () => {
    await scene.sql(`update person set safe_contact = 'NONE' where id = $1`, [file.personId]);
    await away(alice.id);
    await away(bruno.id);
    expect((await call({ dutyWorkerId: null })).text).toBe(NOTED);
    await holdsPass();
    expect(await statusOf()).toBe('BOOKED');
    expect(await pendingFor(asAlice)).toEqual([expect.objectContaining({ heldUntil: null })]);
  });
});

describe('the caller hears the same', () => {
  test('of a person who is unknown, hidden, one of two of the same name, past, elsewhere, or without a link; each is a look-up', async () => {
    const heard: string[] = [];
    const hear = async (more: Record<string, unknown> = {}) => heard.push((await call(more)).text);
    await hear({ reference: 'P-INCONNUE' });
    await hear({ day: scene.day(3) });
    await hear({ day: '2020-01-06' });
    for (const change of [
      'confirm_nothing = true',
      'confirm_nothing = false, sensitive_file = true',
      `sensitive_file = false, phone = '06 39 97 55 55'`,
    ]) {
      await scene.sql(`update person set ${change} where id = $1`, [file.personId]);
      await hear();
      expect(await isPending()).toBe(true);
      await scene.sql('delete from telephone_cancellation');
    }
    const twin = await scene.person({
      givenName: 'Rosa',
      familyName: `Luz ${scene.name}`,
      birthDate: '1980-05-05',
    });
    await scene.booked(bruno.id, scene.at('11:00', 1), { personIds: [twin.id] });
    await hear({ reference: null, birthYear: 1980 });
    expect(await isPending()).toBe(false);
    await scene.sql(`update appointment set status = 'CANCELLED_BY_SERVICE' where id = $1`, [appointmentId]);
    await hear();
    expect(new Set(heard)).toEqual(new Set([NOTED]));
    const lines = await scene.sql<{ action: string; times: number }>(
      `select action, count(*)::integer as times from access_log where outcome = 'DONE'
        and actor_id in (select worker_id from membership where district_id = $1 and role = 'RECEPTIONIST')
        and action in ('LOOK_UP_PERSON', 'CALL_OFF_BY_TELEPHONE') group by action order by action`,
      [scene.districtId],
    );
    expect(lines).toEqual([
      { action: 'CALL_OFF_BY_TELEPHONE', times: heard.length },
      { action: 'LOOK_UP_PERSON', times: heard.length },
    ]);
  });

  test('if nothing is confirmed of her, nothing changes at the desk, not even after two hours; her worker decides', async () => {
    await scene.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
    const [before, row] = [await viewOf(scene.desk), await kept()];
    await call({ wantsAnother: true });
    const [text] = await texts();
    expect(text).toMatch(
      /annulation demandée\. Si la demande ne vient pas de vous, dites-le à la personne qui vous reçoit\.$/,
    );
    await holdsPass();
    expect(await viewOf(scene.desk)).toBe(before);
    expect(await kept()).toBe(row);
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
    expect(await pendingFor(asAlice)).toEqual([expect.objectContaining({ heldUntil: null })]);
    expect(faultOf(await restore(asAlice))).toBe('none');
  });

  test('if nothing is confirmed of her, the duty worker is not told, even if nobody else is there', async () => {
    await scene.sql(`update person set confirm_nothing = true, safe_contact = 'NONE' where id = $1`, [
      file.personId,
    ]);
    for (const workerId of [alice.id, bruno.id])
      await scene.make.absence({
        workerId,
        districtId: scene.districtId,
        startsAt: new Date(Date.now() - 60_000),
      });
    await call();
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
    expect(await pendingFor(asDuty)).toEqual([]);
    await holdsPass();
    expect(await statusOf()).toBe('BOOKED');
  });

  test('if two persons come together, one caller frees nothing', async () => {
    const { id } = await scene.person({ givenName: 'Léa', familyName: `Luz ${scene.name}` });
    await scene.make.appointmentPerson({ appointmentId, personId: id });
    await call();
    await holdsPass();
    expect(await statusOf()).toBe('BOOKED');
    expect(await told('CALLED_OFF_BY_TELEPHONE')).toEqual(['alice of the case', 'bruno']);
  });

  test('a shared number gets no link, and the desk sees the same', async () => {
    const ordinary = await (async () => {
      await call();
      return viewOf(scene.desk);
    })();
    await scene.sql('delete from telephone_cancellation');
    await scene.person({ phone: `06 39 97 ${2000 + numbers}`, safeContact: 'NONE' });
    await call();
    expect(await viewOf(scene.desk)).toBe(ordinary);
    expect((await texts()).join()).not.toContain(LINK);
  });

  test('a second call while the time is held sends nothing twice, and holds it no longer', async () => {
    await call();
    const [first] = await pendingFor(asAlice);
    expect(await texts()).toHaveLength(1);
    expect((await call({ wantsAnother: true })).text).toBe(NOTED);
    expect(await texts()).toEqual([]);
    expect(await pendingFor(asAlice)).toEqual([{ ...first, wantsAnother: true }]);
  });

  test('nobody notes a call elsewhere, as a duty worker, without a detail, or by SQL', async () => {
    const elsewhere = await stage.scene();
    expect(faultOf(await call({}, elsewhere.desk))).toBe('FORBIDDEN');
    expect(faultOf(await call({}, asDuty))).toBe('FORBIDDEN');
    expect(faultOf(await call({ reference: null }))).toBe('INVALID_INPUT input');
    expect(faultOf(await call({ dutyWorkerId: scene.districtId }))).toBe('NOT_FOUND input.dutyWorkerId');
    expect(await isPending()).toBe(false);
    const hand = await byHand(stage.database, `desk.${scene.name}`, async (by) => [
      await by('select from telephone_cancellation'),
      await by(
        `insert into telephone_cancellation (appointment_id, person_id, district_id) values ($1, $2, $3)`,
        [appointmentId, file.personId, scene.districtId],
      ),
      await by('select free_called_off_time()'),
      await by('select persons_said($1, 1980, null, null)', [said.fullName]),
    ]);
    expect(hand).toEqual(Array(4).fill('42501'));
  });
});

describe('the desk has no other door by telephone', () => {
  const act = (mutation: string, type: string, input: Record<string, unknown>): Promise<Answer> =>
    scene.desk.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
      input: { id: appointmentId, expectedVersion: 1, ...input },
    });
  const visit = async (more: Record<string, unknown> = {}): Promise<string> =>
    (
      await scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
        input: { districtId: scene.districtId, kind: 'WALK_IN', personId: file.personId, ...more },
      })
    ).data?.['recordVisit'].id;
  const notices = () =>
    scene.sql('select kind::text as kind from appointment_notice where appointment_id = $1', [appointmentId]);

  test('it cancels for a person who is at the counter, and not for a caller, another person or a closed visit', async () => {
    const cancel = (more: Record<string, unknown> = {}) =>
      act('cancelAppointment', 'CancelAppointmentInput', { by: 'PERSON', ...more });
    const { id: other } = await scene.person();
    for (const visitId of [
      null,
      await visit({ kind: 'CALL' }),
      await visit({ personId: other }),
      await visit({ personId: null }),
    ])
      expect(faultOf(await cancel({ visitId }))).toBe('INVALID_INPUT input.visitId');
    expect(await statusOf()).toBe('BOOKED');
    const here = await visit();
    await scene.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
    expect(faultOf(await cancel({ visitId: here }))).toBe('INVALID_INPUT input.visitId');
    await scene.sql('update person set confirm_nothing = false where id = $1', [file.personId]);
    expect(faultOf(await cancel({ visitId: here }))).toBe('none');
    expect(await statusOf()).toBe('CANCELLED_BY_PERSON');
  });

  test('whether it moves at the counter or without a visit, the person is told', async () => {
    const move = (startsAt: string, more: Record<string, unknown> = {}) =>
      act('moveAppointment', 'MoveAppointmentInput', { startsAt, ...more });
    expect(faultOf(await move(scene.at('10:30', 1), { visitId: await visit({ kind: 'CALL' }) }))).toBe(
      'INVALID_INPUT input.visitId',
    );
    expect(faultOf(await move(scene.at('10:30', 1), { visitId: await visit() }))).toBe('none');
    expect(await notices()).toEqual([{ kind: 'MOVED' }]);
    expect(faultOf(await move(scene.at('11:00', 1), { expectedVersion: 2 }))).toBe('none');
    expect(await notices()).toEqual([{ kind: 'MOVED' }]);
  });
});
