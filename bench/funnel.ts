import { hashedCellKeys } from '../src/statistics/cell-key.js';
import { deviationsFor, limitsAt, rateOfAll, type ToldRate } from '../src/statistics/funnel.js';
import { METHOD_NOW, tableOf } from '../src/statistics/method.js';
import { protectedRate } from '../src/statistics/protection.js';
import { type Chance, chanceOf, secretOf } from '../tests/statistics/attacks/chance.js';
import { perCent } from '../tests/statistics/attacks/report.js';
import { table as aligned, machine } from './support/measure.js';

/**
 * Measures what a funnel of rates tells of districts that do not differ. There are twenty districts of eight workers and the four rates of
 * a report, year after year, with the product's own protection and limits. It also measures what a ranking of the same figures would tell.
 * It ends with exit code 1 if a figure misses its limit.
 */
interface Rate {
  readonly code: string;
  readonly share: number;
  readonly base: number;
}

const DISTRICTS = 20;
const YEARS = 3_000;
/** The rates: the true share of each, and its base in an average district's year. */
const RATES: readonly Rate[] = [
  { code: 'NOT_HONOURED', share: 0.14, base: 2_000 },
  { code: 'UNKNOWN_OUTCOMES', share: 0.05, base: 2_200 },
  { code: 'REFERRALS_ANSWERED_IN_TIME', share: 0.8, base: 300 },
  { code: 'INCOMING_REQUESTS_ANSWERED_IN_TIME', share: 0.9, base: 120 },
];
/** The number of appointments that a person has in the year, where persons differ. */
const PER_PERSON = 4;

const table = tableOf(METHOD_NOW);
const chance = chanceOf(20_261_128);
const keys = hashedCellKeys(secretOf(1), 'APPOINTMENT', table.modulus);
/** Draws the sum of the keys of records that are counted nowhere else. */
const newSum = (): number => Math.floor(chance() * METHOD_NOW.recordModulus);

/** Draws how many units of a base are counted. */
type Draw = (base: number, share: number, chance: Chance) => number;

const alike: Draw = (base, share, draw) => {
  let count = 0;
  for (let nth = 0; nth < base; nth += 1) count += Number(draw() < share);
  return count;
};

/** A draw in which half of all persons are counted three times as often as the other half. */
const threefold: Draw = (base, share, draw) => {
  if (share > 0.5) return base - threefold(base, 1 - share, draw);
  let count = 0;
  for (let left = base; left > 0; left -= PER_PERSON) {
    const own = draw() < 0.5 ? share / 2 : (3 * share) / 2;
    count += alike(Math.min(left, PER_PERSON), own, draw);
  }
  return count;
};

/** Returns a rate as it is told. Null means that its base is too small. */
function told({ code, share, base }: Rate, size: number, draw: Draw): ToldRate | null {
  const of = Math.round(base * size);
  const count = draw(of, share, chance);
  return protectedRate(
    { count, sum: newSum() },
    { count: of - count, sum: newSum() },
    { method: METHOD_NOW, table, keys },
    code,
  );
}

/** A year of a county: each rate of each district, in the order of the districts. */
type Year = readonly (readonly (ToldRate | null)[])[];

/** The size of each district, from six tenths to fourteen tenths of the average. */
const SIZES = Array.from({ length: DISTRICTS }, (_, nth) => 0.6 + (0.8 * nth) / (DISTRICTS - 1));

const yearOf = (draw: Draw, doubled: number | null = null): Year =>
  RATES.map((rate) =>
    SIZES.map((size, nth) =>
      told(nth === doubled && rate === RATES[0] ? { ...rate, share: 2 * rate.share } : rate, size, draw),
    ),
  );

/** Returns which rates of a year are outside their limits, as services/funnels decides it. */
function outside(year: Year): readonly (readonly boolean[])[] {
  const known = year.map((rates) => rates.filter((rate) => rate !== null));
  const deviations = deviationsFor(known.flat().length);
  return year.map((rates, nth) => {
    const whole = rateOfAll(known[nth] ?? []);
    return rates.map((rate) => {
      if (rate === null) return false;
      const { low, high } = limitsAt(whole, rate.base, deviations, METHOD_NOW);
      return rate.percent < low || rate.percent > high;
    });
  });
}

const flagged = (year: Year): number => outside(year).flat().filter(Boolean).length;

const meanOf = (count: number, of: (nth: number) => number): number =>
  Array.from({ length: count }, (_, nth) => of(nth)).reduce((sum, one) => sum + one, 0) / count;

/** Returns the ranks of the first rate, as a league table has them. Districts with the same rate have the mean of their ranks. */
function ranksOf(year: Year): readonly number[] {
  const rates = (year[0] ?? []).map((rate) => rate?.percent ?? 0);
  return rates.map(
    (own) => rates.filter((other) => other < own).length + rates.filter((other) => other === own).length / 2,
  );
}

/** Returns Spearman's correlation of the ranks of two years: 1 if the order stays, 0 if nothing of it stays. */
function orderKept(one: Year, next: Year): number {
  const [a, b] = [ranksOf(one), ranksOf(next)];
  const mean = DISTRICTS / 2;
  const sum = (of: (nth: number) => number): number => a.reduce((all, _, nth) => all + of(nth), 0);
  const distance = (ranks: readonly number[], nth: number): number => (ranks[nth] ?? 0) - mean;
  return (
    sum((nth) => distance(a, nth) * distance(b, nth)) /
    Math.sqrt(sum((nth) => distance(a, nth) ** 2) * sum((nth) => distance(b, nth) ** 2))
  );
}

function gap(year: Year): number {
  const rates = (year[0] ?? []).map((rate) => rate?.percent ?? 0);
  return Math.max(...rates) - Math.min(...rates);
}

let isMissed = false;
function within(isIn: boolean, text: string): string {
  if (isIn) return text;
  isMissed = true;
  return `${text} (missed)`;
}

process.stdout.write(`${machine()}\n\n`);
const equal = meanOf(YEARS, () => flagged(yearOf(alike)));
const clustered = meanOf(YEARS, () => flagged(yearOf(threefold)));
const doubled = meanOf(400, (nth) => {
  const district = nth % DISTRICTS;
  return Number(outside(yearOf(alike, district))[0]?.[district] === true);
});
const ranked = Array.from({ length: 401 }, () => yearOf(alike));
process.stdout.write(
  `${aligned([
    ['', 'of twenty districts with the same rates'],
    ['rates outside the limits, a year', within(equal <= 0.1, equal.toFixed(3))],
    [
      'the same, half of the persons missing three times as many',
      within(clustered <= 0.1, clustered.toFixed(3)),
    ],
    ['a doubled rate is outside', within(doubled >= 0.8, perCent(doubled))],
    [
      'a ranking by the share not honoured: from best to worst, points',
      meanOf(400, (nth) => gap(ranked[nth] as Year)).toFixed(1),
    ],
    [
      'of its order, kept in the next year',
      perCent(meanOf(400, (nth) => orderKept(ranked[nth] as Year, ranked[nth + 1] as Year))),
    ],
  ])}\n`,
);
if (isMissed) process.exitCode = 1;
