import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { prepareDatabase } from '../src/database/prepare.js';
import { startBenchServer } from './support/app.js';
import { urlOf } from './support/copies.js';
import { machine, table } from './support/measure.js';
import { installClock } from './year/clock.js';
import { DAY, HABITS } from './year/demand.js';
import { plot } from './year/plot.js';
import { type Course, type Found, Year } from './year/simulate.js';
import { hireStaff } from './year/staff.js';

/**
 * Runs a year of one district twice. The same people ask, and the same workers are open and fall ill. One run has the waiting list, which
 * offers freed times; the other has none. `npm run bench:year [-- --askers 22] [--seed 1] [--stays 2] [--plot docs/waiting-list.svg]`.
 */
const { values: given } = parseArgs({
  options: {
    askers: { type: 'string', default: '22' },
    seed: { type: 'string', default: '1' },
    stays: { type: 'string', default: String(HABITS.stays) },
    plot: { type: 'string' },
  },
});
/** The first day. The first quarter of a year fills the agendas, and is not counted. */
const BEGINS = '2026-10-05';
const COUNTED_FROM = new Date('2027-01-01T00:00:00Z');
const COUNTED_UNTIL = new Date('2028-01-01T00:00:00Z');
/** The last day. By then, people who asked in December have been received, or never will be. */
const ENDS = '2028-03-06';
const YEARS = ['without', 'with the waiting list'] as const;

interface Counted {
  readonly year: (typeof YEARS)[number];
  readonly found: Found;
  readonly slots: number;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const isCounted = (at: Date): boolean => at >= COUNTED_FROM && at < COUNTED_UNTIL;
const days = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / DAY;

/** Returns the days that people waited who asked in this period. A person who was never received waited until the end. */
function waits(
  found: Found,
  isIn: (askedAt: Date) => boolean,
  isOf: (course: Course) => boolean = () => true,
): readonly number[] {
  return found.courses
    .filter((course) => isIn(course.askedAt) && isOf(course))
    .map(({ askedAt, heldAt }) => days(askedAt, heldAt ?? new Date(`${ENDS}T00:00:00Z`)));
}

const shareUsed = (freed: readonly { readonly used: boolean }[]): number =>
  freed.filter(({ used }) => used).length / freed.length;

async function live(url: string, year: (typeof YEARS)[number]): Promise<Counted> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const staff = await hireStaff(client, given.seed, BEGINS, ENDS);
    await installClock(client);
    await client.query('analyze');
    const found = await new Year(client, staff, {
      seed: given.seed,
      stays: Number(given.stays),
      withWaitingList: year !== 'without',
      from: new Date(`${BEGINS}T06:00:00Z`),
      until: new Date(`${ENDS}T00:00:00Z`),
      askersADay: Number(given.askers),
      onDay: (day, waiting) =>
        process.stderr.write(`\r${year}: ${day.toISOString().slice(0, 10)}, ${waiting} on their way   `),
    }).live();
    process.stderr.write('\n');
    return { year, found, slots: staff.slots };
  } finally {
    await client.end();
  }
}

const LEADS = [
  ['freed within a day', 0, 24],
  ['freed one to three days before', 24, 72],
  ['freed earlier', 72, Number.POSITIVE_INFINITY],
] as const;

function report(counted: readonly Counted[]): string {
  const rows: string[][] = [['', ...counted.map(({ year }) => year)]];
  const row = (name: string, figure: (of: Counted) => string): void => {
    rows.push([name, ...counted.map(figure)]);
  };
  const of = (share: number) => (c: Counted) => quantile(waits(c.found, isCounted), share).toFixed(1);
  row('asked, and received or still waiting', (c) => String(waits(c.found, isCounted).length));
  row('days from asking to being received, median', of(0.5));
  row('… 90th percentile', of(0.9));
  row('… of who must be seen this week: median, 90th percentile', ({ found }) => {
    const urgent = waits(found, isCounted, ({ isUrgent }) => isUrgent);
    return `${quantile(urgent, 0.5).toFixed(1)}, ${quantile(urgent, 0.9).toFixed(1)}`;
  });
  row('still waiting at the end', (c) =>
    String(c.found.courses.filter(({ askedAt, heldAt }) => isCounted(askedAt) && heldAt === null).length),
  );
  for (const [name, from, to] of LEADS) {
    const freed = (c: Counted) =>
      c.found.freed.filter((f) => isCounted(f.startsAt) && f.hoursBefore >= from && f.hoursBefore < to);
    row(`${name}: used`, (c) => `${(100 * shareUsed(freed(c))).toFixed(0)} % of ${freed(c).length}`);
  }
  row('freed, all: used', (c) => {
    const freed = c.found.freed.filter((f) => isCounted(f.startsAt));
    return `${(100 * shareUsed(freed)).toFixed(1)} % of ${freed.length}`;
  });
  row('half-hours open: used', (c) => {
    const open = c.found.open.filter(({ startsAt }) => isCounted(startsAt));
    return `${(100 * shareUsed(open)).toFixed(2)} % of ${open.length}`;
  });
  row('told of a time held for them', (c) => String(c.found.offeredAt.filter(isCounted).length));
  return table(rows);
}

const months = Array.from({ length: 12 }, (_, nth) => new Date(Date.UTC(2027, nth, 1)));
const inMonth =
  (month: Date) =>
  (at: Date): boolean =>
    at.getUTCFullYear() === month.getUTCFullYear() && at.getUTCMonth() === month.getUTCMonth();

function draw(counted: readonly Counted[]): Promise<string> {
  const points = (value: (of: Counted, month: Date) => number) =>
    counted.flatMap((of) =>
      months.map((month) => ({
        year: of.year,
        month: month.toISOString().slice(0, 7),
        value: value(of, month),
      })),
    );
  return plot('One district, one year: the same demand and staff, with and without the waiting list', [
    {
      title: 'From asking to being received, by the month of asking',
      unit: 'median, days',
      points: points((of, month) => quantile(waits(of.found, inMonth(month)), 0.5)),
    },
    {
      title: 'The one in ten who waits longest',
      unit: '90th percentile, days',
      points: points((of, month) => quantile(waits(of.found, inMonth(month)), 0.9)),
    },
    {
      title: 'Times that were called off by the person, and used by another',
      unit: 'share, %',
      points: points(
        (of, month) => 100 * shareUsed(of.found.freed.filter((f) => inMonth(month)(f.startsAt))),
      ),
    },
  ]);
}

const folder = await mkdtemp(join(tmpdir(), 'cosmos-year-'));
const server = await startBenchServer(folder, {
  flags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
});
try {
  await prepareDatabase(server.url, false);
  const postgres = new pg.Client({ connectionString: urlOf(server.url, 'postgres') });
  await postgres.connect();
  for (const nth of YEARS.keys()) {
    await postgres.query(`create database year_${nth} template cosmos`);
    // No jobs process reads the queue in this database.
    const own = new pg.Client({ connectionString: urlOf(server.url, `year_${nth}`) });
    await own.connect();
    await own.query('drop schema graphile_worker cascade');
    await own.end();
  }
  await postgres.end();
  const counted = await Promise.all(YEARS.map((year, nth) => live(urlOf(server.url, `year_${nth}`), year)));
  const [{ slots } = { slots: 0 }] = counted;
  process.stdout.write(
    `${given.askers} ask on a working day (seed ${given.seed}), ${slots} half-hours are open (${machine()})\n`,
  );
  process.stdout.write(`${report(counted)}\n`);
  if (given.plot !== undefined) await writeFile(given.plot, await draw(counted));
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
