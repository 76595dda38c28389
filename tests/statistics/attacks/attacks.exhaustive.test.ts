import { afterAll, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { appointments, needs, openCases } from './population.js';
import { type Lines, partLines } from './report.js';
import { partRates } from './suite.js';

/* Many years, attacked with the whole public programme. `attacker.ts` has who attacks. */
const TABLE = tableOf(METHOD_NOW);
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
  '$name: one table tells of one unit to at most 60 %, the whole programme to at most 65 %',
  ({ make, name }) => {
    const rates = partRates(make, TABLE, REPETITIONS);
    printed.push(partLines(name, rates));
    const [, table] = rates.values();
    const whole = [...rates.values()].at(-1);
    expect(table?.rate).toBeLessThanOrEqual(0.6);
    expect(whole?.rate).toBeLessThanOrEqual(0.65);
    expect(whole?.sure).toBeLessThanOrEqual(0.001);
  },
);

test('the whole programme of APPOINTMENTS tells of a person with five far more than of one with one', () => {
  const five = [...partRates(appointments, TABLE, { worlds: 10, persons: 40, each: 5 }).values()].at(-1);
  // What one appointment tells is bounded, and what a person with many tells is not: README says so.
  expect(five?.rate).toBeGreaterThan(0.7);
});
