/** Numbers in [0, 1) that a seed decides (mulberry32): a run of the suite is the same on any day. */
export type Chance = () => number;

/** Chance from a seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A place, each as probable as its weight. */
export function drawn(weights: readonly number[], chance: Chance): number {
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

/** In another order (Fisher and Yates). */
export function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  const copy = [...all];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}

/** A secret that nobody needs to keep. */
export function secretOf(seed: number): Buffer {
  const chance = chanceOf(seed ^ 0x5ec7e7);
  return Buffer.from(Array.from({ length: 32 }, () => Math.floor(chance() * 256)));
}
