import { createHmac, hkdfSync } from 'node:crypto';
import { type PerturbationTable, rowNumber } from './perturbation-table.js';

/**
 * Returns the key of a record: HMAC-SHA256 of its unit and id, as an integer of 256 bits, modulo the modulus. Without the secret, nobody
 * can tell it from chance. With the secret, the same key is found on any day, with nothing stored.
 *
 * @param unit the unit of the count, such as persons; for the same record, the keys of two units have nothing in common
 * @returns 0..modulus - 1
 * @throws RangeError if the modulus is no integer of at least 1, or the unit has a NUL, which ends the unit
 */
export function recordKey(secret: Buffer, unit: string, id: string, modulus: number): number {
  mustBeModulus(modulus);
  mustBeUnit(unit);
  const digest = createHmac('sha256', secret).update(`${unit}\0${id}`, 'utf8').digest('hex');
  return Number(BigInt(`0x${digest}`) % BigInt(modulus));
}

/**
 * Adds the keys of two sets of records that have no record in common. The sum over all records of a cell is the same in any order and
 * grouping, and 0 for no record.
 *
 * @returns 0..modulus - 1
 * @throws RangeError if the modulus is no integer of at least 1, or a key is not in 0..modulus - 1
 */
export function addKeys(a: number, b: number, modulus: number): number {
  mustBeModulus(modulus);
  mustBeKey(a, modulus);
  mustBeKey(b, modulus);
  // The expression is not (a + b) % modulus, whose sum may be beyond what a number holds exactly.
  return a < modulus - b ? a + b : a - (modulus - b);
}

/** The keys of the cells of one unit. */
export interface CellKeys {
  /**
   * Returns the key of a cell, from the sum of its record keys.
   * @throws RangeError if the sum is negative or no integer
   */
  ofSum(sum: number): number;
  /**
   * Returns the published value of a part of a rate that is zero: 0 in two cases of three, each higher count a third as often, half on
   * average.
   * @param beside the rest of the rate: the measure and the sum of the other part, since the zero part has no records of its own
   */
  noiseOfNone(beside: string): number;
}

/**
 * Makes the keys of the cells of one unit from the sums of their record keys, since method 2: HMAC-SHA256 of the unit and the sum, modulo
 * the modulus of the table.
 *
 * Plain sums add up: the noise of a margin then follows from the noise of its cells. Tables of two by two with their margins told in 83
 * of 100 trials whether a person was there. A hash of the sum tells it in 60 (`tests/statistics/attacks/two-by-two.ts`). A set of records
 * has one sum, and so one noise, in every table.
 *
 * The key of the hash is derived by HKDF-SHA256 (RFC 5869): no key of a record can be the key of a cell.
 *
 * @throws RangeError if the modulus is no integer of at least 1, or the unit has a NUL
 */
export function hashedCellKeys(secret: Buffer, unit: string, modulus: number): CellKeys {
  mustBeModulus(modulus);
  mustBeUnit(unit);
  const cellSecret = Buffer.from(hkdfSync('sha256', secret, '', 'cosmos statistics: keys of cells', 32));
  return {
    ofSum: (sum) => {
      if (!Number.isSafeInteger(sum) || sum < 0) throw new RangeError(`sum: ${sum}`);
      return recordKey(cellSecret, unit, String(sum), modulus);
    },
    noiseOfNone: (beside) => {
      // The number is in 0..1, without 1.
      const drawn = recordKey(cellSecret, unit, `none ${beside}`, 2 ** 48) / 2 ** 48;
      return Math.floor(Math.log(1 - drawn) / Math.log(1 / 3));
    },
  };
}

/**
 * Returns the published count of a cell.
 *
 * @param count the number of its records
 * @param key the key of the cell: by method 1 and in the handbook the sum of the record keys, since method 2 its hash
 * @returns 0 for no record; otherwise the count plus the perturbation that the table has for its row and key
 * @throws RangeError if the count is negative or no integer, or the key is not in 0..modulus - 1
 */
export function perturbed(count: number, key: number, table: PerturbationTable): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count: ${count}`);
  mustBeKey(key, table.modulus);
  // An empty cell stays empty: noise there would tell of people where there cannot be any.
  if (count === 0) return 0;
  const row = table.rows[rowNumber(count, table.rows.length, table.cycle) - 1];
  const range = row?.find(({ from, to }) => from <= key && key < to);
  if (range === undefined) throw new RangeError(`The row of ${count} has no key ${key}.`);
  return count + range.perturbation;
}

function mustBeUnit(unit: string): void {
  if (unit.includes('\0')) throw new RangeError('A unit has no NUL.');
}

function mustBeModulus(modulus: number): void {
  if (!Number.isSafeInteger(modulus) || modulus < 1) throw new RangeError(`modulus: ${modulus}`);
}

function mustBeKey(key: number, modulus: number): void {
  if (!Number.isSafeInteger(key) || key < 0 || key >= modulus) throw new RangeError(`key: ${key}`);
}
