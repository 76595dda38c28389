import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { rateOf } from './attacker.js';
import { chanceOf } from './chance.js';
import { appointments, needs, openCases } from './population.js';
import { type Lines, partLines, perCent, told } from './report.js';
import { partRates } from './suite.js';
import { SIZES_OF_TABLES, twoByTwoTrials } from './two-by-two.js';

/* Many years, attacked with the whole public programme. `attacker.ts` has who attacks. */
const TABLE = tableOf(METHOD_NOW);
const { threshold } = METHOD_NOW;
const REPETITIONS = { worlds: 40, persons: 100 };

const printed: Lines[] = [];
afterAll(() => {
  process.stdout.write(`${printed.map((lines) => aligned(lines)).join('\n\n')}\n`);
});

test.each([
  { make: appointments, name: 'APPOINTMENTS' },
  { make: openCases, name: 'OPEN_CASES' },
  { make: needs, name: 'NEEDS' },
])(
  '$name: one table tells of one unit to at most 65 %, the whole programme to at most 70 %',
  ({ make, name }) => {
    const rates = partRates(make, TABLE, REPETITIONS);
    printed.push(partLines(name, rates));
    const [, table] = rates.values();
    const whole = [...rates.values()].at(-1);
    expect(table?.rate).toBeLessThanOrEqual(0.65);
    expect(whole?.rate).toBeLessThanOrEqual(0.7);
    expect(whole?.sure).toBeLessThanOrEqual(0.001);
  },
);

test('the whole programme of APPOINTMENTS tells of one to about 70 %, in a few years, and of a person with five far more', () => {
  const rates = partRates(appointments, TABLE, { worlds: 10, persons: 60 });
  const five = [...partRates(appointments, TABLE, { worlds: 4, persons: 40, each: 5 }).values()].at(-1);
  printed.push(partLines('APPOINTMENTS', rates));
  const whole = [...rates.values()].at(-1);
  expect(whole?.rate).toBeLessThanOrEqual(0.74);
  expect(whole?.sure).toBeLessThanOrEqual(0.001);
  // What one appointment tells is bounded, and what a person with many tells is not: README says so.
  expect(five?.rate).toBeGreaterThan(0.85);
});

describe('a table of two by two with its margins', () => {
  test('told far more by method 1, whose keys added up: this is what the hash is for', () => {
    const trials = twoByTwoTrials('sum', TABLE, threshold, SIZES_OF_TABLES, 60, chanceOf(15));
    const found = rateOf(trials);
    printed.push([
      ['two by two with margins, keys that add up', 'simulated', 'certain'],
      ['three tables', told(found), perCent(found.certain)],
    ]);
    expect(found.rate - found.margin).toBeGreaterThan(0.65);
    expect(found.certain).toBeGreaterThan(0.05);
  });
});
