import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, openHours } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Free time is kept by triggers: after whatever happens, it is what a computation from scratch would give. */
let database: TestDatabase;
let make: Rows;
let district: string;
let workers: readonly string[];

beforeAll(async () => {
  database = await cloneDatabase();
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  district = (await sevran).id;
  workers = [(await sevran.worker('alice')).id, (await sevran.worker('bruno')).id];
});
afterAll(() => database.drop());

const DAY = '2027-03-10';
const at = (minutes: number): string =>
  new Date(Date.parse(`${DAY}T07:00:00Z`) + minutes * 60_000).toISOString();

/** Minutes of one day, nine hours of it open. */
const interval = fc
  .tuple(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => ({ from: start * 5, until: (start + length) * 5 }));
const worker = fc.integer({ min: 0, max: 1 });
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('book' as const), worker, interval }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), worker, interval }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('absent' as const), worker, interval }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), worker }) },
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function doAct(step: Act): Promise<void> {
  if (step.kind === 'book') {
    const [startsAt, endsAt] = [at(step.interval.from), at(step.interval.until)];
    const made = await make.appointment({ districtId: district, startsAt, endsAt });
    await database.sql(
      `insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at) values ($1, $2, $3, $4, $5)
        on conflict do nothing`,
      [workers[step.worker], district, made, startsAt, endsAt],
    );
  } else if (step.kind === 'cancel')
    await database.sql(
      `delete from occupancy where id = (select id from occupancy order by starts_at, id offset $1 limit 1)`,
      [step.nth],
    );
  else if (step.kind === 'away')
    await make.unavailability({
      workerId: workers[step.worker],
      districtId: district,
      startsAt: at(step.interval.from),
      endsAt: at(step.interval.until),
    });
  else if (step.kind === 'back')
    await database.sql(
      `update unavailability set ends_at = starts_at + (ends_at - starts_at) / 2
        where id = (select id from unavailability order by starts_at, id offset $1 limit 1)`,
      [step.nth],
    );
  else if (step.kind === 'absent')
    await database.sql(
      `insert into absence (worker_id, district_id, starts_at, ends_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [workers[step.worker], district, at(step.interval.from), at(step.interval.until)],
    );
  else
    await database.sql(
      `update availability_occurrence set closed = true where id = (select id from availability_occurrence
        where worker_id = $1 and not closed order by starts_at limit 1)`,
      [workers[step.worker]],
    );
}

/** Minute by minute, without ranges: another way than the database's own. */
async function byHand(): Promise<string[]> {
  const times = async (sql: string) =>
    (await database.sql<{ worker: string; from: Date; until: Date }>(sql)).map((row) => ({
      worker: row.worker,
      from: row.from.getTime() / 60_000,
      until: row.until.getTime() / 60_000,
    }));
  const open = await times(
    `select worker_id as worker, starts_at as from, ends_at as until from availability_occurrence where not closed`,
  );
  const busy = (
    await Promise.all(
      ['occupancy', 'unavailability', 'absence'].map((table) =>
        times(`select worker_id as worker, starts_at as from, ends_at as until from ${table}`),
      ),
    )
  ).flat();
  const types = await database.sql<{ code: string; minutes: number }>(
    `select code, duration_minutes as minutes from appointment_type where modes && '{ON_SITE,PHONE}' and option is null`,
  );
  const free: string[] = [];
  for (const hours of open) {
    let start = hours.from;
    for (let minute = hours.from; minute <= hours.until; minute += 1) {
      const taken =
        minute === hours.until ||
        busy.some((each) => each.worker === hours.worker && each.from <= minute && minute < each.until);
      if (!taken) continue;
      for (const { code, minutes } of types)
        if (minute - start >= minutes) free.push(`${hours.worker} ${code} ${start}-${minute}`);
      start = minute + 1;
    }
  }
  return free.sort();
}

test('free time is what the hours leave, less what is booked, absences and time off, after any acts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (steps) => {
      await database.sql('truncate availability, appointment, absence, unavailability cascade');
      for (const id of workers)
        for (const [opensAt, closesAt] of [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ] as const)
          await openHours(database, id, district, {
            opensAt,
            closesAt,
            from: DAY,
            until: '2027-03-11',
            modes: ['ON_SITE', 'PHONE'],
          });
      for (const step of steps) await doAct(step);
      const kept = await database.sql<{ free: string }>(
        `select worker_id || ' ' || type_code || ' ' || (extract(epoch from starts_at) / 60)::bigint || '-'
          || (extract(epoch from ends_at) / 60)::bigint as free from free_time order by 1`,
      );
      expect(kept.map(({ free }) => free).sort()).toEqual(await byHand());
    }),
    { numRuns: 40 },
  );
});
