import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { inParis, later, MINUTE, search, today, workingDaysAfter } from './agenda.js';

/**
 * Why there is no slot, and which slots have room for several in a row, in any agenda: compared with a model that goes through all hours
 * and all gaps, and knows no index.
 */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let district: string;
let workers: readonly string[];
let rachida: Requester;
let types: ReadonlyMap<string, Type>;
// Far enough ahead that kept times are kept.
const [first, second, third] = [...taken(3)] as [string, string, string];
const DAYS = [first, second, third];

function* taken(count: number): Generator<string> {
  const days = workingDaysAfter(later(today(), 12));
  for (let n = 0; n < count; n += 1) yield days.next().value;
}

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  district = (await sevran).id;
  workers = [
    (await sevran.worker('alice')).id,
    (await sevran.worker('bruno')).id,
    (await sevran.worker('carole')).id,
  ];
  await sevran.receptionist('rachida');
  rachida = await app.as('rachida');
  const rows = await database.sql<Type & { code: string }>(
    'select code, duration_minutes as minutes, modes::text[] as modes from appointment_type',
  );
  types = new Map(rows.map((row) => [row.code, row]));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Type {
  readonly minutes: number;
  readonly modes: readonly string[];
}

const TYPES = ['FIRST_RECEPTION', 'FOLLOW_UP', 'SOCIAL_ASSESSMENT'];
const MODES = ['ON_SITE', 'PHONE'];
const HOURS: readonly (readonly [opensAt: string, closesAt: string])[] = [
  ['09:00', '12:00'],
  ['13:00', '14:30'],
  ['14:30', '17:30'],
];

const worker = fc.integer({ min: 0, max: 2 });
const moment = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 120 }))
  .map(([day, fives]) => new Date(inParis(DAYS[day] ?? '', '08:00').getTime() + fives * 5 * MINUTE));
/** Two moments, the sooner first. */
const period = fc
  .tuple(moment, moment)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }))
  .filter(({ from, to }) => from < to);
const hours = fc.record({
  worker,
  day: fc.constantFrom(...DAYS),
  at: fc.constantFrom<readonly [opensAt: string, closesAt: string]>(...HOURS),
  types: fc.subarray(TYPES, { minLength: 1 }),
  modes: fc.subarray(MODES, { minLength: 1 }),
  kept: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  closed: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
});
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('book' as const), worker, at: moment, fives: fc.nat(30) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('away' as const), worker, period }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('absent' as const), worker, period }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), worker, at: moment }) },
);
const wish = fc
  .record({
    typeCode: fc.constantFrom(...TYPES),
    mode: fc.option(fc.constantFrom(...MODES)),
    inARow: fc.constantFrom(1, 1, 2, 2, 3, 4, 6),
    named: fc.option(fc.subarray([0, 1, 2], { minLength: 1 })),
    together: fc.boolean(),
    period: fc.option(period),
    first: fc.constantFrom(1, 3, 10),
  })
  .map((each) => ({
    ...each,
    // An assessment is not made by telephone.
    mode: each.typeCode === 'SOCIAL_ASSESSMENT' && each.mode === 'PHONE' ? null : each.mode,
    together: each.together && each.named !== null,
  }));
type Hours = typeof hours extends fc.Arbitrary<infer T> ? T : never;
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

async function openThem(each: Hours): Promise<void> {
  const [opensAt, closesAt] = each.at;
  const id = await make.availability({
    workerId: workers[each.worker],
    districtId: district,
    modes: each.modes as ('ON_SITE' | 'PHONE')[],
    startsOn: each.day,
    endsOn: later(each.day, 1),
    opensAt,
    closesAt,
    keptForUrgent: each.kept,
  });
  for (const typeCode of each.types) await make.availabilityType({ availabilityId: id, typeCode });
  await database.sql(
    `insert into availability_occurrence (availability_id, starts_at, ends_at, closed) values ($1, $2, $3, $4)`,
    [id, inParis(each.day, opensAt), inParis(each.day, closesAt), each.closed],
  );
}

async function doAct(step: Act): Promise<void> {
  const workerId = workers[step.worker];
  if (step.kind === 'book') {
    const [startsAt, endsAt] = [step.at, new Date(step.at.getTime() + (step.fives + 1) * 5 * MINUTE)];
    const made = await make.appointment({ districtId: district, startsAt, endsAt });
    await database.sql(
      `insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at) values ($1, $2, $3, $4, $5)
        on conflict do nothing`,
      [workerId, district, made, startsAt, endsAt],
    );
  } else if (step.kind === 'away')
    await make.unavailability({
      workerId,
      districtId: district,
      startsAt: step.period.from,
      endsAt: step.period.to,
    });
  else
    await database.sql(
      `insert into absence (worker_id, district_id, starts_at, ends_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [workerId, district, ...(step.kind === 'gone' ? [step.at, null] : [step.period.from, step.period.to])],
    );
}

interface Span {
  readonly worker: string;
  readonly from: number;
  readonly until: number;
}
interface Open extends Span {
  readonly types: readonly string[];
  readonly modes: readonly string[];
  readonly kept: boolean;
  /** What is left of the hours. */
  readonly gaps: readonly Span[];
  /** Away from their start to their end, at one stretch. */
  readonly away: boolean;
}

/** Reads the agenda, and not what the database makes of it. */
async function agenda(): Promise<readonly Open[]> {
  const spans = async (table: string) =>
    (
      await database.sql<{ worker: string; starts: Date; ends: Date | null }>(
        `select worker_id as worker, starts_at as starts, ends_at as ends from ${table}`,
      )
    ).map((row) => ({
      worker: row.worker,
      from: row.starts.getTime() / MINUTE,
      until: row.ends === null ? Number.POSITIVE_INFINITY : row.ends.getTime() / MINUTE,
    }));
  const off = [...(await spans('absence')), ...(await spans('unavailability'))];
  const busy = [...off, ...(await spans('occupancy'))];
  const rows = await database.sql<
    Pick<Open, 'worker' | 'types' | 'modes' | 'kept'> & { from: number; until: number }
  >(
    `select o.worker_id as worker, (extract(epoch from o.starts_at) / 60)::integer as from,
      (extract(epoch from o.ends_at) / 60)::integer as until, v.modes::text[] as modes, v.kept_for_urgent as kept,
      array(select type_code from availability_type t where t.availability_id = v.id) as types
     from availability_occurrence o join availability v on v.id = o.availability_id where not o.closed`,
  );
  return rows.map((row) => {
    const own = busy.filter((each) => each.worker === row.worker);
    const gaps: Span[] = [];
    let from = row.from;
    for (let minute = row.from; minute <= row.until; minute += 1) {
      const isTaken = minute === row.until || own.some((each) => each.from <= minute && minute < each.until);
      if (isTaken && minute > from) gaps.push({ worker: row.worker, from, until: minute });
      if (isTaken) from = minute + 1;
    }
    const away = off.some(
      (each) => each.worker === row.worker && each.from <= row.from && each.until >= row.until,
    );
    return { ...row, gaps, away };
  });
}

interface Answered {
  readonly why: string | null;
  /** For several in a row: when they start, and whose they are. */
  readonly slots: readonly string[] | null;
}

/** What a search answers, by going through everything. */
function byHand(all: readonly Open[], wished: Wish, from: number, to: number): Answered {
  const { typeCode, mode, inARow, named, together } = wished;
  const { minutes: one, modes } = types.get(typeCode) as Type;
  const long = inARow * one;
  const whose = new Set((named ?? [0, 1, 2]).map((nth) => workers[nth]));
  const free = all
    .filter((each) => whose.has(each.worker) && each.types.includes(typeCode) && !each.kept)
    .flatMap((each) =>
      each.gaps.map((gap) => ({ ...gap, modes: each.modes.filter((own) => modes.includes(own)) })),
    )
    .filter((gap) => gap.modes.length > 0 && gap.until - gap.from >= one);
  const inMode = free.filter((gap) => mode === null || gap.modes.includes(mode));
  const starting = (length: number) =>
    inMode.flatMap((gap) => {
      const start = Math.max(gap.from, from);
      return start < to && gap.until >= start + length ? [{ ...gap, from: start }] : [];
    });
  let found: string[] = [];
  if (together) {
    for (const at of meetings(free, whose.size, { from, long, step: one, first: wished.first }).filter(
      (each) => each < to,
    ))
      if (
        modes.some(
          (way) =>
            (mode === null || way === mode) &&
            [...whose].every((id) =>
              free.some(
                (gap) =>
                  gap.worker === id && gap.modes.includes(way) && gap.from <= at && gap.until >= at + long,
              ),
            ),
        )
      )
        found.push(String(at));
  } else {
    const slots = new Map<string, string[]>();
    for (const gap of starting(long))
      for (let at = gap.from; at + long <= gap.until && at < to; at += one) {
        const key = `${at} ${[...gap.modes].sort().join()}`;
        slots.set(key, [...(slots.get(key) ?? []), gap.worker]);
      }
    found = [...slots].map(([key, ids]) => `${key} ${ids.sort().join()}`).sort();
  }
  if (found.length > 0)
    return { why: null, slots: inARow > 1 && !together ? found.slice(0, wished.first) : null };
  if (starting(one).length > 0) return { why: together ? 'NOT_TOGETHER' : 'NOT_IN_A_ROW', slots: [] };
  const open = all.filter((each) => whose.has(each.worker) && each.from < to && each.until > from);
  const ofType = open.filter((each) => each.types.includes(typeCode));
  const ofMode = ofType.filter((each) => mode === null || each.modes.includes(mode));
  let why = 'ALL_TAKEN';
  if (open.length === 0) why = 'NO_HOURS';
  else if (ofType.length === 0) why = 'TYPE_NOT_OFFERED';
  else if (ofMode.length === 0) why = 'MODE_NOT_OFFERED';
  else if (ofMode.every(({ away }) => away)) why = 'WORKERS_AWAY';
  return { why, slots: [] };
}

/** The first time of each stretch in which so many workers are free at once. The mode does not count. */
function meetings(
  free: readonly Span[],
  count: number,
  { from, long, step, first: most }: { from: number; long: number; step: number; first: number },
): number[] {
  const [start, end] = [Math.min(...free.map((gap) => gap.from)), Math.max(...free.map((gap) => gap.until))];
  const found: number[] = [];
  let since: number | null = null;
  for (let minute = Math.max(start, from); minute <= end; minute += 1) {
    const there = new Set(
      free.filter((gap) => gap.from <= minute && minute < gap.until).map((gap) => gap.worker),
    );
    if (there.size === count) since ??= minute;
    else if (since !== null) {
      for (let n = 0; n < most && since + n * step + long <= minute; n += 1) found.push(since + n * step);
      since = null;
    }
  }
  return found;
}

interface Found {
  readonly whyNone: string | null;
  readonly slots: readonly { startsAt: string; modes: string[]; workers: { id: string }[] }[];
}

async function ask(wished: Wish): Promise<Answered> {
  const { typeCode, mode, inARow, named, together } = wished;
  const answer = await search(
    rachida,
    {
      districtId: district,
      typeCode,
      inARow,
      ...(mode === null ? {} : { mode }),
      ...(named === null ? {} : { workerIds: named.map((nth) => workers[nth]), together }),
      ...(wished.period ?? {}),
    },
    wished.first,
  );
  expect(answer.errors).toEqual([]);
  const { whyNone, slots }: Found = answer.data?.['slots'] ?? { whyNone: 'nothing', slots: [] };
  const shown = slots.map(
    ({ startsAt, modes, workers: ids }) =>
      `${Date.parse(startsAt) / MINUTE} ${[...modes].sort().join()} ${ids
        .map(({ id }) => id)
        .sort()
        .join()}`,
  );
  return { why: whyNone, slots: whyNone === null && (inARow === 1 || together) ? null : shown.sort() };
}

test('a search says why there is no slot, or finds those in a row, as if it went through all hours', async () => {
  const seen = new Set<string | null>();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(hours, {
        minLength: 0,
        maxLength: 10,
        selector: (each) => `${each.worker} ${each.day} ${each.at[0]}`,
      }),
      fc.array(act, { maxLength: 10 }),
      fc.array(wish, { minLength: 8, maxLength: 8 }),
      async (opened, acts, wishes) => {
        await database.sql('truncate availability, appointment, absence, unavailability cascade');
        for (const each of opened) await openThem(each);
        for (const step of acts) await doAct(step);
        const all = await agenda();
        for (const each of wishes) {
          const now = Math.ceil(Date.now() / (5 * MINUTE)) * 5;
          const [from, to] = [each.period?.from, each.period?.to].map((at) =>
            at === undefined ? null : at.getTime() / MINUTE,
          );
          const expected = byHand(all, each, from ?? now, to ?? Number.POSITIVE_INFINITY);
          seen.add(expected.why);
          expect({ wish: each, ...(await ask(each)) }).toEqual({ wish: each, ...expected });
        }
      },
    ),
    { numRuns: 60 },
  );
  // Agendas in which some reason never holds would say nothing about it.
  expect([...seen].map(String).sort()).toEqual([
    'ALL_TAKEN',
    'MODE_NOT_OFFERED',
    'NOT_IN_A_ROW',
    'NOT_TOGETHER',
    'NO_HOURS',
    'TYPE_NOT_OFFERED',
    'WORKERS_AWAY',
    'null',
  ]);
});
