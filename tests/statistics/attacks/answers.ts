import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';

/** How probable each noise is. Every count has the same noise, zero included. */
export type Noise = ReadonlyMap<number, number>;

/** The noise of a table of one row, as an attacker knows it. */
export function noiseOf({ rows, modulus, hasNoiseForZero }: PerturbationTable): Noise {
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0 || hasNoiseForZero !== true)
    throw new Error('the noise depends on the count');
  return new Map(row.map(({ from, to, perturbation }) => [perturbation, (to - from) / modulus]));
}

/** How often the best guess between some records and so many more is right, from one figure: exact. */
export function oneCell(noise: Noise, more = 1): number {
  let sum = 0;
  for (let at = Math.min(...noise.keys()); at <= Math.max(...noise.keys()) + more; at += 1)
    sum += Math.abs((noise.get(at) ?? 0) - (noise.get(at - more) ?? 0));
  return (1 + sum / 2) / 2;
}

/** How often two figures of one count are equal, if their noise is independent. */
export function coincidence(noise: Noise): number {
  return [...noise.values()].reduce((sum, share) => sum + share ** 2, 0);
}

/** The log of how much more probable a figure is with some records more than without them. */
export function logRatio(noise: Noise, figure: number, others: number, more: number): number {
  return Math.log(noise.get(figure - others - more) ?? 0) - Math.log(noise.get(figure - others) ?? 0);
}
