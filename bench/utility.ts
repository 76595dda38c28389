import pg from 'pg';
import { logInJobs } from '../src/database/jobs-pool.js';
import { LoginProver } from '../src/database/login-proof.js';
import {
  type CountedIndicator,
  type DuePeriod,
  IndicatorCount,
  type TableRow,
} from '../src/jobs/count-indicator.js';
import { categoriesOf } from '../src/jobs/freeze-snapshots.js';
import { halfWidth, intervalOfCount, intervalOfRate } from '../src/statistics/interval.js';
import { MEASURES, type Measure, type MeasureCode } from '../src/statistics/measures.js';
import { countNoiseOf, METHOD_NOW, tableOf } from '../src/statistics/method.js';
import type { PerturbationTable } from '../src/statistics/perturbation-table.js';
import { toldCount } from '../src/statistics/protection.js';
import { type Chance, chanceOf } from '../tests/statistics/attacks/chance.js';
import { perCent } from '../tests/statistics/attacks/report.js';
import { BENCH_KEY, BENCH_LOGIN_SECRET, withBenchCounty } from './support/app.js';
import { table as aligned, machine } from './support/measure.js';

/**
 * Measures what protected statistics are still good for: each measure of the seeded county, by name, over its last year and one of its months;
 * and the same of districts of three workers. All by the product's own count, keys and protection: a second count without noise is the truth.
 * It ends with exit code 1 if an interval holds in fewer than 95 of 100 figures.
 */
const NOISE = tableOf(METHOD_NOW);
const NO_NOISE: PerturbationTable = {
  modulus: 1,
  rows: [[{ from: 0, to: 1, perturbation: 0 }]],
  cycle: 1,
  hasNoiseForZero: true,
};
/** The share of a district of eight that a district of three has. */
const THREE_OF_EIGHT = 3 / 8;
/** A count is firm if its interval is a quarter of it at most, on either side. */
const FIRM = 4 * halfWidth(METHOD_NOW);

/** A figure as it is told, beside the truth. */
interface Pair {
  readonly truth: number;
  readonly told: number | null;
  readonly holds: boolean;
}

interface Counted {
  readonly code: MeasureCode;
  readonly measure: Measure;
  readonly period: 'year' | 'quarter' | 'month';
  readonly territory: 'district' | 'county';
  readonly pairs: readonly Pair[];
}

function pairsOf(measure: Measure, truth: TableRow, told: TableRow): readonly Pair[] {
  return truth.cells.flatMap((count, cell): readonly Pair[] => {
    // A count about health or violence below 11, or a rate of few: its truth is not taken out of the count either.
    if (count === null) return [];
    const value = told.cells[cell] ?? null;
    const base = told.bases?.[cell] ?? 0;
    const interval =
      value === null
        ? null
        : measure.kind === 'RATE'
          ? intervalOfRate(value, base, METHOD_NOW.variance * told.parts)
          : intervalOfCount(value, countNoiseOf(METHOD_NOW, told.parts, false));
    return [
      {
        truth: count,
        told: value,
        holds: interval !== null && interval.low <= count && count <= interval.high,
      },
    ];
  });
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function shareOf<T>(all: readonly T[], isSo: (one: T) => boolean): string {
  return all.length === 0 ? '' : perCent(all.filter(isSo).length / all.length);
}

const HEAD = ['figures', 'median', 'told', 'median error', 'firm', 'interval holds'];
let isMissed = false;

function columnsOf(pairs: readonly Pair[]): readonly string[] {
  const told = pairs.flatMap(({ truth, told: value, holds }) =>
    value === null ? [] : [{ truth, value, holds }],
  );
  if (pairs.length === 0) return HEAD.map(() => '');
  return [
    String(pairs.length),
    String(medianOf(pairs.map(({ truth }) => truth))),
    shareOf(pairs, ({ told: value }) => value !== null),
    told.length === 0 ? '' : String(medianOf(told.map(({ truth, value }) => Math.abs(value - truth)))),
    shareOf(pairs, ({ told: value }) => value !== null && value >= FIRM),
    shareOf(told, ({ holds }) => holds),
  ];
}

function print(title: string, lines: readonly (readonly string[])[]): void {
  process.stdout.write(`${aligned([[title, ...HEAD], ...lines])}\n\n`);
}

/** The same counts where three of eight work: each unit is there by that chance, and the noise is drawn anew. */
function ofThree(pairs: readonly Pair[], chance: Chance): readonly Pair[] {
  const [row = []] = NOISE.rows;
  return pairs.map(({ truth: eight }) => {
    let truth = 0;
    for (let unit = 0; unit < eight; unit += 1) truth += Number(chance() < THREE_OF_EIGHT);
    const key = Math.floor(chance() * NOISE.modulus);
    const noise = row.find(({ from, to }) => from <= key && key < to)?.perturbation ?? 0;
    const told = toldCount(truth + noise, null) ?? 0;
    const { low, high } = intervalOfCount(told, countNoiseOf(METHOD_NOW, 1, false));
    return { truth, told, holds: low <= truth && truth <= high };
  });
}

function nameOfPeriod(period: string): Counted['period'] {
  if (period.length === 4) return 'year';
  return period.includes('Q') ? 'quarter' : 'month';
}

/** Counts every measure twice, with noise and without, and returns the figures side by side. */
async function countAll(client: pg.Client, districts: readonly string[]): Promise<readonly Counted[]> {
  const year = new Date().getUTCFullYear() - 1;
  const categories = await categoriesOf(client);
  const found: Counted[] = [];
  for (const [period, from, until] of [
    [String(year), `${year}-01-01T00:00+01:00`, `${year + 1}-01-01T00:00+01:00`],
    [`${year}-Q2`, `${year}-04-01T00:00+02:00`, `${year}-07-01T00:00+02:00`],
    [`${year}-06`, `${year}-06-01T00:00+02:00`, `${year}-07-01T00:00+02:00`],
  ] as const) {
    const due: DuePeriod = { period, from_at: new Date(from), until_at: new Date(until), districts };
    for (const [code, measure] of Object.entries(MEASURES) as [MeasureCode, Measure][]) {
      process.stderr.write(`\r${period} ${code}${' '.repeat(40)}`);
      const { dimensions } = measure;
      const indicator: CountedIndicator = { id: code, code, measure: code, dimensions, given_by: 'DISTRICT' };
      const counts = [NO_NOISE, NOISE].map(
        (table) => new IndicatorCount(indicator, due, categories, BENCH_KEY, table),
      );
      for (const count of counts) await count.read(client);
      const [truth = [], told = []] = counts.map((count) => [...count.tables()]);
      for (const isDistrict of [true, false])
        found.push({
          code,
          measure,
          period: nameOfPeriod(period),
          territory: isDistrict ? 'district' : 'county',
          pairs: truth.flatMap((table, nth) =>
            (table.district_id !== null) === isDistrict ? pairsOf(measure, table, told[nth] as TableRow) : [],
          ),
        });
    }
  }
  process.stderr.write('\n');
  return found;
}

await withBenchCounty({ size: 'county', folder: process.env['COSMOS_BENCH_DIR'] }, async (county) => {
  process.stdout.write(`${machine()}\n\n`);
  const client = new pg.Client({ connectionString: county.jobsUrl });
  await client.connect();
  await logInJobs(client, new LoginProver(BENCH_LOGIN_SECRET));
  await client.query('begin isolation level repeatable read');
  const districts = await county.sql<{ id: string }>('select id from district order by id');
  const found = await countAll(
    client,
    districts.map(({ id }) => id),
  );
  await client.end();
  for (const [title, period, territory] of [
    ['a district’s year', 'year', 'district'],
    ['the county’s year', 'year', 'county'],
    ['the county’s quarter', 'quarter', 'county'],
    ['a district’s month', 'month', 'district'],
    ['the county’s month', 'month', 'county'],
  ] as const)
    print(
      title,
      found
        .filter((one) => one.period === period && one.territory === territory && one.pairs.length > 0)
        .map(({ code, pairs }) => [code, ...columnsOf(pairs)]),
    );
  const chance = chanceOf(7);
  const ofDistricts = found.filter(
    ({ measure, territory, pairs }) =>
      territory === 'district' && measure.kind !== 'RATE' && pairs.length > 0,
  );
  print(
    'a district of three',
    ofDistricts.map(({ code, period, pairs }) => [
      `${code}, ${period}`,
      ...columnsOf(ofThree(pairs, chance)),
    ]),
  );
  const counts = ofDistricts.flatMap(({ pairs }) => pairs);
  const small = (from: number, until: number): readonly string[] => {
    const some = counts.filter(({ told }) => told !== null && told >= from && told < until);
    return [until === Infinity ? `${from} and more` : `${from} to ${until - 1}`, ...columnsOf(some)];
  };
  const lines = [small(0, 1), small(1, 6), small(6, 12), small(12, 24), small(24, 48), small(48, Infinity)];
  print('a district’s count, by what is told of it', lines);
  for (const { code, pairs } of found) {
    const told = pairs.filter(({ told: value }) => value !== null);
    const held = told.filter(({ holds }) => holds).length / told.length;
    // Of fewer figures, chance alone may miss it.
    if (told.length >= 500 && held < 0.95) {
      isMissed = true;
      process.stderr.write(`missed: ${code}, ${perCent(held)}\n`);
    }
  }
});
if (isMissed) process.exitCode = 1;
