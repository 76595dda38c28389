import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningJobs, runJobs } from '../../src/jobs/run.js';
import { LINE_LIMITS } from '../../src/log/line-turns.js';
import { createLogger } from '../../src/log/logger.js';
import { MINUTE, wallClock } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { openHours } from '../support/county.js';
import { TEST_LOGIN_SECRET } from '../support/login.js';
import { until } from '../support/until.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * The desk's Monday, as a front end lives through it: forty people come or call, one receptionist, one worker of five is ill. All of
 * it goes through the API, with the jobs running beside; the database is only looked at in the end.
 */
const WORKERS = ['bruno', 'carla', 'dalila', 'emile'] as const;
const CANARY = 'MOTIF-CONFIDENTIEL';

let stage: Stage;
let scene: Scene;
let jobs: RunningJobs;
let desk: Requester;
const ids: Record<string, string> = {};
const as: Record<string, Requester> = {};
/** What the desk was answered, letter by letter, and how often it asked. */
const answers: string[] = [];
const tickets: number[] = [];

beforeAll(async () => {
  stage = await raiseStage();
  scene = await stage.scene();
  jobs = await runJobs({
    url: stage.database.urlAs('cosmos_jobs'),
    loginSecret: TEST_LOGIN_SECRET,
    logger: createLogger('silent'),
    senders: [],
    statisticsSecret: TEST_VAULT_KEY,
  });
  for (const name of ['alice', ...WORKERS]) {
    ids[name] = (await scene.district.worker(`${name}.${scene.name}`)).id;
    as[name] = await scene.as(name);
  }
  desk = listening(scene.desk);
});
afterAll(async () => {
  await jobs.close();
  await stage.close();
});

/** Keeps what is answered, so that it can be looked through for what a desk is not to learn. */
function listening(who: Requester): Requester {
  return {
    token: who.token,
    send: async (...asked) => {
      const answer = await who.send(...asked);
      answers.push(answer.text);
      return answer;
    },
  };
}

/** The value of the only field; fails with what was said instead. */
async function get(who: Requester, query: string, variables: Record<string, unknown>) {
  const answer: Answer = await who.send(query, variables);
  if (answer.errors.length > 0) throw new Error(answer.text);
  const [value] = Object.values(answer.data ?? {});
  return value;
}

const mutate = (
  who: Requester,
  mutation: string,
  type: string,
  input: Record<string, unknown>,
  fields: string,
) => get(who, `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

const come = async (more: Record<string, unknown> = {}) => {
  const visit = await mutate(
    desk,
    'recordVisit',
    'RecordVisitInput',
    { districtId: scene.districtId, kind: 'WALK_IN', ...more },
    'id ticket version',
  );
  tickets.push(visit.ticket);
  return visit;
};

/** Received by a worker, in their own front end. */
async function receive(who: Requester, visit: { id: string; version: number }): Promise<void> {
  const taken = await mutate(
    who,
    'takeIn',
    'VersionedInput',
    { id: visit.id, expectedVersion: visit.version },
    'version',
  );
  const input = { id: visit.id, expectedVersion: taken.version, outcome: 'RECEIVED' };
  await mutate(who, 'closeVisit', 'CloseVisitInput', input, 'outcome');
}

const finish = (visit: { id: string; version: number }, outcome: string) =>
  mutate(
    desk,
    'closeVisit',
    'CloseVisitInput',
    { id: visit.id, expectedVersion: visit.version, outcome },
    'outcome',
  );

/** An appointment of today that was given long ago; it begins so many minutes from now, or began. */
async function given(worker: string, minutes: number, personIds: readonly string[]): Promise<string> {
  const id = await scene.booked(ids[worker] ?? '', scene.at('09:00', 10 + given.count), { personIds });
  given.count += 1;
  await scene.sql(
    `with a as (update appointment set starts_at = $2, ends_at = $2::timestamptz + interval '30 minutes', booked_at_desk = false where id = $1 returning id)
      update occupancy o set starts_at = $2, ends_at = $2::timestamptz + interval '30 minutes' from a where o.appointment_id = a.id`,
    [id, new Date(Date.now() + minutes * MINUTE)],
  );
  await scene.make.appointmentSubject({ appointmentId: id, text: `${CANARY} ${id}` });
  return id;
}
given.count = 0;

/** Hours that begin so many minutes from now. */
async function openIn(worker: string, minutes: number, halfHours: number): Promise<void> {
  const hours = await openHours(stage.database, ids[worker] ?? '', scene.districtId, { weekdays: [] });
  const startsAt = new Date(Date.now() + minutes * MINUTE);
  const endsAt = new Date(startsAt.getTime() + 30 * halfHours * MINUTE);
  await scene.make.availabilityOccurrence({ availabilityId: hours.id, startsAt, endsAt });
}

test('a Monday', async () => {
  // ---- Before eight: what is in the book -------------------------------------------------------------------
  for (const [nth, worker] of WORKERS.entries())
    await openHours(stage.database, ids[worker] ?? '', scene.districtId, {
      from: scene.day(nth),
      opensAt: '09:00',
      closesAt: '12:00',
    });
  const expected: { worker: string; personId: string; appointmentId: string }[] = [];
  for (let nth = 0; nth < 12; nth += 1) {
    const worker = WORKERS[nth % WORKERS.length] ?? 'bruno';
    const { id: personId } = await scene.person({ givenName: `Attendue${nth}`, familyName: 'Martin' });
    // Of this very day, whatever the hour is, each half-hour once.
    const hour = Number(wallClock(new Date()).slice(11, 13));
    const appointmentId = await given(worker, (hour < 3 ? 40 : -40) * (1 + Math.floor(nth / 4)), [personId]);
    expected.push({ worker, personId, appointmentId });
  }
  const ofAlice: string[] = [];
  for (let nth = 0; nth < 6; nth += 1) {
    const { id } = await scene.person({ givenName: `Alice${nth}`, familyName: 'Durand' });
    ofAlice.push(await given('alice', 60 + 40 * nth, [id]));
  }

  // ---- Alice calls: she is ill -------------------------------------------------------------------------------
  const off = await mutate(
    desk,
    'declareUnavailability',
    'DeclareUnavailabilityInput',
    {
      districtId: scene.districtId,
      workerId: ids['alice'],
      startsAt: new Date(Date.now() + MINUTE),
      endsAt: new Date(Date.now() + 10 * 60 * MINUTE),
    },
    'id version',
  );
  await mutate(
    desk,
    'clearUnavailability',
    'ClearUnavailabilityInput',
    { id: off.id, expectedVersion: off.version, how: 'CANCEL' },
    'id',
  );
  const { edges: notices } = await get(
    desk,
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 50) { edges { node { id version kind text person { displayName phone safeContact } } } } }`,
    { id: scene.districtId },
  );
  expect(notices).toHaveLength(ofAlice.length);
  for (const { node } of notices) {
    expect(node).toMatchObject({ kind: 'CANCELLED', person: { safeContact: 'NEUTRAL_TEXT' } });
    await mutate(
      desk,
      'recordNotice',
      'RecordNoticeInput',
      { id: node.id, expectedVersion: node.version, outcome: 'TOLD' },
      'doneAt',
    );
  }

  // ---- Twelve come for their appointments; one leaves before --------------------------------------------------
  const waiting = [];
  for (const { worker, personId, appointmentId } of expected)
    waiting.push({ worker, visit: await come({ personId, appointmentId }) });
  for (const [nth, { worker, visit }] of waiting.entries()) {
    if (nth === 7) await finish(visit, 'LEFT');
    else await receive(as[worker] as Requester, visit);
  }

  // ---- Ten come under no name: for a paper, a question, someone to talk to ---------------------------------------
  for (let nth = 0; nth < 10; nth += 1) {
    const visit = await come();
    if (nth % 3 !== 0) await finish(visit, nth % 2 === 0 ? 'ANSWERED' : 'REFERRED');
    else {
      const worker = WORKERS[nth % WORKERS.length] ?? 'bruno';
      const input = { id: visit.id, expectedVersion: visit.version, workerId: ids[worker] };
      await receive(
        as[worker] as Requester,
        await mutate(desk, 'directVisit', 'DirectVisitInput', input, 'id version'),
      );
    }
  }

  // ---- Eight are given an appointment: a name and a time -------------------------------------------------------
  for (let nth = 0; nth < 8; nth += 1) {
    const { id: personId } = await mutate(
      desk,
      'registerPerson',
      'RegisterPersonInput',
      { districtId: scene.districtId, chosenName: `Personne ${nth}` },
      'id',
    );
    const visit = await come({ personId });
    const { slots } = await get(
      desk,
      `query ($filter: SlotFilter!) { slots(filter: $filter, first: 1) { slots { startsAt workers { id } } } }`,
      { filter: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION' } },
    );
    await mutate(
      desk,
      'bookAppointment',
      'BookAppointmentInput',
      {
        districtId: scene.districtId,
        typeCode: 'FIRST_RECEPTION',
        startsAt: slots[0].startsAt,
        workerIds: [slots[0].workers[0].id],
        personIds: [personId],
      },
      'id',
    );
    await finish(visit, 'APPOINTMENT_GIVEN');
  }

  // ---- Six call: please call back -------------------------------------------------------------------------------
  for (let nth = 0; nth < 6; nth += 1) {
    const visit = await come({ kind: 'CALL' });
    const input = {
      districtId: scene.districtId,
      workerId: ids['carla'],
      name: `Appel ${nth}`,
      phone: '06 39 98 00 11',
    };
    await mutate(desk, 'sendMessage', 'SendMessageInput', input, 'id');
    await finish(visit, 'ANSWERED');
  }
  const { edges: messages } = await get(
    as['carla'] as Requester,
    `{ messages { edges { node { id name version } } } }`,
    {},
  );
  expect(messages).toHaveLength(6);
  for (const { node } of messages)
    await mutate(
      as['carla'] as Requester,
      'closeMessage',
      'VersionedInput',
      { id: node.id, expectedVersion: node.version },
      'doneAt',
    );

  // ---- Four stay, and hope for today: what is freed goes to the first of them ----------------------------------------
  const hoping = [];
  for (let nth = 0; nth < 4; nth += 1) {
    const { id: personId } = await scene.district.person({ givenName: `Espère${nth}`, familyName: 'Petit' });
    const asked = { districtId: scene.districtId, typeCode: 'SOCIAL_ASSESSMENT', personId };
    const request = await mutate(desk, 'requestAppointment', 'RequestAppointmentInput', asked, 'id');
    hoping.push({ request, visit: await come({ personId }) });
  }
  // Someone calls Dalila: they cannot come this afternoon.
  await openIn('dalila', 90, 2);
  // The jobs make the offer in their own time. Then the desk asks once.
  await until('an offer', async () => {
    const [made] = await scene.sql(`select from slot_offer where district_id = $1 and status = 'HELD'`, [
      scene.districtId,
    ]);
    return made;
  });
  const { edges: offers } = await get(
    desk,
    `query ($id: ID!) { offersToGive(districtId: $id) { edges { node { id version channel request { id rank } } } } }`,
    { id: scene.districtId },
  );
  const offered = offers[0]?.node;
  expect(offered).toMatchObject({ channel: 'AT_DESK', request: { id: hoping[0]?.request.id, rank: 1 } });
  await mutate(
    desk,
    'recordOffer',
    'VersionedInput',
    { id: offered.id, expectedVersion: offered.version },
    'toldAt',
  );
  const answer = { id: offered.id, expectedVersion: offered.version, accept: true };
  const accepted = await mutate(
    desk,
    'answerOffer',
    'AnswerOfferInput',
    answer,
    'request { appointment { id } }',
  );
  expect(accepted.request.appointment.id).toEqual(expect.any(String));
  for (const { visit } of hoping) await finish(visit, 'APPOINTMENT_GIVEN');

  // ---- Evening ---------------------------------------------------------------------------------------------------
  expect(tickets).toEqual(Array.from({ length: 40 }, (_, nth) => nth + 1));
  const queue = `query ($id: ID!, $status: VisitStatus) { visits(districtId: $id, status: $status, first: 100) { edges { node { id } } } }`;
  const left = await get(desk, queue, { id: scene.districtId, status: 'WAITING' });
  expect(left.edges).toEqual([]);
  const { edges: gone } = await get(desk, queue, { id: scene.districtId, status: 'CLOSED' });
  expect(gone).toHaveLength(40);
  const became = await scene.sql<{ outcome: string; times: number }>(
    'select outcome, count(*)::integer as times from visit where district_id = $1 group by outcome',
    [scene.districtId],
  );
  expect(Object.fromEntries(became.map(({ outcome, times }) => [outcome, times]))).toEqual({
    RECEIVED: 15,
    LEFT: 1,
    ANSWERED: 9,
    REFERRED: 3,
    APPOINTMENT_GIVEN: 12,
  });
});

test('what was in the book has its outcome, and nobody is expected twice', async () => {
  const [row] = await scene.sql(
    `select count(*) filter (where status = 'HONOURED')::integer as honoured,
        count(*) filter (where status = 'LEFT_BEFORE_RECEIVED')::integer as left_before,
        count(*) filter (where status = 'CANCELLED_BY_SERVICE')::integer as cancelled,
        count(*) filter (where status = 'BOOKED')::integer as booked
      from appointment where district_id = $1`,
    [scene.districtId],
  );
  expect(row).toEqual({ honoured: 11, left_before: 1, cancelled: 6, booked: 9 });
  expect(
    await scene.sql(
      `select from occupancy a join occupancy b on b.worker_id = a.worker_id and b.id > a.id
        and b.starts_at < a.ends_at and b.ends_at > a.starts_at`,
    ),
  ).toEqual([]);
});

test('the desk was told of no reason, and asked no more than it takes', () => {
  expect(answers.join('\n')).not.toContain(CANARY);
  // Forty who come, six who are told, one who is ill: a handful of questions each.
  expect(answers.length).toBeLessThan(40 * 4);
});

test('what one login has written into the access log by the evening is less than it may in a minute', async () => {
  const [most] = await scene.sql<{ lines: number }>(
    `select max(lines)::integer as lines from (select count(*) as lines from access_log where actor_kind = 'WORKER' group by actor_id) l`,
  );
  expect(most?.lines).toBeGreaterThan(100);
  expect(most?.lines).toBeLessThan(LINE_LIMITS.perMinute);
});
