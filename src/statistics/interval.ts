import type { Method } from './method.js';

/** Between which the figure without its noise is, both included, in at least 95 cases of 100. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of a normal distribution, 95 of 100 are within two standard deviations. The noise of larger counts is close to normal. */
const NINETY_FIVE = 2;

/** How far a count may be from what is told of it, in 95 cases of 100. */
export function halfWidth({ variance }: Pick<Method, 'variance'>): number {
  return Math.ceil(NINETY_FIVE * Math.sqrt(variance));
}

/** Of a count as it is told. There is at least one of what is told. */
export function intervalOfCount(told: number, method: Pick<Method, 'variance'>): Interval {
  const width = halfWidth(method);
  return { low: Math.max(1, told - width), high: told + width };
}

/**
 * Of a rate, in whole per cent: as if the noise of a count moved its part alone, and what it is rounded by. The noise of small parts is skewed, so
 * that a narrower one would not hold.
 */
export function intervalOfRate(percent: number, base: number, method: Pick<Method, 'variance'>): Interval {
  const width = (100 * halfWidth(method)) / base + 0.5;
  return { low: Math.max(0, Math.floor(percent - width)), high: Math.min(100, Math.ceil(percent + width)) };
}
