import { deviationsFor, limitsAt, rateOfAll, type ToldRate } from '../src/statistics/funnel.js';
import { METHOD_NOW } from '../src/statistics/method.js';
import { leastBaseOf } from '../src/statistics/protection.js';
import { type Chance, chanceOf } from '../tests/statistics/attacks/chance.js';
import { perCent } from '../tests/statistics/attacks/report.js';
import { table as aligned, machine } from './support/measure.js';

/**
 * Measures what a funnel of rates tells of districts that do not differ, and of districts that do. There are twenty districts of eight
 * workers and the four rates of a report, year after year, with the product's own limits and with noise like its own. It also measures
 * what a ranking of the same figures would tell: how much of its order is true, and how much of it is there again in the next year. It
 * ends with exit code 1 if a figure misses its limit.
 */
interface Rate {
  readonly share: number;
  readonly base: number;
}

const DISTRICTS = 20;
const YEARS = 3_000;
/**
 * The true share of each rate, and its base in an average district's year: not honoured, unknown outcomes, and referrals and partners'
 * requests that were answered in time.
 */
const RATES: readonly Rate[] = [
  { share: 0.14, base: 2_000 },
  { share: 0.05, base: 2_200 },
  { share: 0.8, base: 300 },
  { share: 0.9, base: 120 },
];
/** The number of appointments that a person has in the year, where persons differ. */
const PER_PERSON = 4;

const chance = chanceOf(20_261_128);
/** Draws from a normal distribution (Box and Muller). */
const normal = (): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** What protection adds to a count: the same for none, few and many. Here it is drawn, since a simulated year has no records with keys. */
const noise = (): number => {
  const drawn = Math.round(Math.sqrt(METHOD_NOW.variance) * normal());
  return Math.abs(drawn) > METHOD_NOW.maxPerturbation ? noise() : drawn;
};
/** From this base on, the noise leaves a rate an interval of ten points to each side, and the rate is told. */
const LEAST_BASE = leastBaseOf(METHOD_NOW.variance);

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
function told({ share, base }: Rate, size: number, draw: Draw): ToldRate | null {
  const of = Math.round(base * size);
  const count = draw(of, share, chance);
  const part = count + noise();
  const toldBase = part + of - count + noise();
  return toldBase < LEAST_BASE
    ? null
    : { percent: Math.min(100, Math.max(0, Math.round((100 * part) / toldBase))), base: toldBase };
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

/** The true differences between districts that are tried: the standard deviation of their share not honoured, in points. */
const DIFFERENCES = [1, 2, 3] as const;

/** Draws the true share not honoured of each district, which stays from year to year. */
const trueShares = (points: number): readonly number[] =>
  SIZES.map(() => Math.min(Math.max((RATES[0]?.share ?? 0) + (points / 100) * normal(), 0.01), 0.5));

/** The first rate of a year in districts that differ. */
const yearOfShares = (shares: readonly number[]): Year => {
  const [rate] = RATES;
  return rate === undefined
    ? []
    : [SIZES.map((size, nth) => told({ ...rate, share: shares[nth] ?? rate.share }, size, alike))];
};

/** Returns the ranks of the first rate, as a league table has them. Districts with the same rate have the mean of their ranks. */
function ranksOf(year: Year): readonly number[] {
  return ranksAmong((year[0] ?? []).map((rate) => rate?.percent ?? 0));
}

function ranksAmong(rates: readonly number[]): readonly number[] {
  return rates.map(
    (own) => rates.filter((other) => other < own).length + rates.filter((other) => other === own).length / 2,
  );
}

/** Returns Spearman's correlation of the ranks of two years: 1 if the order stays, 0 if nothing of it stays. */
function orderKept(one: Year, next: Year): number {
  return spearman(ranksOf(one), ranksOf(next));
}

function spearman(a: readonly number[], b: readonly number[]): number {
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
const differing = DIFFERENCES.map((points) => {
  const counties = Array.from({ length: 400 }, () => {
    const shares = trueShares(points);
    const [one, next] = [yearOfShares(shares), yearOfShares(shares)];
    return { kept: orderKept(one, next), isTrue: spearman(ranksOf(one), ranksAmong(shares)) };
  });
  const mean = (of: (county: (typeof counties)[number]) => number): number =>
    meanOf(counties.length, (nth) => of(counties[nth] ?? { kept: 0, isTrue: 0 }));
  return { points, kept: mean(({ kept }) => kept), isTrue: mean(({ isTrue }) => isTrue) };
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
  ])}\n\n${aligned([
    ['true differences, standard deviation', 'of the order, true (Spearman)', 'kept in the next year'],
    ...differing.map(({ points, kept, isTrue }) => [
      `${points} ${points === 1 ? 'point' : 'points'}`,
      perCent(isTrue),
      perCent(kept),
    ]),
  ])}\n`,
);
if (isMissed) process.exitCode = 1;
