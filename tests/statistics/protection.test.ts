import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CellKeys, hashedCellKeys, recordKey } from '../../src/statistics/cell-key.js';
import { halfWidth, intervalOfCount, intervalOfRate } from '../../src/statistics/interval.js';
import { METHOD_NOW, METHODS, tableOf } from '../../src/statistics/method.js';
import { protectedCount, protectedRate } from '../../src/statistics/protection.js';
import { type Counted, type StatisticsRecord, Tally } from '../../src/statistics/tally.js';

/** What is told of a cell, and what is not; and that counting knows neither order nor repetition. */
const TABLE = tableOf(METHOD_NOW);
const SECRET = Buffer.alloc(32, 3);
const recordKeyOf = (id: string): number => recordKey(SECRET, 'CASE', id, METHOD_NOW.recordModulus);
/** Here a sum is a key: each key there is can be tried. */
const keys: CellKeys = { ...hashedCellKeys(SECRET, 'CASE', TABLE.modulus), ofSum: (sum) => sum };
const of = { method: METHOD_NOW, table: TABLE, keys };
/** Every key there is. */
const told = (count: number, threshold = METHOD_NOW.threshold): (number | null)[] =>
  Array.from({ length: TABLE.modulus }, (_, sum) =>
    protectedCount({ count, sum }, { ...of, method: { ...METHOD_NOW, threshold } }),
  );

describe('the method', () => {
  test('is strong enough for real use, and its words say its parameters', () => {
    for (const { variance, maxPerturbation, modulus, textFr, textEn } of METHODS) {
      expect(variance).toBeGreaterThanOrEqual(4);
      for (const text of [textFr, textEn]) {
        expect(text).toContain(String(variance));
        expect(text).toContain(String(maxPerturbation));
        expect(text.replace(/[,\s\u00a0\u202f]/g, '')).toContain(String(modulus));
      }
    }
    expect(METHODS.map(({ version }) => version)).toEqual(METHODS.map((_, nth) => nth + 1));
  });
});

describe('a count', () => {
  test('is told without a bias, and below the threshold not at all', () => {
    for (const count of [12, 20, 500]) {
      const all = told(count);
      const values = all.filter((value) => value !== null);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(6);
      if (count > 20)
        expect(values.reduce((sum, value) => sum + value, 0) / all.length).toBeCloseTo(count, 2);
    }
  });

  test('of less than the threshold may be told as the threshold or more, so that what is told proves nothing', () => {
    expect(told(5).some((value) => value === 6)).toBe(true);
    expect(told(7).some((value) => value === null)).toBe(true);
  });

  test('of none is not told', () => {
    expect(protectedCount({ count: 0, sum: 0 }, of)).toBeNull();
    expect(told(3).includes(0)).toBe(false);
  });

  test('has an interval that holds what was counted in 95 cases of 100, whatever the count', () => {
    for (const count of [6, 8, 12, 20, 50, 500]) {
      const all = told(count).filter((value) => value !== null);
      const held = all.filter((value) => {
        const { low, high } = intervalOfCount(value, METHOD_NOW);
        return low <= count && count <= high;
      });
      expect(held.length / all.length).toBeGreaterThanOrEqual(0.95);
    }
    expect(halfWidth(METHOD_NOW)).toBe(8);
    expect(intervalOfCount(6, METHOD_NOW)).toEqual({ low: 1, high: 14 });
  });
});

describe('a rate', () => {
  const rate = (part: number, rest: number, nth: number) =>
    protectedRate(
      { count: part, sum: recordKeyOf(`part ${nth}`) % TABLE.modulus },
      { count: rest, sum: recordKeyOf(`rest ${nth}`) % TABLE.modulus },
      of,
      'NOT_HONOURED',
    );
  const many = (part: number, rest: number) =>
    Array.from({ length: 4_000 }, (_, nth) => rate(part, rest, nth));
  const meanOf = (numbers: readonly number[]): number =>
    numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

  test('is told from a base of 30, with its noise, and of no less', () => {
    const shares = [12, 30, 60].map((base) => {
      const all = many(6, base - 6).filter((one) => one !== null);
      for (const one of all) expect(one.base).toBeGreaterThanOrEqual(30);
      return all.length / 4_000;
    });
    expect(shares[0]).toBeLessThan(0.01);
    expect(Math.abs((shares[1] ?? 0) - 0.5)).toBeLessThan(0.1);
    expect(shares[2]).toBeGreaterThan(0.999);
  });

  test.each([
    [2, 60],
    [3, 60],
    [12, 60],
    [4, 200],
  ])(
    'of %d in %d has no bias of more than half a point: a low rate is told as often as a high one',
    (part, base) => {
      const all = many(part, base - part).filter((one) => one !== null);
      expect(all.length).toBeGreaterThan(3_950);
      expect(Math.abs(meanOf(all.map(({ percent }) => percent)) - (100 * part) / base)).toBeLessThan(0.5);
    },
  );

  test('of the same sets is the same, also where a part is none of them', () => {
    for (const part of [0, 4]) expect(rate(part, 60, 7)).toEqual(rate(part, 60, 7));
    const others = Array.from({ length: 30 }, (_, nth) => rate(0, 60, nth)?.base);
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  test('of none of them does not prove it: zero has noise', () => {
    const percents = many(0, 100).map((one) => one?.percent);
    expect(percents.some((percent) => (percent ?? 0) > 0)).toBe(true);
    expect(percents.some((percent) => percent === 0)).toBe(true);
  });

  test.each([
    [2, 60],
    [12, 60],
    [30, 60],
    [20, 200],
  ])('of %d in %d has an interval that holds it in 95 cases of 100', (part, base) => {
    const all = many(part, base - part).filter((one) => one !== null);
    const held = all.filter((one) => {
      const { low, high } = intervalOfRate(one.percent, one.base, METHOD_NOW);
      return low <= (100 * part) / base && (100 * part) / base <= high;
    });
    expect(held.length / all.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe('counting', () => {
  const SIZES = [2, 3, 2, 2];
  const CHOICES = [[], [0], [1], [2], [3], [0, 1], [1, 3], [0, 2, 3]];
  const record = fc.record({
    unit: fc.integer({ min: 0, max: 30 }),
    district: fc.integer({ min: 0, max: 2 }),
    categories: fc.tuple(...SIZES.map((size) => fc.integer({ min: 0, max: size - 1 }))),
  });
  type Drawn = { unit: number; district: number; categories: number[] };

  function tally(rows: readonly Drawn[]): Tally {
    const all = new Tally(SIZES, CHOICES, 3, recordKeyOf, METHOD_NOW.recordModulus);
    // As the database gives them: the rows of a unit follow one another.
    const units = [...new Set(rows.map(({ unit }) => unit))];
    for (const unit of units)
      for (const row of rows.filter((one) => one.unit === unit))
        all.add({ ...row, unitId: `unit-${unit}` } satisfies StatisticsRecord);
    all.end();
    return all;
  }
  const everything = (of: Tally): unknown =>
    [0, 1, 2, 3].map((territory) => CHOICES.map((_, nth) => of.table(territory, nth)));

  test('the same records answer the same, in any order and however often each is there', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.integer(), (rows, seed) => {
        const shuffled = rows
          .map((row, nth) => ({ row, at: recordKeyOf(`${seed}:${nth}`) }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        expect(everything(tally([...shuffled, ...shuffled.slice(0, 5)]))).toEqual(everything(tally(rows)));
      }),
      { numRuns: 60 },
    );
  });

  test('is what one would count by hand: different units, and the sum of their keys', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (rows) => {
        const all = tally(rows);
        for (const territory of [0, 1, 2, 3])
          for (const [nth, choice] of CHOICES.entries())
            for (const [place, counted] of all.table(territory, nth).entries()) {
              const inCell = rows.filter(
                (row) =>
                  (territory === 0 || row.district === territory - 1) &&
                  choice.reduce(
                    (at, dimension) => at * (SIZES[dimension] ?? 1) + (row.categories[dimension] ?? 0),
                    0,
                  ) === place,
              );
              const units = [...new Set(inCell.map(({ unit }) => unit))];
              expect(counted).toEqual({
                count: units.length,
                sum: units.reduce(
                  (sum, unit) => (sum + recordKeyOf(`unit-${unit}`)) % METHOD_NOW.recordModulus,
                  0,
                ),
              } satisfies Counted);
            }
      }),
      { numRuns: 40 },
    );
  });
});
