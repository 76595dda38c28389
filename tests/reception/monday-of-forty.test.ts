import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { measuresOfActs } from '../../bench/support/measures.js';
import { LOOK_UPS_PER_HOUR, PAPERS_PER_HOUR } from '../../src/database/run-operation.js';
import { LATELY_LIMITS } from '../../src/http/lately.js';
import { LINE_LIMITS } from '../../src/log/line-turns.js';
import { inParis, later, MINUTE, wallClock } from '../agenda/agenda.js';
import type { Requester } from '../support/app.js';
import { openHours } from '../support/county.js';
import { ago, ahead } from '../support/days.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { BUSIEST_HOUR, DAY_OF_EIGHT_ILL, type DeskAct, timesOf } from './busiest-hour.js';

/**
 * What measures by login and hour must let through: one receptionist does in one hour all that a Monday of forty people asks, each act half
 * as often again as by hand; and a desk and a head answer for eight workers who are ill. Nothing is RATE_LIMITED, or refused at all.
 */
let stage: Stage;

beforeAll(async () => {
  // The measures of the product.
  stage = await raiseStage({
    lookUpsPerHour: LOOK_UPS_PER_HOUR,
    papersPerHour: PAPERS_PER_HOUR,
    lineLimits: LINE_LIMITS,
    latelyLimits: LATELY_LIMITS,
  });
  await stage.database.sql(measuresOfActs('real'));
});
afterAll(() => stage.close());

/** Asks, and fails with what was said if anything was refused. Returns the value of the only field. */
async function get(who: Requester, query: string, variables: Record<string, unknown> = {}) {
  const answer = await who.send(query, variables);
  expect(answer.codes).not.toContain('RATE_LIMITED');
  if (answer.errors.length > 0) throw new Error(`${query}\n${answer.text}`);
  const [value] = Object.values(answer.data ?? {});
  return value;
}

const mutate = (
  who: Requester,
  mutation: string,
  input: Record<string, unknown>,
  fields = 'id version',
  type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`,
) => get(who, `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

interface Given {
  readonly id: string;
  readonly personId: string;
  readonly startsAt: Date;
}

/** An appointment that was given long ago. */
async function given(
  scene: Scene,
  workerId: string,
  startsAt: Date,
  more: Record<string, unknown> = {},
): Promise<Given> {
  const { id: personId } = await scene.person({ givenName: 'Attendue', familyName: 'Martin' });
  const span = { startsAt, endsAt: new Date(startsAt.getTime() + 30 * MINUTE) };
  const id = await scene.make.appointment({
    districtId: scene.districtId,
    ...span,
    bookedAt: ago(3),
    ...more,
  });
  await scene.make.appointmentWorker({ appointmentId: id, workerId });
  await scene.make.appointmentPerson({ appointmentId: id, personId });
  await scene.make.occupancy({ appointmentId: id, workerId, districtId: scene.districtId, ...span });
  return { id, personId, startsAt };
}

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('there are not so many');
  return value;
};
const range = (count: number): number[] => Array.from({ length: count }, (_, nth) => nth);

test('a Monday of forty people, half as busy again, in one hour of one receptionist', async () => {
  const scene = await stage.scene();
  const { desk, districtId } = scene;
  const done = new Map<DeskAct, number>();
  /** Does an act as often as the hour has it. */
  const often = async <T>(act: DeskAct, how: (nth: number) => Promise<T>, count = timesOf(act)) => {
    const results: T[] = [];
    for (const nth of range(count)) results.push(await how(nth));
    done.set(act, (done.get(act) ?? 0) + count);
    return results;
  };

  // ---- Before eight ----------------------------------------------------------------------------------------
  const workers: string[] = [];
  for (const name of ['alice', 'bruno', 'carla', 'dalila', 'emile', 'farid']) {
    const { id } = await scene.worker(name, { slots: 6, days: 4 });
    workers.push(id);
  }
  const worker = (nth: number): string => must(workers[nth % workers.length]);
  const asWorker = async (nth: number) =>
    scene.as(must(['alice', 'bruno', 'carla', 'dalila', 'emile', 'farid'][nth % workers.length]));
  await scene.make.teamOption({ districtId });
  const [notice] = await scene.sql<{ id: string }>(
    `select id from privacy_notice where kind = 'SHORT' limit 1`,
  );
  // Each appointment of the book has a half-hour of its own, after the days of the open hours.
  let halfHours = 0;
  const nextTime = (): Date => {
    const nth = halfHours;
    halfHours += 1;
    const minutes = 9 * 60 + 30 * (nth % 12);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
    return inParis(scene.day(5 + Math.floor(nth / 12)), time);
  };
  const inTheBook = async (count: number, more: Record<string, unknown> = {}): Promise<Given[]> => {
    const all: Given[] = [];
    for (const nth of range(count)) all.push(await given(scene, worker(nth), nextTime(), more));
    return all;
  };
  // Of this very day, whatever the hour is.
  const hour = Number(wallClock(new Date()).slice(11, 13));
  const expected: Given[] = [];
  for (const nth of range(10)) {
    const minutes = (hour < 3 ? 40 : -40) * (1 + Math.floor(nth / workers.length));
    expected.push(await given(scene, worker(nth), new Date(Date.now() + minutes * MINUTE)));
  }
  const toMove = await inTheBook(timesOf('moveAtCounter'));
  const toMoveByService = await inTheBook(timesOf('moveByService'));
  const toCancel = await inTheBook(timesOf('cancelAtCounter'));
  const toCancelByService = await inTheBook(timesOf('cancelByService'));
  const toRestore = await inTheBook(timesOf('restoreAtCounter'));
  const toConfirm = await inTheBook(timesOf('confirm'));
  const past: Given[] = [];
  for (const nth of range(timesOf('recordOutcome')))
    past.push(await given(scene, worker(nth), new Date(Date.now() - (20 + nth) * 60 * MINUTE)));

  // ---- Twenty-six come to the counter, half as many again ---------------------------------------------------
  const come = (personId: string | null, more: Record<string, unknown> = {}) =>
    mutate(desk, 'recordVisit', { districtId, kind: 'WALK_IN', personId, ...more });
  const newcomers = await often('register', (nth) =>
    mutate(desk, 'registerPerson', { districtId, givenName: `Nouvelle${nth}`, familyName: 'Petit' }, 'id'),
  );
  const atCounter = [
    ...expected.map(({ id, personId }) => ({ personId, appointmentId: id })),
    ...[...toMove, ...toCancel, ...toRestore].map(({ personId }) => ({ personId })),
    ...newcomers.map(({ id }) => ({ personId: id })),
  ];
  expect(atCounter).toHaveLength(timesOf('walkIn'));
  const visits = await often('walkIn', (nth) => {
    const { personId, ...more } = must(atCounter[nth]);
    return come(personId, more);
  });
  const visitOf = new Map(atCounter.map(({ personId }, nth) => [personId, must(visits[nth])]));
  const visitIdOf = (personId: string): string => must(visitOf.get(personId)).id;
  const calls = await often('call', () => mutate(desk, 'recordVisit', { districtId, kind: 'CALL' }));
  await often('callDutyWorker', (nth) =>
    mutate(desk, 'callDutyWorker', { districtId, workerId: worker(nth), reference: `P-INCONNUE${nth}` }),
  );
  const board = `query ($id: ID!) { visits(districtId: $id, status: WAITING, first: 100) { edges { node { id ticket } } } }`;
  await often('readBoard', () => get(desk, board, { id: districtId }));

  // ---- They are looked up, and asked what is to be corrected ------------------------------------------------
  const persons: { readonly id: string; readonly reference: string }[] = [];
  for (const nth of range(timesOf('correctPhone')))
    persons.push(
      await scene.district.person({
        givenName: `Connue${nth}`,
        familyName: 'Moreau',
        phone: '06 39 98 00 00',
        birthDate: '1980-01-01',
      }),
    );
  const person = (nth: number) => must(persons[nth % persons.length]);
  await often('lookUp', (nth) =>
    get(desk, `query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id reference } }`, {
      input: { fullName: `Connue${nth % persons.length} Moreau`, birthYear: 1980 },
    }),
  );
  await often('lookUpCases', (nth) =>
    get(desk, `query ($id: ID!) { casesOfPerson(personId: $id) { id } }`, { id: person(nth).id }),
  );
  await often('lookUpCaseByReference', (nth) =>
    get(desk, `query ($of: String!) { caseByReference(reference: $of) { id } }`, { of: `INCONNU${nth}` }),
  );
  const versions = new Map<string, number>();
  const update = async (id: string, change: Record<string, unknown>) => {
    const { version } = await mutate(desk, 'updatePerson', {
      id,
      expectedVersion: versions.get(id) ?? 1,
      ...change,
    });
    versions.set(id, version);
  };
  await often('correctPhone', (nth) => update(person(nth).id, { phone: `06 39 98 01 ${10 + nth}` }));
  await often('correctIdentity', (nth) => update(person(nth).id, { birthDate: `1981-02-${10 + nth}` }));
  await often('objectToStatistics', (nth) => update(person(nth).id, { objectsToStatistics: true }));
  await often('withdrawObjection', (nth) => update(person(nth).id, { objectsToStatistics: false }));
  await often('setCommunication', async (nth) => {
    const { id } = person(nth);
    const input = { personId: id, expectedVersion: versions.get(id) ?? 1, language: 'ara' };
    const { version } = await mutate(desk, 'setCommunication', input);
    versions.set(id, version);
  });
  await often('correctAddress', (nth) =>
    mutate(
      desk,
      'setPersonAddress',
      { personId: person(nth).id, expectedVersion: 0, line: `${nth} rue des Lilas`, confidential: false },
      '__typename',
    ),
  );
  await often('suspendContact', (nth) =>
    mutate(desk, 'suspendContact', { personId: must(persons.at(-1 - nth)).id }, 'id'),
  );
  await often('giveNotice', (nth) =>
    mutate(
      desk,
      'giveNotice',
      { personId: (newcomers[nth] ?? person(nth)).id, noticeId: notice?.id, channel: 'ORAL' },
      '__typename',
    ),
  );

  // ---- Appointments are given, moved and cancelled ------------------------------------------------------------
  const bookers = [...newcomers, ...persons].slice(0, timesOf('book'));
  const booked = await often('book', async (nth) => {
    done.set('search', (done.get('search') ?? 0) + 1);
    const { slots } = await get(
      desk,
      `query ($filter: SlotFilter!) { slots(filter: $filter, first: 5) { slots { startsAt workers { id } } } }`,
      { filter: { districtId, typeCode: 'FIRST_RECEPTION' } },
    );
    const [slot] = slots;
    return mutate(desk, 'bookAppointment', {
      districtId,
      typeCode: 'FIRST_RECEPTION',
      startsAt: slot.startsAt,
      workerIds: [slot.workers[0].id],
      personIds: [must(bookers[nth]).id],
    });
  });
  await often('tellTimes', (nth) =>
    get(desk, `query ($id: ID!) { timesOfPresent(visitId: $id) { startsAt } }`, {
      id: visitIdOf(must(toMove[nth]).personId),
    }),
  );
  await often('moveAtCounter', (nth) => {
    const { id, personId } = must(toMove[nth]);
    const input = { id, expectedVersion: 1, startsAt: nextTime(), visitId: visitIdOf(personId) };
    return mutate(desk, 'moveAppointment', input);
  });
  await often('moveByService', (nth) =>
    mutate(desk, 'moveAppointment', {
      id: must(toMoveByService[nth]).id,
      expectedVersion: 1,
      startsAt: nextTime(),
    }),
  );
  await often('cancelAtCounter', (nth) => {
    const { id, personId } = must(toCancel[nth]);
    const input = { id, expectedVersion: 1, by: 'PERSON', visitId: visitIdOf(personId) };
    return mutate(desk, 'cancelAppointment', input);
  });
  await often('cancelByService', (nth) =>
    mutate(desk, 'cancelAppointment', {
      id: must(toCancelByService[nth]).id,
      expectedVersion: 1,
      by: 'SERVICE',
      reason: 'WORKER_AWAY',
    }),
  );
  await often('confirm', (nth) =>
    mutate(
      desk,
      'confirmAppointment',
      { id: must(toConfirm[nth]).id, expectedVersion: 1 },
      'id',
      'VersionedInput',
    ),
  );
  await often('recordOutcome', (nth) =>
    mutate(
      desk,
      'recordOutcome',
      { id: must(past[nth]).id, expectedVersion: 1, outcome: nth % 3 === 0 ? 'NOT_HONOURED' : 'HONOURED' },
      'id',
    ),
  );
  await often('setParticipants', (nth) =>
    mutate(desk, 'setParticipants', {
      id: must(booked[nth]).id,
      expectedVersion: must(booked[nth]).version,
      participants: [{ kind: 'INTERPRETER', language: 'ara' }],
    }),
  );
  const { edges: notices } = await get(
    desk,
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 50) { edges { node { id version } } } }`,
    { id: districtId },
  );
  await often('recordNotice', (nth) => {
    const { id, version } = must<{ node: { id: string; version: number } }>(notices[nth]).node;
    return mutate(desk, 'recordNotice', { id, expectedVersion: version, outcome: 'TOLD' }, 'doneAt');
  });
  const meetings = await often('openCollective', (nth) =>
    mutate(
      desk,
      'openCollectiveAppointment',
      {
        districtId,
        workerIds: [worker(nth)],
        typeCode: 'INFORMATION_MEETING',
        startsAt: inParis(scene.day(3 + nth), '14:00'),
      },
      'id',
    ),
  );
  const meeting = must(meetings[0]).id;
  await often('joinCollective', (nth) =>
    mutate(desk, 'joinCollectiveAppointment', { id: meeting, personId: person(nth).id }, 'id'),
  );
  await often('leaveCollective', (nth) =>
    mutate(desk, 'leaveCollectiveAppointment', { id: meeting, personId: person(nth).id, by: 'PERSON' }, 'id'),
  );

  // ---- Eighteen call ------------------------------------------------------------------------------------------
  const said = (nth: number) => ({
    districtId,
    fullName: `Connue${nth % persons.length} Moreau`,
    reference: person(nth).reference,
  });
  await often('sendTimesAgain', (nth) => mutate(desk, 'sendTimesAgain', said(nth), 'text'));
  await often('callOffByTelephone', (nth) =>
    mutate(desk, 'noteTelephoneCancellation', { ...said(nth), day: scene.day(nth % 4) }, 'fr'),
  );
  await often('restoreAtCounter', (nth) =>
    mutate(desk, 'restoreAppointment', { visitId: visitIdOf(must(toRestore[nth]).personId) }, 'fr'),
  );
  await often('sendMessage', (nth) =>
    mutate(
      desk,
      'sendMessage',
      { districtId, workerId: worker(nth), name: `Appel ${nth}`, phone: '06 39 98 00 11' },
      'id',
    ),
  );

  // ---- The waiting list ---------------------------------------------------------------------------------------
  const ask = (more: Record<string, unknown>, fields = 'id version') =>
    mutate(desk, 'requestAppointment', { districtId, typeCode: 'SOCIAL_ASSESSMENT', ...more }, fields);
  const named = await often('request', async () => ask({ personId: (await scene.person()).id }));
  const nameless = await often('requestWithoutName', (nth) =>
    ask(nth < 2 ? { dutyWorkerId: worker(0) } : {}, 'id version reference'),
  );
  await often('lookUpRequest', (nth) =>
    get(desk, `query ($of: String!) { appointmentRequestByReference(reference: $of) { id } }`, {
      of: must(nameless[nth]).reference,
    }),
  );
  await often('readWaitingList', () =>
    get(desk, `query ($id: ID!) { waitingList(districtId: $id, first: 50) { edges { node { id rank } } } }`, {
      id: districtId,
    }),
  );
  const requests = [...named, ...nameless];
  const change = async (
    mutation: string,
    nth: number,
    input: Record<string, unknown>,
    type?: string,
  ): Promise<void> => {
    const row = must(requests[nth]);
    const full = { id: row.id, expectedVersion: row.version, ...input };
    row.version = (await mutate(desk, mutation, full, 'id version', type)).version;
  };
  await often('changeRequest', (nth) =>
    change('changeRequest', requests.length - 1 - nth, { wantedUntil: later(scene.day(3), 40) }),
  );
  await often('nameRequest', async (nth) =>
    change('nameRequest', named.length + nth, { personId: (await scene.person()).id }),
  );
  await often('recordPresence', (nth) => change('recordPresence', nth, { present: true }));
  // The team opens an afternoon more.
  for (const id of workers)
    await openHours(stage.database, id, districtId, {
      opensAt: '14:00',
      closesAt: '17:00',
      from: scene.day(1),
      until: later(scene.day(1), 1),
      types: ['SOCIAL_ASSESSMENT'],
      modes: ['ON_SITE'],
    });
  await scene.offer();
  const { edges: offers } = await get(
    desk,
    `query ($id: ID!) { offersToGive(districtId: $id, first: 50) { edges { node { id version request { id } } } } }`,
    { id: districtId },
  );
  const offer = (nth: number) =>
    must<{ node: { id: string; version: number; request: { id: string } } }>(offers[nth]).node;
  const told = await often('recordOffer', (nth) => {
    const { id, version } = offer(nth);
    return mutate(desk, 'recordOffer', { id, expectedVersion: version }, 'id version', 'VersionedInput');
  });
  await often('answerOffer', (nth) => {
    const { id, version } = must(told[nth]);
    return mutate(desk, 'answerOffer', { id, expectedVersion: version, accept: nth % 3 !== 0 }, 'id');
  });
  const answered = new Set(range(timesOf('answerOffer')).map((nth) => offer(nth).request.id));
  const left = requests.filter(({ id }) => !answered.has(id));
  await often('withdrawRequest', async (nth) => {
    const { id } = must(left[nth]);
    const { version } = await scene.request(id);
    return mutate(desk, 'withdrawRequest', { id, expectedVersion: version }, 'id', 'VersionedInput');
  });

  // ---- Agendas of colleagues ------------------------------------------------------------------------------------
  const opened = await often('openHours', (nth) =>
    mutate(desk, 'openAvailability', {
      districtId,
      workerId: worker(nth),
      typeCodes: ['FIRST_RECEPTION', 'FOLLOW_UP'],
      modes: ['ON_SITE'],
      startsOn: scene.day(30),
      endsOn: later(scene.day(30), 60),
      opensAt: '14:00',
      closesAt: '16:00',
      recurrence: 'FREQ=WEEKLY',
    }),
  );
  for (const act of ['closeHours', 'endHours'] as const)
    await often(act, async (nth) => {
      const hours = must(opened[nth]);
      const input = { id: hours.id, expectedVersion: hours.version };
      const { version } =
        act === 'closeHours'
          ? await mutate(desk, 'closeAvailabilityOn', { ...input, day: scene.day(30) })
          : await mutate(desk, 'endAvailability', { ...input, endsOn: later(scene.day(30), 30) });
      hours.version = version;
    });
  for (const nth of range(4)) await given(scene, worker(nth % 2), inParis(scene.day(25), `1${nth}:00`));
  const off = await often('declareTimeOff', (nth) =>
    mutate(desk, 'declareUnavailability', {
      districtId,
      workerId: worker(nth),
      startsAt: inParis(scene.day(25), '08:00'),
      endsAt: inParis(scene.day(25), '18:00'),
    }),
  );
  await often('clearTimeOff', async (nth) => {
    const { id, version } = must(off[nth]);
    return mutate(desk, 'clearUnavailability', { id, expectedVersion: version, how: 'CANCEL' });
  });
  await often('endTimeOff', async (nth) => {
    const { id, version } = must(off[off.length - 1 - nth]);
    const [row] = await scene.sql<{ version: number }>('select version from unavailability where id = $1', [
      id,
    ]);
    return mutate(
      desk,
      'endUnavailability',
      { id, expectedVersion: row?.version ?? version },
      'id',
      'VersionedInput',
    );
  });
  await often('readDay', (nth) =>
    get(
      desk,
      `query ($f: AppointmentFilter!) { appointments(filter: $f, first: 100) { edges { node { id startsAt } } } }`,
      { f: { districtId, from: scene.at('00:00', nth % 4), to: scene.at('23:00', nth % 4) } },
    ),
  );
  await often('printDayList', (nth) =>
    get(desk, `query ($id: ID!, $day: Date!) { dayList(districtId: $id, day: $day) }`, {
      id: districtId,
      day: scene.day(nth),
    }),
  );

  // ---- They are addressed to whom they came for, and leave ------------------------------------------------------
  const open = [...visits, ...calls];
  await often('address', async (nth) => {
    const visit = must(open[visits.length - 1 - nth]);
    const input = { id: visit.id, expectedVersion: visit.version, workerId: worker(nth) };
    visit.version = (await mutate(desk, 'directVisit', input)).version;
  });
  // The last of the hour are received by their workers.
  const received = open.slice(visits.length - timesOf('address')).slice(0, open.length - timesOf('close'));
  for (const visit of received) {
    const nth = visits.length - 1 - open.indexOf(visit);
    const input = { id: visit.id, expectedVersion: visit.version };
    await mutate(await asWorker(nth), 'takeIn', input, 'id version', 'VersionedInput');
  }
  await often('close', (nth) => {
    const { id, version } = must(open.filter((visit) => !received.includes(visit))[nth]);
    const outcome = nth % 4 === 0 ? 'LEFT' : 'ANSWERED';
    return mutate(desk, 'closeVisit', { id, expectedVersion: version, outcome });
  });

  // Everything of the table was done, as often as it says.
  const acts = Object.keys(BUSIEST_HOUR) as DeskAct[];
  expect(Object.fromEntries(done)).toEqual(Object.fromEntries(acts.map((act) => [act, timesOf(act)])));
});

test('a day with eight workers ill: the desk clears their agendas, the head declares them absent', async () => {
  const plan = DAY_OF_EIGHT_ILL;
  const scene = await stage.scene();
  const { desk, districtId } = scene;
  await scene.district.head(`tête.${scene.name}`);
  const head = await scene.as('tête');
  const { id: adviser } = await scene.worker('conseil');
  await scene.sql(`update membership set role = 'TECHNICAL_ADVISER' where worker_id = $1`, [adviser]);
  const asAdviser = await scene.as('conseil');
  const standIns: string[] = [];
  for (const name of ['un', 'deux', 'trois']) standIns.push((await scene.worker(name, { slots: 8 })).id);
  const ill: { readonly id: string; readonly appointments: Given[] }[] = [];
  for (const nth of range(plan.workers)) {
    const builder = scene.worker(`malade${nth}`, { slots: 6, from: 1, days: 5 });
    const { id } = await builder;
    const file = await builder.case();
    const appointments: Given[] = [];
    for (const at of range(plan.appointmentsOfEach)) {
      const minutes = 8 * 60 + 30 * at;
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
      const more = at === 0 ? { caseId: file.id } : {};
      appointments.push(await given(scene, id, inParis(scene.day(0), time), more));
    }
    ill.push({ id, appointments });
  }

  // ---- The desk: they call, one after the other -----------------------------------------------------------------
  for (const [nth, { id }] of ill.entries()) {
    const off = await mutate(desk, 'declareUnavailability', {
      districtId,
      workerId: id,
      startsAt: inParis(scene.day(0), '07:00'),
      endsAt: inParis(scene.day(0), '19:00'),
    });
    await mutate(desk, 'clearUnavailability', {
      id: off.id,
      expectedVersion: off.version,
      how: nth < plan.moved ? 'MOVE' : 'CANCEL',
    });
  }
  const stillThere = await scene.sql<{ id: string; version: number; at: Date }>(
    `select a.id, a.version, a.starts_at as at from appointment a join appointment_worker aw on aw.appointment_id = a.id
      where a.district_id = $1 and a.status = 'BOOKED' and aw.worker_id = any ($2) order by a.starts_at, a.id`,
    [districtId, ill.map(({ id }) => id)],
  );
  const byHand = plan.movedByHand + plan.cancelledByHand;
  expect(stillThere.length).toBeGreaterThanOrEqual(byHand);
  for (const [nth, { id, version }] of stillThere.slice(0, byHand).entries())
    if (nth < plan.movedByHand)
      await mutate(desk, 'moveAppointment', {
        id,
        expectedVersion: version,
        startsAt: inParis(scene.day(8), `${10 + nth}:00`),
      });
    else
      await mutate(desk, 'cancelAppointment', {
        id,
        expectedVersion: version,
        by: 'SERVICE',
        reason: 'WORKER_AWAY',
      });
  const { edges: notices } = await get(
    desk,
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 100) { edges { node { id version } } } }`,
    { id: districtId },
  );
  for (const nth of range(plan.told)) {
    const { id, version } = must<{ node: { id: string; version: number } }>(notices[nth]).node;
    await mutate(desk, 'recordNotice', { id, expectedVersion: version, outcome: 'TOLD' }, 'doneAt');
  }

  // ---- The head: an absence and a relay for each ----------------------------------------------------------------
  const waiting: { id: string; version: number }[] = [];
  for (const { id } of ill.slice(0, plan.absences))
    await mutate(head, 'declareAbsence', {
      districtId,
      workerId: id,
      startsAt: ago(0.1),
      endsAt: ahead(5),
    });
  for (const [nth, { id }] of ill.slice(0, plan.relays).entries()) {
    const relay = await mutate(
      head,
      'openRelay',
      {
        districtId,
        absentWorkerId: id,
        standInId: standIns[nth % standIns.length],
        startsAt: ago(0.05),
        endsAt: ahead(4),
      },
      'id version confirmBefore',
    );
    if (relay.confirmBefore !== null) waiting.push(relay);
  }
  for (const { id, version } of waiting)
    await mutate(asAdviser, 'confirmRelay', { id, expectedVersion: version }, 'id', 'VersionedInput');

  // Nobody is expected by an ill worker, and nobody is double booked.
  expect(
    await scene.sql(
      `select from appointment a join appointment_worker aw on aw.appointment_id = a.id
        where a.status = 'BOOKED' and aw.worker_id = any ($1) and a.starts_at < $2`,
      [ill.map(({ id }) => id), inParis(scene.day(0), '19:00')],
    ),
  ).toEqual([]);
  expect(
    await scene.sql(
      `select from occupancy a join occupancy b on b.worker_id = a.worker_id and b.id > a.id
        and b.starts_at < a.ends_at and b.ends_at > a.starts_at where a.district_id = $1`,
      [districtId],
    ),
  ).toEqual([]);
});
