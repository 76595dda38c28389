import { OPERATIONS_PER_SECOND, PACE } from './mix.js';
import type { Played } from './play.js';
import { countsOf, p95Of, rateOf } from './report.js';

/** The limit of the 95th percentile of all operations, in milliseconds. */
export const LIMIT_MS = 100;
/** Each step has a quarter more than the one before. */
const STEP = 1.25;
/** The share of operations that may fail. An error is a fast answer, and would make a step look better. */
const FAILED = 0.001;
/** The most steps: after these, a token's hour may be over. */
const STEPS = 25;

/** What was found: the highest rate that was kept up within the limit. */
export interface Found {
  /** Operations a second; null if the first step was above the limit. */
  readonly sustained: number | null;
  /** How many counties ask that much in the real hour of a Monday. */
  readonly counties: number | null;
}

/** Plays steps, each with more arrivals, until one is above the limit, or too many operations fail. */
export async function findRate(
  first: number,
  playStep: (rate: number, nth: number) => Promise<Played>,
  say: (line: string) => void,
): Promise<Found> {
  let sustained: number | null = null;
  for (let nth = 0, rate = first; nth < STEPS; nth += 1, rate *= STEP) {
    const played = await playStep(rate, nth);
    const [p95, perSecond] = [p95Of(played), rateOf(played)];
    const { conflicts, errors } = countsOf(played.ledger.entries);
    const failed = [...errors.values()].reduce((sum, count) => sum + count, 0) + played.unanswered;
    const wanted = rate * PACE * OPERATIONS_PER_SECOND;
    say(
      `rate ${rate.toFixed(2)}: ${wanted.toFixed(1)} operations a second wanted, ${perSecond.toFixed(1)} done, ` +
        `p95 ${p95.toFixed(1)} ms, ${failed} errors, ${conflicts} lost`,
    );
    if (!(p95 <= LIMIT_MS) || failed > FAILED * played.ledger.entries.length) break;
    sustained = perSecond;
  }
  return { sustained, counties: sustained === null ? null : sustained / OPERATIONS_PER_SECOND };
}
