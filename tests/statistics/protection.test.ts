import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CellName, namedCellKeys, recordKey } from '../../src/statistics/cell-key.js';
import { halfWidth, intervalOfCount, intervalOfRate } from '../../src/statistics/interval.js';
import { countNoiseOf, METHOD_NOW, METHODS, tableOf } from '../../src/statistics/method.js';
import { leastBaseOf, noisyCount, toldCount, toldRate } from '../../src/statistics/protection.js';
import { type Counted, type StatisticsRecord, Tally } from '../../src/statistics/tally.js';

/** What is told of a cell, and what is not; and that counting knows neither order nor repetition. */
const TABLE = tableOf(METHOD_NOW);
const SECRET = Buffer.alloc(32, 3);
const { variance, maxPerturbation, modulus } = METHOD_NOW;
const recordKeyOf = (id: string): number => recordKey(SECRET, 'CASE', id, METHOD_NOW.recordModulus);
const NAME: CellName = {
  period: '2026',
  measure: 'OPEN_CASES',
  districtId: null,
  dimensions: [],
  categories: [],
  part: 'ALL',
};
/** Each noise that a count can have, with its probability. */
const noiseOf = (count: number): readonly { readonly noisy: number; readonly p: number }[] => {
  const seen = new Map<number, number>();
  for (const { from, to } of TABLE.rows[0] ?? []) {
    const noisy = noisyCount({ count, sum: 0 }, NAME, { table: TABLE, keys: () => from });
    seen.set(noisy, (seen.get(noisy) ?? 0) + (to - from) / modulus);
  }
  return [...seen].map(([noisy, p]) => ({ noisy, p }));
};
const share = (
  of: readonly { readonly noisy: number; readonly p: number }[],
  is: (noisy: number) => boolean,
): number => of.reduce((sum, { noisy, p }) => sum + (is(noisy) ? p : 0), 0);

describe('the method', () => {
  test('is strong enough for real use, and its words say its parameters', () => {
    for (const method of METHODS) {
      expect(method.variance).toBeGreaterThanOrEqual(4);
      for (const text of [method.textFr, method.textEn]) {
        const plain = text.replace(/[,\s\u00a0\u202f]/g, '');
        expect(text).toContain(String(method.variance));
        expect(text).toContain(String(method.maxPerturbation));
        expect(plain).toContain(String(method.modulus));
        if (method.version > 2) expect(plain).toContain(`${method.leastBase}`);
      }
    }
    expect(METHODS.map(({ version }) => version)).toEqual(METHODS.map((_, nth) => nth + 1));
  });
});

describe('a count', () => {
  test('of nobody, of one and of a thousand has the same noise: without a bias, of the variance that the method names', () => {
    const ofNobody = noiseOf(0);
    for (const count of [1, 5, 1_000])
      expect(noiseOf(count).map(({ noisy, p }) => ({ noisy: noisy - count, p }))).toEqual(ofNobody);
    const mean = ofNobody.reduce((sum, { noisy, p }) => sum + noisy * p, 0);
    const square = ofNobody.reduce((sum, { noisy, p }) => sum + noisy ** 2 * p, 0);
    expect(Math.abs(mean)).toBeLessThan(1e-4);
    expect(square).toBeCloseTo(variance, 3);
    expect(Math.max(...ofNobody.map(({ noisy }) => Math.abs(noisy)))).toBe(maxPerturbation);
  });

  test('of nobody may be told as somebody, and of somebody as nobody: no answer is a proof', () => {
    expect(share(noiseOf(0), (noisy) => (toldCount(noisy, null) ?? 0) > 0)).toBeGreaterThan(0.4);
    expect(share(noiseOf(3), (noisy) => toldCount(noisy, null) === 0)).toBeGreaterThan(0.2);
    expect(toldCount(-4, null)).toBe(0);
  });

  test('about health or violence is told from 11 on with its noise: so a true zero may be told, and a true 20 withheld', () => {
    const threshold = METHOD_NOW.sensitiveThreshold;
    expect(threshold).toBe(11);
    expect(toldCount(10, threshold)).toBeNull();
    expect(toldCount(11, threshold)).toBe(11);
    expect(share(noiseOf(0), (noisy) => toldCount(noisy, threshold) !== null)).toBeGreaterThan(0.02);
    expect(share(noiseOf(20), (noisy) => toldCount(noisy, threshold) === null)).toBeGreaterThan(0.02);
  });

  test.each([
    { what: 'any count', isSensitive: false },
    { what: 'a count about health or violence', isSensitive: true },
  ])('has an interval that holds $what in 95 cases of 100 of those that are told', ({ isSensitive }) => {
    const noise = countNoiseOf(METHOD_NOW, 1, isSensitive);
    for (const count of [0, 1, 3, 6, 10, 12, 20, 50, 500]) {
      const told = noiseOf(count).filter(({ noisy }) => toldCount(noisy, noise.threshold) !== null);
      const held = told.filter(({ noisy }) => {
        const { low, high } = intervalOfCount(toldCount(noisy, noise.threshold) ?? 0, noise);
        return low <= count && count <= high;
      });
      const all = share(told, () => true);
      expect(share(held, () => true) / all).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('that is a sum of four has an interval twice as wide', () => {
    expect(halfWidth({ variance })).toBe(12);
    expect(intervalOfCount(40, countNoiseOf(METHOD_NOW, 1, false))).toEqual({ low: 28, high: 52 });
    expect(intervalOfCount(80, countNoiseOf(METHOD_NOW, 4, false))).toEqual({ low: 56, high: 104 });
    // A small figure is often that of an empty cell with a large noise.
    expect(intervalOfCount(23, countNoiseOf(METHOD_NOW, 1, false))).toEqual({ low: 0, high: 35 });
    expect(intervalOfCount(24, countNoiseOf(METHOD_NOW, 1, false))).toEqual({ low: 12, high: 36 });
    expect(intervalOfCount(6, countNoiseOf(METHOD_NOW, 1, false))).toEqual({ low: 0, high: 18 });
  });

  test('of method 3 keeps its interval: none of it was told as zero', () => {
    const [, , third] = METHODS;
    if (third === undefined) throw new Error('method 3 is gone');
    expect(intervalOfCount(20, countNoiseOf(third, 1, false))).toEqual({ low: 12, high: 28 });
    expect(intervalOfCount(8, countNoiseOf(third, 1, true))).toEqual({ low: 1, high: 16 });
  });
});

describe('a rate', () => {
  const keys = namedCellKeys(SECRET, 'APPOINTMENT', modulus);
  const noisy = (count: number, part: CellName['part'], nth: number): number =>
    noisyCount({ count, sum: nth }, { ...NAME, part }, { table: TABLE, keys });
  const many = (part: number, base: number) =>
    Array.from({ length: 4_000 }, (_, nth) =>
      toldRate(noisy(part, 'PART', nth), noisy(base - part, 'REST', nth), variance),
    );

  test('is told if its interval is ± 10 points at most, which is from a base of 127 on', () => {
    expect(METHOD_NOW.leastBase).toBe(127);
    for (const base of [127, 130, 200, 1_000])
      for (const percent of [0, 7, 50, 100]) {
        const { low, high } = intervalOfRate(percent, base, variance);
        expect(percent - low).toBeLessThanOrEqual(10);
        expect(high - percent).toBeLessThanOrEqual(10);
      }
    expect(toldRate(26, 100, variance)).toBeNull();
    expect(toldRate(27, 100, variance)).toEqual({ percent: 21, base: 127 });
  });

  test('of sums has a higher least base, since their noise adds up', () => {
    expect(leastBaseOf(4 * variance)).toBe(253);
    expect(toldRate(50, 200, 4 * variance)).toBeNull();
  });

  test('is 0 to 100, whatever the noise', () => {
    expect(toldRate(-5, 200, variance)).toEqual({ percent: 0, base: 195 });
    expect(toldRate(205, -5, variance)).toEqual({ percent: 100, base: 200 });
  });

  test.each([
    [0, 200],
    [4, 200],
    [40, 200],
    [100, 200],
    [60, 600],
  ])('of %d in %d has an interval that holds it in 95 cases of 100', (part, base) => {
    const all = many(part, base).filter((one) => one !== null);
    expect(all.length).toBeGreaterThan(3_950);
    const held = all.filter((one) => {
      const { low, high } = intervalOfRate(one.percent, one.base, variance);
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
