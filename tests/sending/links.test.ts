import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { sendDispatches } from '../../src/jobs/send.js';
import type { Sender } from '../../src/jobs/senders/sender.js';
import { createTextGateway } from '../../src/jobs/senders/text-gateway.js';
import type { Answer, Requester } from '../support/app.js';
import { ago } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { makeIt } from './day.js';
import { type FakeGateway, startFakeGateway } from './fake-gateway.js';

/** The link in a message: who holds it cancels one appointment, once, and learns nothing that the message did not say. */
const HOURS = 3_600_000;
const LINK = 'https://rendez-vous.example.org/#';
const KEY = Buffer.alloc(32, 3);
const NOWHERE = 'x'.repeat(43);

let stage: Stage;
let scene: Scene;
let pool: pg.Pool;
let gateway: FakeGateway;
let sender: Sender;
let anyone: Requester;
let numbers = 0;
/** The worker of this scene, once there is one. */
let alice: string | undefined;

beforeAll(async () => {
  stage = await raiseStage();
  await makeIt('day', stage.database.sql);
  pool = jobsOf(stage.database, 4);
  gateway = await startFakeGateway();
  sender = createTextGateway(gateway);
  anyone = stage.app.anonymous;
});
afterAll(async () => {
  sender.close();
  await Promise.all([gateway.close(), pool.end()]);
  await stage.close();
});
beforeEach(async () => {
  await stage.database.sql('delete from dispatch');
  await stage.database.sql('delete from appointment_notice');
  await stage.database.sql(`delete from appointment where status = 'BOOKED'`);
  gateway.received.length = 0;
  alice = undefined;
  scene = await stage.scene();
});

interface Expected {
  readonly id: string;
  readonly personId: string;
  readonly workerId: string;
  readonly startsAt: Date;
}

/** Someone with a number of their own is expected by Alice tomorrow, half an hour each after the last. */
async function expected(more: Record<string, unknown> = {}): Promise<Expected> {
  numbers += 1;
  alice ??= (await scene.district.worker(`alice.${scene.name}`)).id;
  const workerId = alice;
  const { id: personId } = await scene.person({ phone: `06 39 97 ${1000 + numbers}` });
  const startsAt = new Date(Math.ceil(Date.now() / HOURS) * HOURS + 30 * HOURS + numbers * (HOURS / 2));
  const span = { startsAt, endsAt: new Date(startsAt.getTime() + HOURS / 2) };
  const id = await scene.make.appointment({
    districtId: scene.districtId,
    ...span,
    bookedAt: ago(3),
    ...more,
  });
  await scene.make.appointmentWorker({ appointmentId: id, workerId });
  await scene.make.appointmentPerson({ appointmentId: id, personId });
  await scene.make.occupancy({ appointmentId: id, workerId, districtId: scene.districtId, ...span });
  return { id, personId, workerId, startsAt };
}

/** Sends the reminders, with links. Returns the secret of each, or null for a message without one. */
async function remind(): Promise<(string | null)[]> {
  await sendDispatches(pool, [sender], { url: LINK, key: KEY });
  return gateway.received.map(({ text }) => (text.includes(LINK) ? (text.split(LINK)[1] ?? null) : null));
}

async function reminded(): Promise<string> {
  const [secret] = await remind();
  if (secret == null) throw new Error('there is no link');
  return secret;
}

const read = (secret: string, who = anyone): Promise<Answer> =>
  who.send(
    `query ($secret: String!) { linkedAppointment(secret: $secret) { publicLabel startsAt cancelled } }`,
    {
      secret,
    },
  );

const cancelBy = (secret: string, more: Record<string, unknown> = {}, headers = {}): Promise<Answer> =>
  anyone.send(
    `mutation ($input: CancelByLinkInput!) { cancelByLink(input: $input) { publicLabel startsAt cancelled } }`,
    { input: { secret, ...more } },
    headers,
  );

describe('the link', () => {
  test('shows what the message said, and nothing else', async () => {
    const { startsAt } = await expected({ place: 'Salle 4' });
    const secret = await reminded();
    expect((await read(secret)).data).toEqual({
      linkedAppointment: { publicLabel: 'Entretien', startsAt: startsAt.toISOString(), cancelled: false },
    });
    expect(secret).toHaveLength(43);
    const [row] = await scene.sql<{ kept: string }>('select secret_hash::text as kept from appointment_link');
    expect(row?.kept).not.toContain(secret);
  });

  test('cancels once, and frees the time at once; the worker is told by which way', async () => {
    const { id, workerId, startsAt } = await expected();
    const secret = await reminded();
    expect((await cancelBy(secret)).data?.['cancelByLink']).toMatchObject({
      startsAt: startsAt.toISOString(),
      cancelled: true,
    });
    expect(await scene.sql('select from occupancy where appointment_id = $1', [id])).toEqual([]);
    const asAlice = await scene.as('alice');
    const { data } = await asAlice.send(
      `query ($id: ID!) { appointment(id: $id) { status cancelledByLink } notifications(first: 5) { edges { node { kind } } } }`,
      { id },
    );
    expect(data?.['appointment']).toEqual({ status: 'CANCELLED_BY_PERSON', cancelledByLink: true });
    expect(data?.['notifications'].edges).toEqual([{ node: { kind: 'CANCELLED_BY_LINK' } }]);
    expect(workerId).toBeDefined();
    // The person who taps twice sees that it is done.
    expect((await read(secret)).data?.['linkedAppointment']).toMatchObject({ cancelled: true });
    expect(faultOf(await cancelBy(secret))).toBe('NOT_FOUND input.secret');
  });

  test('is used with an idempotency key as without: the front end may send one', async () => {
    await expected();
    const answer = await cancelBy(await reminded(), {}, { 'idempotency-key': 'once' });
    expect(answer.data?.['cancelByLink']).toMatchObject({ cancelled: true });
  });

  test('tells the case to its assigned worker alone, and that a link was used to who else receives', async () => {
    const { id: caseId } = await scene.district.worker(`bruno.${scene.name}`).case();
    await expected({ caseId });
    await cancelBy(await reminded());
    const told = await scene.sql<{ subject: string; case_id: string | null }>(
      `select w.subject, n.case_id from notification n join worker w on w.id = n.worker_id
        where n.kind = 'CANCELLED_BY_LINK' and w.subject like $1 order by 1`,
      [`%.${scene.name}`],
    );
    expect(told).toEqual([
      { subject: `alice.${scene.name}`, case_id: null },
      { subject: `bruno.${scene.name}`, case_id: caseId },
    ]);
  });

  test('has one effect when it is used twice at once, and so the second finds nothing', async () => {
    await expected();
    const secret = await reminded();
    const faults = await Promise.all([cancelBy(secret), cancelBy(secret)]);
    expect(faults.map(faultOf).sort()).toEqual(['NOT_FOUND input.secret', 'none']);
  });

  test('ends when the appointment is moved, begins, or is cancelled otherwise', async () => {
    const { id } = await expected();
    const secret = await reminded();
    for (const change of [
      `starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'`,
      `status = 'CANCELLED_BY_SERVICE'`,
      `starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour'`,
    ]) {
      const [before] = await scene.sql('select starts_at, ends_at, status from appointment where id = $1', [
        id,
      ]);
      await scene.sql(`update appointment set ${change} where id = $1`, [id]);
      expect((await read(secret)).text).toBe((await read(NOWHERE)).text);
      expect((await cancelBy(secret)).text).toBe((await cancelBy(NOWHERE)).text);
      await scene.sql('update appointment set starts_at = $2, ends_at = $3, status = $4 where id = $1', [
        id,
        ...Object.values(before ?? {}),
      ]);
    }
    expect((await read(secret)).data?.['linkedAppointment']).not.toBeNull();
    await scene.sql(`update appointment_link set starts_at = now() - interval '2 days'`);
    await remind();
    expect(await scene.sql('select from appointment_link')).toEqual([]);
  });

  test('leaves a line in the log of the person, by nobody who is known; a guess leaves none', async () => {
    const { personId } = await expected();
    const secret = await reminded();
    await cancelBy(NOWHERE);
    await cancelBy(secret);
    const lines = await scene.sql(
      `select actor_kind, action, outcome from access_log where person_id = $1 and action = 'CANCEL_APPOINTMENT'`,
      [personId],
    );
    expect(lines).toEqual([{ actor_kind: 'ANONYMOUS', action: 'CANCEL_APPOINTMENT', outcome: 'DONE' }]);
  });
});

describe('who wants another time', () => {
  test('waits for it, of the same type, and is offered it by their safe contact', async () => {
    const { personId } = await expected();
    await cancelBy(await reminded(), { wantsAnother: true });
    const waiting = await scene.sql(
      'select person_id, type_code, status, appointment_id, asked_by from appointment_request where person_id = $1',
      [personId],
    );
    expect(waiting).toEqual([
      {
        person_id: personId,
        type_code: 'FIRST_RECEPTION',
        status: 'WAITING',
        appointment_id: null,
        asked_by: 'PERSON',
      },
    ]);
  });

  test('waits for the same worker where the time was the worker’s own, and for anyone where a desk booked it', async () => {
    const own = await expected();
    const [first = null] = await remind();
    await cancelBy(first ?? '', { wantsAnother: true });
    gateway.received.length = 0;
    const desks = await expected({ bookedAtDesk: true });
    const [second = null] = await remind();
    await cancelBy(second ?? '', { wantsAnother: true });
    const only = await scene.sql<{ only: string | null }>(
      `select only_worker(r) as only from appointment_request r where person_id = any ($1) order by asked_at`,
      [[own.personId, desks.personId]],
    );
    expect(only).toEqual([{ only: own.workerId }, { only: null }]);
  });

  test('keeps the rank of a request for a sooner time', async () => {
    const { id, personId } = await expected();
    const request = await scene.make.appointmentRequest({
      districtId: scene.districtId,
      personId,
      appointmentId: id,
      askedAt: ago(9),
    });
    await cancelBy(await reminded(), { wantsAnother: true });
    await scene.offer();
    const waiting = await scene.sql('select id, status from appointment_request where person_id = $1', [
      personId,
    ]);
    expect(waiting).toEqual([{ id: request, status: 'WAITING' }]);
  });
});

describe('a message has no link', () => {
  test.each([
    [
      'to a number that someone else has too',
      async ({ personId }: Expected) => {
        await scene.sql(`update person set phone = '06 39 97 55 55' where id = $1`, [personId]);
        await scene.person({ phone: '0639975555', safeContact: 'NONE' });
      },
    ],
    [
      'to the same number in another spelling',
      async ({ personId }: Expected) => {
        await scene.sql(`update person set phone = '06 39 97 44 44' where id = $1`, [personId]);
        await scene.person({ phone: '+33 6 39 97 44 44', safeContact: 'NONE' });
      },
    ],
    [
      'to a person about whom nothing may be confirmed',
      async ({ personId }: Expected) => {
        await scene.sql('update person set confirm_nothing = true where id = $1', [personId]);
      },
    ],
    [
      'to a person with a confidential address',
      async ({ personId }: Expected) => {
        const { id: caseId } = await scene.district.worker(`bruno.${scene.name}`).case();
        await scene.make.casePerson({ caseId, personId });
        // No message is sent at all before somebody names the contact again.
        await scene.make.personAddress({
          personId,
          caseId,
          confidential: true,
          line: 'Foyer',
          contactNamed: true,
        });
      },
    ],
    [
      'of an appointment of two persons',
      async ({ id }: Expected) => {
        const { id: personId } = await scene.person({ phone: '06 39 97 77 77', safeContact: 'NONE' });
        await scene.make.appointmentPerson({ appointmentId: id, personId });
      },
    ],
  ] as const)('%s', async (_, change) => {
    await change(await expected());
    expect(await remind()).toEqual([null]);
  });

  test('unless it goes there: whether others have another number or address is told to nobody', async () => {
    const { personId } = await expected();
    await scene.sql(`update person set email = 'two@example.org' where id = $1`, [personId]);
    const { id } = await scene.person({ phone: '06 39 97 66 66', safeContact: 'NONE' });
    await scene.sql(`update person set email = 'Two@example.org' where id = $1`, [id]);
    expect(await remind()).not.toEqual([null]);
  });

  test('where the county has no page for it', async () => {
    await expected();
    await sendDispatches(pool, [sender]);
    expect(gateway.received[0]?.text).toMatch(/^Rappel : entretien le .*\.$/);
  });

  test('that staff read out or print', async () => {
    await expected();
    await sendDispatches(pool, []);
    const { text } = await scene.desk.send(
      `query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { text } } } }`,
      { id: scene.districtId },
    );
    expect(text).not.toContain('http');
  });
});

test('a contact that is suspended after the message was sent ends its link', async () => {
  const { personId } = await expected();
  const secret = await reminded();
  await scene.sql(`update person set safe_contact = 'NONE', contact_suspended_at = now() where id = $1`, [
    personId,
  ]);
  expect((await read(secret)).data?.['linkedAppointment']).toBeNull();
  expect(faultOf(await cancelBy(secret))).toBe('NOT_FOUND input.secret');
});

test('a link stays valid when somebody else gives the same number, and when something is hidden after the message', async () => {
  const { personId } = await expected();
  const secret = await reminded();
  const [row] = await scene.sql<{ phone: string }>('select phone from person where id = $1', [personId]);
  await scene.person({ phone: row?.phone ?? '', safeContact: 'NONE' });
  await scene.sql('update person set confirm_nothing = true where id = $1', [personId]);
  expect((await read(secret)).data?.['linkedAppointment']).not.toBeNull();
});

test.each([
  ['another number', `phone = '06 39 97 33 33'`, true],
  ['another safe contact', `safe_contact = 'LETTER'`, true],
  [
    'the same number in another spelling',
    `phone = '+33' || substr(regexp_replace(phone, ' ', '', 'g'), 2)`,
    false,
  ],
  ['another mail address, to which nothing was sent', `email = 'new@example.org'`, false],
])('%s of the person ends the link for good, if the message went there', async (_name, change, ends) => {
  const { personId } = await expected();
  const secret = await reminded();
  const [before] = await scene.sql('select phone, safe_contact, email from person where id = $1', [personId]);
  await scene.sql(`update person set ${change} where id = $1`, [personId]);
  expect((await read(secret)).data?.['linkedAppointment'] === null).toBe(ends);
  await scene.sql('update person set phone = $2, safe_contact = $3, email = $4 where id = $1', [
    personId,
    ...Object.values(before ?? {}),
  ]);
  expect((await read(secret)).data?.['linkedAppointment'] === null).toBe(ends);
});
