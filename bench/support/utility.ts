import { intervalOfCount } from '../../src/statistics/interval.js';
import { METHOD_NOW } from '../../src/statistics/method.js';
import type { PerturbationTable } from '../../src/statistics/perturbation-table.js';
import { chanceOf, secretOf } from '../../tests/statistics/attacks/chance.js';
import { type Population, YEAR } from '../../tests/statistics/attacks/population.js';
import { COUNTY, countedTables, toldTables } from '../../tests/statistics/attacks/tables.js';

/** The errors of the figures that are told, over the tables of the districts' year. */
export interface Errors {
  /** The share of cells that are told, among the cells that have someone in them. */
  readonly told: number;
  /** The share of cells that are told, among all cells, empty ones included. */
  readonly toldOfAll: number;
  /** The median distance of a told count from the true count. */
  readonly absolute: number;
  /** The median of that distance as a part of the count, for counts of 50 or more. */
  readonly relative: number;
  /** The mean Hellinger distance of the tables of 300 or more. A withheld count is taken as 3, since it is below 6. */
  readonly hellinger: number;
  /** The share of told counts whose interval holds the true count. */
  readonly covered: number;
}

/** The number that a reader may take a withheld count for. */
const WITHHELD = 3;

function meanOf(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Computes the errors that the product's own protection makes in a made-up county. */
export function errorsOf(table: PerturbationTable, population: Population): Errors {
  const chance = chanceOf(7);
  const ids = new Map(population.units.map(({ id }) => [id, Math.floor(chance() * 2 ** 40)]));
  const counted = countedTables(population, population.units, (id) => ids.get(id) ?? 0, 2 ** 50);
  const told = toldTables(population, population.units, secretOf(7), table);
  const tables = counted.flatMap(({ territory, period, counted: cells, choice }, nth) =>
    territory === COUNTY || period !== YEAR
      ? []
      : [
          {
            choice,
            cells: cells.map(({ count }, cell) => ({ count, told: told[nth]?.cells[cell] ?? null })),
          },
        ],
  );
  const cells = tables.flatMap((one) => one.cells);
  const known = cells.flatMap(({ count, told: value }) => (value === null ? [] : [{ count, value }]));
  const large = known.filter(({ count }) => count >= 50);
  return {
    told: known.length / cells.filter(({ count }) => count > 0).length,
    toldOfAll: known.length / cells.length,
    absolute: medianOf(known.map(({ count, value }) => Math.abs(value - count))),
    relative: medianOf(large.map(({ count, value }) => Math.abs(value - count) / count)),
    hellinger: meanOf(
      tables
        .filter(({ choice, cells: all }) => choice.length > 0 && sum(all.map(({ count }) => count)) >= 300)
        .map(({ cells: all }) =>
          hellinger(
            all.map(({ count }) => count),
            all.map(({ told: value }) => value ?? WITHHELD),
          ),
        ),
    ),
    covered:
      known.filter(({ count, value }) => {
        const { low, high } = intervalOfCount(value, METHOD_NOW);
        return low <= count && count <= high;
      }).length / known.length,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Returns the Hellinger distance of two distributions, which are given by counts. */
function hellinger(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [sum(one), sum(other)];
  const common = sum(one.map((count, nth) => Math.sqrt((count / a) * ((other[nth] ?? 0) / b))));
  return Math.sqrt(Math.max(0, 1 - common));
}
