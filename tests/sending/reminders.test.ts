import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { sendDispatches } from '../../src/jobs/send.js';
import { createMailSender } from '../../src/jobs/senders/mail.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import { ago } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { makeIt } from './day.js';
import { type FakeGateway, startFakeGateway } from './fake-gateway.js';
import { type FakeMailServer, startFakeMailServer } from './fake-mail-server.js';

/** Reminders, notices and offers that are sent without anyone's doing: to whom, when, how often, and what then is left to do. */
const HOURS = 3_600_000;
let stage: Stage;
let scene: Scene;
let pool: pg.Pool;
let gateway: FakeGateway;
let mail: FakeMailServer;
let senders: Sender[];

beforeAll(async () => {
  stage = await raiseStage();
  await makeIt('day', stage.database.sql);
  pool = jobsOf(stage.database, 4);
  gateway = await startFakeGateway();
  mail = await startFakeMailServer();
  senders = [
    createTextGateway(gateway),
    createMailSender({ url: mail.url, from: 'rdv@example.org', plain: true }),
  ];
});
afterAll(async () => {
  for (const sender of senders) sender.close();
  await Promise.all([gateway.close(), mail.close(), pool.end()]);
  await stage.close();
});
beforeEach(async () => {
  await stage.database.sql('delete from dispatch');
  await stage.database.sql('delete from appointment_notice');
  await stage.database.sql(`delete from appointment where status = 'BOOKED'`);
  gateway.received.length = 0;
  mail.received.length = 0;
  gateway.answers(202);
  mail.fault('none');
  scene = await stage.scene();
});

/** Makes what is due, and sends it: what would be sent later, too. */
async function send(by: readonly Sender[] = senders): Promise<number> {
  const made = 'select prepare_dispatches($1::"DispatchChannel"[], 1000)';
  await pool.query(made, [by.map(({ channel }) => channel)]);
  await stage.database.sql(
    `update dispatch set due_at = now() - interval '1 second' where status in ('DUE', 'RETRYING')`,
  );
  return sendDispatches(pool, by);
}

/** What is due is due, and what was taken was taken too long ago. */
async function timePasses(): Promise<void> {
  await stage.database.sql(`update dispatch set due_at = now() - interval '1 second'`);
}

/** What time it is in the database, to the millisecond. */
async function clock(): Promise<Date> {
  const [row] = await stage.database.sql<{ at: Date }>(`select date_trunc('milliseconds', now()) as at`);
  return row?.at ?? new Date(0);
}

/** Someone who is expected in so many hours, and booked days ago unless said otherwise. */
async function expected(
  person: Parameters<Scene['person']>[0] & { email?: string; address?: string },
  { inHours = 30, bookedHoursAgo = 72 }: { inHours?: number; bookedHoursAgo?: number } = {},
): Promise<{ id: string; personId: string; startsAt: Date }> {
  const { email, address, ...names } = person;
  const { id: personId } = await scene.person(names);
  if (email !== undefined) await scene.sql('update person set email = $2 where id = $1', [personId, email]);
  if (address !== undefined) await scene.make.personAddress({ personId, line: address });
  const startsAt = new Date(Date.now() + inHours * HOURS);
  const id = await scene.make.appointment({
    districtId: scene.districtId,
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOURS / 2),
    bookedAt: ago(bookedHoursAgo / 24),
  });
  await scene.make.appointmentPerson({ appointmentId: id, personId });
  return { id, personId, startsAt };
}

async function noticesToGive(): Promise<
  { id: string; kind: string; text: string; letter: string | null; sending: string | null; version: number }[]
> {
  const { data, text } = await scene.desk.send(
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 50) { edges { node { id kind text letter sending version } } } }`,
    { id: scene.districtId },
  );
  if (data?.['noticesToGive'] == null) throw new Error(text);
  return data['noticesToGive'].edges.map(({ node }: { node: unknown }) => node);
}

const when = (at: Date): string => {
  const options = { timeZone: 'Europe/Paris' } as const;
  const day = at.toLocaleDateString('fr-FR', { ...options, weekday: 'long', day: 'numeric', month: 'long' });
  return `${day} à ${at.toLocaleTimeString('fr-FR', { ...options, hour: '2-digit', minute: '2-digit' })}`;
};

describe('a reminder', () => {
  test('says the public label, the time and the address, and neither the service nor a name; once', async () => {
    const { startsAt } = await expected({ givenName: 'Amina', familyName: 'Kone' });
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    const [district] = await scene.sql<{ line: string }>(
      `select d.address_line || ', ' || d.postal_code || ' ' || c.name as line from district d
       join commune c on c.insee_code = d.commune_code where d.id = $1`,
      [scene.districtId],
    );
    expect(gateway.received).toMatchObject([
      {
        to: '06 39 98 00 00',
        signed: true,
        text: `Rappel : entretien le ${when(startsAt)}, ${district?.line}.`,
      },
    ]);
    expect(await noticesToGive()).toEqual([]);
  });

  test('goes by mail to whoever has no phone, and by phone to whoever has both', async () => {
    await expected({ phone: undefined, email: 'amina@example.org' } as never);
    await expected({ phone: '06 39 98 11 11', email: 'karim@example.org' });
    expect(await send()).toBe(2);
    expect(mail.received.map(({ to }) => to)).toEqual([['amina@example.org']]);
    expect(gateway.received.map(({ to }) => to)).toEqual(['06 39 98 11 11']);
  });

  test.each([
    ['whose contact is none', { safeContact: 'NONE' }, {}],
    ['whom one calls', { safeContact: 'VOICE_TO_ME_ONLY' }, {}],
    ['whom one reaches through someone', { safeContact: 'THROUGH_SOMEONE' }, {}],
    ['who booked within a day', {}, { bookedHoursAgo: 20 }],
    ['whose time is in three days', {}, { inHours: 72 }],
    ['whose time is in two hours', {}, { inHours: 2 }],
  ] as const)('is sent to nobody %s', async (_who, person, times) => {
    await expected(person, times);
    expect(await send()).toBe(0);
    expect([gateway.received, mail.received]).toEqual([[], []]);
    expect(await noticesToGive()).toEqual([]);
  });

  test('is not sent of what is cancelled before it goes', async () => {
    const { id } = await expected({});
    gateway.answers(503);
    await send();
    gateway.received.length = 0;
    gateway.answers(202);
    await scene.sql(`update appointment set status = 'CANCELLED_BY_PERSON' where id = $1`, [id]);
    expect(await send()).toBe(0);
    expect(gateway.received).toEqual([]);
    expect(await noticesToGive()).toEqual([]);
  });

  test('of another time is sent once it has been moved, and the move is told first', async () => {
    const { id } = await expected({});
    expect(await send()).toBe(1);
    await scene.sql(
      `update appointment set starts_at = starts_at + interval '10 hours', ends_at = ends_at + interval '10 hours' where id = $1`,
      [id],
    );
    // Reminded within a day: not again.
    expect(await send()).toBe(0);
    await scene.sql(`update appointment_notice set done_at = now() - interval '25 hours'`);
    expect(await send()).toBe(1);
    expect(gateway.received).toHaveLength(2);
    expect(new Set(gateway.received.map((text) => text.id)).size).toBe(2);
  });

  test('by letter is one to print, with the name and address that the desk knows, until it is recorded', async () => {
    await expected(
      { givenName: 'Amina', familyName: 'Kone', safeContact: 'LETTER', address: '12 rue des Lilas' },
      { inHours: 150 },
    );
    expect(await send([])).toBe(0);
    const [notice, ...more] = await noticesToGive();
    expect([notice?.kind, notice?.sending, more]).toEqual(['REMINDER', null, []]);
    expect(
      Buffer.from(notice?.letter ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const input = { id: notice?.id, expectedVersion: notice?.version, outcome: 'TOLD' };
    const recorded = await scene.desk.send(
      `mutation ($input: RecordNoticeInput!) { recordNotice(input: $input) { outcome } }`,
      { input },
    );
    expect(recorded.data?.['recordNotice']).toEqual({ outcome: 'TOLD' });
    await send([]);
    expect(await noticesToGive()).toEqual([]);
  });

  test('by letter is none where the address is confided to the worker alone', async () => {
    const { personId } = await expected({ safeContact: 'LETTER', address: '1 rue' }, { inHours: 150 });
    await scene.sql('update person_address set confidential = true where person_id = $1', [personId]);
    await send();
    expect(await noticesToGive()).toEqual([]);
  });
});

/** A time is called off by the service; whoever was to come is to be told. */
async function calledOff(person: Parameters<typeof expected>[0] = {}): Promise<string> {
  const { id } = await expected(person, { inHours: 100 });
  await scene.act('cancelAppointment', 'CancelAppointmentInput', { id, expectedVersion: 1, by: 'SERVICE' });
  await scene.sql(
    `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
     select a.id, ap.person_id, a.district_id, 'CANCELLED', a.starts_at from appointment a
     join appointment_person ap on ap.appointment_id = a.id where a.id = $1 on conflict do nothing`,
    [id],
  );
  return id;
}

describe('a notice', () => {
  test('that is sent is told, and nothing is left for the desk', async () => {
    await calledOff();
    expect(await noticesToGive()).toMatchObject([{ kind: 'CANCELLED', sending: null }]);
    expect(await send()).toBe(1);
    expect(gateway.received[0]?.text).toMatch(/^Entretien du .* : annulation\.$/);
    expect(await noticesToGive()).toEqual([]);
    expect(await scene.sql('select outcome, sending from appointment_notice')).toEqual([
      { outcome: 'TOLD', sending: 'SENT' },
    ]);
  });

  test('is left to people where the county has nothing to send by', async () => {
    await calledOff();
    expect(await send([])).toBe(0);
    expect(await noticesToGive()).toMatchObject([{ kind: 'CANCELLED', sending: null }]);
  });

  test('that is refused for good is left to people', async () => {
    await calledOff();
    gateway.answers(400);
    expect(await send()).toBe(0);
    expect(await noticesToGive()).toMatchObject([{ sending: 'FAILED' }]);
    await send();
    expect(gateway.received).toHaveLength(1);
  });

  test('that the gateway does not take is tried eight times under one id, and people see it from the first on', async () => {
    await calledOff();
    gateway.answers(503);
    await send();
    expect(await noticesToGive()).toMatchObject([{ sending: 'RETRYING' }]);
    for (let nth = 0; nth < 10; nth += 1) await send();
    expect(gateway.received).toHaveLength(8);
    expect(new Set(gateway.received.map(({ id, text }) => `${id} ${text}`)).size).toBe(1);
    expect(await noticesToGive()).toMatchObject([{ sending: 'FAILED' }]);
  });

  test('waits longer each time', async () => {
    await calledOff();
    gateway.answers(503);
    const waits: number[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const before = await clock();
      await send();
      // Counted from some moment between before it was sent and now.
      const [row] = await scene.sql<{ wait: number }>(
        `select extract(epoch from w.wait)::integer as wait from dispatch d,
           lateral (select interval '30 seconds' * power(2, d.attempts - 1) as wait) w
         where d.status = 'RETRYING' and d.due_at between $1::timestamptz + w.wait and now() + w.wait`,
        [before],
      );
      waits.push(row?.wait ?? 0);
    }
    expect(waits).toEqual([30, 60, 120, 240]);
  });

  test('that someone has told meanwhile is not sent', async () => {
    await calledOff();
    gateway.answers(503);
    await send();
    const [notice] = await noticesToGive();
    await scene.desk.send(
      `mutation ($input: RecordNoticeInput!) { recordNotice(input: $input) { outcome } }`,
      { input: { id: notice?.id, expectedVersion: notice?.version, outcome: 'TOLD' } },
    );
    gateway.answers(202);
    expect(await send()).toBe(0);
    expect(gateway.received).toHaveLength(1);
  });

  test('of a change that was changed is sent as it stands', async () => {
    const id = await calledOff();
    gateway.answers(503);
    await send();
    gateway.answers(202);
    await scene.sql(`update appointment set status = 'BOOKED' where id = $1`, [id]);
    await scene.sql(
      `update appointment_notice set kind = 'MOVED', version = version + 1 where done_at is null`,
    );
    expect(await noticesToGive()).toMatchObject([{ kind: 'MOVED', sending: null }]);
    expect(await send()).toBe(1);
    expect(gateway.received.map(({ text }) => /annulation/.test(text))).toEqual([true, false]);
  });

  test('to a number that was taken back goes nowhere', async () => {
    const id = await calledOff();
    gateway.answers(503);
    await send();
    await scene.sql(
      `update person set safe_contact = 'NONE' where id in (select person_id from appointment_person where appointment_id = $1)`,
      [id],
    );
    gateway.answers(202);
    expect(await send()).toBe(0);
    expect(gateway.received).toHaveLength(1);
    expect(await noticesToGive()).toMatchObject([{ sending: null }]);
  });
});

test('each time that something is handed out to be sent is in the access log: about whom, and not what it says', async () => {
  const { id, personId } = await expected({ givenName: 'Amina', familyName: 'Kone' });
  const caseId = await scene.make.case({ districtId: scene.districtId, mission: 'RSA' });
  await scene.sql('update appointment set case_id = $2 where id = $1', [id, caseId]);
  await stage.database.sql('truncate access_log');
  gateway.answers(503);
  await send();
  gateway.answers(202);
  await send();
  await send();
  const line = {
    actor_kind: 'JOBS',
    actor_id: null,
    action: 'SEND_NOTICE',
    outcome: 'DONE',
    case_id: caseId,
    person_id: personId,
  };
  expect(
    await scene.sql('select actor_kind, actor_id, action, outcome, case_id, person_id from access_log'),
  ).toEqual([line, line]);
});

describe('what there was to say is no longer so', () => {
  const queued = async (): Promise<readonly string[]> => {
    await pool.query('select prepare_dispatches($1::"DispatchChannel"[], 100)', [['TEXT', 'EMAIL']]);
    const rows = await scene.sql<{ kind: string }>(
      `select n.kind::text as kind from dispatch d join appointment_notice n on n.id = d.notice_id where d.status = 'DUE' order by 1`,
    );
    return rows.map(({ kind }) => kind);
  };

  test('of an appointment that is moved, nobody is reminded but two days before the new time', async () => {
    const { id } = await expected({ givenName: 'Amina', familyName: 'Kone' });
    expect(await queued()).toEqual(['REMINDER']);
    await scene.sql(
      `update appointment set starts_at = starts_at + interval '90 days', ends_at = ends_at + interval '90 days' where id = $1`,
      [id],
    );
    expect(await queued()).toEqual([]);
    expect(await noticesToGive()).toEqual([]);
    await scene.sql(
      `update appointment set starts_at = starts_at - interval '90 days 1 hour', ends_at = ends_at - interval '90 days 1 hour'
       where id = $1`,
      [id],
    );
    expect(await queued()).toEqual(['REMINDER']);
    expect(await send()).toBe(1);
  });

  test('whoever gives a place back and takes it again is reminded, and not told that they have none', async () => {
    const { id, personId, startsAt } = await expected({ givenName: 'Amina', familyName: 'Kone' });
    expect(await queued()).toEqual(['REMINDER']);
    const leave = 'delete from appointment_person where appointment_id = $1 and person_id = $2';
    await scene.sql(leave, [id, personId]);
    expect(await queued()).toEqual([]);
    await scene.make.appointmentNotice({
      appointmentId: id,
      personId,
      districtId: scene.districtId,
      kind: 'CANCELLED',
      previousStartsAt: startsAt,
    });
    expect(await queued()).toEqual(['CANCELLED']);
    await scene.make.appointmentPerson({ appointmentId: id, personId });
    expect(await queued()).toEqual(['REMINDER']);
    expect(await send()).toBe(1);
    expect(gateway.received).toMatchObject([{ text: expect.stringMatching(/^Rappel/) }]);
  });
});

describe('whoever sends and dies before saying how it went', () => {
  /** Taken, and never settled. */
  const die = async (): Promise<void> => {
    await pool.query('select prepare_dispatches($1::"DispatchChannel"[], 100)', [['TEXT', 'EMAIL']]);
    await timePasses();
    expect((await pool.query('select * from take_dispatches(10)')).rowCount).toBe(1);
  };

  test('leaves it to nobody for two minutes', async () => {
    await calledOff();
    const before = await clock();
    await die();
    const after = await clock();
    expect(await sendDispatches(pool, senders)).toBe(0);
    const [row] = await scene.sql<{ from: Date }>(
      `select due_at - interval '2 minutes' as from from dispatch`,
    );
    expect(row?.from.getTime()).toBeGreaterThanOrEqual(before.getTime());
    // Kept to the nearest millisecond.
    expect(row?.from.getTime()).toBeLessThanOrEqual(after.getTime() + 1);
  });

  test('a text is sent again under its id, which the gateway knows', async () => {
    await calledOff();
    await die();
    const [{ id } = { id: '' }] = await scene.sql<{ id: string }>('select id from dispatch');
    await timePasses();
    expect(await send()).toBe(1);
    expect(gateway.received.map((text) => text.id)).toEqual([id]);
  });

  test('a mail is not: people see that it may have arrived', async () => {
    await calledOff({ phone: undefined, email: 'amina@example.org' } as never);
    await die();
    await timePasses();
    expect(await send()).toBe(0);
    expect(mail.received).toEqual([]);
    expect(await noticesToGive()).toMatchObject([{ sending: 'UNCERTAIN' }]);
  });

  test('and lives after all, says nothing that counts once another has it', async () => {
    await calledOff();
    await die();
    await timePasses();
    const { rows } = await pool.query<{ attempt: number }>('select attempt from take_dispatches(10)');
    expect(rows).toEqual([{ attempt: 2 }]);
    const settle = `select settle_dispatch(id, $1, 'FAILED') as counted from dispatch`;
    expect(await scene.sql(settle, [1])).toEqual([{ counted: false }]);
    expect(await scene.sql(settle, [2])).toEqual([{ counted: true }]);
  });
});

describe('an offer', () => {
  test('is told by text with its deadline, and is no longer to be given', async () => {
    await scene.worker('alice');
    const id = await scene.waits();
    const held = await scene.offered(id);
    expect(await send()).toBe(1);
    expect(gateway.received.map(({ text }) => text)).toEqual([held.text]);
    const after = await scene.held(id);
    expect([after?.toldAt === null, after?.version]).toEqual([false, held.version]);
    const { data } = await scene.desk.send(
      `query ($id: ID!) { offersToGive(districtId: $id) { edges { node { id } } } }`,
      { id: scene.districtId },
    );
    expect(data?.['offersToGive']).toEqual({ edges: [] });
  });

  test('to someone who has a mail address alone is one by text as well', async () => {
    await scene.worker('alice');
    const { id: personId } = await scene.person({ phone: undefined } as never);
    await scene.sql(`update person set email = 'amina@example.org' where id = $1`, [personId]);
    const id = await scene.waits({ personId });
    const held = await scene.offered(id);
    expect(held.channel).toBe('NEUTRAL_TEXT');
    await send();
    expect(mail.received).toHaveLength(1);
  });

  test('that was answered meanwhile is not sent', async () => {
    await scene.worker('alice');
    const id = await scene.waits();
    const held = await scene.offered(id);
    gateway.answers(503);
    await send();
    await scene.answer(held, false);
    gateway.answers(202);
    gateway.received.length = 0;
    await send();
    expect(gateway.received.map(({ text }) => text)).not.toContain(held.text);
  });
});

test('messages that no longer hold delay nobody, however many of them come first', async () => {
  for (let nth = 0; nth < 25; nth += 1) await calledOff();
  await pool.query('select prepare_dispatches($1::"DispatchChannel"[], 1000)', [['TEXT', 'EMAIL']]);
  await timePasses();
  await scene.sql(`update appointment_notice set done_at = now(), outcome = 'TOLD' where done_at is null`);
  await expected({ phone: '06 39 98 12 12' });
  expect(await sendDispatches(pool, senders)).toBe(1);
  expect(gateway.received.map(({ to }) => to)).toEqual(['06 39 98 12 12']);
});

test('nobody is woken by what became due while nobody sent', async () => {
  await calledOff();
  await makeIt('night', stage.database.sql);
  expect(await send()).toBe(0);
  expect(gateway.received).toEqual([]);
  await makeIt('day', stage.database.sql);
  expect(await send()).toBe(1);
});

test('nobody is woken: what is due by night waits until eight in Paris, across both changes of the clock', async () => {
  const day = async (at: string): Promise<string> => {
    const [row] = await stage.database.sql<{ at: Date }>('select by_day_in_paris($1) as at', [at]);
    return row?.at.toISOString() ?? '';
  };
  expect(await day('2027-03-02T10:00:00Z')).toBe('2027-03-02T10:00:00.000Z');
  expect(await day('2027-03-02T19:00:00Z')).toBe('2027-03-03T07:00:00.000Z');
  expect(await day('2027-03-02T03:00:00Z')).toBe('2027-03-02T07:00:00.000Z');
  // The nights in which the clock changes: eight is an hour sooner, or later.
  expect(await day('2027-03-27T22:00:00Z')).toBe('2027-03-28T06:00:00.000Z');
  expect(await day('2027-10-30T22:00:00Z')).toBe('2027-10-31T07:00:00.000Z');
});

test('two who send at once send each once', async () => {
  for (let nth = 0; nth < 40; nth += 1) await calledOff();
  await pool.query('select prepare_dispatches($1::"DispatchChannel"[], 1000)', [['TEXT', 'EMAIL']]);
  await timePasses();
  const sent = await Promise.all([1, 2, 3].map(() => sendDispatches(pool, senders)));
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(40);
  expect(new Set(gateway.received.map(({ id }) => id)).size).toBe(40);
  expect(gateway.received).toHaveLength(40);
});
