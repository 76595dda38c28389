import { type CellKeys, perturbed } from './cell-key.js';
import type { BoundedMethod } from './method.js';
import type { PerturbationTable } from './perturbation-table.js';
import type { Counted } from './tally.js';

export interface ProtectionOf {
  readonly method: BoundedMethod;
  readonly table: PerturbationTable;
  readonly keys: CellKeys;
}

/**
 * A count as it may be told: perturbed by the key of its cell, or null. Null is what comes below the threshold, and zero: noise leaves zero
 * where it is, so that any count that is told would prove that someone is there. The threshold is asked after the noise: no boundary tells for
 * certain whether someone is in the cell.
 */
export function protectedCount(cell: Counted, { method, table, keys }: ProtectionOf): number | null {
  if (cell.count === 0) return null;
  const told = perturbed(cell.count, keys.ofSum(cell.sum), table);
  return told < method.threshold ? null : told;
}

/** A share in whole per cent, and of how many. */
export interface Rate {
  readonly percent: number;
  readonly base: number;
}

/**
 * A rate, of two counts with their noise; null where the base is below that of the method. No part has a threshold: it would leave out the low
 * rates alone. So zero has noise too, by the measure and the set of the other part: equal sets answer alike.
 */
export function protectedRate(
  part: Counted,
  rest: Counted,
  { method, table, keys }: ProtectionOf,
  measure: string,
): Rate | null {
  const noisy = (cell: Counted, other: Counted): number =>
    cell.count === 0
      ? keys.noiseOfNone(`${measure} ${other.sum}`)
      : perturbed(cell.count, keys.ofSum(cell.sum), table);
  const told = noisy(part, rest);
  const base = told + noisy(rest, part);
  return base < method.leastBase ? null : { percent: Math.round((100 * told) / base), base };
}
