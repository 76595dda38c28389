import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordKey } from '../../src/statistics/cell-key.js';
import { METHOD_NOW, METHODS, tableOf } from '../../src/statistics/method.js';
import { protectedCount, protectedRate } from '../../src/statistics/protection.js';
import { choicesOf } from '../../src/statistics/questions.js';
import { type Counted, type StatisticsRecord, Tally } from '../../src/statistics/tally.js';

/** What is told of a cell, and what is not; and that counting knows neither order nor repetition. */
const TABLE = tableOf(METHOD_NOW);
const SECRET = Buffer.alloc(32, 3);
const recordKeyOf = (id: string): number => recordKey(SECRET, 'CASE', id, METHOD_NOW.recordModulus);
/** Here a sum is a key: each key there is can be tried. */
const keyOf = (sum: number): number => sum;
const cell = (count: number, more: Partial<Counted> = {}): Counted => ({
  count,
  sum: 0,
  feeders: 5,
  largest: Math.ceil(count / 5),
  unassigned: 0,
  ...more,
});
/** Every key there is. */
const told = (of: Counted, threshold = 5, team = 8): (number | null)[] =>
  Array.from({ length: TABLE.modulus }, (_, sum) =>
    protectedCount({ ...of, sum }, { threshold, table: TABLE, keyOf, team }),
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
      const all = told(cell(count));
      const values = all.filter((value) => value !== null);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(5);
      if (count > 20)
        expect(values.reduce((sum, value) => sum + value, 0) / all.length).toBeCloseTo(count, 2);
    }
  });

  test('of less than the threshold may be told as the threshold or more, so that what is told proves nothing', () => {
    expect(told(cell(4)).some((value) => value === 5)).toBe(true);
    expect(told(cell(6)).some((value) => value === null)).toBe(true);
    expect(told(cell(9), 11).some((value) => value === 11)).toBe(true);
  });

  test('of none is not told, unless there can be none', () => {
    const of = { threshold: 5, table: TABLE, keyOf, team: 8 };
    expect(protectedCount(cell(0), of)).toBeNull();
    expect(protectedCount(cell(0), { ...of, isStructuralZero: true })).toBe(0);
    expect(told(cell(3)).includes(0)).toBe(false);
  });

  test.each([
    ['one worker', { feeders: 1, largest: 100 }],
    ['two workers', { feeders: 2, largest: 50 }],
    ['one who has four fifths of it', { feeders: 9, largest: 80 }],
    ['two workers, and fewer than five of nobody in particular', { feeders: 2, largest: 50, unassigned: 4 }],
  ])('fed by %s is not told, whatever its key', (_, more) => {
    expect(told(cell(100, more)).every((value) => value === null)).toBe(true);
  });

  test('of nobody in particular is the team’s, if there is one', () => {
    const nobody = { feeders: 0, largest: 0, unassigned: 100 };
    expect(told(cell(100, nobody), 5, 3).every((value) => value !== null)).toBe(true);
    expect(told(cell(100, nobody), 5, 2).every((value) => value === null)).toBe(true);
  });
});

describe('a rate', () => {
  test('is of two counts that are told, or is not', () => {
    const of = { threshold: 5, table: TABLE, keyOf, team: 8 };
    for (let key = 0; key < TABLE.modulus; key += 997) {
      const [part, rest] = [cell(20, { sum: key }), cell(80, { sum: (key * 31) % TABLE.modulus })];
      const [one, other] = [protectedCount(part, of), protectedCount(rest, of)];
      const rate = protectedRate(part, rest, of);
      expect(rate).toBe(one === null || other === null ? null : Math.round((100 * one) / (one + other)));
    }
    expect(protectedRate(cell(0), cell(80), of)).toBeNull();
    expect(protectedRate(cell(20), cell(80, { feeders: 2 }), of)).toBeNull();
  });
});

describe('counting', () => {
  const SIZES = [2, 3, 2, 2];
  const CHOICES = choicesOf([0, 1, 2, 3]);
  const record = fc.record({
    unit: fc.integer({ min: 0, max: 30 }),
    district: fc.integer({ min: 0, max: 2 }),
    feeder: fc.option(fc.constantFrom('a', 'b', 'c')),
    categories: fc.tuple(...SIZES.map((size) => fc.integer({ min: 0, max: size - 1 }))),
  });
  type Drawn = { unit: number; district: number; feeder: string | null; categories: number[] };

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

  test('offers every choice of up to three dimensions, once', () => {
    expect(CHOICES).toHaveLength(1 + 4 + 6 + 4);
    expect(CHOICES[0]).toEqual([]);
    expect(new Set(CHOICES.map(String)).size).toBe(CHOICES.length);
    expect(choicesOf(['a', 'b'])).toEqual([[], ['a'], ['b'], ['a', 'b']]);
  });

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

  test('is what one would count by hand: different units, the sum of their keys, who feeds them', () => {
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
              const pairs = new Set(
                inCell.filter(({ feeder }) => feeder !== null).map(({ unit, feeder }) => `${feeder}:${unit}`),
              );
              const byFeeder = new Map<string, number>();
              for (const pair of pairs) byFeeder.set(pair[0] ?? '', (byFeeder.get(pair[0] ?? '') ?? 0) + 1);
              expect(counted).toEqual({
                count: units.length,
                sum: units.reduce(
                  (sum, unit) => (sum + recordKeyOf(`unit-${unit}`)) % METHOD_NOW.recordModulus,
                  0,
                ),
                feeders: byFeeder.size,
                largest: Math.max(0, ...byFeeder.values()),
                unassigned: units.filter(
                  (unit) => !inCell.some((row) => row.unit === unit && row.feeder !== null),
                ).length,
              });
            }
      }),
      { numRuns: 40 },
    );
  });
});
