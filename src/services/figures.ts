import { intervalOfCount, intervalOfRate } from '../statistics/interval.js';
import { METHOD_NOW, methodOf } from '../statistics/method.js';
import { isOfCountyAlone } from '../statistics/programme.js';

/** `TOO_FEW`: fewer than are told, zero included, or a base below 30. `COUNTY_ALONE`: told of the county alone. */
export type StatisticsWithheld = 'TOO_FEW' | 'COUNTY_ALONE' | 'NOT_FROZEN';

/** A figure with the interval that the noise leaves it, or why it is not told. */
export interface FigureRow {
  readonly value: number | null;
  /** Both included, in 95 cases of 100. */
  readonly low: number | null;
  readonly high: number | null;
  /** Of a rate: of how many, with their noise. */
  readonly base: number | null;
  readonly withheld: StatisticsWithheld | null;
}

/** What of a frozen table a figure is made of. */
export interface FrozenCells {
  readonly districtId: string | null;
  readonly methodVersion: number;
  readonly values: readonly (number | null)[];
  /** Null where it counts. */
  readonly bases: readonly (number | null)[] | null;
}

export function withheldFigure(withheld: StatisticsWithheld | null): FigureRow {
  return { value: null, low: null, high: null, base: null, withheld };
}

/**
 * The figure at a place of a table.
 * @param categories the dimension and the code of each category there
 */
export function figureAt(
  { districtId, methodVersion, values, bases }: FrozenCells,
  place: number,
  categories: readonly { readonly dimension: string; readonly code: string }[],
): FigureRow {
  const value = values[place] ?? null;
  if (value === null) {
    const isSensitive = categories.some(({ dimension, code }) => isOfCountyAlone(dimension, code));
    return withheldFigure(districtId !== null && isSensitive ? 'COUNTY_ALONE' : 'TOO_FEW');
  }
  const method = methodOf(methodVersion) ?? METHOD_NOW;
  const base = bases?.[place] ?? null;
  const interval = base === null ? intervalOfCount(value, method) : intervalOfRate(value, base, method);
  return { value, ...interval, base, withheld: null };
}
