import { parseArgs } from 'node:util';
import type pg from 'pg';
import { createRandom } from '../prisma/seed/content/random.js';
import { foresee, type Range, WEEKS_FORESEEN, WEEKS_LEARNT } from '../src/statistics/what-if.js';
import { machine, table } from './support/measure.js';
import { installClock } from './year/clock.js';
import { Desk, installDesk, spareNothing } from './year/desk.js';
import { mean } from './year/figures.js';
import { HABITS } from './year/habits.js';
import { liveAll } from './year/lanes.js';
import { Year } from './year/simulate.js';
import { hireStaff, STAFF } from './year/staff.js';

/**
 * Is a simulation of the wait right? Synthetic districts live through a year with the product's own functions. Some have more people than
 * time, some fewer. The product measures each morning. From six months of it, `foresee` says the next quarter: as it is, and with two more
 * half-days a week. Each district then lives through this quarter both ways. In eight districts of ten the wait should lie in its range.
 * `npm run bench:what-if -- [--districts 20] [--first 1] [--keep lives.json]`. Ends with exit code 1 if fewer than 14 or more than 18 of 20 do.
 */
const { values: given } = parseArgs({
  options: {
    districts: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    keep: { type: 'string' },
    together: { type: 'string', default: '2' },
  },
});
/** The agendas fill for a quarter. Then come the weeks that are learnt, and the quarter that is foreseen. All begin on Mondays. */
const BEGINS = '2026-10-05';
const LEARNT_FROM = '2027-01-04';
const FORESEEN_FROM = '2027-07-05';
const ENDS = '2027-10-04';
/** Hours are open further ahead, for the people who ask in the last weeks. */
const OPEN_UNTIL = '2028-01-03';
const MORE = { aWeek: 2, from: FORESEEN_FROM };
/** The fewest and the most people who ask on a working day. At 17.6 all open time is asked for. */
const ASKERS = { from: 15.5, to: 18 };
const WEEK_MS = 7 * 86_400_000;
const INSIDE = { from: 0.7, to: 0.9 };

interface Life {
  readonly district: number;
  /** The district opens two more half-days a week in the quarter that is foreseen. */
  readonly withMore: boolean;
}
type Measured = readonly { readonly day: string; readonly days: number | null }[];

const nameOf = ({ district, withMore }: Life): string => `${district} ${withMore ? 'more' : 'same'}`;
const askersOf = (district: number): number =>
  ASKERS.from + (ASKERS.to - ASKERS.from) * createRandom(`district ${district}`).next();

async function live(client: pg.Client, { district, withMore }: Life): Promise<Measured> {
  const seed = `what-if ${district}`;
  await spareNothing(client);
  const staff = await hireStaff(client, seed, BEGINS, OPEN_UNTIL, false, withMore ? MORE : null);
  await installClock(client);
  await installDesk(client);
  await client.query('analyze');
  const desk = new Desk(client, staff.districtId, createRandom(`desk ${seed}`));
  await new Year(desk, staff, {
    seed,
    levers: new Set(),
    habits: HABITS,
    from: new Date(`${BEGINS}T06:00:00Z`),
    until: new Date(`${ENDS}T00:00:00Z`),
    counted: [new Date(`${LEARNT_FROM}T00:00:00Z`), new Date(`${ENDS}T00:00:00Z`)],
    askersADay: askersOf(district),
    measuresItself: true,
  }).live();
  return desk.measured(LEARNT_FROM, ENDS);
}

/** The mean of each week, the first first; null for a week without a figure. As `weeks_waited` has it. */
function weeksOf(measured: Measured): readonly (number | null)[] {
  const begin = Date.parse(LEARNT_FROM);
  return Array.from({ length: WEEKS_LEARNT + WEEKS_FORESEEN }, (_, nth) => {
    const days = measured
      .filter(({ day }) => Math.floor((Date.parse(day) - begin) / WEEK_MS) === nth)
      .flatMap((of) => (of.days === null ? [] : [of.days]));
    return days.length === 0 ? null : mean(days);
  });
}

const known = (weeks: readonly (number | null)[]): readonly number[] => weeks.filter((days) => days !== null);
const isIn = (value: number, { low, high }: Range): boolean => value >= low && value <= high;
const said = ({ middle, low, high }: Range): string =>
  `${middle.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`;

const districts = Array.from({ length: Number(given.districts) }, (_, nth) => Number(given.first) + nth);
const lives = districts.flatMap((district) => [
  { district, withMore: false },
  { district, withMore: true },
]);
const kept = await liveAll<Life, Measured>({
  lives,
  nameOf,
  live,
  keep: given.keep,
  together: Number(given.together),
});
const halfDays = STAFF.workers * STAFF.halfDaysAWeek;
const change = { hours: (halfDays + MORE.aWeek) / halfDays, asks: 1 };
const lines = districts.map((district) => {
  const weeks = [false, true].map((withMore) => weeksOf(kept[nameOf({ district, withMore })] ?? []));
  const [same = [], more = []] = weeks;
  const learnt = same.slice(0, WEEKS_LEARNT);
  const forecasts = foresee(learnt, [{ hours: 1, asks: 1 }, change]);
  const found = [same, more].map((of) => mean(known(of.slice(WEEKS_LEARNT))));
  return { district, before: mean(known(learnt).slice(-4)), forecasts, found };
});
const inside = [0, 1].map(
  (way) =>
    lines.filter(({ forecasts, found }) => {
      const forecast = forecasts[way];
      return forecast !== undefined && isIn(found[way] ?? Number.NaN, forecast.days);
    }).length,
);
process.stdout.write(`third next available in days, ${districts.length} districts (${machine()})\n`);
process.stdout.write(
  `${table([
    [
      'district',
      'asks a day',
      'last 4 weeks',
      'load',
      'foreseen as now',
      'came',
      'with 2 more half-days',
      'came',
    ],
    ...lines.map(({ district, before, forecasts: [now, then], found: [same, more] }) => [
      String(district),
      askersOf(district).toFixed(1),
      before.toFixed(1),
      now === undefined ? '' : now.load.middle.toFixed(2),
      now === undefined ? '' : said(now.days),
      same?.toFixed(1) ?? '',
      then === undefined ? '' : said(then.days),
      more?.toFixed(1) ?? '',
    ]),
  ])}\n`,
);
const widths = [0, 1].map((way) =>
  mean(
    lines.flatMap(({ forecasts }) => forecasts.slice(way, way + 1).map(({ days }) => days.high - days.low)),
  ),
);
process.stdout.write(
  `mean width of the range in days: ${widths.map((width) => width.toFixed(1)).join(' as now, ')} with 2 more half-days\n`,
);
process.stdout.write(
  `inside the 80 % range: ${inside[0]} as now, ${inside[1]} with 2 more half-days, of ${districts.length}\n`,
);
if (inside.some((count) => count < INSIDE.from * districts.length || count > INSIDE.to * districts.length))
  process.exitCode = 1;
