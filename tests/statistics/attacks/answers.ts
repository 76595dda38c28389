import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { rowNumber } from '../../../src/statistics/perturbation-table.js';
import { protectedCount } from '../../../src/statistics/protection.js';
import { chanceOf, drawn } from './chance.js';

/** From here on, three workers feed a cell as good as surely. */
const MANY = 40;
const DRAWS = 2_000;

/** The probability of each answer that is told; the rest is that of null. */
export interface Answers {
  readonly told: ReadonlyMap<number, number>;
  readonly none: number;
}

/** What an attacker expects of a cell whose true count it supposes. */
export class AnswersModel {
  readonly #answers = new Map<number, Answers>();
  readonly #fed = new Map<number, number>();

  constructor(
    readonly table: PerturbationTable,
    readonly threshold: number,
    /** How often each worker is the one; empty where workers are no matter. */
    private readonly shares: readonly number[],
  ) {}

  /** The answers to a count of which so many are nobody's in particular. */
  of(count: number, unassigned = 0): Answers {
    const at = count * 10_000 + unassigned;
    const known = this.#answers.get(at);
    if (known !== undefined) return known;
    const told = new Map<number, number>();
    if (count > 0) {
      const fed = this.#isFed(count, unassigned);
      const row = this.table.rows[rowNumber(count, this.table.rows.length, this.table.cycle) - 1] ?? [];
      for (const { from, to, perturbation } of row)
        if (count + perturbation >= this.threshold && fed > 0)
          told.set(count + perturbation, (fed * (to - from)) / this.table.modulus);
    }
    const answers = { told, none: 1 - [...told.values()].reduce((sum, p) => sum + p, 0) };
    this.#answers.set(at, answers);
    return answers;
  }

  /** The probability of an answer. */
  probability(answer: number | null, count: number, unassigned = 0): number {
    const { told, none } = this.of(count, unassigned);
    return answer === null ? none : (told.get(answer) ?? 0);
  }

  /** How probable it is that enough workers feed a cell, who has which of its units being unknown. */
  #isFed(count: number, unassigned: number): number {
    if (this.shares.length === 0 || count - unassigned >= MANY) return 1;
    const at = count * 10_000 + unassigned;
    const known = this.#fed.get(at);
    if (known !== undefined) return known;
    const chance = chanceOf(at);
    let fed = 0;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const units = this.shares.map(() => 0);
      for (let one = unassigned; one < count; one += 1) {
        const worker = drawn(this.shares, chance);
        units[worker] = (units[worker] ?? 0) + 1;
      }
      const cell = {
        count,
        sum: 0,
        feeders: units.filter((some) => some > 0).length,
        largest: Math.max(...units),
        unassigned,
      };
      // No threshold: null is then the workers' alone.
      const protection = {
        threshold: Number.NEGATIVE_INFINITY,
        table: this.table,
        keyOf: () => 0,
        team: this.shares.length,
      };
      if (protectedCount(cell, protection) !== null) fed += 1;
    }
    this.#fed.set(at, fed / DRAWS);
    return fed / DRAWS;
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
