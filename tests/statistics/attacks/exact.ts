import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { rowNumber } from '../../../src/statistics/perturbation-table.js';
import { type AnswersModel, coincidence, distance } from './answers.js';

/** One cell, with and without the person, where all others are known. */
export function oneCell(model: AnswersModel, others: number): number {
  return (1 + distance(model.of(others), model.of(others + 1))) / 2;
}

/**
 * Two cells that hold the same others, and the person in one of them at most: equal sets answer the same, so that another answer is proof.
 * Such are a margin and its one cell that is not empty but for the person, or two quarters of a stock in which nobody else came or went. An insider
 * makes one by false records in a category that has none.
 */
export function equalButForOne(model: AnswersModel, others: number): number {
  const [without, with_] = [model.of(others), model.of(others + 1)];
  // Absent, both answer the same; present, they answer independently. What is common to both worlds is an equal answer.
  return (2 - coincidence(without, with_)) / 2;
}

/** Keys: from <= key < to. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The keys by which a count answers each way, null first. The rows are in the order of their keys, so that null has the lowest. */
export function ranges(
  count: number,
  threshold: number,
  table: PerturbationTable,
): ReadonlyMap<number | null, Range> {
  if (count === 0) return new Map([[null, { from: 0, to: 0 }]]);
  const found = new Map<number | null, Range>();
  const row = table.rows[rowNumber(count, table.rows.length, table.cycle) - 1] ?? [];
  for (const { from, to, perturbation } of row) {
    const answer = count + perturbation < threshold ? null : count + perturbation;
    found.set(answer, { from: found.get(answer)?.from ?? from, to });
  }
  return found;
}

/** The area of the pairs of two ranges whose sum is in a third, modulo. */
export function area(a: Range, b: Range, sum: Range, modulus: number): number {
  const corner = (x: number): number => Math.max(0, x) ** 2 / 2;
  const below = (x: number): number =>
    corner(x - a.from - b.from) -
    corner(x - a.to - b.from) -
    corner(x - a.from - b.to) +
    corner(x - a.to - b.to);
  let total = 0;
  for (const turn of [0, modulus]) total += below(sum.to + turn) - below(sum.from + turn);
  return total;
}

/**
 * What noise of this variance leaves of so many cells, each of another set of units and of a large count, by the normal limit that their
 * likelihood comes near to: how often the best guess is right, and how often it is sure to 0.99.
 */
export function manyCells(variance: number, cells: number): { readonly rate: number; readonly sure: number } {
  const distance = Math.sqrt(cells / variance);
  const surely = Math.log(99) / distance;
  return {
    rate: normal(distance / 2),
    sure: normal(distance / 2 - surely) + normal(-distance / 2 - surely),
  };
}

/** Of the normal distribution, what is below (Abramowitz and Stegun, 26.2.17). */
function normal(x: number): number {
  if (x < 0) return 1 - normal(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
