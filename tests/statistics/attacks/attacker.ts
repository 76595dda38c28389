/**
 * The attacker.
 *
 * It knows the method, every parameter and this code; not the secret. It is the strongest neighbour: it knows every other record of the
 * district-year, its categories, its dates and when it was recorded, and what one person's record would be if there is one. It knows how
 * many workers there are and what share each has of the whole, but not who has which case. It asks every table that it may, in the
 * order that tells it most. It wants to know
 * (a) whether that person is counted: in a cell, a table, an indicator;
 * (b) the true count of a cell that is withheld. For that it knows the tables and what such a year usually looks like, and no record: who
 *     knows all others has only (a) left to ask.
 * A success is a right guess of (a), where the person is there in half of the worlds and all others are the same in both. Chance is 50 %.
 *
 * Outside of it:
 * - Who knows the workers of each record learns when a third one feeds a cell, or when nobody has four fifths of it any more. That is
 *   measured by itself (`thirdWorkerSuccess`), and is not bounded by noise.
 * - Clients that collude have a budget each. Hence every table that there is is measured too, which is all that any number of them has.
 * - Different sets have independent noise, since the key of a cell is a hash of the sum (method 2): the likelihood over many tables is exact
 *   in that. By method 1 keys added up; what that told of a table of two by two is exact in `two-by-two.ts`.
 * - Who reads the database, or has the secret, reads the counts.
 */
export interface Rate {
  /** From 0 to 1; a half is chance. */
  readonly rate: number;
  /** Half of its 95 % interval. */
  readonly margin: number;
  readonly trials: number;
  /** The share of trials in which the attacker does not guess but knows. */
  readonly certain: number;
}

/** One trial: the log of the ratio of likelihoods, present to absent, and what was so. */
export interface Trial {
  readonly ratio: number;
  readonly isPresent: boolean;
  /** Persons of one world may be in the same cell, and share its noise: they are no independent trials. Worlds are. */
  readonly world: number;
}

/** How often the sign of the ratio is right; where it says nothing, half. */
export function rateOf(trials: readonly Trial[]): Rate {
  const worlds = new Map<number, { right: number; all: number }>();
  for (const { ratio, isPresent, world } of trials) {
    const sum = worlds.get(world) ?? { right: 0, all: 0 };
    sum.right += Math.abs(ratio) < 1e-9 ? 1 / 2 : Number(ratio > 0 === isPresent);
    sum.all += 1;
    worlds.set(world, sum);
  }
  const all = [...worlds.values()];
  const rate = all.reduce((sum, { right }) => sum + right, 0) / trials.length;
  const squares = all.reduce((sum, one) => sum + (one.right - rate * one.all) ** 2, 0);
  return {
    rate,
    margin: (1.96 * Math.sqrt((squares * all.length) / (all.length - 1))) / trials.length,
    trials: trials.length,
    certain: trials.filter(({ ratio }) => !Number.isFinite(ratio)).length / trials.length,
  };
}
