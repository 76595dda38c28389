import type { IndicatorKind } from '../../../prisma/generated/enums.js';
import { intervalOfCount, intervalOfRate } from '../../statistics/interval.js';
import { type Median, medianOfWait } from '../../statistics/median.js';
import { countNoiseOf, METHOD_NOW, methodOf } from '../../statistics/method.js';
import { isOfCountyAlone } from '../../statistics/programme.js';

/**
 * The reason for which a figure is withheld. `TOO_FEW`: a count about health or violence is below 11 with its noise, or the interval of a rate
 * would be wider than ± 10 points. By method 3: a count is below 6 with its noise, zero included, or the base of a rate below 30.
 * `COUNTY_ALONE`: it is given for the county, and for no district.
 */
export type StatisticsWithheld = 'TOO_FEW' | 'COUNTY_ALONE' | 'NOT_FROZEN';

/** A figure with the interval that the noise leaves it, or the reason for which it is withheld. */
export interface FigureRow {
  readonly value: number | null;
  /** The bounds, both included, in 95 cases of 100. */
  readonly low: number | null;
  readonly high: number | null;
  /** The base of a rate, with its noise. */
  readonly base: number | null;
  readonly withheld: StatisticsWithheld | null;
}

/** The parts of a frozen table of which a figure is made. */
export interface FrozenCells {
  readonly districtId: string | null;
  readonly methodVersion: number;
  readonly values: readonly (number | null)[];
  readonly kind: IndicatorKind;
  /** The bases of a rate; null for a count, and for rates frozen by method 1 or 2. */
  readonly bases: readonly (number | null)[] | null;
  /** How many counts, each with noise of its own, are added up in a cell. */
  readonly parts: number;
}

/** Returns a figure that is withheld for this reason. */
export function withheldFigure(withheld: StatisticsWithheld | null): FigureRow {
  return { value: null, low: null, high: null, base: null, withheld };
}

/**
 * Returns the figure at a place of a table.
 * @param categories the dimension and the code of each category there
 */
export function figureAt(
  { districtId, methodVersion, kind, values, bases, parts }: FrozenCells,
  place: number,
  categories: readonly { readonly dimension: string; readonly code: string }[],
): FigureRow {
  const isSensitive = categories.some(({ dimension, code }) => isOfCountyAlone(dimension, code));
  if (districtId !== null && isSensitive) return withheldFigure('COUNTY_ALONE');
  const value = values[place] ?? null;
  if (value === null) return withheldFigure('TOO_FEW');
  const method = methodOf(methodVersion) ?? METHOD_NOW;
  // A figure about health or violence has one noise of its own, also in a table that is the sum of its districts'.
  const noise = countNoiseOf(method, isSensitive ? 1 : parts, isSensitive);
  if (kind !== 'RATE') return { value, ...intervalOfCount(value, noise), base: null, withheld: null };
  const base = bases?.[place] ?? null;
  const interval = base === null ? { low: null, high: null } : intervalOfRate(value, base, noise.variance);
  return { value, ...interval, base, withheld: null };
}

/**
 * Returns the median of a table that counts waits by how long they took, and by nothing else; null for any other table, and where the noise leaves it
 * no bounds.
 */
export function medianOf(
  table: FrozenCells & {
    readonly dimensions: readonly {
      readonly code: string;
      readonly categories: readonly { readonly code: string }[];
    }[];
  },
): Median | null {
  const [wait, other] = table.dimensions;
  if (table.kind !== 'WAITING_TIME' || wait?.code !== 'WAIT' || other !== undefined) return null;
  const method = methodOf(table.methodVersion) ?? METHOD_NOW;
  const bands = wait.categories.map(({ code }, nth) => ({ code, value: table.values[nth] ?? null }));
  return medianOfWait(bands, countNoiseOf(method, table.parts, false).variance);
}
