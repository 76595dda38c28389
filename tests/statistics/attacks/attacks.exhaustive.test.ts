import { afterAll, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { leastThreshold } from '../../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { AnswersModel } from './answers.js';
import { oneCell } from './exact.js';
import { appointments, needs, openCases } from './population.js';
import { foundLines, type Lines, likelihoodLines, perCent, told } from './report.js';
import { countyRates, EVERY, likelihoodRates, reconstructions } from './suite.js';

/*
 * Many years, attacked with every table. What is asserted of rates is what holds, and no more: one answer is bounded, many are not. The
 * rates after many tables are held to where they were found, from both sides: who changes the method or the budget sees what it does to
 * them. `attacker.ts` has who attacks.
 */
const TABLE = tableOf(METHOD_NOW);
const COUNTS = Array.from({ length: 60 }, (_, others) => others);
const REPETITIONS = { worlds: 15, persons: 20 };
/** What a reporting client may ask of an indicator, a territory and a year: `statistics_budget_size`. */
const BUDGET = 16;
const BUDGETS = [1, 2, 4, 8, BUDGET, 24, EVERY];

const printed: Lines[] = [];
afterAll(() => {
  process.stdout.write(`${printed.map((lines) => aligned(lines)).join('\n\n')}\n`);
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
