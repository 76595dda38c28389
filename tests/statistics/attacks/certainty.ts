import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { rowNumber } from '../../../src/statistics/perturbation-table.js';
import type { World } from './likelihood.js';
import type { Population, Version } from './population.js';
import { cellsOfYear, partsOf, placeOf } from './year-tables.js';

/** The true counts that a cell may have, for all that is told: `from` to `to`, both included. */
interface Bounds {
  from: number;
  to: number;
}

/** What bounds say of the withheld cells of a district-year, structural zeros apart. */
export interface Certainty {
  readonly withheld: number;
  /** Of how many there is one count alone that agrees with all that is told. */
  readonly pinned: number;
  /** How many counts agree, at least; infinity where no cell is bounded. */
  readonly fewest: number;
  /** How many are bounded from above at all. */
  readonly bounded: number;
  /** Cells whose true count is outside its bounds: there must be none. */
  readonly wrong: number;
}

/**
 * The bounds of every cell, told ones by the noise that their rows have a key for, withheld ones from 0 (many units of two workers are
 * withheld too, so that there is no other bound), drawn together by all sums that hold between them until nothing changes.
 */
export function certaintyOf(
  world: World,
  population: Population,
  table: PerturbationTable,
  version: Version,
): Certainty {
  const cells = cellsOfYear(world, population, version);
  // Where each unit is somebody's, three workers have three units at least.
  const fewest = population.units.some(({ feeder }) => [0, 6, 12].some((at) => feeder(at) === null)) ? 1 : 3;
  const bounds = new Map<string, Bounds>();
  for (const one of cells) {
    const place = placeOf(one.period, one.choice, one.cell);
    if (one.isStructuralZero) bounds.set(place, { from: 0, to: 0 });
    else
      bounds.set(
        place,
        one.told === null ? { from: 0, to: Number.POSITIVE_INFINITY } : support(one.told, fewest, table),
      );
  }
  const sums = cells.flatMap((one) => {
    const whole = bounds.get(placeOf(one.period, one.choice, one.cell)) as Bounds;
    return partsOf(one, population, version).map((parts) => ({
      whole,
      parts: parts.map((part) => bounds.get(part) as Bounds),
    }));
  });
  while (sums.map(drawTogether).some((changed) => changed)) {
    // Until no sum has any more to say.
  }
  const withheld = cells.filter(({ told, isStructuralZero }) => told === null && !isStructuralZero);
  const widths = withheld.map((one) => {
    const { from, to } = bounds.get(placeOf(one.period, one.choice, one.cell)) as Bounds;
    return to - from + 1;
  });
  return {
    withheld: withheld.length,
    pinned: widths.filter((width) => width <= 1).length,
    fewest: Math.min(...widths),
    bounded: widths.filter((width) => Number.isFinite(width)).length,
    wrong: cells.filter((one) => {
      const { from, to } = bounds.get(placeOf(one.period, one.choice, one.cell)) as Bounds;
      return one.count < from || one.count > to;
    }).length,
  };
}

/** The counts of which this may be told. */
function support(told: number, fewest: number, table: PerturbationTable): Bounds {
  const most = Math.max(
    ...table.rows.flatMap((row) => row.map(({ perturbation }) => Math.abs(perturbation))),
  );
  const counts: number[] = [];
  for (let count = Math.max(fewest, told - most); count <= told + most; count += 1) {
    const row = table.rows[rowNumber(count, table.rows.length, table.cycle) - 1] ?? [];
    if (row.some(({ perturbation }) => count + perturbation === told)) counts.push(count);
  }
  return { from: Math.min(...counts), to: Math.max(...counts) };
}

/** Whether bounds became narrower by their sum. */
function drawTogether({
  whole,
  parts,
}: {
  readonly whole: Bounds;
  readonly parts: readonly Bounds[];
}): boolean {
  let changed = false;
  const narrow = (bounds: Bounds, from: number, to: number): void => {
    if (from > bounds.from) [bounds.from, changed] = [from, true];
    if (to < bounds.to) [bounds.to, changed] = [to, true];
  };
  const least = parts.reduce((sum, { from }) => sum + from, 0);
  const most = parts.reduce((sum, { to }) => sum + to, 0);
  narrow(whole, least, most);
  for (const part of parts) {
    // Without a bound of another part, there is none for this one.
    const otherMost = Number.isFinite(most) ? most - part.to : Number.POSITIVE_INFINITY;
    narrow(part, whole.from - otherMost, whole.to - (least - part.from));
  }
  return changed;
}
