/** The bounds, both included, between which the figure without its noise lies in at least 95 cases of 100. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** In a normal distribution, 95 of 100 lie within two standard deviations. The noise of larger counts is close to normal. */
const NINETY_FIVE = 2;

/** The widest interval of a rate that is told: so many points on either side. */
export const WIDEST_RATE = 10;

/** Returns how far a count may be from its published value, in 95 cases of 100. */
export function halfWidth({ variance }: { readonly variance: number }): number {
  return Math.ceil(NINETY_FIVE * Math.sqrt(variance));
}

/** What the interval of a count depends on. */
export interface CountNoise {
  /** Of a sum, the variance of the method times the number of its parts. */
  readonly variance: number;
  /** The count below which it is not told; null if there is none. */
  readonly threshold: number | null;
  /** The lowest count that can be told at all: 0, or 1 if zero had no noise. */
  readonly least: 0 | 1;
}

/**
 * Returns the interval of a published count. A count far below the threshold is told only with a large noise. And where empty cells have noise, and
 * many are empty, a small figure is often that of an empty one. So where the lower bound would be below the threshold, or where zero has noise
 * below the half-width, it is the lowest count.
 */
export function intervalOfCount(told: number, { variance, threshold, least }: CountNoise): Interval {
  const width = halfWidth({ variance });
  const low = told - width;
  const nearest = Math.max(threshold ?? least, least === 0 ? width : 0);
  return { low: low < nearest ? least : low, high: told + width };
}

/**
 * Returns the interval of a rate, in whole per cent: as if the noise of a count moved its part alone, plus the rounding. A rate that is told
 * as 0 or 100 per cent may have been beyond: so a narrower interval would not hold.
 */
export function intervalOfRate(percent: number, base: number, variance: number): Interval {
  const width = (100 * halfWidth({ variance })) / base + 0.5;
  return { low: Math.max(0, Math.floor(percent - width)), high: Math.min(100, Math.ceil(percent + width)) };
}
