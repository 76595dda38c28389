import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { leastThreshold } from '../../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { AnswersModel } from './answers.js';
import { rateOf } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import { equalButForOne, oneCell, thirdWorkerSuccess } from './exact.js';
import { oneCellTrials } from './one-cell.js';
import { appointments } from './population.js';
import { type Lines, likelihoodLines, perCent, told } from './report.js';
import { EVERY, likelihoodRates } from './suite.js';
import { toldTables } from './tables.js';
import { bestOfHashes, twoByTwoTrials } from './two-by-two.js';

/*
 * What one answer tells is bounded, and worked out exactly; many years and every table are `npm run test:exhaustive -- attacks`.
 * `attacker.ts` has who attacks.
 */
const TABLE = tableOf(METHOD_NOW);
const SHARES = [18, 16, 14, 13, 12, 11, 9, 7];
const COUNTS = Array.from({ length: 60 }, (_, others) => others);

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

describe('a table of two by two with its margins', () => {
  const threshold = leastThreshold({});
  const SIZES = [
    [12, 9, 15, 20],
    [7, 8, 11, 30],
    [25, 18, 40, 22],
  ];
  const TRIALS = 60;

  test('tells who is in it to at most 65 %, and is as good as certain of nobody', () => {
    const best = SIZES.map((others) => bestOfHashes(TABLE, threshold, others));
    const trials = twoByTwoTrials('hash', TABLE, threshold, SIZES, 10 * TRIALS, chanceOf(14));
    const found = rateOf(trials);
    const sure = trials.filter(({ ratio }) => Math.abs(ratio) > Math.log(0.99 / 0.01)).length / trials.length;
    printed.push([
      ['two by two with margins, keys by a hash', 'simulated', 'exact', '0.99 sure'],
      ['three tables', told(found), perCent(Math.max(...best)), perCent(sure)],
    ]);
    for (const rate of best) expect(rate).toBeLessThanOrEqual(0.65);
    const exact = best.reduce((sum, rate) => sum + rate, 0) / best.length;
    expect(Math.abs(found.rate - exact)).toBeLessThan(2 * found.margin);
    expect(sure).toBeLessThanOrEqual(0.001);
  });

  test('told far more by method 1, whose keys added up: this is what the hash is for', () => {
    const trials = twoByTwoTrials('sum', TABLE, threshold, SIZES, TRIALS, chanceOf(15));
    const found = rateOf(trials);
    printed.push([
      ['two by two with margins, keys that add up', 'simulated', 'certain'],
      ['three tables', told(found), perCent(found.certain)],
    ]);
    expect(found.rate - found.margin).toBeGreaterThan(0.65);
    expect(found.certain).toBeGreaterThan(0.05);
  });
});

test('what noise cannot bound is known: equal sets, a third worker', () => {
  const model = new AnswersModel(TABLE, leastThreshold({}), []);
  const [equal, third] = [equalButForOne(model, 20), thirdWorkerSuccess(TABLE, leastThreshold({}), 20)];
  printed.push([
    ['exact, 20 others in each cell', ''],
    ['two cells that are equal but for the person', perCent(equal)],
    ['the workers of each record are known, the person is the third’s', perCent(third)],
  ]);
  expect(equal).toBeLessThan(0.97);
  expect(third).toBeGreaterThan(0.99);
});

test('tables of APPOINTMENTS, of a few years: one is bounded, all of them tell more', () => {
  const rates = likelihoodRates(appointments, TABLE, [1, EVERY], { worlds: 4, persons: 20 });
  printed.push(likelihoodLines('APPOINTMENTS', rates));
  const [one, every] = [1, EVERY].map((tables) => rates.compared.get(tables));
  expect((one?.rate ?? 1) - (one?.margin ?? 0)).toBeLessThanOrEqual(0.6);
  expect(every?.rate).toBeGreaterThan(one?.rate ?? 1);
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
