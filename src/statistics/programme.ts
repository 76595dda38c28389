import { type DimensionCode, SENSITIVE_THEMES } from './dimensions.js';
import type { Kind, Measure } from './measures.js';

/** The territory of a table: one district, or the county. */
export type Territory = 'DISTRICT' | 'COUNTY';

/** `QUARTER_END` is the last month of a quarter. */
export type ProgrammePeriod = 'YEAR' | 'MONTH' | 'QUARTER_END';

/** A table that is released, for each period and territory of its kind. */
export interface ProgrammeTable {
  readonly territory: Territory;
  readonly period: ProgrammePeriod;
  /** The dimensions of the table, in the order of the measure; empty for the total. */
  readonly by: readonly DimensionCode[];
}

/** The parts of an indicator that decide its programme. */
export interface ProgrammeOf {
  readonly measure: Measure;
  /** The dimensions that were agreed on, from those of the measure. */
  readonly dimensions: readonly string[];
  /** Null is not decided yet, and counts as the district. */
  readonly givenBy: Territory | null;
}

/**
 * The months that are given, by kind. A unit of a flow is in one month of a year, a unit of a stock in many. So a stock is given where a
 * quarter ends, for the county; requests that still wait are given by waiting time where each month ends (`monthlyBy`). For persons or
 * cases that are counted once a year, no month is given.
 */
const MONTHS: Readonly<
  Record<Kind, { readonly period: ProgrammePeriod; readonly of: readonly Territory[] }>
> = {
  FLOW: { period: 'MONTH', of: ['DISTRICT', 'COUNTY'] },
  WAITING_TIME: { period: 'MONTH', of: ['DISTRICT', 'COUNTY'] },
  RATE: { period: 'MONTH', of: ['DISTRICT', 'COUNTY'] },
  STOCK: { period: 'QUARTER_END', of: ['COUNTY'] },
  DISTINCT: { period: 'QUARTER_END', of: [] },
};

/**
 * Returns every table that is released for an indicator, to everyone: a district's year by one dimension; the county's year by one
 * dimension, and by the one pair of its measure; months as totals, and waiting times by how long. Nothing finer is answered to anyone.
 *
 * Each table that contains a unit tells a little more about it. So the programme is small: `bench/attacks` works out how much it tells.
 */
export function programmeOf({ measure, dimensions, givenBy }: ProgrammeOf): readonly ProgrammeTable[] {
  const { kind, pair, ofCountyAlone = [], monthlyBy } = measure;
  const agreed = measure.dimensions.filter((code) => dimensions.includes(code));
  const ofDistrict = agreed.filter((code) => !ofCountyAlone.includes(code));
  const tables: ProgrammeTable[] = [];
  const add = (
    territory: Territory,
    period: ProgrammePeriod,
    ...choices: readonly (readonly DimensionCode[])[]
  ) => tables.push(...choices.map((by) => ({ territory, period, by })));
  const one = (codes: readonly DimensionCode[]) => codes.map((code) => [code]);
  if (givenBy !== 'COUNTY') add('DISTRICT', 'YEAR', [], ...one(ofDistrict));
  add('COUNTY', 'YEAR', [], ...one(agreed));
  if (pair?.every((code) => agreed.includes(code))) add('COUNTY', 'YEAR', pair);
  if (monthlyBy !== undefined && agreed.includes(monthlyBy) && givenBy !== 'COUNTY')
    add('DISTRICT', 'MONTH', [monthlyBy]);
  for (const territory of MONTHS[kind].of) {
    if (territory === 'DISTRICT' && givenBy === 'COUNTY') continue;
    add(territory, MONTHS[kind].period, []);
    if (kind === 'WAITING_TIME' && agreed.includes('WAIT')) add(territory, MONTHS[kind].period, ['WAIT']);
  }
  return tables;
}

/** Returns the tables of a programme for a period, by its name: `2026`, or `2026-03`. */
export function tablesOfPeriod(
  programme: readonly ProgrammeTable[],
  period: string,
): readonly ProgrammeTable[] {
  const month = /^\d{4}-(\d\d)$/.exec(period)?.[1];
  const isQuarterEnd = month !== undefined && Number(month) % 3 === 0;
  return programme.filter((table) =>
    table.period === 'YEAR'
      ? month === undefined
      : month !== undefined && (table.period === 'MONTH' || isQuarterEnd),
  );
}

/** True if a category is given for the county alone. */
export function isOfCountyAlone(dimension: string, category: string): boolean {
  return dimension === 'NEED_THEME' && SENSITIVE_THEMES.includes(category);
}

/** Returns the category of each dimension, by its place, in the nth cell of a table: the last dimension is the fastest. */
export function placesOf(sizes: readonly number[], cell: number): readonly number[] {
  let rest = cell;
  return sizes
    .toReversed()
    .map((size) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return place;
    })
    .toReversed();
}
