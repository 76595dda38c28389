/**
 * The attacker.
 *
 * It knows the method, every parameter and this code; not the secret. It is the strongest neighbour: it knows every other record of the
 * year, its categories and its dates, and what one person's record would be if there is one. It reads the whole public programme, which is all
 * that any number of clients has together. It wants to know whether that person is counted. A success is a right guess, where the person is
 * there in half of the worlds and all others are the same in both. Chance is 50 %.
 *
 * Each cell has noise of its own, even if two cells count the same units (method 4): so the likelihoods of all cells, multiplied, are the exact
 * joint posterior. The attacker is given each figure before a negative one is told as 0, since the sum of the districts may show it.
 *
 * Outside of it: who reads the database, or has the secret, reads the counts.
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
