import { leastThreshold } from '../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../src/statistics/method.js';
import { AnswersModel } from '../tests/statistics/attacks/answers.js';
import { equalButForOne, oneCell, thirdWorkerSuccess } from '../tests/statistics/attacks/exact.js';
import { appointments, needs, openCases } from '../tests/statistics/attacks/population.js';
import {
  foundLines,
  type Lines,
  likelihoodLines,
  perCent,
  told,
} from '../tests/statistics/attacks/report.js';
import {
  countyRates,
  EVERY,
  likelihoodRates,
  type MakePopulation,
  reconstructions,
  tableOfVariance,
} from '../tests/statistics/attacks/suite.js';
import { averagedSuccess } from '../tests/statistics/attacks/trackers.js';
import { bestOfHashes } from '../tests/statistics/attacks/two-by-two.js';
import { table as aligned, machine } from './support/measure.js';

/**
 * What the attacks of `tests/statistics/attacks/` achieve, with more repetitions than the test has, and what another budget or variance
 * would make of it. The attacker is described in `attacker.ts` there.
 */
const REPETITIONS = { worlds: 120, persons: 20 };
/** Of the comparison of variances. */
const FEWER = { worlds: 60, persons: 20 };
const BUDGETS = [1, 2, 4, 8, 12, 16, 24, 32, EVERY];
const VARIANCES = [4, 6, 10, 16];
const YEARS = [1, 2, 3, 4, 5];
const SHARES = appointments(0, 1).shares;
const MAKERS: Readonly<Record<string, MakePopulation>> = {
  APPOINTMENTS: appointments,
  OPEN_CASES: openCases,
  NEEDS: needs,
};

const table = tableOf(METHOD_NOW);
const print = (lines: Lines): void => {
  process.stdout.write(`${aligned(lines)}\n\n`);
};

process.stdout.write(`${machine()}\n\n`);

const others = Array.from({ length: 60 }, (_, count) => count);
print([
  ['one cell, exact', 'worst', 'with others'],
  ...[leastThreshold({}), 11].flatMap((threshold) =>
    [[], SHARES].map((shares) => {
      const rates = others.map((count) => oneCell(new AnswersModel(table, threshold, shares), count));
      const worst = Math.max(...rates);
      const workers = shares.length === 0 ? 'workers are no matter' : 'eight workers';
      return [`threshold ${threshold}, ${workers}`, perCent(worst), String(rates.indexOf(worst))];
    }),
  ),
]);
const sizes = [2, 5, 10, 20];
const free = new AnswersModel(table, 6, []);
print([
  ['threshold 6, exact, by how many others', ...sizes.map(String)],
  ['one cell', ...sizes.map((count) => perCent(oneCell(free, count)))],
  [
    'a table of two by two with its margins',
    ...sizes.map((count) => perCent(bestOfHashes(table, 6, [count, count, count, count]))),
  ],
  [
    'two cells that are equal but for the person',
    ...sizes.map((count) => perCent(equalButForOne(free, count))),
  ],
  ['the third worker’s', ...sizes.map((count) => perCent(thirdWorkerSuccess(table, 6, count)))],
]);
for (const [name, make] of Object.entries(MAKERS))
  print(likelihoodLines(name, likelihoodRates(make, table, BUDGETS, REPETITIONS)));
print([
  ['APPOINTMENTS, three districts', 'rate'],
  ...[...countyRates(appointments, table, FEWER)].map(([name, rate]) => [name, told(rate)]),
]);
for (const [name, make] of Object.entries({ APPOINTMENTS: appointments, OPEN_CASES: openCases }))
  print(
    foundLines(
      name,
      YEARS.map((seed) => reconstructions(make, table, METHOD_NOW.variance, seed)),
    ),
  );

// What another method or budget would be worth: nothing here is the method's.
for (const [name, make] of Object.entries(MAKERS)) {
  const rates = VARIANCES.map(
    (variance) => likelihoodRates(make, tableOfVariance(variance), BUDGETS, FEWER).compared,
  );
  print([
    [`${name}, equal sets compared; variance`, ...VARIANCES.map(String)],
    ...BUDGETS.map((budget) => [
      budget === EVERY ? 'every' : String(budget),
      ...rates.map((one) => {
        const rate = one.get(budget);
        return rate === undefined ? '' : told(rate);
      }),
    ]),
  ]);
}
print([
  ['large counts, normal limit; variance', ...VARIANCES.map(String)],
  ...BUDGETS.filter(Number.isFinite).map((budget) => [
    String(budget),
    ...VARIANCES.map((variance) => perCent(averagedSuccess(tableOfVariance(variance), budget))),
  ]),
]);
