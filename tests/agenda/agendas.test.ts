import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import {
  book,
  cancel,
  inParis,
  isPublicHoliday,
  later,
  open,
  search,
  starts,
  today,
  wallClock,
  workingDaysAfter,
} from './agenda.js';

/** Hours are opened by a recurrence in local wall time, closed by exceptions, and never at the cost of what is booked. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let sevran: string;
let gagny: string;
let alice: string;
let bruno: string;
let rachida: Requester;
let asAlice: Requester;

/** Each test takes weeks of its own: none meets another's hours. */
const days = workingDaysAfter(later(today(), 14));
const nextDay = (): string => days.next().value;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const builder = await county(database);
  const here = builder.district('Sevran');
  const there = builder.district('Gagny');
  [sevran, gagny] = [(await here).id, (await there).id];
  alice = (await here.worker('alice')).id;
  bruno = (await here.worker('bruno')).id;
  await here.receptionist('rachida');
  await here.head('hélène');
  await there.worker('gaston');
  await there.receptionist('gilles');
  [rachida, asAlice] = [await app.as('rachida'), await app.as('alice')];
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Somebody new each time, so that hours of one test are in nobody's way. */
let nth = 0;
async function someone(districtId = sevran): Promise<string> {
  nth += 1;
  const workerId = await make.worker({ subject: `someone-${nth}`, familyName: `someone-${nth}` });
  await make.membership({ workerId, districtId });
  return workerId;
}

/** The hours of an availability, as the clock on the wall shows them. */
async function hoursOf(id: string, closed = false): Promise<string[]> {
  const rows = await database.sql<{ from: Date; until: Date }>(
    'select starts_at as from, ends_at as until from availability_occurrence where availability_id = $1 and closed = $2 order by 1',
    [id, closed],
  );
  return rows.map(({ from, until }) => `${wallClock(from)}–${wallClock(until).slice(11)}`);
}

async function opened(opening: Parameters<typeof open>[1], who = rachida): Promise<string> {
  const answer = await open(who, opening);
  expect(answer.errors).toEqual([]);
  return answer.data?.['openAvailability'].id;
}

/** The next last Sunday of a month, on which clocks change (Directive 2000/84/EC). */
function clockChange(month: 3 | 10): string {
  const of = (year: number): string => {
    const last = new Date(Date.UTC(year, month, 0));
    return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
  };
  const year = Number(today().slice(0, 4));
  return of(year) > today() ? of(year) : of(year + 1);
}

describe('hours are local wall time', () => {
  test.each([
    ['spring', 3 as const, ['07:00Z', '15:00Z'], ['08:00Z', '16:00Z']],
    ['autumn', 10 as const, ['08:00Z', '16:00Z'], ['07:00Z', '15:00Z']],
  ])(
    'on the Sunday of %s on which the clock changes, and the week before',
    async (_season, month, on, before) => {
      const sunday = clockChange(month);
      // In the week before that Sunday, hours cannot begin a week earlier. Then they are opened on every day from today on.
      const isNear = later(sunday, -7) < today();
      const id = await opened({
        districtId: sevran,
        workerId: await someone(),
        startsOn: isNear ? today() : later(sunday, -7),
        endsOn: later(sunday, 1),
        recurrence: isNear ? 'FREQ=DAILY' : 'FREQ=WEEKLY;BYDAY=SU',
      });
      const rows = await database.sql<{ from: Date; until: Date }>(
        'select starts_at as from, ends_at as until from availability_occurrence where availability_id = $1 order by 1',
        [id],
      );
      const utc = (instant: Date): string => `${instant.toISOString().slice(11, 16)}Z`;
      // Easter may fall on it; as a Sunday it is no public holiday of its own.
      const found = rows.map(({ from, until }) => [utc(from), utc(until)]);
      expect(isNear ? [found[0], found.at(-1)] : found).toEqual([before, on]);
      const shown = (await hoursOf(id)).map((hours) => hours.slice(11));
      expect(isNear ? [shown[0], shown.at(-1)] : shown).toEqual(['09:00–17:00', '09:00–17:00']);
    },
  );

  test('on 29 February, if there is one', async () => {
    const [leap] = await database.sql<{ year: number }>(
      `select y as year from generate_series(extract(year from current_date)::integer, 2100) y
        where y % 4 = 0 and make_date(y, 2, 28) + 1 > current_date limit 1`,
    );
    const workerId = await someone();
    const day = `${leap?.year}-02-29`;
    const answer = await open(rachida, {
      districtId: sevran,
      workerId,
      startsOn: later(today(), 1),
      endsOn: later(today(), 731),
      recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    });
    if (day < later(today(), 731))
      expect(await hoursOf(answer.data?.['openAvailability'].id)).toEqual([`${day} 09:00–17:00`]);
    else expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.recurrence' });
  });

  test('a public holiday of the recurrence is left out', async () => {
    const christmas = [0, 1]
      .map((years) => `${Number(today().slice(0, 4)) + years}-12-25`)
      .find((day) => day > today());
    const id = await opened({
      districtId: sevran,
      workerId: await someone(),
      startsOn: christmas ?? '',
      endsOn: later(christmas ?? '', 2),
    });
    expect(await hoursOf(id)).toEqual([`${later(christmas ?? '', 1)} 09:00–17:00`]);
  });

  test('a recurrence that ends by itself needs no other end; one day needs no recurrence', async () => {
    const day = nextDay();
    const workerId = await someone();
    const counted = await open(rachida, {
      districtId: sevran,
      workerId,
      startsOn: day,
      recurrence: 'FREQ=DAILY;COUNT=1',
    });
    expect(counted.data?.['openAvailability']).toMatchObject({
      startsOn: day,
      endsOn: later(day, 1),
      recurrence: 'FREQ=DAILY;COUNT=1',
    });
    const one = await open(rachida, { districtId: sevran, workerId: await someone(), startsOn: day });
    expect(one.data?.['openAvailability']).toMatchObject({ endsOn: later(day, 1), recurrence: null });
  });
});

describe('what cannot be opened is refused by its field, and nothing is written', () => {
  const cases: [name: string, change: Record<string, unknown>, field: string][] = [
    ['a day gone by', { startsOn: later(today(), -2) }, 'input.startsOn'],
    ['ten years ahead', { startsOn: later(today(), 3650) }, 'input.startsOn'],
    ['an end before the start', { endsOn: later(today(), 1), startsOn: later(today(), 2) }, 'input.endsOn'],
    ['more than two years', { endsOn: later(today(), 800) }, 'input.endsOn'],
    ['a rule without end', { recurrence: 'FREQ=DAILY' }, 'input.endsOn'],
    ['a rule of hours', { recurrence: 'FREQ=HOURLY;COUNT=2' }, 'input.recurrence'],
    ['no rule at all', { recurrence: 'DTSTART:20200101' }, 'input.recurrence'],
    ['closing before opening', { opensAt: '12:00', closesAt: '12:00' }, 'input.closesAt'],
    ['the night', { opensAt: '05:00' }, 'input.opensAt'],
    ['no time', { closesAt: '25:00' }, 'input.closesAt'],
    ['more than twelve hours', { opensAt: '06:00', closesAt: '21:00' }, 'input.closesAt'],
    ['an unknown type', { typeCodes: ['TEA'] }, 'input.typeCodes'],
    ['no type', { typeCodes: [] }, 'input.typeCodes'],
    ['no mode', { modes: [] }, 'input.modes'],
    ['a mode that a type has not', { typeCodes: ['PHONE_CALL'], modes: ['ON_SITE'] }, 'input.modes'],
    ['a place too long', { place: 'x'.repeat(121) }, 'input.place'],
  ];
  test.each(cases)('%s', async (_name, change, field) => {
    const workerId = await someone();
    const answer = await open(rachida, {
      districtId: sevran,
      workerId,
      startsOn: later(today(), 1),
      ...change,
    });
    expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field });
    expect(await database.sql('select from availability where worker_id = $1', [workerId])).toEqual([]);
  });

  test('another district’s worker, as if there were none', async () => {
    const [gaston] = await database.sql<{ id: string }>(`select id from worker where subject = 'gaston'`);
    for (const workerId of [gaston?.id ?? '', '00000000-0000-4000-8000-000000000000']) {
      const answer = await open(rachida, { districtId: sevran, workerId, startsOn: nextDay() });
      expect(answer.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'input.workerId' });
    }
  });

  test('hours in which the worker is open already, in whatever district', async () => {
    const day = nextDay();
    const workerId = await someone();
    await make.membership({ workerId, districtId: gagny });
    await opened({ districtId: sevran, workerId, startsOn: day, closesAt: '12:00' });
    const gilles = await app.as('gilles');
    const lost = await open(gilles, { districtId: gagny, workerId, startsOn: day, opensAt: '11:30' });
    expect(lost.errors[0]?.extensions).toEqual({ code: 'CONFLICT', reason: 'HOURS_TAKEN' });
    await opened({ districtId: gagny, workerId, startsOn: day, opensAt: '12:00' }, gilles);
    expect(await database.sql('select from availability where worker_id = $1', [workerId])).toHaveLength(2);
  });

  test('twice the same: one of ten at once is opened, and a repeated key answers the first', async () => {
    const workerId = await someone();
    const opening = { districtId: sevran, workerId, startsOn: nextDay() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(rachida, opening)));
    expect(answers.flatMap(({ errors }) => errors.map((error) => error.extensions.reason))).toEqual(
      Array(9).fill('HOURS_TAKEN'),
    );
    const other = { ...opening, startsOn: nextDay() };
    const ids = [];
    for (const _ of [1, 2])
      ids.push((await open(rachida, other, { 'idempotency-key': 'k1' })).data?.['openAvailability'].id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('whose agenda', () => {
  test('a social worker keeps their own, and no colleague’s; a head and another desk keep none here', async () => {
    const day = nextDay();
    expect((await open(asAlice, { districtId: sevran, workerId: alice, startsOn: day })).errors).toEqual([]);
    for (const who of [asAlice, await app.as('hélène'), await app.as('gilles'), app.anonymous]) {
      const answer = await open(who, { districtId: sevran, workerId: bruno, startsOn: day });
      expect(answer.codes).toEqual(['FORBIDDEN']);
    }
    expect(await database.sql('select from availability where worker_id = $1', [bruno])).toEqual([]);
  });

  const READ = `query ($districtId: ID!, $workerId: ID!) {
    availabilities(districtId: $districtId, workerId: $workerId) { opensAt types { code } closedOn worker { id } district { id } }
    unavailabilities(districtId: $districtId, workerId: $workerId) { startsAt }
  }`;

  test('the worker and the desk read it, a colleague and the head do not; the desk’s reading is logged', async () => {
    const workerId = await someone();
    await opened({ districtId: sevran, workerId, startsOn: nextDay() });
    const read = await rachida.send(READ, { districtId: sevran, workerId });
    expect(read.errors).toEqual([]);
    expect(read.data?.['availabilities']).toEqual([
      {
        opensAt: '09:00',
        types: [{ code: 'FIRST_RECEPTION' }, { code: 'FOLLOW_UP' }, { code: 'PHONE_CALL' }],
        closedOn: [],
        worker: { id: workerId },
        district: { id: sevran },
      },
    ]);
    const logged = await database.sql(
      `select from access_log where action = 'FILTER_BY_WORKER' and target_worker_id = $1`,
      [workerId],
    );
    expect(logged).toHaveLength(1);
    for (const name of ['bruno', 'hélène', 'gilles']) {
      const refused = await (await app.as(name)).send(READ, { districtId: sevran, workerId });
      expect(refused.codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(refused.data).toEqual({ availabilities: null, unavailabilities: null });
    }
  });
});

describe('hours end, and are closed on a day, with bookings in them', () => {
  const END = `mutation ($input: EndAvailabilityInput!) { endAvailability(input: $input) {
    endsOn version appointmentsLeft { id warnings } } }`;
  const CLOSE = `mutation ($input: CloseAvailabilityOnInput!) { closeAvailabilityOn(input: $input) {
    closedOn version appointmentsLeft { id warnings } } }`;

  async function threeDays(): Promise<{ workerId: string; id: string; days: string[]; booked: string }> {
    const workerId = await someone();
    let first = nextDay();
    while ([0, 1, 2].some((days) => isPublicHoliday(later(first, days)))) first = nextDay();
    const three = [0, 1, 2].map((days) => later(first, days));
    const id = await opened({ districtId: sevran, workerId, startsOn: first, endsOn: later(first, 3) });
    const on = three.at(-1) ?? '';
    const answer = await book(rachida, {
      districtId: sevran,
      workerIds: [workerId],
      startsAt: inParis(on, '10:00'),
    });
    expect(answer.errors).toEqual([]);
    return { workerId, id, days: three, booked: answer.data?.['bookAppointment'].id };
  }

  test('from the day on, no slot is left; what is booked stays, and is flagged until it is cancelled', async () => {
    const { workerId, id, days: three, booked } = await threeDays();
    const before = await hoursOf(id);
    const ended = await rachida.send(END, { input: { id, expectedVersion: 1, endsOn: three[1] } });
    expect(ended.errors).toEqual([]);
    expect(ended.data?.['endAvailability']).toEqual({
      endsOn: three[1],
      version: 2,
      appointmentsLeft: [{ id: booked, warnings: ['HOURS_CLOSED'] }],
    });
    expect(await hoursOf(id)).toEqual(before.filter((hours) => hours < (three[1] ?? '')));
    const found = await search(rachida, { districtId: sevran, workerIds: [workerId] }, 50);
    expect(starts(found).every((start) => start.startsWith(three[0] ?? ''))).toBe(true);
    await cancel(rachida, { id: booked, expectedVersion: 1 });
    const left = await rachida.send(
      `query ($d: ID!, $w: ID!) { availabilities(districtId: $d, workerId: $w) { appointmentsLeft { id } } }`,
      { d: sevran, w: workerId },
    );
    expect(left.data).toEqual({ availabilities: [{ appointmentsLeft: [] }] });
  });

  test('one day alone', async () => {
    const { id, days: three, booked } = await threeDays();
    const closed = await rachida.send(CLOSE, { input: { id, expectedVersion: 1, day: three[2] } });
    expect(closed.data?.['closeAvailabilityOn']).toEqual({
      closedOn: [three[2]],
      version: 2,
      appointmentsLeft: [{ id: booked, warnings: ['HOURS_CLOSED'] }],
    });
    const again = await rachida.send(CLOSE, { input: { id, expectedVersion: 2, day: three[2] } });
    expect(again.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.day' });
    expect(await hoursOf(id, true)).toEqual([`${three[2]} 09:00–17:00`]);
  });

  test('hours opened again in place of the closed ones lift the flag', async () => {
    const { id, workerId, days: three, booked } = await threeDays();
    await rachida.send(CLOSE, { input: { id, expectedVersion: 1, day: three[2] } });
    await opened({ districtId: sevran, workerId, startsOn: three[2] ?? '', closesAt: '12:00' });
    const read = await rachida.send('query ($id: ID!) { appointment(id: $id) { warnings } }', { id: booked });
    expect(read.data).toEqual({ appointment: { warnings: [] } });
  });

  test('a stale version, a past day, a later end, and who may not, change nothing', async () => {
    const { id, days: three } = await threeDays();
    const before = await hoursOf(id);
    const tries: [Requester, Record<string, unknown>, Record<string, unknown>][] = [
      [rachida, { expectedVersion: 2, endsOn: three[1] }, { code: 'CONFLICT', reason: 'VERSION_CHANGED' }],
      [
        rachida,
        { expectedVersion: 1, endsOn: later(today(), -1) },
        { code: 'INVALID_INPUT', field: 'input.endsOn' },
      ],
      [
        rachida,
        { expectedVersion: 1, endsOn: later(three[2] ?? '', 1) },
        { code: 'INVALID_INPUT', field: 'input.endsOn' },
      ],
      [asAlice, { expectedVersion: 1, endsOn: three[1] }, { code: 'NOT_FOUND', field: 'input.id' }],
    ];
    for (const [who, input, expected] of tries) {
      const answer = await who.send(END, { input: { id, ...input } });
      expect(answer.errors[0]?.extensions).toEqual(expected);
    }
    expect(await hoursOf(id)).toEqual(before);
  });
});

describe('time off', () => {
  const DECLARE = `mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) {
    id startsAt endsAt version appointmentsOver { id warnings } } }`;
  const END = `mutation ($input: VersionedInput!) { endUnavailability(input: $input) { startsAt endsAt version appointmentsOver { id } } }`;
  const declare = (
    who: Requester,
    workerId: string,
    day: string,
    from: string,
    until: string,
  ): Promise<Answer> =>
    who.send(DECLARE, {
      input: { districtId: sevran, workerId, startsAt: inParis(day, from), endsAt: inParis(day, until) },
    });

  test('over a booking is flagged, never refused; it takes the slots, and its end gives them back', async () => {
    const workerId = await someone();
    const day = nextDay();
    await opened({ districtId: sevran, workerId, startsOn: day, closesAt: '11:00' });
    const booked = await book(rachida, {
      districtId: sevran,
      workerIds: [workerId],
      startsAt: inParis(day, '09:30'),
    });
    const appointment = booked.data?.['bookAppointment'].id;
    const declared = await declare(rachida, workerId, day, '09:00', '10:30');
    expect(declared.errors).toEqual([]);
    const off = declared.data?.['declareUnavailability'];
    expect(off.appointmentsOver).toEqual([{ id: appointment, warnings: ['WORKER_AWAY'] }]);
    const filter = { districtId: sevran, workerIds: [workerId] };
    expect(starts(await search(rachida, filter))).toEqual([`${day} 10:30`]);
    const ended = await rachida.send(END, { input: { id: off.id, expectedVersion: 1 } });
    expect(ended.data?.['endUnavailability']).toEqual({
      startsAt: off.startsAt,
      endsAt: off.startsAt,
      version: 2,
      appointmentsOver: [],
    });
    expect(starts(await search(rachida, filter))).toEqual([`${day} 09:00`, `${day} 10:00`, `${day} 10:30`]);
    const again = await rachida.send(END, { input: { id: off.id, expectedVersion: 2 } });
    expect(again.errors[0]?.extensions).toEqual({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
  });

  test('to a colleague it is a busy time like any other, joined to what touches it', async () => {
    const workerId = await someone();
    const day = nextDay();
    await book(rachida, { districtId: sevran, workerIds: [workerId], startsAt: inParis(day, '10:30') });
    await declare(rachida, workerId, day, '09:00', '10:30');
    const busy = await (await app.as('bruno')).send(
      `query ($d: ID!, $w: ID!, $from: DateTime!, $to: DateTime!) {
        busyTimes(districtId: $d, workerId: $w, from: $from, to: $to) { startsAt endsAt } }`,
      { d: sevran, w: workerId, from: inParis(day, '06:00'), to: inParis(day, '22:00') },
    );
    expect(busy.data?.['busyTimes']).toEqual([
      { startsAt: inParis(day, '09:00').toISOString(), endsAt: inParis(day, '11:00').toISOString() },
    ]);
  });

  test('are those of one colleague in an operation, beside one’s own; each read is in the log', async () => {
    const [one, other] = [await someone(), await someone()];
    const { data, errors } = await (await app.as('bruno')).send(
      `query ($d: ID!, $one: ID!, $other: ID!, $own: ID!, $from: DateTime!, $to: DateTime!) {
        one: busyTimes(districtId: $d, workerId: $one, from: $from, to: $to) { startsAt }
        again: busyTimes(districtId: $d, workerId: $one, from: $from, to: $to) { endsAt }
        own: busyTimes(districtId: $d, workerId: $own, from: $from, to: $to) { startsAt }
        other: busyTimes(districtId: $d, workerId: $other, from: $from, to: $to) { startsAt } }`,
      {
        d: sevran,
        one,
        other,
        own: bruno,
        from: inParis(later(today(), 1), '06:00'),
        to: inParis(later(today(), 2), '06:00'),
      },
    );
    expect(data).toMatchObject({ one: [], again: [], own: [], other: null });
    expect(errors.map(({ path, extensions }) => [path, extensions.code, extensions['field']])).toEqual([
      [['other'], 'INVALID_INPUT', 'workerId'],
    ]);
    const logged = await database.sql(
      `select from access_log where action = 'FILTER_BY_WORKER' and target_worker_id = any ($1)`,
      [[one, other]],
    );
    expect(logged.length).toBeGreaterThanOrEqual(2);
  });

  test('that ends before it starts, is past, is longer than a year or far away is refused by its field', async () => {
    const workerId = await someone();
    const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const tries = [
      [at(2), at(1), 'input.endsAt'],
      [at(-5), at(-4), 'input.startsAt'],
      [at(1), at(400), 'input.endsAt'],
      [at(3650), at(3651), 'input.startsAt'],
    ];
    for (const [startsAt, endsAt, field] of tries) {
      const answer = await rachida.send(DECLARE, {
        input: { districtId: sevran, workerId, startsAt, endsAt },
      });
      expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field });
    }
    expect(await database.sql('select from unavailability where worker_id = $1', [workerId])).toEqual([]);
  });

  test('is declared by the worker and the desk alone', async () => {
    const day = nextDay();
    for (const who of [asAlice, await app.as('hélène'), await app.as('gilles')])
      expect((await declare(who, bruno, day, '09:00', '10:00')).codes).toEqual(['FORBIDDEN']);
    expect((await declare(await app.as('bruno'), bruno, day, '09:00', '10:00')).errors).toEqual([]);
  });
});
