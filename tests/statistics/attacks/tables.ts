import { type CellName, namedCellKeys, recordKey } from '../../../src/statistics/cell-key.js';
import { METHOD_NOW } from '../../../src/statistics/method.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { placesOf, programmeOf, tablesOfPeriod } from '../../../src/statistics/programme.js';
import { noisyCount } from '../../../src/statistics/protection.js';
import { type Counted, Tally } from '../../../src/statistics/tally.js';
import { PERIODS, type Population, type SyntheticUnit, YEAR } from './population.js';

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
  /** True if the county's table is the sum of its districts' tables. */
  readonly isSum: boolean;
  readonly counted: readonly Counted[];
}

/** A table with its noise, before a negative figure is told as 0, and the true counts. */
export interface NoisyTable extends Question {
  readonly isSum: boolean;
  readonly cells: readonly number[];
  readonly counts: readonly number[];
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
  if (period === YEAR) return '2026';
  return period > YEAR ? `2026-Q${period - YEAR}` : `2026-${String(period + 1).padStart(2, '0')}`;
}

/** Every table of the programme of a year, by the product's own count: of each month, quarter and the year, of the county and each district. */
export function countedTables(
  { measure, sizes, districts }: Population,
  units: readonly SyntheticUnit[],
  keyOf: (unitId: string) => number,
  modulus: number,
): readonly CountedTable[] {
  const programme = programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'DISTRICT' });
  const tables: CountedTable[] = [];
  for (let period = 0; period < PERIODS; period += 1) {
    const given = tablesOfPeriod(programme, nameOf(period)).map(({ territory, by, sumOf }) => ({
      territory,
      isSum: sumOf !== null,
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
    for (const [nth, { territory, choice, isSum }] of given.entries())
      for (let at = COUNTY; at <= districts; at += 1)
        if ((territory === 'COUNTY') === (at === COUNTY))
          tables.push({ period, territory: at, choice, isSum, counted: tally.table(at, nth) });
  }
  return tables;
}

/** What these units give with noise, by the product's own keys. A sum of the county adds the noise of its districts, and has none of its own. */
export function noisyTables(
  population: Population,
  units: readonly SyntheticUnit[],
  secret: Buffer,
  table: PerturbationTable,
): readonly NoisyTable[] {
  const { measure } = population;
  // A key is made for a unit as often as it is counted: once is enough here.
  const { recordModulus } = METHOD_NOW;
  const recordKeys = new Map(units.map(({ id }) => [id, recordKey(secret, measure.unit, id, recordModulus)]));
  const keys = namedCellKeys(secret, measure.unit, table.modulus);
  const all = countedTables(population, units, (id) => recordKeys.get(id) ?? 0, recordModulus);
  const noisy = all.map(({ counted, ...question }) => ({
    ...question,
    counts: counted.map(({ count }) => count),
    cells: counted.map((cell, nth) => noisyCount(cell, cellName(population, question, nth), { table, keys })),
  }));
  const nameOfTable = ({ period, choice }: Question): string => `${period} ${choice.join()}`;
  const sums = new Map<string, readonly number[]>();
  for (const one of noisy.filter(({ territory }) => territory !== COUNTY)) {
    const before = sums.get(nameOfTable(one));
    sums.set(
      nameOfTable(one),
      one.cells.map((cell, nth) => cell + (before?.[nth] ?? 0)),
    );
  }
  return noisy.map((one) => (one.isSum ? { ...one, cells: sums.get(nameOfTable(one)) ?? [] } : one));
}

/** Only that each cell has another name matters here. */
function cellName(
  { measure, sizes }: Population,
  { period, territory, choice }: Question,
  cell: number,
): CellName {
  const places = placesOf(
    choice.map((dimension) => sizes[dimension] ?? 1),
    cell,
  );
  return {
    period: nameOf(period),
    measure: measure.factEn,
    districtId: territory === COUNTY ? null : String(territory),
    dimensions: choice.map((dimension) => measure.dimensions[dimension] ?? ''),
    categories: places.map(String),
    part: 'ALL',
  };
}
