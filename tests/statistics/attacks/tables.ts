import { hashedCellKeys, recordKey } from '../../../src/statistics/cell-key.js';
import { METHOD_NOW } from '../../../src/statistics/method.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { protectedCount } from '../../../src/statistics/protection.js';
import { choicesOf } from '../../../src/statistics/questions.js';
import { type Counted, Tally } from '../../../src/statistics/tally.js';
import { type Population, type SyntheticUnit, type Version, YEAR } from './population.js';

/** The county; the district that is attacked is 1. */
export const COUNTY = 0;
/** The territory that is attacked. */
export const DISTRICT = 1;

/** A table that a reporting client may ask for. */
export interface Question {
  readonly period: number;
  readonly version: Version;
  readonly territory: number;
  /** The places of its dimensions. */
  readonly choice: readonly number[];
}

/** A table as the job counts it. */
export interface CountedTable extends Question {
  readonly counted: readonly Counted[];
}

/** A table as it is told. */
export interface ToldTable extends Question {
  readonly cells: readonly (number | null)[];
}

/** The cell of a table for some categories: the last dimension is the fastest. */
export function cellOf(
  choice: readonly number[],
  categories: readonly number[],
  sizes: readonly number[],
): number {
  return choice.reduce((cell, dimension) => cell * (sizes[dimension] ?? 1) + (categories[dimension] ?? 0), 0);
}

/** The categories of a cell, by the places of their dimensions. */
export function categoriesOf(
  choice: readonly number[],
  cell: number,
  sizes: readonly number[],
): ReadonlyMap<number, number> {
  const categories = new Map<number, number>();
  let rest = cell;
  for (const dimension of [...choice].reverse()) {
    const size = sizes[dimension] ?? 1;
    categories.set(dimension, rest % size);
    rest = Math.floor(rest / size);
  }
  return categories;
}

/**
 * Every table of the year by the product's own count: of each month and the year, of both versions, of the county and each district, by
 * each choice of dimensions.
 * @param order in which the dimensions are, if not in that of the measure
 */
export function countedTables(
  { sizes, districts }: Population,
  units: readonly SyntheticUnit[],
  keyOf: (unitId: string) => number,
  modulus: number,
  order: readonly number[] = sizes.map((_, nth) => nth),
): readonly CountedTable[] {
  const choices = choicesOf(order);
  const tables: CountedTable[] = [];
  for (let period = 0; period <= YEAR; period += 1) {
    for (const version of [1, 2] as const) {
      const tally = new Tally(sizes, choices, districts, keyOf, modulus);
      for (const unit of units)
        for (const categories of unit.rows(period, version))
          tally.add({ unitId: unit.id, district: unit.district, feeder: unit.feeder(period), categories });
      tally.end();
      for (let territory = 0; territory <= districts; territory += 1)
        for (const [nth, choice] of choices.entries())
          tables.push({ period, version, territory, choice, counted: tally.table(territory, nth) });
    }
  }
  return tables;
}

/** What is told of these units, by the product's own keys and protection. */
export function toldTables(
  population: Population,
  units: readonly SyntheticUnit[],
  secret: Buffer,
  table: PerturbationTable,
  order?: readonly number[],
): readonly ToldTable[] {
  const { measure, threshold, sizes, shares, districts, isImpossible } = population;
  // A key is made for a unit as often as it is counted: once is enough here.
  const { recordModulus } = METHOD_NOW;
  const keys = new Map(units.map(({ id }) => [id, recordKey(secret, measure.unit, id, recordModulus)]));
  const keyOf = hashedCellKeys(secret, measure.unit, table.modulus);
  return countedTables(population, units, (id) => keys.get(id) ?? 0, recordModulus, order).map(
    ({ counted, ...question }) => ({
      ...question,
      cells: counted.map((cell, nth) =>
        protectedCount(cell, {
          threshold,
          table,
          keyOf,
          team: question.territory === COUNTY ? shares.length * districts : shares.length,
          isStructuralZero: isImpossible(categoriesOf(question.choice, nth, sizes)),
        }),
      ),
    }),
  );
}
