import { describe, expect, test } from '@jest/globals';
import {
  makePerturbationTable,
  rowNumber,
  rowProbabilities,
} from '../../src/statistics/perturbation-table.js';
import { ONS_LARGE_COUNTS, PTABLE } from './worked-figures.js';

/** By published count, as the figures are. */
function publishedProbabilities(
  trueCount: number,
  parameters: Parameters<typeof rowProbabilities>[1],
): [number, number][] {
  return [...rowProbabilities(trueCount, parameters)].map(([v, p]) => [trueCount + v, p]);
}

describe('a row', () => {
  const { withoutOnes, ofVarianceOne, ofLargeVariance } = PTABLE;

  describe.each([withoutOnes, ofVarianceOne])('of ptable, $parameters', ({ parameters, tolerance, rows }) => {
    test.each(Object.entries<Readonly<Record<number, number>>>(rows))('count %s', (count, figures) => {
      const row = publishedProbabilities(Number(count), parameters);
      expect(row.map(([published]) => published)).toEqual(Object.keys(figures).map(Number));
      for (const [at, figure] of Object.values(figures).entries())
        expect(Math.abs((row[at]?.[1] ?? 0) - figure)).toBeLessThan(tolerance);
    });
  });

  test.each(Object.entries(ofLargeVariance.cumulative))(
    'of ptable with a large variance, count %s',
    (count, figures) => {
      const row = publishedProbabilities(Number(count), ofLargeVariance.parameters);
      expect(row.map(([published]) => published)).toEqual(Object.keys(figures).map(Number));
      let sum = 0;
      for (const [at, figure] of Object.values(figures).entries()) {
        sum += row[at]?.[1] ?? 0;
        expect(Math.abs(sum - figure)).toBeLessThan(ofLargeVariance.tolerance);
      }
    },
  );

  test('levels neighbours only where it must be monotone', () => {
    const parameters = { maxPerturbation: 2, variance: 3 };
    const monotone = rowProbabilities(1, parameters);
    expect(monotone.get(-1)).toBeCloseTo(monotone.get(0) ?? 0, 12);
    const free = rowProbabilities(1, { ...parameters, monotonyOff: [1] });
    expect(free.get(-1)).toBeGreaterThan((free.get(0) ?? 1) + 0.1);
    // The other rows stay as they are.
    expect(rowProbabilities(2, { ...parameters, monotonyOff: [1] })).toEqual(rowProbabilities(2, parameters));
  });

  test('has its two values alone where the variance is the least there can be', () => {
    const row = rowProbabilities(1, { maxPerturbation: 5, variance: 2, js: 2 });
    expect(row.get(-1)).toBeCloseTo(2 / 3, 9);
    expect(row.get(2)).toBeCloseTo(1 / 3, 9);
  });

  test.each([
    ['a variance too small for js', 1, { maxPerturbation: 5, variance: 1.99, js: 2 }],
    ['a perturbation too small for js', 1, { maxPerturbation: 2, variance: 9, js: 3 }],
    ['a count of 0', 0, { maxPerturbation: 2, variance: 1 }],
    ['a count that is no integer', 1.5, { maxPerturbation: 2, variance: 1 }],
    ['no perturbation', 1, { maxPerturbation: 0, variance: 1 }],
    ['no variance', 1, { maxPerturbation: 2, variance: 0 }],
    ['a variance that is no number', 1, { maxPerturbation: 2, variance: Number.NaN }],
    ['a negative js', 1, { maxPerturbation: 2, variance: 1, js: -1 }],
  ])('is refused with %s', (_, count, parameters) => {
    expect(() => rowProbabilities(count, parameters)).toThrow(RangeError);
  });
});

describe('a table', () => {
  test('has a row for every count that differs from the last', () => {
    for (const js of [0, 1, 2]) {
      const parameters = { maxPerturbation: 4, variance: 3, js, modulus: 2 ** 20 };
      const { rows, cycle } = makePerturbationTable(parameters);
      expect(cycle).toBe(1);
      const lastOf = (count: number) => [...rowProbabilities(count, parameters)];
      expect(lastOf(rows.length + 1)).toEqual(lastOf(rows.length));
      expect(lastOf(rows.length + 50)).toEqual(lastOf(rows.length));
      expect(lastOf(rows.length - 1)).not.toEqual(lastOf(rows.length));
    }
  });

  test('has its bounds in keys', () => {
    expect(makePerturbationTable({ maxPerturbation: 2, variance: 3, modulus: 100 }).rows).toEqual([
      [
        { from: 0, to: 37, perturbation: -1 },
        { from: 37, to: 73, perturbation: 0 },
        { from: 73, to: 90, perturbation: 1 },
        { from: 90, to: 100, perturbation: 2 },
      ],
      [-2, -1, 0, 1, 2].map((perturbation, at) => ({ from: 20 * at, to: 20 * (at + 1), perturbation })),
    ]);
  });

  test('leaves out what has no key', () => {
    const { rows } = makePerturbationTable({ maxPerturbation: 15, variance: 0.5, modulus: 256 });
    for (const row of rows) {
      expect(row.length).toBeLessThan(15);
      expect(row.every(({ from, to }) => from < to)).toBe(true);
    }
  });

  test.each([0, 2.5, -1, 2 ** 32 + 1])('is refused with a modulus of %d', (modulus) => {
    expect(() => makePerturbationTable({ maxPerturbation: 2, variance: 1, modulus })).toThrow(RangeError);
  });
});

describe('the number of a row', () => {
  const { rows, cycle, cases } = ONS_LARGE_COUNTS;

  test.each(cases)('of ONS, count %d', (count, row) => {
    expect(rowNumber(count, rows, cycle)).toBe(row);
  });

  test('is capped with a cycle of 1', () => {
    expect([1, 2, 3, 4, 100].map((count) => rowNumber(count, 3, 1))).toEqual([1, 2, 3, 3, 3]);
  });

  test.each([
    [0, 3, 1],
    [1.5, 3, 1],
    [1, 0, 1],
    [1, 3, 0],
    [1, 3, 4],
  ])('is refused of count %d, rows %d, cycle %d', (count, rowsThere, cycleThere) => {
    expect(() => rowNumber(count, rowsThere, cycleThere)).toThrow(RangeError);
  });
});
