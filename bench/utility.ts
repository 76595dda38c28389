import { hashedCellKeys, recordKey } from '../src/statistics/cell-key.js';
import { intervalOfRate } from '../src/statistics/interval.js';
import { METHOD_NOW, tableOf } from '../src/statistics/method.js';
import { protectedRate } from '../src/statistics/protection.js';
import { Tally } from '../src/statistics/tally.js';
import { chanceOf, secretOf } from '../tests/statistics/attacks/chance.js';
import { appointments, needs, openCases } from '../tests/statistics/attacks/population.js';
import { perCent } from '../tests/statistics/attacks/report.js';
import { table as aligned, machine } from './support/measure.js';
import { errorsOf } from './support/utility.js';

/**
 * Measures what protected statistics are still good for: a year of 20 districts of eight workers, with the product's own count, keys and
 * protection. It ends with exit code 1 if a figure misses its limit.
 */
const DISTRICTS = 20;
const table = tableOf(METHOD_NOW);
let isMissed = false;
function within(value: number, isIn: boolean, text: string): string {
  if (isIn) return text;
  isMissed = true;
  process.stderr.write(`missed: ${value}\n`);
  return `${text} (missed)`;
}

process.stdout.write(`${machine()}\n\n`);
const head = [
  'told, of 1 or more',
  'of all cells',
  'median error',
  'of 50 or more',
  'Hellinger',
  'interval holds',
];
const rows = Object.entries({ APPOINTMENTS: appointments, OPEN_CASES: openCases, NEEDS: needs }).map(
  ([name, make]) => {
    const errors = errorsOf(table, make(1, DISTRICTS));
    const { told, toldOfAll, absolute, relative, hellinger, covered } = errors;
    return [
      name,
      within(told, told >= 0.9, perCent(told)),
      perCent(toldOfAll),
      within(absolute, absolute <= 3, absolute.toFixed(1)),
      within(relative, relative <= 0.05, perCent(relative)),
      within(hellinger, hellinger <= 0.05, hellinger.toFixed(3)),
      within(covered, covered >= 0.95, perCent(covered)),
    ];
  },
);
process.stdout.write(`${aligned([['', ...head], ...rows])}\n\n`);

/** Returns what is told of rates of one true share and one base, each with keys of its own. */
function rateOf(share: number, base: number, trials: number): readonly string[] {
  const chance = chanceOf(base);
  let [told, sum, held] = [0, 0, 0];
  for (let nth = 0; nth < trials; nth += 1) {
    const secret = secretOf(Math.floor(chance() * 2 ** 32));
    const { recordModulus } = METHOD_NOW;
    const keyOf = (id: string): number => recordKey(secret, 'APPOINTMENT', id, recordModulus);
    const [part, rest] = [
      new Tally([], [[]], 1, keyOf, recordModulus),
      new Tally([], [[]], 1, keyOf, recordModulus),
    ];
    const size = Math.round(share * base);
    for (let unit = 0; unit < base; unit += 1)
      (unit < size ? part : rest).add({ unitId: String(unit), district: 0, categories: [] });
    part.end();
    rest.end();
    const [one, other] = [part, rest].map((tally) => tally.table(1, 0)[0] ?? { count: 0, sum: 0 });
    if (one === undefined || other === undefined) continue;
    const keys = hashedCellKeys(secret, 'APPOINTMENT', table.modulus);
    const rate = protectedRate(one, other, { method: METHOD_NOW, table, keys }, 'NOT_HONOURED');
    if (rate === null) continue;
    const { low, high } = intervalOfRate(rate.percent, rate.base, METHOD_NOW);
    const truth = (100 * size) / base;
    told += 1;
    sum += rate.percent - truth;
    held += Number(low <= truth && truth <= high);
  }
  const bias = sum / told;
  return [
    `${perCent(share)} of ${base}`,
    perCent(told / trials),
    within(bias, base < 60 || Math.abs(bias) <= 0.5, bias.toFixed(2)),
    within(held / told, held / told >= 0.95, perCent(held / told)),
  ];
}

process.stdout.write(
  `${aligned([
    ['a rate', 'told', 'bias, points', 'interval holds'],
    ...[0.02, 0.05, 0.1, 0.2, 0.5].flatMap((share) =>
      [40, 60, 200].map((base) => rateOf(share, base, 2_000)),
    ),
  ])}\n`,
);
if (isMissed) process.exitCode = 1;
