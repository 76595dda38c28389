import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  addKeys,
  type CellName,
  namedCellKeys,
  perturbed,
  recordKey,
  textOfCell,
} from '../../src/statistics/cell-key.js';
import { HANDBOOK, METHOD_4 } from './worked-figures.js';

const SECRET = Buffer.alloc(32, 7);

describe('the handbook', () => {
  const { table, recordKeys, cells } = HANDBOOK;

  test.each(cells)('publishes $published of $records', ({ records, key, published }) => {
    const sum = records.reduce((keys, name) => addKeys(keys, recordKeys[name], table.modulus), 0);
    expect(sum).toBe(key);
    expect(perturbed(records.length, sum, table)).toBe(published);
  });
});

describe('method 4', () => {
  const { secret, unit, recordModulus, modulus, recordKeys, cells, name } = METHOD_4;
  const keys = namedCellKeys(secret, unit, modulus);
  const NAME: CellName = { ...name, period: '2026' };

  test.each(cells)('gives the cell of $records in $period the key $key', ({ period, records, sum, key }) => {
    const ofRecords = records.map((id) => recordKey(secret, unit, id, recordModulus));
    expect(ofRecords).toEqual(records.map((id) => recordKeys[id]));
    expect(ofRecords.reduce((all, one) => addKeys(all, one, recordModulus), 0)).toBe(sum);
    expect(keys({ ...name, period }, sum)).toBe(key);
  });

  test('gives each part of the name a say: equal sets have other keys in other cells, and the same key in the same cell', () => {
    const others: readonly CellName[] = [
      { ...NAME, period: '2026-03' },
      { ...NAME, measure: 'PERSONS_HELPED' },
      { ...NAME, districtId: '6f3c1a52-0000-4000-8000-000000000000' },
      { ...NAME, dimensions: ['AGE_BAND'] },
      { ...NAME, categories: ['BY_APPOINTMENT'] },
      { ...NAME, part: 'REST' },
    ];
    expect(new Set([NAME, ...others].map((one) => keys(one, 7))).size).toBe(7);
    expect(keys({ ...NAME }, 7)).toBe(keys(NAME, 7));
    expect(keys(NAME, 8)).not.toBe(keys(NAME, 7));
    expect(namedCellKeys(secret, 'CASE', modulus)(NAME, 7)).not.toBe(keys(NAME, 7));
  });

  test('gives no key of a record to a cell', () => {
    expect(keys(NAME, 7)).not.toBe(recordKey(secret, unit, textOfCell(NAME, 7), modulus));
  });

  test('says nothing of a whole by its parts: the keys of sums that add up are spread evenly beside one another', () => {
    const ten = namedCellKeys(secret, unit, 10);
    const seen = new Map<number, number>();
    for (let nth = 0; nth < 20_000; nth += 1) {
      const [one, other] = [3 * nth, 5 * nth + 1];
      const left = (ten(NAME, one) + ten(NAME, other) - ten(NAME, one + other) + 10) % 10;
      seen.set(left, (seen.get(left) ?? 0) + 1);
    }
    // 9 degrees of freedom: mean 9, standard deviation 4.2. Plain sums leave nothing: all 20,000 would be 0.
    const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - 2_000) ** 2 / 2_000, 0);
    expect(seen.size).toBe(10);
    expect(chiSquare).toBeLessThan(9 + 6 * 4.2);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no sum', (sum) => {
    expect(() => keys(NAME, sum)).toThrow(RangeError);
  });

  test('a name with a NUL is refused: two names would have one text', () => {
    expect(() => keys({ ...NAME, measure: 'A\0B' }, 7)).toThrow(RangeError);
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
