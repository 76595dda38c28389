import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { addKeys, hashedCellKeys, perturbed, recordKey } from '../../src/statistics/cell-key.js';
import { HANDBOOK, METHOD_2 } from './worked-figures.js';

const SECRET = Buffer.alloc(32, 7);

describe('the handbook', () => {
  const { table, recordKeys, cells } = HANDBOOK;

  test.each(cells)('publishes $published of $records', ({ records, key, published }) => {
    const sum = records.reduce((keys, name) => addKeys(keys, recordKeys[name], table.modulus), 0);
    expect(sum).toBe(key);
    expect(perturbed(records.length, sum, table)).toBe(published);
  });
});

describe('method 2', () => {
  const { secret, unit, recordModulus, modulus, recordKeys, cells } = METHOD_2;

  test.each(cells)('gives the cell of $records the key $key', ({ records, sum, key }) => {
    const keys = records.map((id) => recordKey(secret, unit, id, recordModulus));
    expect(keys).toEqual(records.map((id) => recordKeys[id]));
    expect(keys.reduce((all, one) => addKeys(all, one, recordModulus), 0)).toBe(sum);
    expect(hashedCellKeys(secret, unit, modulus).ofSum(sum)).toBe(key);
  });

  test('gives each unit keys of its own, and no key of a record to a cell', () => {
    const [cases, persons] = ['CASE', 'PERSON'].map((one) => hashedCellKeys(secret, one, modulus).ofSum(7));
    expect(cases).not.toBe(persons);
    expect(persons).not.toBe(recordKey(secret, 'PERSON', '7', modulus));
  });

  test('says nothing of a whole by its parts: the keys of sums that add up are spread evenly beside one another', () => {
    const keys = hashedCellKeys(secret, unit, 10);
    const seen = new Map<string, number>();
    for (let nth = 0; nth < 20_000; nth += 1) {
      const [one, other] = [3 * nth, 5 * nth + 1];
      const left = (keys.ofSum(one) + keys.ofSum(other) - keys.ofSum(one + other) + 10) % 10;
      seen.set(String(left), (seen.get(String(left)) ?? 0) + 1);
    }
    // 9 degrees of freedom: mean 9, standard deviation 4.2. Plain sums leave nothing: all 20,000 would be 0.
    const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - 2_000) ** 2 / 2_000, 0);
    expect(seen.size).toBe(10);
    expect(chiSquare).toBeLessThan(9 + 6 * 4.2);
  });

  test('tells a part of a rate that is zero as 0 in two cases of three, as half on average, and always the same beside the same', () => {
    const keys = hashedCellKeys(secret, unit, modulus);
    const told = Array.from({ length: 20_000 }, (_, nth) => keys.noiseOfNone(`NOT_HONOURED ${nth}`));
    const mean = told.reduce((sum, one) => sum + one, 0) / told.length;
    // Six standard errors either way.
    expect(Math.abs(mean - 0.5)).toBeLessThan(6 * Math.sqrt(0.75 / told.length));
    const share = told.filter((one) => one === 0).length / told.length;
    expect(Math.abs(share - 2 / 3)).toBeLessThan(6 * Math.sqrt(2 / 9 / told.length));
    expect(Math.min(...told)).toBe(0);
    expect(keys.noiseOfNone('NOT_HONOURED 7')).toBe(told[7]);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no sum', (sum) => {
    expect(() => hashedCellKeys(secret, unit, modulus).ofSum(sum)).toThrow(RangeError);
  });
});

describe('the key of a record', () => {
  test.each([1, 2, 10, 256, 1_000_003, 2 ** 32, Number.MAX_SAFE_INTEGER])('is exact modulo %d', (modulus) => {
    const digest = createHmac('sha256', SECRET).update(Buffer.from('person\0é1')).digest();
    // Byte by byte, which is another way than that of the source.
    let remainder = 0n;
    for (const byte of digest) remainder = (remainder * 256n + BigInt(byte)) % BigInt(modulus);
    expect(recordKey(SECRET, 'person', 'é1', modulus)).toBe(Number(remainder));
  });

  test('is spread evenly', () => {
    const CELLS = 100;
    const IDS = 20_000;
    const seen = new Array<number>(CELLS).fill(0);
    for (let id = 0; id < IDS; id++) {
      const key = recordKey(SECRET, 'person', String(id), CELLS);
      seen[key] = (seen[key] ?? 0) + 1;
    }
    const chiSquare = seen.reduce((sum, n) => sum + (n - IDS / CELLS) ** 2 / (IDS / CELLS), 0);
    // 99 degrees of freedom: mean 99, standard deviation 14. Six of them either way: neither uneven nor too even.
    expect(chiSquare).toBeGreaterThan(99 - 6 * 14);
    expect(chiSquare).toBeLessThan(99 + 6 * 14);
  });

  test('is refused where the unit has the NUL that ends it, or the modulus is none', () => {
    expect(() => recordKey(SECRET, 'a\0b', 'c', 10)).toThrow(RangeError);
    for (const modulus of [0, -1, 1.5, 2 ** 53])
      expect(() => recordKey(SECRET, 'a', 'b', modulus)).toThrow(RangeError);
  });
});

describe('the sum of keys', () => {
  test('is exact where the plain sum is not', () => {
    const modulus = Number.MAX_SAFE_INTEGER;
    expect(addKeys(modulus - 1, modulus - 2, modulus)).toBe(modulus - 3);
    expect(addKeys(4, 6, 10)).toBe(0);
    expect(addKeys(0, 0, 1)).toBe(0);
  });

  test.each([
    [-1, 0, 10],
    [0, 10, 10],
    [0.5, 0, 10],
    [0, 0, 0],
  ])('is refused of %d and %d modulo %d', (a, b, modulus) => {
    expect(() => addKeys(a, b, modulus)).toThrow(RangeError);
  });
});

describe('what is published', () => {
  const { table } = HANDBOOK;

  test('is 0 of nothing, whatever the key', () => {
    for (let key = 0; key < table.modulus; key++) expect(perturbed(0, key, table)).toBe(0);
  });

  test('takes the last row beyond the last, or those of the cycle in turn', () => {
    expect(perturbed(50, 0, table)).toBe(49);
    // With a cycle of 2, 50 takes row 3, and 51 row 2.
    expect(perturbed(50, 0, { ...table, cycle: 2 })).toBe(49);
    expect(perturbed(51, 0, { ...table, cycle: 2 })).toBe(51);
  });

  test.each([
    [-1, 0],
    [1.5, 0],
    [Number.NaN, 0],
    [1, -1],
    [1, 10],
    [1, 0.5],
    [0, 10],
  ])('is refused of count %d and key %d', (count, key) => {
    expect(() => perturbed(count, key, table)).toThrow(RangeError);
  });
});
