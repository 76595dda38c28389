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
