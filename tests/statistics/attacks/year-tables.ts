import { choicesOf } from '../../../src/statistics/questions.js';
import type { World } from './likelihood.js';
import { type Population, type Version, YEAR } from './population.js';
import { categoriesOf, DISTRICT } from './tables.js';

/** A cell of the district-year, with what is told of it and what is so. */
export interface YearCell {
  readonly period: number;
  readonly choice: readonly number[];
  readonly cell: number;
  readonly told: number | null;
  readonly count: number;
  readonly isStructuralZero: boolean;
}

/** Every cell of a district-year in one version. */
export function cellsOfYear(world: World, population: Population, version: Version): readonly YearCell[] {
  return world.told.flatMap((table, nth) => {
    if (table.territory !== DISTRICT || table.version !== version) return [];
    const counted = world.known[nth]?.counted ?? [];
    return table.cells.map((told, cell) => ({
      period: table.period,
      choice: table.choice,
      cell,
      told,
      count: counted[cell]?.count ?? 0,
      isStructuralZero: population.isImpossible(categoriesOf(table.choice, cell, population.sizes)),
    }));
  });
}

/** Where a cell is in a map. */
export function placeOf(period: number, choice: readonly number[], cell: number): string {
  return `${period}|${choice}|${cell}`;
}

/**
 * The cells that add up to one, by each dimension that it lacks, and for the year of a flow by its months: one list for each way. Not by
 * its months in the first version: the year is frozen when most months have been corrected.
 */
export function partsOf(
  { period, choice, cell }: YearCell,
  { sizes, measure }: Population,
  version: Version,
): readonly (readonly string[])[] {
  const all = sizes.map((_, nth) => nth);
  const finer = choicesOf(all).filter(
    (one) => one.length === choice.length + 1 && choice.every((dimension) => one.includes(dimension)),
  );
  const categories = categoriesOf(choice, cell, sizes);
  const ways = finer.map((one) => {
    const added = one.find((dimension) => !choice.includes(dimension)) ?? 0;
    return Array.from({ length: sizes[added] ?? 0 }, (_, category) => {
      const of = (dimension: number): number =>
        dimension === added ? category : (categories.get(dimension) ?? 0);
      return placeOf(
        period,
        one,
        one.reduce((sum, dimension) => sum * (sizes[dimension] ?? 1) + of(dimension), 0),
      );
    });
  });
  if (measure.kind === 'FLOW' && period === YEAR && version === 2)
    ways.push(Array.from({ length: YEAR }, (_, month) => placeOf(month, choice, cell)));
  return ways;
}
