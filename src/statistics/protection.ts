import { type CellKeys, type CellName, perturbed } from './cell-key.js';
import { halfWidth, WIDEST_RATE } from './interval.js';
import type { PerturbationTable } from './perturbation-table.js';
import type { Counted } from './tally.js';

/** The table and the keys that protect a count. */
export interface ProtectionOf {
  readonly table: PerturbationTable;
  readonly keys: CellKeys;
}

/** Returns a count with its noise, by the key of its cell. It may be negative, and is not published so. */
export function noisyCount(cell: Counted, name: CellName, { table, keys }: ProtectionOf): number {
  return perturbed(cell.count, keys(name, cell.sum), table);
}

/**
 * Returns a count with its noise as it is published: a negative one as 0. Below the threshold it is null, if there is a threshold. The noise
 * is the same for zero, few and many: so no answer proves that someone is there.
 *
 * @param noisy one count with its noise, or a sum of such counts
 */
export function toldCount(noisy: number, threshold: number | null): number | null {
  if (threshold !== null && noisy < threshold) return null;
  return Math.max(0, noisy);
}

/** A share in whole per cent, and its base. */
export interface Rate {
  readonly percent: number;
  readonly base: number;
}

/** Returns the lowest base of a rate: with fewer, its interval would be wider than ± 10 points. */
export function leastBaseOf(variance: number): number {
  return Math.ceil((100 * halfWidth({ variance })) / (WIDEST_RATE - 0.5));
}

/**
 * Returns a rate, from two counts with their noise; null if its interval would be wider than ± 10 points. No part has a threshold: it would
 * leave out the low rates alone.
 *
 * @param variance the variance of the noise of the part, and of the rest if that is greater
 */
export function toldRate(part: number, rest: number, variance: number): Rate | null {
  const base = part + rest;
  if (base < leastBaseOf(variance)) return null;
  return { percent: Math.min(100, Math.max(0, Math.round((100 * part) / base))), base };
}
