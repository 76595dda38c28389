import { LIVES, type Life, type LivedUnit } from './lives.js';
import { type Measure, measureOf } from './measures.js';
import { METHOD_NOW } from './method.js';
import { programmeOf, type Territory, tablesOfPeriod } from './programme.js';

/** An indicator, as far as its programme depends on it. */
export interface ProgrammedIndicator {
  readonly measure: string;
  readonly dimensions: readonly string[];
  readonly givenBy: Territory | null;
}

/** How many guesses of 100 may be right, at most, for the lives that are bounded. */
export const RIGHT_AT_MOST = 0.7;

/**
 * Returns how far two lives are apart in everything that is published of a year: for each cell, the square of the difference of their units in
 * it, added up. A life alone is compared with nobody there. A table that is a sum of others adds nothing: it has no noise of its own.
 *
 * Two indicators of one measure share the cells that both have, and a rate that is made from published counts has theirs.
 */
export function apart(
  one: readonly LivedUnit[],
  other: readonly LivedUnit[],
  indicators: readonly ProgrammedIndicator[],
): number {
  const cells = new Map<string, number>();
  const count = (units: readonly LivedUnit[], sign: 1 | -1): void => {
    for (const [name, number] of cellsOf(units, indicators))
      cells.set(name, (cells.get(name) ?? 0) + sign * number);
  };
  count(one, 1);
  count(other, -1);
  return [...cells.values()].reduce((sum, difference) => sum + difference ** 2, 0);
}

/**
 * Returns how many units of a life each published cell has, by the name of the cell: the measure, the territory, the month, the quarter or `year`,
 * and what is known of its categories.
 */
export function cellsOf(
  units: readonly LivedUnit[],
  indicators: readonly ProgrammedIndicator[],
): ReadonlyMap<string, number> {
  const cells = new Map<string, number>();
  for (const unit of units) {
    const names = new Set<string>();
    for (const indicator of indicators.filter(({ measure }) => measure === unit.measure)) {
      const measure = measureOf(indicator.measure);
      if (measure !== null) for (const name of namesOf(unit, measure, indicator)) names.add(name);
    }
    // The published counts of which a rate is made have counted the unit already, if they are published.
    for (const name of names)
      cells.set(name, name.startsWith(unit.measure) ? (cells.get(name) ?? 0) + 1 : (cells.get(name) ?? 1));
  }
  return cells;
}

function* namesOf(unit: LivedUnit, measure: Measure, indicator: ProgrammedIndicator): Generator<string> {
  const { ratio } = measure;
  const programme = programmeOf({ ...indicator, measure });
  const quarters = new Set(unit.months.map((month) => `Q${Math.ceil(month / 3)}`));
  const months = unit.months.map((month) => String(month).padStart(2, '0'));
  // The year stands for the December of a stock.
  for (const period of ['year', ...quarters, ...months]) {
    if (period === 'year' && measure.kind === 'STOCK' && !unit.months.includes(12)) continue;
    const tables = tablesOfPeriod(programme, period === 'year' ? '2026' : `2026-${period}`);
    for (const { territory, by, sumOf } of tables) {
      if (sumOf !== null) continue;
      const dimensions = ratio === undefined ? by : [ratio.dimension];
      const categories = dimensions.map((code) => `${code}=${unit.is?.[code] ?? ''}`);
      yield [ratio?.measure ?? unit.measure, territory, period, ...categories].join(' ');
    }
  }
}

/**
 * Returns how often the best guess between two lives is right, from 0.5 to 1, where all other persons are known: by the normal limit that the
 * likelihood of many cells comes near to. Every count has the same noise, so it does not depend on how many others are in a cell.
 */
export function guessedRight(distance: number, variance = METHOD_NOW.variance): number {
  return normal(Math.sqrt(distance / variance) / 2);
}

/**
 * Returns the bounded lives that would be guessed more often than allowed if this indicator were adopted beside the others. A life of which the
 * candidate tells nothing more is not among them.
 */
export function livesToldTooMuch(
  others: readonly ProgrammedIndicator[],
  candidate: ProgrammedIndicator,
  lives: readonly Life[] = Object.values(LIVES),
): readonly Life[] {
  return lives.filter(({ isBounded, units }) => {
    const distance = apart(units, [], [...others, candidate]);
    return isBounded && guessedRight(distance) > RIGHT_AT_MOST && distance > apart(units, [], others);
  });
}

/** Returns the part of the normal distribution that is below x (Abramowitz and Stegun, 26.2.17: exact to 1e-7). */
export function normal(x: number): number {
  if (x < 0) return 1 - normal(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
