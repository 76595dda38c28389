import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { leastThreshold } from '../../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { AnswersModel } from './answers.js';
import { rateOf } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import { equalButForOne, oneCell, partsAndWhole, thirdWorkerSuccess } from './exact.js';
import { oneCellTrials } from './one-cell.js';
import { appointments, needs, openCases } from './population.js';
import { foundLines, type Lines, likelihoodLines, perCent, told } from './report.js';
import { countyRates, EVERY, likelihoodRates, reconstructions } from './suite.js';
import { toldTables } from './tables.js';

/*
 * What is asserted of rates is what holds, and no more: one answer is bounded, many are not. The rates after many tables are held to where
 * they were found, from both sides: who changes the method or the budget sees what it does to them. `attacker.ts` has who attacks.
 */
const TABLE = tableOf(METHOD_NOW);
const SHARES = [18, 16, 14, 13, 12, 11, 9, 7];
const COUNTS = Array.from({ length: 60 }, (_, others) => others);
const REPETITIONS = { worlds: 15, persons: 20 };
/** What a reporting client may ask of an indicator, a territory and a year: `statistics_budget_size`. */
const BUDGET = 16;
const BUDGETS = [1, 2, 4, 8, BUDGET, 24, EVERY];

const printed: Lines[] = [];
afterAll(() => {
  process.stdout.write(`${printed.map((lines) => aligned(lines)).join('\n\n')}\n`);
});

describe.each([leastThreshold({}), 11])('one cell, threshold %d', (threshold) => {
  test('tells who is in it to at most 60 % in a team of eight, whatever its count', () => {
    const rates = [[], SHARES].map((shares) => {
      const model = new AnswersModel(TABLE, threshold, shares);
      return COUNTS.map((others) => oneCell(model, others));
    });
    printed.push([
      [`one cell, threshold ${threshold}`, 'worst', 'with others'],
      ...rates.map((all, nth) => [
        nth === 0 ? 'workers are no matter' : 'eight workers',
        perCent(Math.max(...all)),
        String(all.indexOf(Math.max(...all))),
      ]),
    ]);
    for (const rate of rates.flat()) expect(rate).toBeLessThanOrEqual(0.6);
  });

  test('does so by real keys, counts and workers as by probabilities', () => {
    const model = new AnswersModel(TABLE, threshold, SHARES);
    const chance = chanceOf(threshold);
    const sizes = [2, 3, 4, 6, 9, 12, 20];
    const found = rateOf(sizes.flatMap((others) => oneCellTrials(model, others, SHARES, 600, chance)));
    const exact = sizes.reduce((sum, others) => sum + oneCell(model, others), 0) / sizes.length;
    printed.push([
      [`one cell, threshold ${threshold}`, 'simulated', 'exact'],
      ['mean of seven sizes', told(found), perCent(exact)],
    ]);
    expect(Math.abs(found.rate - exact)).toBeLessThan(2 * found.margin);
  });
});

test('that a told cell has three workers, hence three units, does not tell more than 60 % in a team of any size', () => {
  const worst = [4, 8, 20, 100].map((team) => {
    const model = new AnswersModel(
      TABLE,
      leastThreshold({}),
      Array.from({ length: team }, () => 1),
    );
    return { team, rate: Math.max(...COUNTS.map((others) => oneCell(model, others))) };
  });
  printed.push([
    ['one cell, workers of equal shares', 'worst'],
    ...worst.map(({ team, rate }) => [String(team), perCent(rate)]),
  ]);
  for (const { rate } of worst) expect(rate).toBeLessThanOrEqual(0.6);
});

test('what noise cannot bound is known: equal sets, keys that add up, a third worker', () => {
  const model = new AnswersModel(TABLE, leastThreshold({}), []);
  const [equal, parts, third] = [
    equalButForOne(model, 20),
    partsAndWhole(TABLE, leastThreshold({}), 20, 20),
    thirdWorkerSuccess(TABLE, leastThreshold({}), 20),
  ];
  printed.push([
    ['exact, 20 others in each cell', ''],
    ['two cells that are equal but for the person', perCent(equal)],
    ['two parts and their whole', perCent(parts)],
    ['the workers of each record are known, the person is the third’s', perCent(third)],
  ]);
  expect(equal).toBeLessThan(0.97);
  expect(parts).toBeLessThan(0.69);
  expect(third).toBeGreaterThan(0.99);
});

test.each([
  // The rates at the budget's end and of every table, as `npm run bench:attacks` found them: ± 7 points.
  { make: appointments, name: 'APPOINTMENTS', atBudget: 0.74, ofEvery: 0.77 },
  { make: openCases, name: 'OPEN_CASES', atBudget: 0.75, ofEvery: 0.9 },
  { make: needs, name: 'NEEDS', atBudget: 0.78, ofEvery: 0.9 },
])('tables of $name: each tells something more', ({ make, name, atBudget, ofEvery }) => {
  const rates = likelihoodRates(make, TABLE, BUDGETS, REPETITIONS);
  printed.push(likelihoodLines(name, rates));
  const [one, budget, every] = [1, BUDGET, EVERY].map((tables) => rates.compared.get(tables));
  expect((one?.rate ?? 1) - (one?.margin ?? 0)).toBeLessThanOrEqual(0.6);
  expect(Math.abs((budget?.rate ?? 1) - atBudget)).toBeLessThan(0.07);
  expect(Math.abs((every?.rate ?? 1) - ofEvery)).toBeLessThan(0.07);
});

test('differences of tables tell no more than a cell does', () => {
  const rates = countyRates(appointments, TABLE, REPETITIONS);
  printed.push([['APPOINTMENTS', 'rate'], ...[...rates].map(([name, rate]) => [name, told(rate)])]);
  for (const [name, { rate, margin }] of rates)
    if (name !== 'every table, of the county too') expect(rate - margin).toBeLessThanOrEqual(0.6);
});

test.each([
  { make: appointments, name: 'APPOINTMENTS' },
  { make: openCases, name: 'OPEN_CASES' },
])('withheld cells of $name stay unknown after every table', ({ make, name }) => {
  const found = [1, 2].map((seed) => reconstructions(make, TABLE, METHOD_NOW.variance, seed));
  printed.push(foundLines(name, found));
  for (const { missing, expected, certainty } of found) {
    expect(missing.ofSome).toBeGreaterThanOrEqual(1);
    expect(expected.ofSome).toBeGreaterThanOrEqual(1);
    expect(expected.ofAll).toBeGreaterThanOrEqual(1);
    for (const { pinned, wrong, withheld } of certainty) {
      expect(withheld).toBeGreaterThan(100);
      expect(pinned).toBe(0);
      expect(wrong).toBe(0);
    }
  }
});

describe('asking again', () => {
  const population = appointments(4, 1);
  const secret = secretOf(4);
  const answers = toldTables(population, population.units, secret, TABLE);

  test('and counting in another order answers the same', () => {
    expect(toldTables(population, population.units, secret, TABLE)).toEqual(answers);
    expect(toldTables(population, shuffled(population.units, chanceOf(1)), secret, TABLE)).toEqual(answers);
  });

  test('with the dimensions in another order answers the same cells', () => {
    // Each cell by its categories, and each table by its dimensions in the order of the measure.
    const bySet = (order: readonly number[]): readonly string[] =>
      toldTables(population, population.units, secret, TABLE, order)
        .flatMap(({ period, version, territory, choice, cells }) =>
          cells.map((told, cell) => {
            let rest = cell;
            const categories = [...choice].reverse().map((dimension) => {
              const size = population.sizes[dimension] ?? 1;
              const category = `${dimension}=${rest % size}`;
              rest = Math.floor(rest / size);
              return category;
            });
            return `${period} ${version} ${territory} ${categories.sort().join(',')}: ${told}`;
          }),
        )
        .sort();
    expect(bySet([2, 0, 1])).toEqual(bySet([0, 1, 2]));
  });
});
