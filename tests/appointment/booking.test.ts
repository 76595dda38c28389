import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { book, cancel, inParis, MINUTE, move, today, wallClock, workingDaysAfter } from '../agenda/agenda.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Rule 6: one booking wins, who loses is told what is free, and nothing is lost. */
let database: TestDatabase;
let app: TestApp;
let sevran: string;
let gagny: string;
let alice: string;
let bruno: string;
let rachida: Requester;

/** Each test takes a day of its own, so that none meets another's appointments. */
const days = workingDaysAfter(today());
const nextDay = (): string => days.next().value;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const builder = await county(database);
  const here = builder.district('Sevran');
  const there = builder.district('Gagny');
  sevran = (await here).id;
  gagny = (await there).id;
  alice = (await here.worker('alice').open()).id;
  bruno = (await here.worker('bruno').open()).id;
  await here.receptionist('rachida');
  await here.head('hélène');
  await there.receptionist('gaston');
  rachida = await app.as('rachida');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function count(query: string, values: unknown[] = []): Promise<number> {
  const [row] = await database.sql<{ count: number }>(`select count(*)::integer as count ${query}`, values);
  return row?.count ?? -1;
}

describe('two hundred bookings of one slot at once', () => {
  const day = nextDay();
  const startsAt = inParis(day, '10:00');

  test('one wins, and 199 lose with SLOT_TAKEN and three free slots', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => book(rachida, { districtId: sevran, workerIds: [alice], startsAt })),
    );
    const winners = answers.filter((answer) => answer.errors.length === 0);
    const losers = answers.filter((answer) => answer.errors.length > 0);
    expect(losers.map((answer) => answer.errors[0]?.extensions.reason ?? answer.codes[0])).toEqual(
      Array(199).fill('SLOT_TAKEN'),
    );
    expect(winners).toHaveLength(1);
    for (const loser of losers) {
      expect(loser.status).toBe(200);
      expect(loser.data).toEqual({ bookAppointment: null });
      expect(loser.codes).toEqual(['CONFLICT']);
      expect(loser.errors[0]?.extensions.nextFreeSlots).toEqual(
        ['10:30', '11:00', '11:30'].map((time) => ({
          startsAt: inParis(day, time).toISOString(),
          endsAt: new Date(inParis(day, time).getTime() + 30 * MINUTE).toISOString(),
        })),
      );
    }
  });

  test('one appointment and one occupied time are left, and the log knows who lost', async () => {
    expect(await count('from appointment where starts_at = $1', [startsAt])).toBe(1);
    expect(await count('from appointment_worker')).toBe(1);
    expect(await count('from occupancy where starts_at = $1', [startsAt])).toBe(1);
    const outcomes = await database.sql(
      `select outcome, count(*)::integer as count from access_log where action = 'BOOK_APPOINTMENT' group by 1 order by 1`,
    );
    expect(outcomes).toEqual([
      { outcome: 'CONFLICT', count: 199 },
      { outcome: 'DONE', count: 1 },
    ]);
  });
});

test('a booking that overlaps in part loses; the free slots offered overlap nothing and go on the next open day', async () => {
  const day = nextDay();
  const at = (time: string) => ({ districtId: sevran, workerIds: [alice], startsAt: inParis(day, time) });
  expect((await book(rachida, at('16:00'))).errors).toEqual([]);
  const loser = await book(rachida, at('15:45'));
  expect(loser.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'SLOT_TAKEN' });
  const offered: { startsAt: string; endsAt: string }[] = loser.errors[0]?.extensions.nextFreeSlots;
  const following = workingDaysAfter(day).next().value;
  expect(offered.map((slot) => wallClock(slot.startsAt))).toEqual([
    `${day} 16:30`,
    `${following} 09:00`,
    `${following} 09:30`,
  ]);
});

test('slots that touch are both booked: an appointment ends before the next one starts', async () => {
  const day = nextDay();
  for (const time of ['10:00', '10:30', '09:30']) {
    const answer = await book(rachida, {
      districtId: sevran,
      workerIds: [alice],
      startsAt: inParis(day, time),
    });
    expect(answer.errors).toEqual([]);
  }
});

test('two workers booked together, named in either order by many at once: one wins, and no deadlock surfaces', async () => {
  const day = nextDay();
  const times = ['09:00', '09:30', '10:00', '10:30', '11:00'];
  const answers = await Promise.all(
    times.flatMap((time) =>
      Array.from({ length: 10 }, (_, index) => {
        const workerIds = index % 2 === 0 ? [alice, bruno] : [bruno, alice];
        return book(rachida, { districtId: sevran, workerIds, startsAt: inParis(day, time) });
      }),
    ),
  );
  const reasons = answers.flatMap((answer) =>
    answer.errors.map((error) => error.extensions.reason ?? error.extensions.code),
  );
  expect(reasons).toEqual(Array(45).fill('SLOT_TAKEN'));
  const [first, end] = [inParis(day, '09:00'), inParis(day, '11:30')];
  expect(await count('from occupancy where starts_at >= $1 and ends_at <= $2', [first, end])).toBe(10);
});

test('who is booked with a busy colleague loses whole: neither agenda changes', async () => {
  const startsAt = inParis(nextDay(), '14:00');
  await book(rachida, { districtId: sevran, workerIds: [bruno], startsAt });
  const loser = await book(rachida, { districtId: sevran, workerIds: [alice, bruno], startsAt });
  expect(loser.errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
  expect(await count('from occupancy where worker_id = $1 and starts_at = $2', [alice, startsAt])).toBe(0);
  expect(await count('from appointment where starts_at = $1', [startsAt])).toBe(1);
});

test('nothing but a time and an agenda is needed', async () => {
  const startsAt = inParis(nextDay(), '09:00');
  const answer = await book(rachida, { districtId: sevran, workerIds: [alice], startsAt });
  expect(answer.errors).toEqual([]);
  expect(answer.data?.['bookAppointment']).toEqual({
    id: expect.any(String),
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + 30 * MINUTE).toISOString(),
    status: 'BOOKED',
    version: 1,
  });
});

describe('an appointment is moved or cancelled', () => {
  async function booked(time: string, day = nextDay()): Promise<{ id: string; startsAt: Date; day: string }> {
    const startsAt = inParis(day, time);
    const answer = await book(rachida, { districtId: sevran, workerIds: [alice], startsAt });
    expect(answer.errors).toEqual([]);
    return { id: answer.data?.['bookAppointment'].id, startsAt, day };
  }

  test('moving frees the old time and takes the new one', async () => {
    const { id, day, startsAt } = await booked('09:00');
    const moved = await move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, '11:00') });
    expect(moved.data?.['moveAppointment']).toEqual({
      id,
      startsAt: inParis(day, '11:00').toISOString(),
      version: 2,
    });
    expect((await book(rachida, { districtId: sevran, workerIds: [alice], startsAt })).errors).toEqual([]);
  });

  test('it moves by less than its own length: it is not in its own way', async () => {
    const { id, day } = await booked('09:00');
    const moved = await move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, '09:15') });
    expect(moved.errors).toEqual([]);
  });

  test('moving to a taken slot keeps the old time and the version', async () => {
    const { id, day, startsAt } = await booked('09:00');
    await booked('11:00', day);
    const lost = await move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, '11:00') });
    expect(lost.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'SLOT_TAKEN' });
    expect(wallClock(lost.errors[0]?.extensions.nextFreeSlots[0].startsAt)).toBe(`${day} 11:30`);
    const rows = await database.sql(
      'select a.starts_at as at, o.starts_at as taken, version from appointment a join occupancy o on o.appointment_id = a.id where a.id = $1',
      [id],
    );
    expect(rows).toEqual([{ at: startsAt, taken: startsAt, version: 1 }]);
  });

  test('cancelling frees the time', async () => {
    const { id, startsAt } = await booked('09:00');
    const cancelled = await cancel(rachida, { id, expectedVersion: 1 });
    expect(cancelled.data?.['cancelAppointment']).toEqual({ id, status: 'CANCELLED_BY_SERVICE', version: 2 });
    expect((await book(rachida, { districtId: sevran, workerIds: [alice], startsAt })).errors).toEqual([]);
  });

  test('a cancelled one is neither moved nor cancelled again', async () => {
    const { id, day } = await booked('09:00');
    await cancel(rachida, { id, expectedVersion: 1 });
    const moved = await move(rachida, { id, expectedVersion: 2, startsAt: inParis(day, '11:00') });
    expect(moved.errors[0]?.extensions).toEqual({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    const again = await cancel(rachida, { id, expectedVersion: 2 });
    expect(again.errors[0]?.extensions).toEqual({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    expect(await count('from occupancy where appointment_id = $1', [id])).toBe(0);
  });

  test('a version that is no longer the present one loses', async () => {
    const { id, day } = await booked('09:00');
    await move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, '10:00') });
    const stale = { code: 'CONFLICT', reason: 'VERSION_CHANGED' };
    const moved = await move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, '11:00') });
    expect(moved.errors[0]?.extensions).toEqual(stale);
    expect((await cancel(rachida, { id, expectedVersion: 1 })).errors[0]?.extensions).toEqual(stale);
  });

  test('of ten moves of the same version at once, one wins', async () => {
    const { id, day } = await booked('09:00');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        move(rachida, { id, expectedVersion: 1, startsAt: inParis(day, `${10 + (index % 5)}:00`) }),
      ),
    );
    const reasons = answers.flatMap((answer) =>
      answer.errors.map((error) => error.extensions.reason ?? error.extensions.code),
    );
    expect(reasons).toEqual(Array(9).fill('VERSION_CHANGED'));
    expect(await count('from occupancy where appointment_id = $1', [id])).toBe(1);
  });
});

describe('whose agenda', () => {
  test('a social worker books in their own agenda, and not in a colleague’s', async () => {
    const startsAt = inParis(nextDay(), '09:00');
    const who = await app.as('alice');
    expect((await book(who, { districtId: sevran, workerIds: [bruno], startsAt })).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await book(who, { districtId: sevran, workerIds: [alice], startsAt })).errors).toEqual([]);
    expect(await count('from occupancy where starts_at = $1', [startsAt])).toBe(1);
  });

  test('the desk of another district books nothing here, moves nothing and cancels nothing', async () => {
    const day = nextDay();
    const startsAt = inParis(day, '09:00');
    const gaston = await app.as('gaston');
    expect((await book(gaston, { districtId: sevran, workerIds: [alice], startsAt })).codes).toEqual([
      'FORBIDDEN',
    ]);
    // Nor by naming their own district for a worker who has no post there.
    expect((await book(gaston, { districtId: gagny, workerIds: [alice], startsAt })).codes).toEqual([
      'NOT_FOUND',
    ]);
    const id = (await book(rachida, { districtId: sevran, workerIds: [alice], startsAt })).data?.[
      'bookAppointment'
    ].id;
    const later = inParis(day, '11:00');
    expect((await move(gaston, { id, expectedVersion: 1, startsAt: later })).codes).toEqual(['NOT_FOUND']);
    expect((await cancel(gaston, { id, expectedVersion: 1 })).codes).toEqual(['NOT_FOUND']);
  });

  test('a time that is past, or more than a year ahead, is refused by its field', async () => {
    const past = new Date(Date.now() - MINUTE);
    const far = new Date(Date.now() + 400 * 24 * 60 * MINUTE);
    for (const startsAt of [past, far]) {
      const answer = await book(rachida, { districtId: sevran, workerIds: [alice], startsAt });
      expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.startsAt' });
    }
  });
});

describe('the appointments of one worker', () => {
  const LIST = `query ($filter: AppointmentFilter) { appointments(first: 100, filter: $filter) { edges { node { id } } } }`;
  const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * MINUTE).toISOString();
  const logged = (action: string, actor: string, target: string): Promise<number> =>
    count(
      `from access_log l join worker w on w.id = l.actor_id where action = $1 and w.subject = $2 and target_worker_id = $3`,
      [action, actor, target],
    );

  test('the desk lists them from today to eight weeks ahead, and it is logged', async () => {
    const mine = await book(rachida, {
      districtId: sevran,
      workerIds: [bruno],
      startsAt: inParis(nextDay(), '15:00'),
    });
    const before = await logged('FILTER_BY_WORKER', 'rachida', bruno);
    const answer = await rachida.send(LIST, { filter: { workerId: bruno, from: inDays(0), to: inDays(56) } });
    expect(answer.errors).toEqual([]);
    const ids = answer.data?.['appointments'].edges.map((edge: { node: { id: string } }) => edge.node.id);
    expect(ids).toContain(mine.data?.['bookAppointment'].id);
    expect(await logged('FILTER_BY_WORKER', 'rachida', bruno)).toBe(before + 1);
  });

  test('the desk looks neither back, nor beyond eight weeks, nor without an end', async () => {
    const filters = [
      [{ from: inDays(-2), to: inDays(5) }, 'filter.from'],
      [{ from: inDays(0), to: inDays(60) }, 'filter.to'],
      [{ from: inDays(0) }, 'filter.to'],
    ] as const;
    for (const [filter, field] of filters) {
      const answer = await rachida.send(LIST, { filter: { workerId: bruno, ...filter } });
      expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field });
      expect(answer.data).toEqual({ appointments: null });
    }
  });

  test('a colleague and a head are refused; one’s own are one’s own', async () => {
    const filter = { workerId: bruno, from: inDays(0), to: inDays(30) };
    for (const who of ['alice', 'hélène']) {
      const answer = await (await app.as(who)).send(LIST, { filter });
      expect(answer.codes).toEqual(['FORBIDDEN']);
      expect(answer.data).toEqual({ appointments: null });
    }
    const own = await (await app.as('bruno')).send(LIST, { filter: { workerId: bruno } });
    expect(own.errors).toEqual([]);
    expect(own.data?.['appointments'].edges.length).toBeGreaterThan(0);
  });

  test('the desk of another district finds nothing', async () => {
    const filter = { workerId: bruno, from: inDays(0), to: inDays(50) };
    const answer = await (await app.as('gaston')).send(LIST, { filter });
    expect(answer.data).toEqual({ appointments: { edges: [] } });
  });

  test('busy times tell when, and neither with whom nor about what; they are logged', async () => {
    const startsAt = inParis(nextDay(), '13:00');
    const who = await app.as('bruno');
    expect(
      (await book(who, { districtId: sevran, workerIds: [bruno], startsAt, subject: 'violences' })).errors,
    ).toEqual([]);
    const to = new Date(startsAt.getTime() + 30 * MINUTE);
    const ask = `query ($districtId: ID!, $workerId: ID!, $from: DateTime!, $to: DateTime!) {
      busyTimes(districtId: $districtId, workerId: $workerId, from: $from, to: $to) { startsAt endsAt } }`;
    const variables = { districtId: sevran, workerId: bruno, from: startsAt, to };
    // What she was refused before is in the log as well.
    const before = await logged('FILTER_BY_WORKER', 'alice', bruno);
    const answer = await (await app.as('alice')).send(ask, variables);
    expect(answer.text.trim()).toBe(
      JSON.stringify({
        data: { busyTimes: [{ startsAt: startsAt.toISOString(), endsAt: to.toISOString() }] },
      }),
    );
    expect(await logged('FILTER_BY_WORKER', 'alice', bruno)).toBe(before + 1);
    const type = await (await app.as('alice')).send('{ __type(name: "Slot") { fields { name } } }');
    expect(type.data?.['__type'].fields).toEqual([{ name: 'startsAt' }, { name: 'endsAt' }]);
    expect((await (await app.as('gaston')).send(ask, variables)).codes).toEqual(['FORBIDDEN']);
    const long = { ...variables, to: new Date(startsAt.getTime() + 57 * 24 * 60 * MINUTE) };
    expect((await (await app.as('alice')).send(ask, long)).codes).toEqual(['INVALID_INPUT']);
  });
});

test('what a declared absence covers is not offered', async () => {
  const day = nextDay();
  await rowsOf(database).absence({
    workerId: alice,
    districtId: sevran,
    startsAt: inParis(day, '10:15'),
    endsAt: inParis(day, '16:00'),
  });
  const booking = { districtId: sevran, workerIds: [alice], startsAt: inParis(day, '09:00') };
  await book(rachida, booking);
  const offered: { startsAt: string }[] = (await book(rachida, booking)).errors[0]?.extensions.nextFreeSlots;
  expect(offered.map((slot) => wallClock(slot.startsAt))).toEqual([
    `${day} 09:30`,
    `${day} 16:00`,
    `${day} 16:30`,
  ]);
});

test('a token that may write appointments and not read them books none', async () => {
  const scopes = ['appointments:write', 'persons:read', 'cases:read'] as const;
  const writesOnly = await app.as('rachida', { scopes });
  const startsAt = inParis(nextDay(), '10:00');
  const before = await count('from appointment');
  const answer = await book(writesOnly, { districtId: sevran, workerIds: [alice], startsAt });
  expect([answer.codes, answer.data]).toEqual([['FORBIDDEN'], { bookAppointment: null }]);
  expect(await count('from appointment')).toBe(before);
});
