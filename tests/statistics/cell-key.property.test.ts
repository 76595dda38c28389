import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addKeys, perturbed, recordKey } from '../../src/statistics/cell-key.js';
import {
  makePerturbationTable,
  rowProbabilities,
  type TableParameters,
} from '../../src/statistics/perturbation-table.js';

const EXACT = 1e-9;

/** Parameters that every row can obey: with js, a count i <= js needs a variance of i(js + 1 - i) at least. */
const parameters: fc.Arbitrary<TableParameters> = fc
  .integer({ min: 1, max: 15 })
  .chain((maxPerturbation) =>
    fc.record({
      maxPerturbation: fc.constant(maxPerturbation),
      js: fc.integer({ min: 0, max: Math.min(maxPerturbation, 4) }),
      more: fc.oneof(fc.double({ min: 0.001, max: 8, noNaN: true }), fc.integer({ min: 8, max: 150 })),
      modulus: fc.integer({ min: 50, max: 5000 }),
    }),
  )
  .map(({ more, ...rest }) => {
    const least = Math.max(0, ...Array.from({ length: rest.js }, (_, at) => (at + 1) * (rest.js - at)));
    return { ...rest, variance: least + more };
  });

/** From the lowest count to two past the last row. */
const withCount = parameters.chain((one) =>
  fc.record({
    one: fc.constant(one),
    count: fc.integer({ min: 1, max: one.maxPerturbation + (one.js ?? 0) + 3 }),
    isFree: fc.boolean(),
  }),
);

const total = (p: readonly number[], weight: (at: number) => number = () => 1): number =>
  p.reduce((sum, one, at) => sum + one * weight(at), 0);

/** Whether what is further from 0 is no more probable, side by side. */
function isMonotone(values: readonly number[], p: readonly number[], tolerance: number): boolean {
  const along = (side: number) =>
    values
      .map((v, at) => ({ v: v * side, p: p[at] ?? 0 }))
      .filter(({ v }) => v >= 0)
      .sort((one, other) => one.v - other.v);
  return [-1, 1].every((side) =>
    along(side).every(({ p: here }, at, all) => at === 0 || here <= (all[at - 1]?.p ?? 0) + tolerance),
  );
}

test('every row obeys the rules', () => {
  fc.assert(
    fc.property(withCount, ({ one, count, isFree }) => {
      const row = rowProbabilities(count, isFree ? { ...one, monotonyOff: [count] } : one);
      const [values, p] = [[...row.keys()], [...row.values()]];
      const allowed = Array.from(
        { length: 2 * one.maxPerturbation + 1 },
        (_, at) => at - one.maxPerturbation,
      );
      expect(values).toEqual(allowed.filter((v) => count + v === 0 || count + v > (one.js ?? 0)));
      expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
      expect(Math.abs(total(p) - 1)).toBeLessThan(EXACT);
      expect(Math.abs(total(p, (at) => values[at] ?? 0))).toBeLessThan(EXACT);
      expect(total(p, (at) => (values[at] ?? 0) ** 2)).toBeLessThan(one.variance + EXACT);
      if (!isFree) expect(isMonotone(values, p, EXACT)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

/** What is left of a vector once the others are taken out of it (Gram and Schmidt, twice, for rounding). */
function without(vector: readonly number[], others: readonly (readonly number[])[]): number[] {
  const basis: number[][] = [];
  const reduce = (one: readonly number[]) => {
    let rest = [...one];
    for (let time = 0; time < 2; time++)
      for (const axis of basis) {
        const dot = total(rest, (at) => axis[at] ?? 0);
        rest = rest.map((x, at) => x - dot * (axis[at] ?? 0));
      }
    return rest;
  };
  for (const other of others) {
    const rest = reduce(other);
    const length = Math.sqrt(total(rest, (at) => rest[at] ?? 0));
    if (length > 1e-6) basis.push(rest.map((x) => x / length));
  }
  return reduce(vector);
}

test('no small move that obeys the rules raises the entropy of a row', () => {
  let moves = 0;
  fc.assert(
    fc.property(
      withCount,
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 31, maxLength: 31 }),
      fc.boolean(),
      ({ one, count, isFree }, draw, keepsLevels) => {
        const row = rowProbabilities(count, isFree ? { ...one, monotonyOff: [count] } : one);
        const room = one.variance - [...row].reduce((sum, [v, q]) => sum + q * v * v, 0);
        // What is next to 0 cannot be moved, and stays.
        const kept = [...row].filter(([, p]) => p > 1e-6);
        const [values, p] = [kept.map(([v]) => v), kept.map(([, q]) => q)];
        const squares = values.map((v) => v * v);
        // Equal neighbours move together half of the time: drawn each on its own, they seldom stay in order.
        const levels = values
          .map((_, at) => values.map((_, other) => (other === at ? 1 : other === at + 1 ? -1 : 0)))
          .filter((_, at) => keepsLevels && p[at] === p[at + 1]);
        const direction = without(
          values.map((_, at) => draw[at] ?? 0),
          [values.map(() => 1), values, ...(room < EXACT ? [squares] : []), ...levels],
        );
        const entropy = (q: readonly number[]) => -total(q, (at) => Math.log(q[at] ?? 1));
        const longest = Math.max(...direction.map(Math.abs));
        if (longest < 1e-3) return;
        for (const sign of [-1, 1])
          for (const size of [1e-1, 1e-2, 1e-3]) {
            const step = (sign * size * Math.min(...p)) / longest;
            const moved = p.map((q, at) => q + step * (direction[at] ?? 0));
            const obeys =
              step * total(direction, (at) => squares[at] ?? 0) <= Math.max(room, 1e-14) &&
              (isFree || isMonotone(values, moved, 1e-15));
            if (!obeys) continue;
            moves++;
            expect(entropy(moved) - entropy(p)).toBeLessThan(1e-12);
          }
      },
    ),
    { numRuns: 1000 },
  );
  // What is never moved proves nothing.
  expect(moves).toBeGreaterThan(1000);
});

test('the ranges of a row partition the keys, without a bias, and as probable as they must be', () => {
  fc.assert(
    fc.property(parameters, (one) => {
      const table = makePerturbationTable(one);
      for (const [at, row] of table.rows.entries()) {
        expect(row[0]?.from).toBe(0);
        expect(row.at(-1)?.to).toBe(one.modulus);
        for (const [nth, range] of row.entries()) {
          expect(range.to).toBeGreaterThan(range.from);
          if (nth > 0) expect(range.from).toBe(row[nth - 1]?.to);
        }
        const bias = row.reduce((sum, range) => sum + (range.to - range.from) * range.perturbation, 0);
        expect(Math.abs(bias)).toBeLessThanOrEqual(one.maxPerturbation);
        for (const [v, p] of rowProbabilities(at + 1, one)) {
          const range = row.find(({ perturbation }) => perturbation === v);
          const keys = range === undefined ? 0 : range.to - range.from;
          expect(Math.abs(keys - p * one.modulus)).toBeLessThanOrEqual(1 + EXACT);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('over all keys, what is published is as probable as the row says', () => {
  fc.assert(
    fc.property(withCount, ({ one, count }) => {
      const table = makePerturbationTable(one);
      const seen = new Map<number, number>();
      for (let key = 0; key < one.modulus; key++) {
        const v = perturbed(count, key, table) - count;
        seen.set(v, (seen.get(v) ?? 0) + 1);
      }
      const row = rowProbabilities(count, one);
      for (const v of seen.keys()) expect(row.has(v)).toBe(true);
      for (const [v, p] of row)
        expect(Math.abs((seen.get(v) ?? 0) - p * one.modulus)).toBeLessThanOrEqual(1 + EXACT);
    }),
    { numRuns: 60 },
  );
});

test('the same records have the same key and answer, in any order and grouping', () => {
  const table = makePerturbationTable({ maxPerturbation: 12, variance: 6, modulus: 2 ** 32 });
  const secret = Buffer.alloc(32, 7);
  const twoOrders = fc
    .uniqueArray(fc.string(), { minLength: 1, maxLength: 40 })
    .chain((ids) =>
      fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length, maxLength: ids.length })),
    );
  fc.assert(
    fc.property(twoOrders, fc.infiniteStream(fc.nat()), ([ids, shuffled], cuts) => {
      const key = (id: string) => recordKey(secret, 'person', id, table.modulus);
      const sumOf = (some: readonly string[]): number => {
        if (some.length < 2) return some.map(key)[0] ?? 0;
        // Either part may be empty, which adds 0.
        const cut = Number(cuts.next().value) % some.length;
        if (cut === 0) return addKeys(key(some[0] ?? ''), sumOf(some.slice(1)), table.modulus);
        return addKeys(sumOf(some.slice(0, cut)), sumOf(some.slice(cut)), table.modulus);
      };
      const inARow = ids.reduce((sum, id) => addKeys(sum, key(id), table.modulus), 0);
      expect(sumOf(shuffled)).toBe(inARow);
      expect(perturbed(shuffled.length, sumOf(shuffled), table)).toBe(perturbed(ids.length, inARow, table));
    }),
    { numRuns: 200 },
  );
});

test('a key changes with the secret, the unit and the id, and where one ends and the other begins', () => {
  const modulus = Number.MAX_SAFE_INTEGER;
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((some) => !some.includes('\0'));
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes, text, text, fc.nat({ max: 31 }), (secret, unit, id, at) => {
      const key = recordKey(Buffer.from(secret), unit, id, modulus);
      expect(recordKey(Buffer.from(secret), unit, id, modulus)).toBe(key);
      const other = Buffer.from(secret.map((byte, nth) => (nth === at ? byte ^ 1 : byte)));
      expect(recordKey(other, unit, id, modulus)).not.toBe(key);
      expect(recordKey(Buffer.from(secret), `${unit}.`, id, modulus)).not.toBe(key);
      expect(recordKey(Buffer.from(secret), unit, `${id}.`, modulus)).not.toBe(key);
      // The same text, cut elsewhere.
      expect(recordKey(Buffer.from(secret), unit + id, '', modulus)).not.toBe(key);
      expect(recordKey(Buffer.from(secret), '', unit + id, modulus)).not.toBe(key);
    }),
    { numRuns: 200 },
  );
  const secret = Buffer.alloc(32, 7);
  expect(recordKey(secret, 'a', 'bc', modulus)).not.toBe(recordKey(secret, 'ab', 'c', modulus));
});
