import { createHmac, hkdfSync } from 'node:crypto';
import { type PerturbationTable, rowNumber } from './perturbation-table.js';

/**
 * The key of a record: HMAC-SHA256 of its unit and id, as an integer of 256 bits, modulo the modulus. Who has not the
 * secret cannot tell it from chance; who has it finds the same key on any day, with nothing stored.
 *
 * @param unit what is counted, such as persons; of the same record, the keys of two units have nothing in common
 * @returns 0..modulus - 1
 * @throws RangeError where the modulus is no integer of at least 1, or the unit has a NUL, which is what ends it
 */
export function recordKey(secret: Buffer, unit: string, id: string, modulus: number): number {
  mustBeModulus(modulus);
  mustBeUnit(unit);
  const digest = createHmac('sha256', secret).update(`${unit}\0${id}`, 'utf8').digest('hex');
  return Number(BigInt(`0x${digest}`) % BigInt(modulus));
}

/**
 * The keys of two sets of records together that have no record in common. The sum over all records of a cell is the same in any order and
 * grouping, and 0 of none.
 *
 * @returns 0..modulus - 1
 * @throws RangeError where the modulus is no integer of at least 1, or a key is not in 0..modulus - 1
 */
export function addKeys(a: number, b: number, modulus: number): number {
  mustBeModulus(modulus);
  mustBeKey(a, modulus);
  mustBeKey(b, modulus);
  // Not (a + b) % modulus, whose sum may be beyond what a number holds exactly.
  return a < modulus - b ? a + b : a - (modulus - b);
}

/** The keys of the cells of one unit. */
export interface CellKeys {
  /**
   * Of the sum of the record keys of a cell.
   * @throws RangeError where the sum is negative or no integer
   */
  ofSum(sum: number): number;
  /**
   * What a part of a rate that is zero is told as: 0 in two cases of three, each higher count a third as often, half on average.
   * @param beside what it is a part of: the measure and the sum of the other part, since it has no records of its own
   */
  noiseOfNone(beside: string): number;
}

/**
 * Makes the keys of the cells of one unit from the sums of their record keys, since method 2: HMAC-SHA256 of the unit and the sum, modulo the
 * modulus of the table.
 *
 * Sums add up. The noise of a margin then follows from the noise of its cells: tables of two by two with their margins told in 83 of 100
 * trials whether a person was there. A hash of the sum tells it in 60 (`tests/statistics/attacks/two-by-two.ts`). A set of records has one
 * sum, and so one noise, in every table.
 *
 * The key of the hash is derived by HKDF-SHA256 (RFC 5869): no key of a record can be the key of a cell.
 *
 * @throws RangeError where the modulus is no integer of at least 1, or the unit has a NUL
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
      // In 0..1, without 1.
      const drawn = recordKey(cellSecret, unit, `none ${beside}`, 2 ** 48) / 2 ** 48;
      return Math.floor(Math.log(1 - drawn) / Math.log(1 / 3));
    },
  };
}

/**
 * What is published of a cell.
 *
 * @param count how many records it has
 * @param key the key of the cell: by method 1 and in the handbook the sum of the record keys, since method 2 its hash
 * @returns 0 of none; else the count and the perturbation that the table has for its row and key
 * @throws RangeError where the count is negative or no integer, or the key is not in 0..modulus - 1
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
