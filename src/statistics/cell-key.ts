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

/** What a cell is called. No two published cells have the same name, but for two indicators of one measure: their cells are the same cell. */
export interface CellName {
  /** `2026`, or `2026-03`. */
  readonly period: string;
  /** The code of the measure. It is not that of the indicator: two indicators of one measure would give two answers to one question. */
  readonly measure: string;
  /** The id of a district; null is the county. */
  readonly districtId: string | null;
  /** The dimensions of the table, in the order of the measure, and the code of the cell's category in each. */
  readonly dimensions: readonly string[];
  readonly categories: readonly string[];
  /** The part of a rate that is counted nowhere else; otherwise `ALL`. */
  readonly part: 'ALL' | 'PART' | 'REST';
}

/**
 * Returns the text of which the key of a cell is made: its name and the sum of its record keys, each ended by a NUL.
 * @throws RangeError if a part of the name has a NUL, or the sum is negative or no integer
 */
export function textOfCell(
  { period, measure, districtId, dimensions, categories, part }: CellName,
  sum: number,
): string {
  if (!Number.isSafeInteger(sum) || sum < 0) throw new RangeError(`sum: ${sum}`);
  const name = [period, measure, districtId ?? 'COUNTY', dimensions.join(','), categories.join(','), part];
  if (name.some((text) => text.includes('\0'))) throw new RangeError('The name of a cell has no NUL.');
  return [...name, String(sum)].join('\0');
}

/** Returns the key of a cell, from its name and the sum of its record keys. */
export type CellKeys = (name: CellName, sum: number) => number;

/**
 * Makes the keys of the cells of one unit, since method 4: HMAC-SHA256 of the unit, the name of the cell and the sum of its record keys,
 * modulo the modulus of the table.
 *
 * With the name in it, the noise belongs to the cell. By methods 2 and 3 it belonged to the set of units: equal sets answered alike, so two
 * published numbers that differed proved that somebody was in the one and not in the other. With the sum in it, a set that changes has other
 * noise. So a cell that is counted again tells nothing by a difference.
 *
 * The key of the hash is derived by HKDF-SHA256 (RFC 5869): no key of a record can be the key of a cell.
 *
 * @throws RangeError if the modulus is no integer of at least 1, or the unit has a NUL
 */
export function namedCellKeys(secret: Buffer, unit: string, modulus: number): CellKeys {
  mustBeModulus(modulus);
  mustBeUnit(unit);
  const cellSecret = Buffer.from(
    hkdfSync('sha256', secret, '', 'cosmos statistics: keys of named cells', 32),
  );
  return (name, sum) => recordKey(cellSecret, unit, textOfCell(name, sum), modulus);
}

/**
 * Returns the count of a cell with its noise. It may be negative if the table has noise for zero.
 *
 * @param count the number of its records
 * @param key the key of the cell: in the handbook and by method 1 the sum of the record keys, by methods 2 and 3 a hash of that sum, since
 * method 4 a hash of the sum and of the cell's name
 * @returns the count plus the perturbation that the table has for its row and key; 0 for no record, unless the table has noise for zero
 * @throws RangeError if the count is negative or no integer, or the key is not in 0..modulus - 1
 */
export function perturbed(count: number, key: number, table: PerturbationTable): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count: ${count}`);
  mustBeKey(key, table.modulus);
  if (count === 0 && table.hasNoiseForZero !== true) return 0;
  const row = table.rows[rowNumber(Math.max(1, count), table.rows.length, table.cycle) - 1];
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
