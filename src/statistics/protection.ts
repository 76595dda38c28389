import { type CellKeys, perturbed } from './cell-key.js';
import type { BoundedMethod } from './method.js';
import type { PerturbationTable } from './perturbation-table.js';
import type { Counted } from './tally.js';

/** The method, its table and the keys that protect a count. */
export interface ProtectionOf {
  readonly method: BoundedMethod;
  readonly table: PerturbationTable;
  readonly keys: CellKeys;
}

/**
 * Returns a count as it may be published: perturbed by the key of its cell, or null. A count below the threshold, and zero, are null:
 * noise leaves zero as it is, so that any published count would prove that someone is there. The threshold is compared after the noise:
 * so no boundary tells for certain whether someone is in the cell.
 */
export function protectedCount(cell: Counted, { method, table, keys }: ProtectionOf): number | null {
  if (cell.count === 0) return null;
  const told = perturbed(cell.count, keys.ofSum(cell.sum), table);
  return told < method.threshold ? null : told;
}

/** A share in whole per cent, and its base. */
export interface Rate {
  readonly percent: number;
  readonly base: number;
}

/**
 * Returns a rate, from two counts with their noise; null if the base is below that of the method. No part has a threshold: it would leave
 * out the low rates alone. So zero has noise too, by the measure and the set of the other part: equal sets answer alike.
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
