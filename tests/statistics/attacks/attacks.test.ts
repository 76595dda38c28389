import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { AnswersModel } from './answers.js';
import { rateOf } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import { equalButForOne, manyCells, oneCell } from './exact.js';
import { oneCellTrials } from './one-cell.js';
import { CAME_ONCE, cellsOfPerson, HELPED } from './person.js';
import { appointments } from './population.js';
import { type Lines, perCent, told } from './report.js';
import { toldTables } from './tables.js';
import { bestOfHashes, SIZES_OF_TABLES, twoByTwoTrials } from './two-by-two.js';

/*
 * What one answer tells is bounded, and worked out exactly; many years and the whole programme are `npm run test:exhaustive -- attacks`.
 * `attacker.ts` has who attacks.
 */
const TABLE = tableOf(METHOD_NOW);
const { threshold } = METHOD_NOW;
const MODEL = new AnswersModel(TABLE, threshold);
const COUNTS = Array.from({ length: 60 }, (_, others) => others);

const printed: Lines[] = [];
afterAll(() => {
  process.stdout.write(`${printed.map((lines) => aligned(lines)).join('\n\n')}\n`);
});

describe('one cell', () => {
  test('tells who is in it to at most 60 %, whatever its count', () => {
    const rates = COUNTS.map((others) => oneCell(MODEL, others));
    const worst = Math.max(...rates);
    printed.push([
      ['one cell', 'worst', 'with others'],
      ['exact', perCent(worst), String(rates.indexOf(worst))],
    ]);
    expect(worst).toBeLessThanOrEqual(0.6);
  });

  test('does so by real keys and counts as by probabilities', () => {
    const sizes = [2, 3, 4, 6, 9, 12, 20];
    const chance = chanceOf(6);
    const found = rateOf(sizes.flatMap((others) => oneCellTrials(MODEL, others, 600, chance)));
    const exact = sizes.reduce((sum, others) => sum + oneCell(MODEL, others), 0) / sizes.length;
    printed.push([
      ['one cell', 'simulated', 'exact'],
      ['mean of seven sizes', told(found), perCent(exact)],
    ]);
    expect(Math.abs(found.rate - exact)).toBeLessThan(2 * found.margin);
  });

  test('needs its threshold: zero has no noise, and any count that is told would prove that someone is there', () => {
    // Who is alone in the cell, if there at all: certain where it is told.
    const certain = [1, 2, 3, threshold].map((least) => ({
      least,
      share: 1 - new AnswersModel(TABLE, least).of(1).none,
    }));
    printed.push([
      ['the only one of a cell is told', ''],
      ...certain.map(({ least, share }) => [`from ${least}`, perCent(share)]),
    ]);
    expect(certain[0]?.share).toBeGreaterThan(0.4);
    expect(certain.at(-1)?.share).toBeLessThan(0.02);
  });
});

describe('a table of two by two with its margins', () => {
  test('tells who is in it to at most 65 %, and is as good as certain of nobody', () => {
    const best = SIZES_OF_TABLES.map((others) => bestOfHashes(TABLE, threshold, others));
    const trials = twoByTwoTrials('hash', TABLE, threshold, SIZES_OF_TABLES, 600, chanceOf(14));
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
});

test('what noise cannot bound is known: an insider who fills an empty category, and compares it with its margin', () => {
  const found = [2, 5, 10, 20].map((falseRecords) => equalButForOne(MODEL, falseRecords));
  printed.push([
    ['false records', '2', '5', '10', '20'],
    ['guessed right', ...found.map(perCent)],
  ]);
  expect(found.at(-1)).toBeGreaterThan(0.9);
});

test('so many cells of another set each tell what the formula says: 13 at this variance, 70 %', () => {
  const { rate, sure } = manyCells(METHOD_NOW.variance, 13);
  expect(rate).toBeLessThanOrEqual(0.7);
  expect(sure).toBeLessThan(0.001);
});

test('over every indicator, who came once is guessed in 70 of 100; who was helped for a year is not hidden', () => {
  // A visit: in the district's year the total and two tables, in the county's one more, and two totals of its month. A person at reception: the years.
  expect(cellsOfPerson({ VISITS: { 3: 1 } })).toBe(3 + 4 + 2);
  expect(cellsOfPerson({ VISITS: { 3: 1, 5: 1 } })).toBe(4 * (3 + 4) + 2 + 2);
  expect(cellsOfPerson({ PERSONS_AT_RECEPTION: { 3: 1, 5: 1 } })).toBe(3 + 4);
  const [once, helped] = [CAME_ONCE, HELPED].map((year) =>
    manyCells(METHOD_NOW.variance, cellsOfPerson(year)),
  );
  expect(once?.rate).toBeLessThanOrEqual(0.71);
  expect(once?.sure).toBeLessThanOrEqual(0.001);
  // README says so.
  expect(helped?.rate).toBeGreaterThan(0.95);
});

test('counting in another order answers the same', () => {
  const population = appointments(4, 1);
  const secret = secretOf(4);
  const answers = toldTables(population, population.units, secret, TABLE);
  expect(toldTables(population, population.units, secret, TABLE)).toEqual(answers);
  expect(toldTables(population, shuffled(population.units, chanceOf(1)), secret, TABLE)).toEqual(answers);
});
