import { hashedCellKeys, recordKey } from '../../../src/statistics/cell-key.js';
import { METHOD_NOW } from '../../../src/statistics/method.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { programmeOf, tablesOfPeriod } from '../../../src/statistics/programme.js';
import { protectedCount } from '../../../src/statistics/protection.js';
import { type Counted, Tally } from '../../../src/statistics/tally.js';
import { type Population, type SyntheticUnit, YEAR } from './population.js';

/** The county; the district that is attacked is 1. */
export const COUNTY = 0;
/** The territory that is attacked. */
export const DISTRICT = 1;

/** A table of the programme. */
export interface Question {
  readonly period: number;
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

/** What a period is called, in some year. */
function nameOf(period: number): string {
  return period === YEAR ? '2026' : `2026-${String(period + 1).padStart(2, '0')}`;
}

/** Every table of the programme of a year, by the product's own count: of each month and the year, of the county and each district. */
export function countedTables(
  { measure, sizes, districts }: Population,
  units: readonly SyntheticUnit[],
  keyOf: (unitId: string) => number,
  modulus: number,
): readonly CountedTable[] {
  const programme = programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'DISTRICT' });
  const tables: CountedTable[] = [];
  for (let period = 0; period <= YEAR; period += 1) {
    const given = tablesOfPeriod(programme, nameOf(period)).map(({ territory, by }) => ({
      territory,
      choice: by.map((code) => measure.dimensions.indexOf(code)),
    }));
    const tally = new Tally(
      sizes,
      given.map(({ choice }) => choice),
      districts,
      keyOf,
      modulus,
    );
    for (const unit of units)
      for (const categories of unit.rows(period))
        tally.add({ unitId: unit.id, district: unit.district, categories });
    tally.end();
    for (const [nth, { territory, choice }] of given.entries())
      for (let at = COUNTY; at <= districts; at += 1)
        if ((territory === 'COUNTY') === (at === COUNTY))
          tables.push({ period, territory: at, choice, counted: tally.table(at, nth) });
  }
  return tables;
}

/** What is told of these units, by the product's own keys and protection. */
export function toldTables(
  population: Population,
  units: readonly SyntheticUnit[],
  secret: Buffer,
  table: PerturbationTable,
): readonly ToldTable[] {
  const { measure } = population;
  // A key is made for a unit as often as it is counted: once is enough here.
  const { recordModulus } = METHOD_NOW;
  const recordKeys = new Map(units.map(({ id }) => [id, recordKey(secret, measure.unit, id, recordModulus)]));
  const keys = hashedCellKeys(secret, measure.unit, table.modulus);
  return countedTables(population, units, (id) => recordKeys.get(id) ?? 0, recordModulus).map(
    ({ counted, ...question }) => ({
      ...question,
      cells: counted.map((cell) => protectedCount(cell, { method: METHOD_NOW, table, keys })),
    }),
  );
}
