import { perturbed } from './cell-key.js';
import type { PerturbationTable } from './perturbation-table.js';
import type { Counted } from './tally.js';

/** Rule 10: no figure is fed by fewer. */
const FEWEST_WORKERS = 3;

/** A figure four fifths of which are one worker's is theirs, whoever else feeds it. */
const LARGEST_SHARE = 4 / 5;

/** So many units of nobody in particular bring in the whole team; fewer of them would do for the figure of one worker to be told. */
const ENOUGH_FOR_THE_TEAM = 5;

function isFedByEnough(cell: Counted, team: number): boolean {
  if (cell.largest >= cell.count * LARGEST_SHARE) return false;
  const bringInTheTeam = cell.unassigned >= Math.min(ENOUGH_FOR_THE_TEAM, cell.count);
  return (bringInTheTeam ? Math.max(team, cell.feeders) : cell.feeders) >= FEWEST_WORKERS;
}

/**
 * A count as it may be told: perturbed by the cell's key, or null. Below the threshold it is null, and so is zero: by then the count
 * is perturbed already, so that no boundary tells for certain whether someone is in the cell. Zero is told of what cannot be.
 * @param team how many workers receive people in the territory
 */
export function protectedCount(
  cell: Counted,
  { threshold, table, keyOf, team, isStructuralZero = false }: ProtectionOf,
): number | null {
  if (cell.count === 0) return isStructuralZero ? 0 : null;
  if (!isFedByEnough(cell, team)) return null;
  const told = perturbed(cell.count, keyOf(cell.sum), table);
  return told < threshold ? null : told;
}

export interface ProtectionOf {
  readonly threshold: number;
  readonly table: PerturbationTable;
  /** The key of a cell, of the sum of its record keys. */
  readonly keyOf: (sum: number) => number;
  readonly team: number;
  /** That there can be none, by what the categories mean. */
  readonly isStructuralZero?: boolean;
}

/** A rate in whole per cent, of two counts as they may be told; null where either is withheld. */
export function protectedRate(part: Counted, rest: Counted, protection: ProtectionOf): number | null {
  const [told, other] = [protectedCount(part, protection), protectedCount(rest, protection)];
  if (told === null || other === null || told + other === 0) return null;
  return Math.round((100 * told) / (told + other));
}
