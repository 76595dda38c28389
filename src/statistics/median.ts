import { FIRST_DAY_OF_WAIT } from './dimensions.js';
import { halfWidth } from './interval.js';

/** The median of a wait, in days to a tenth, and the bounds that the noise leaves it in 95 cases of 100. */
export interface Median {
  readonly days: number;
  readonly low: number;
  readonly high: number;
}

/** A published count of a band of waits. */
export interface BandOfWait {
  readonly code: string;
  readonly value: number | null;
}

/**
 * Returns the median of a wait, worked out from the published counts of its bands alone: so it tells nothing that they do not tell. Half waited fewer
 * days than that. Within a band, the days are taken as even (linear interpolation, as for grouped data).
 *
 * The counts below a day, less those above it, are 0 at the median. That difference has the noise of all bands. So the bounds are the days at which
 * it is as far from 0 as that noise reaches.
 *
 * @param bands in the order of their days
 * @param variance the variance of the noise of one count
 * @returns null if a count is not told, if a bound lies in the last band, which has no end, or if the noise is as large as the counts
 */
export function medianOfWait(bands: readonly BandOfWait[], variance: number): Median | null {
  const counts = bands.map(({ value }) => value);
  const starts = bands.map(({ code }) => FIRST_DAY_OF_WAIT[code]);
  if (counts.includes(null) || starts.includes(undefined)) return null;
  const all = (counts as number[]).reduce((sum, count) => sum + count, 0);
  const noise = halfWidth({ variance: variance * bands.length });
  const at = (below: number): number | null => dayAt(counts as number[], starts as number[], below);
  const [days, low, high] = [at(all / 2), at((all - noise) / 2), at((all + noise) / 2)];
  if (days === null || low === null || high === null) return null;
  return {
    days: Math.round(10 * days) / 10,
    low: Math.floor(10 * low) / 10,
    high: Math.ceil(10 * high) / 10,
  };
}

/** Returns the day below which so many are; null if it lies before the first band or in the last, which has no end. */
function dayAt(counts: readonly number[], starts: readonly number[], below: number): number | null {
  if (below <= 0) return null;
  let sum = 0;
  for (const [nth, count] of counts.entries()) {
    const [start = 0, end] = [starts[nth], starts[nth + 1]];
    if (sum + count >= below)
      return end === undefined ? null : start + ((end - start) * (below - sum)) / count;
    sum += count;
  }
  return null;
}
