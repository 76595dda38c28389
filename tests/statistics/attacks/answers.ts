import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { rowNumber } from '../../../src/statistics/perturbation-table.js';

/** The probability of each answer that is told; the rest is that of null. */
export interface Answers {
  readonly told: ReadonlyMap<number, number>;
  readonly none: number;
}

/** What an attacker expects of a cell whose true count it supposes. */
export class AnswersModel {
  readonly #answers = new Map<number, Answers>();

  constructor(
    readonly table: PerturbationTable,
    readonly threshold: number,
  ) {}

  /** The answers to a count. */
  of(count: number): Answers {
    const known = this.#answers.get(count);
    if (known !== undefined) return known;
    const told = new Map<number, number>();
    if (count > 0) {
      const row = this.table.rows[rowNumber(count, this.table.rows.length, this.table.cycle) - 1] ?? [];
      for (const { from, to, perturbation } of row)
        if (count + perturbation >= this.threshold)
          told.set(count + perturbation, (to - from) / this.table.modulus);
    }
    const answers = { told, none: 1 - [...told.values()].reduce((sum, p) => sum + p, 0) };
    this.#answers.set(count, answers);
    return answers;
  }

  /** The probability of an answer. */
  probability(answer: number | null, count: number): number {
    const { told, none } = this.of(count);
    return answer === null ? none : (told.get(answer) ?? 0);
  }
}

/** The distance in total variation of two sets of answers: half of it, above a half, is the best guess between them. */
export function distance(one: Answers, other: Answers): number {
  const answers = new Set([...one.told.keys(), ...other.told.keys()]);
  let sum = Math.abs(one.none - other.none);
  for (const answer of answers) sum += Math.abs((one.told.get(answer) ?? 0) - (other.told.get(answer) ?? 0));
  return sum / 2;
}

/** The probability that two different sets of units, independent in their keys, answer the same. */
export function coincidence(one: Answers, other: Answers): number {
  let sum = one.none * other.none;
  for (const [answer, p] of one.told) sum += p * (other.told.get(answer) ?? 0);
  return sum;
}
