import { createHmac } from 'node:crypto';
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
  if (unit.includes('\0')) throw new RangeError('A unit has no NUL.');
  const digest = createHmac('sha256', secret).update(`${unit}\0${id}`, 'utf8').digest('hex');
  return Number(BigInt(`0x${digest}`) % BigInt(modulus));
}

/**
 * The key of two sets of records together that have no record in common. The key of a cell is that of all its records, in
 * any order and grouping, and 0 of none: the same records have the same noise, in whatever table they are counted.
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

/**
 * What is published of a cell.
 *
 * @param count how many records it has
 * @param key the sum of their keys
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

function mustBeModulus(modulus: number): void {
  if (!Number.isSafeInteger(modulus) || modulus < 1) throw new RangeError(`modulus: ${modulus}`);
}

function mustBeKey(key: number, modulus: number): void {
  if (!Number.isSafeInteger(key) || key < 0 || key >= modulus) throw new RangeError(`key: ${key}`);
}
