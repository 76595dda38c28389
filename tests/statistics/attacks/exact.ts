import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { rowNumber } from '../../../src/statistics/perturbation-table.js';
import { type AnswersModel, coincidence, distance } from './answers.js';

/** One cell, with and without the person, where all others are known. */
export function oneCell(model: AnswersModel, others: number): number {
  return (1 + distance(model.of(others), model.of(others + 1))) / 2;
}

/**
 * Two cells that hold the same others, and the person in one of them at most: equal sets answer the same, so that another answer is proof.
 * Such are two versions of a period, two months of a stock, or a margin and its one cell that is not empty but for the person.
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

/** Who knows that two workers feed the others and that the person would be a third one's: what is told is proof. */
export function thirdWorkerSuccess(table: PerturbationTable, threshold: number, others: number): number {
  let told = 0;
  for (const [answer, { from, to }] of ranges(others + 1, threshold, table))
    if (answer !== null) told += (to - from) / table.modulus;
  return (1 + told) / 2;
}
