/** A deterministic stream of pseudo-random values: the same seed always gives the same stream. */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** An integer in [min, max], both ends included. */
  int(min: number, max: number): number;
  /** One element of a non-empty list. */
  pick<T>(items: readonly T[]): T;
  /** True with probability `probability`. */
  chance(probability: number): boolean;
  /** An identifier shaped as a version 4 UUID, drawn from the stream. */
  uuid(): string;
  /** A shuffled copy; the given list is left as it was. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Four 32-bit words from a string. Source: the `xmur3` hash (bryc, public domain). */
function hashSeed(seed: string): () => number {
  let h = 1779033703 ^ seed.length;
  for (let i = 0; i < seed.length; i++) {
    h = Math.imul(h ^ seed.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}

/**
 * A seeded generator for demonstration data. Not for secrets: anyone with the seed can replay the stream.
 *
 * Source: the `sfc32` generator (Chris Doty-Humphrey, PractRand, public domain), seeded by `xmur3`.
 */
export function createRandom(seed: string): Random {
  const word = hashSeed(seed);
  let a = word() | 0;
  let b = word() | 0;
  let c = word() | 0;
  let d = word() | 0;

  const uint32 = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();

  const next = (): number => uint32() / 4294967296;
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const hex8 = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

  return {
    next,
    int,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('pick() needs a non-empty list.');
      return items[int(0, items.length - 1)] as T;
    },
    chance: (probability) => next() < probability,
    uuid() {
      const w0 = hex8(uint32());
      const w1 = hex8((uint32() & 0xffff0fff) | 0x00004000);
      const w2 = hex8((uint32() & 0x3fffffff) | 0x80000000);
      const w3 = hex8(uint32());
      return `${w0}-${w1.slice(0, 4)}-${w1.slice(4)}-${w2.slice(0, 4)}-${w2.slice(4)}${w3}`;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const copy = items.slice();
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        const held = copy[i] as T;
        copy[i] = copy[j] as T;
        copy[j] = held;
      }
      return copy;
    },
  };
}
