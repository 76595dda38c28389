import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { leastThreshold } from '../../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { AnswersModel } from './answers.js';
import { rateOf } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import { equalButForOne, oneCell, partsAndWhole, thirdWorkerSuccess } from './exact.js';
import { oneCellTrials } from './one-cell.js';
import { appointments } from './population.js';
import { type Lines, likelihoodLines, perCent, told } from './report.js';
import { EVERY, likelihoodRates } from './suite.js';
import { toldTables } from './tables.js';

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
