import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { createRandom } from '../prisma/seed/content/random.js';
import { machine } from './support/measure.js';
import { CHANGES, habitsWith, readChanges, sickShareOn } from './year/changes.js';
import { installClock } from './year/clock.js';
import { Desk, installDesk, spareNothing } from './year/desk.js';
import { count, type Figures, mean } from './year/figures.js';
import { HABITS, type Habits, PESSIMISTIC } from './year/habits.js';
import { liveAll } from './year/lanes.js';
import { LEVERS, readLevers } from './year/levers.js';
import { plot } from './year/plot.js';
import { report } from './year/report.js';
import { Year } from './year/simulate.js';
import { hireStaff } from './year/staff.js';
import { type Change, changesAnyYear, changesOf, plotTornado, swingsTable } from './year/tornado.js';

/**
 * Runs the same year of one district under several rules. The same people ask, and the same workers are open and fall ill. Each argument
 * is a year: the levers that are on, with commas between them, or `none`, or `all`. All years are compared with the first.
 * `npm run bench:year -- none list all [--seeds 16] [--askers 17.4] [--habits pessimistic] [--habit cancels=0.24] [--change mondays]
 * [--keep years.json]`. In the year `all@18.3`, 18.3 people ask on a working day. Such a year does not use `--askers`.
 * `--change` is one of `year/changes.ts`, and may be given twice: each year of this run is then changed by both.
 * `--plot docs/waiting-list.svg` draws the differences of the median.
 * `--tornado docs/habits.svg` halves and doubles each habit, and draws what `all` then does against `none`.
 * With `--keep`, the figures of each year are written to this file as they come, and a year that is there is not lived again.
 */
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '16' },
    askers: { type: 'string', default: '17.4' },
    habits: { type: 'string', default: 'usual' },
    habit: { type: 'string', multiple: true, default: [] },
    change: { type: 'string', multiple: true, default: [] },
    keep: { type: 'string' },
    plot: { type: 'string' },
    tornado: { type: 'string' },
    together: { type: 'string', default: '2' },
  },
});
/** The first day. The first quarter of a year fills the agendas, and is not counted. */
const BEGINS = '2026-10-05';
const COUNTED_FROM = new Date('2027-01-01T00:00:00Z');
const COUNTED_UNTIL = new Date('2028-01-01T00:00:00Z');
/** The last day. By then, people who asked in December have been received, or never will be. */
const ENDS = '2028-03-06';

const isCounted = (at: Date): boolean => at >= COUNTED_FROM && at < COUNTED_UNTIL;
/** The rules between which `--tornado` compares. */
const BOTH = ['none', 'all'] as const;
const rules =
  given.tornado !== undefined
    ? BOTH
    : positionals.length > 0
      ? positionals
      : ['none', ...Object.keys(LEVERS), 'all'];
const seeds = Array.from({ length: Number(given.seeds) }, (_, nth) => String(nth + 1));

function readHabits(): Habits {
  const habits: Record<string, number> = { ...(given.habits === 'pessimistic' ? PESSIMISTIC : HABITS) };
  for (const assignment of given.habit) {
    const [name = '', value] = assignment.split('=');
    if (!Object.hasOwn(habits, name)) throw new RangeError(`There is no habit ${name}.`);
    habits[name] = Number(value);
  }
  return habits as unknown as Habits;
}
const modelChanges = readChanges(given.change);
const habits = habitsWith(readHabits(), modelChanges);
const changes = given.tornado === undefined ? [] : changesOf(habits);

/** A year to live: its argument (the levers that are on, and who ask if that is said), the seed, and the habit that is changed, if any. */
interface Lived {
  readonly levers: string;
  readonly seed: string;
  readonly change?: Change;
}

/** Returns the rules of an argument, and how many people ask on a working day. */
function readArgument(argument: string): { readonly rules: string; readonly askers: string } {
  const [rules = '', askers = given.askers] = argument.split('@');
  return { rules, askers };
}

/** What a year is known by in the file of `--keep`: its rules, its seed, and all that was given. */
function nameOf({ levers, seed, change }: Lived): string {
  const { rules: on, askers } = readArgument(levers);
  return [
    on,
    seed,
    askers,
    given.habits,
    ...given.habit,
    ...(change === undefined ? [] : [`${change.habit}=${change.value}`]),
    ...[...modelChanges].sort(),
  ].join(' ');
}

async function live(client: pg.Client, { levers, seed, change }: Lived): Promise<Figures> {
  const { rules: names, askers } = readArgument(levers);
  const on = readLevers(names);
  if (!on.has('spared')) await spareNothing(client);
  const sickShare = sickShareOn(seed, modelChanges);
  const staff = await hireStaff(client, seed, BEGINS, ENDS, on.has('urgentPlaces'), null, sickShare);
  await installClock(client);
  await installDesk(client);
  await client.query('analyze');
  const desk = new Desk(client, staff.districtId, createRandom(`desk ${seed}`));
  const found = await new Year(desk, staff, {
    seed,
    levers: on,
    habits: change === undefined ? habits : { ...habits, [change.habit]: change.value },
    from: new Date(`${BEGINS}T06:00:00Z`),
    until: new Date(`${ENDS}T00:00:00Z`),
    counted: [COUNTED_FROM, COUNTED_UNTIL],
    askersADay: Number(askers),
    changes: modelChanges,
  }).live();
  return count(found, isCounted, new Date(`${ENDS}T00:00:00Z`));
}

const kept = await liveAll<Lived, Figures>({
  lives: seeds.flatMap((seed) => [
    ...rules.map((levers): Lived => ({ seed, levers })),
    ...changes.flatMap((change) =>
      BOTH.filter((levers) => levers === 'all' || changesAnyYear(change)).map(
        (levers): Lived => ({ seed, levers, change }),
      ),
    ),
  ]),
  nameOf,
  live,
  keep: given.keep,
  together: Number(given.together),
});
const figures = rules.map((levers) => seeds.map((seed) => kept[nameOf({ levers, seed })] as Figures));
process.stdout.write(
  `${given.askers} ask on a working day, ${seeds.length} seeds, habits: ${[given.habits, ...given.habit].join(', ')} (${machine()})\n`,
);
for (const change of modelChanges) process.stdout.write(`changed: ${CHANGES[change]}\n`);
process.stdout.write(`${report(rules, figures)}\n`);
if (given.tornado !== undefined) {
  const effect = (change?: Change): number => {
    const [without = [], withAll = []] = BOTH.map((levers) =>
      seeds.map(
        (seed) =>
          kept[
            nameOf(
              change === undefined || (levers === 'none' && !changesAnyYear(change))
                ? { levers, seed }
                : { levers, seed, change },
            )
          ] as Figures,
      ),
    );
    return mean(withAll.map(({ median }, nth) => median - (without[nth]?.median ?? Number.NaN)));
  };
  const swings = changes.map((change) => ({ ...change, days: effect(change) }));
  process.stdout.write(`${swingsTable(swings, effect())}\n`);
  await writeFile(
    given.tornado,
    await plotTornado('If a habit is half or twice as frequent', swings, effect()),
  );
}
if (given.plot !== undefined) {
  const differences = figures.slice(1).flatMap((of, nth) =>
    of.map(({ median }, year) => ({
      rules: rules[nth + 1] ?? '',
      seed: seeds[year] ?? '',
      days: median - (figures[0]?.[year]?.median ?? Number.NaN),
    })),
  );
  await writeFile(
    given.plot,
    await plot('Median wait of the same year under other rules, simulated', differences),
  );
}
