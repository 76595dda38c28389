import { type DimensionCode, SENSITIVE_THEMES } from './dimensions.js';
import type { Measure } from './measures.js';

/** The territory of a table: one district, or the county. */
export type Territory = 'DISTRICT' | 'COUNTY';

/**
 * `QUARTER`: three months, such as `2026-Q1`. `QUARTER_END`: March, June and September. `MONTH_UNTIL_NOVEMBER`: each month but December. What
 * stands at the end of December is the figure of the year: told twice, it would tell twice.
 */
export type ProgrammePeriod = 'YEAR' | 'QUARTER' | 'MONTH' | 'MONTH_UNTIL_NOVEMBER' | 'QUARTER_END';

/** What a table of the county adds up: the tables of its districts, or of persons the county's table by the pair, or the one by age. */
export type SumOf = 'DISTRICTS' | 'PAIR' | 'AGES';

/** A table that is released, for each period and territory of its kind. */
export interface ProgrammeTable {
  readonly territory: Territory;
  readonly period: ProgrammePeriod;
  /** The dimensions of the table, in the order of the measure; empty for the total. */
  readonly by: readonly DimensionCode[];
  /** Of which tables it is the sum: then it has no noise of its own, and tells nothing more. Null is a table that is counted by itself. */
  readonly sumOf: SumOf | null;
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
 * dimension, and by the one pair of its measure; its quarters; months as totals, and waiting times by how long. Nothing finer is answered to
 * anyone.
 *
 * Each table that contains a unit tells a little more about it. So the programme is small: the county's tables are the sums of its districts',
 * where that counts the same, and of its pair; waiting times have no total beside their bands; a rate is given of a year, or of the county's
 * quarter. `lives.ts` works out how much the whole programme tells.
 */
export function programmeOf({ measure, dimensions, givenBy }: ProgrammeOf): readonly ProgrammeTable[] {
  const { pair: ofPair, ofCountyAlone = [], ofPairAlone = [], isOfQuartersAlone = false } = measure;
  const agreed = measure.dimensions.filter((code) => dimensions.includes(code));
  const single = agreed.filter((code) => !ofPairAlone.includes(code));
  const ofDistrict = single.filter((code) => !ofCountyAlone.includes(code));
  const total: readonly (readonly DimensionCode[])[] = measure.kind === 'WAITING_TIME' ? [] : [[]];
  const one = (codes: readonly DimensionCode[]) => codes.map((code) => [code]);
  const isByDistrict = givenBy !== 'COUNTY';
  // A person may be counted in two districts: the sum would count them twice.
  const addsUp = isByDistrict && measure.unit !== 'PERSON';
  const pair = ofPair?.every((code) => agreed.includes(code)) ? ofPair : undefined;
  const tables: ProgrammeTable[] = [];
  const add = (
    territory: Territory,
    period: ProgrammePeriod,
    choices: readonly (readonly DimensionCode[])[],
    sumOf: SumOf | null = null,
  ) => tables.push(...choices.map((by) => ({ territory, period, by, sumOf })));
  const addBoth = (
    period: ProgrammePeriod,
    choices: readonly (readonly DimensionCode[])[],
    ofCounty = choices,
  ) => {
    if (isByDistrict) add('DISTRICT', period, choices);
    if (addsUp) add('COUNTY', period, choices, 'DISTRICTS');
    const others = ofCounty.filter((by) => !(addsUp && choices.some((added) => added.join() === by.join())));
    const isOfPersons = period === 'YEAR' && measure.unit === 'PERSON';
    for (const by of others) add('COUNTY', period, [by], isOfPersons ? sumOfPersons(by, pair) : null);
  };
  if (!isOfQuartersAlone) {
    addBoth('YEAR', [...total, ...one(ofDistrict)], [...total, ...one(single)]);
    if (pair !== undefined) add('COUNTY', 'YEAR', [pair]);
    addMonths(measure, agreed, add, addBoth);
  }
  const { quarterlyBy } = measure;
  if (quarterlyBy === null) add('COUNTY', 'QUARTER', [[]]);
  else if (quarterlyBy !== undefined && agreed.includes(quarterlyBy))
    add('COUNTY', 'QUARTER', [[quarterlyBy]]);
  return tables;
}

/**
 * Returns what the county's year of persons adds up. Each person has one age. So the table by the other dimension of the pair adds up its ages, and
 * the total adds up the table by age. Where a pair has cells below a threshold, the tables are counted by themselves.
 */
function sumOfPersons(
  by: readonly DimensionCode[],
  pair: readonly DimensionCode[] | undefined,
): SumOf | null {
  if (pair?.includes('AGE_BAND') !== true || pair.includes('NEED_THEME')) return null;
  const [code] = by;
  if (code === undefined) return 'AGES';
  return by.length === 1 && code !== 'AGE_BAND' && pair.includes(code) ? 'PAIR' : null;
}

/**
 * Returns the table by one dimension of a pair, from the cells of the table by the pair.
 * @param sizes the number of categories of each dimension of the pair
 * @param kept the place of the dimension in the pair: 0 or 1
 */
export function marginOf(
  cells: readonly number[],
  [first, second]: readonly [number, number],
  kept: number,
): readonly number[] {
  const sums = Array.from({ length: kept === 0 ? first : second }, () => 0);
  for (const [place, cell] of cells.entries()) {
    const at = kept === 0 ? Math.floor(place / second) : place % second;
    sums[at] = (sums[at] ?? 0) + cell;
  }
  return sums;
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

/** Returns the tables of a programme for a period, by its name: `2026`, `2026-Q1` or `2026-03`. */
export function tablesOfPeriod(
  programme: readonly ProgrammeTable[],
  period: string,
): readonly ProgrammeTable[] {
  const month = /^\d{4}-(\d\d)$/.exec(period)?.[1];
  const isIn: Readonly<Record<ProgrammePeriod, boolean>> = {
    YEAR: period.length === 4,
    QUARTER: period.includes('Q'),
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
