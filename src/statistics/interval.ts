import type { Method } from './method.js';

/** The bounds, both included, between which the figure without its noise lies in at least 95 cases of 100. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** In a normal distribution, 95 of 100 lie within two standard deviations. The noise of larger counts is close to normal. */
const NINETY_FIVE = 2;

/** Returns how far a count may be from its published value, in 95 cases of 100. */
export function halfWidth({ variance }: Pick<Method, 'variance'>): number {
  return Math.ceil(NINETY_FIVE * Math.sqrt(variance));
}

/** Returns the interval of a published count. Its lower bound is at least 1. */
export function intervalOfCount(told: number, method: Pick<Method, 'variance'>): Interval {
  const width = halfWidth(method);
  return { low: Math.max(1, told - width), high: told + width };
}

/**
 * Returns the interval of a rate, in whole per cent: as if the noise of a count moved its part alone, plus the rounding. The noise of
 * small parts is skewed, so a narrower interval would not hold.
 */
export function intervalOfRate(percent: number, base: number, method: Pick<Method, 'variance'>): Interval {
  const width = (100 * halfWidth(method)) / base + 0.5;
  return { low: Math.max(0, Math.floor(percent - width)), high: Math.min(100, Math.ceil(percent + width)) };
}
