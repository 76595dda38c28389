import { type DimensionCode, SENSITIVE_THEMES } from './dimensions.js';
import type { Measure } from './measures.js';

/** The territory of a table: one district, or the county. */
export type Territory = 'DISTRICT' | 'COUNTY';

/**
 * `QUARTER_END`: March, June and September. `MONTH_UNTIL_NOVEMBER`: each month but December. What stands at the end of December is the figure of
 * the year: told twice, it would tell twice.
 */
export type ProgrammePeriod = 'YEAR' | 'MONTH' | 'MONTH_UNTIL_NOVEMBER' | 'QUARTER_END';

/** A table that is released, for each period and territory of its kind. */
export interface ProgrammeTable {
  readonly territory: Territory;
  readonly period: ProgrammePeriod;
  /** The dimensions of the table, in the order of the measure; empty for the total. */
  readonly by: readonly DimensionCode[];
  /** True for a table of the county that is the sum of its districts' tables. It has no noise of its own, and tells nothing more. */
  readonly isSum: boolean;
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
 * Returns every table that is released for an indicator, to everyone: a district's year by one dimension; the county's year by one
 * dimension, and by the one pair of its measure; months as totals, and waiting times by how long. Nothing finer is answered to anyone.
 *
 * Each table that contains a unit tells a little more about it. So the programme is small: the county's tables are the sums of its districts',
 * where that counts the same; waiting times have no total beside their bands; a rate is given of a year alone. `lives.ts` works out how much
 * the whole programme tells.
 */
export function programmeOf({ measure, dimensions, givenBy }: ProgrammeOf): readonly ProgrammeTable[] {
  const { pair, ofCountyAlone = [], ofPairAlone = [] } = measure;
  const agreed = measure.dimensions.filter((code) => dimensions.includes(code));
  const single = agreed.filter((code) => !ofPairAlone.includes(code));
  const ofDistrict = single.filter((code) => !ofCountyAlone.includes(code));
  const total: readonly (readonly DimensionCode[])[] = measure.kind === 'WAITING_TIME' ? [] : [[]];
  const one = (codes: readonly DimensionCode[]) => codes.map((code) => [code]);
  const isByDistrict = givenBy !== 'COUNTY';
  // A person may be counted in two districts: the sum would count them twice.
  const addsUp = isByDistrict && measure.unit !== 'PERSON';
  const tables: ProgrammeTable[] = [];
  const add = (
    territory: Territory,
    period: ProgrammePeriod,
    choices: readonly (readonly DimensionCode[])[],
    isSum = false,
  ) => tables.push(...choices.map((by) => ({ territory, period, by, isSum })));
  const addBoth = (
    period: ProgrammePeriod,
    choices: readonly (readonly DimensionCode[])[],
    ofCounty = choices,
  ) => {
    if (isByDistrict) add('DISTRICT', period, choices);
    if (addsUp) add('COUNTY', period, choices, true);
    const isAdded = (by: readonly DimensionCode[]) =>
      addsUp && choices.some((one) => one.join() === by.join());
    add(
      'COUNTY',
      period,
      ofCounty.filter((by) => !isAdded(by)),
    );
  };
  addBoth('YEAR', [...total, ...one(ofDistrict)], [...total, ...one(single)]);
  if (pair?.every((code) => agreed.includes(code))) add('COUNTY', 'YEAR', [pair]);
  addMonths(measure, agreed, add, addBoth);
  return tables;
}

type Choices = readonly (readonly DimensionCode[])[];

/**
 * Adds the months that are given, by kind. A unit of a flow is in one month of a year, a unit of a stock in many. So a stock is given where a
 * quarter ends, for the county; requests that still wait are given by waiting time where each month ends (`monthlyBy`). For persons or
 * cases that are counted once a year, and for rates, no month is given.
 */
function addMonths(
  { kind, monthlyBy }: Measure,
  agreed: readonly DimensionCode[],
  add: (territory: Territory, period: ProgrammePeriod, choices: Choices) => unknown,
  addBoth: (period: ProgrammePeriod, choices: Choices) => unknown,
): void {
  if (kind === 'FLOW') addBoth('MONTH', [[]]);
  if (kind === 'WAITING_TIME' && agreed.includes('WAIT')) addBoth('MONTH', [['WAIT']]);
  if (kind !== 'STOCK') return;
  if (monthlyBy !== undefined && agreed.includes(monthlyBy)) addBoth('MONTH_UNTIL_NOVEMBER', [[monthlyBy]]);
  else add('COUNTY', 'QUARTER_END', [[]]);
}

/** Returns the tables of a programme for a period, by its name: `2026`, or `2026-03`. */
export function tablesOfPeriod(
  programme: readonly ProgrammeTable[],
  period: string,
): readonly ProgrammeTable[] {
  const month = /^\d{4}-(\d\d)$/.exec(period)?.[1];
  const isIn: Readonly<Record<ProgrammePeriod, boolean>> = {
    YEAR: month === undefined,
    MONTH: month !== undefined,
    MONTH_UNTIL_NOVEMBER: month !== undefined && month !== '12',
    QUARTER_END: month !== undefined && ['03', '06', '09'].includes(month),
  };
  return programme.filter((table) => isIn[table.period]);
}

/**
 * True if a category is about health or violence: it is given for the county alone, and from 11 on.
 * @param theme of a need by its code, its theme
 */
export function isOfCountyAlone(dimension: string, category: string, theme: string | null = null): boolean {
  if (dimension === 'NEED_CODE') return theme !== null && SENSITIVE_THEMES.includes(theme);
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
