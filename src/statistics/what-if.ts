import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** The weeks from which the load of a district is learnt, and the weeks that are foreseen: half a year, and a quarter. */
export const WEEKS_LEARNT = 26;
export const WEEKS_FORESEEN = 13;
/** The longest wait that is measured, in days: the third free time is looked for so far ahead. */
const LONGEST = 92;

/**
 * How many histories are followed, and where their chances begin. The same figures always give the same answer: nobody learns more by
 * asking again.
 */
const HISTORIES = 20_000;
const SEED = 17;

/**
 * What is held possible before any figure is seen, in days. The load is near 1, since a wait neither ends nor grows without end. In a week,
 * chance moves the wait by some hours or by some days. A figure, which is made of whole days, misses it by half a day or more. Even if
 * nobody waits, the third free time is up to two days away. In one week of fifty, the wait begins anew anywhere: offices were closed, or hours
 * were opened in a block. This is learnt from, and not foreseen.
 */
const BELIEFS = { loadSpread: 0.05, moves: [0.3, 4], misses: [0.5, 4], mostAway: 2, anew: 0.02 } as const;

/** What changes from the first foreseen week on. */
export interface WaitChange {
  /** The open hours, against those of now: 1 is as many. */
  readonly hours: number;
  /** The people who ask, against those of now: 1 is as many. */
  readonly asks: number;
}

/** What a team has now, and what it supposes to change. */
export interface Means {
  readonly halfDaysNow: number;
  readonly postsNow: number;
  readonly moreHalfDays: number;
  readonly morePosts: number;
}

/** Returns the half-days of a week after the change: a post that comes or goes has the district's average of half-days. */
export const halfDaysAfter = ({ halfDaysNow, postsNow, moreHalfDays, morePosts }: Means): number =>
  halfDaysNow + moreHalfDays + (morePosts * halfDaysNow) / postsNow;

/** A number, and the range in which it is in eight cases of ten. */
export interface Range {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** What is foreseen. */
export interface WaitForecast {
  /** What is asked for, as a share of what is open. From 1 on, the wait grows for as long as nothing else changes. */
  readonly load: Range;
  /** The third next available appointment in days: the mean of the quarter. */
  readonly days: Range;
}

// Taken out once: where a global is looked up through a sandbox, as in the tests, each look costs more than the function.
const { cos, exp, log, max, min, PI, sqrt } = Math;

/** A stream of draws. */
class Draws {
  readonly #generator: RandomGenerator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** Draws a number in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** Draws from the normal distribution with mean 0 and variance 1 (Box and Muller, 1958). */
  normal(): number {
    return sqrt(-2 * log(1 - this.uniform())) * cos(2 * PI * this.uniform());
  }

  /** Draws a number between two others; each factor is as likely. */
  between([least, most]: readonly [number, number]): number {
    return least * (most / least) ** this.uniform();
  }
}

/**
 * A history: a load; how much chance moves the wait in a week, and how far a figure may miss it; how far away the third free time is if
 * nobody waits; and the wait of its last week above that. All are in days.
 */
interface History {
  readonly load: number;
  readonly moves: number;
  readonly misses: number;
  readonly away: number;
  readonly wait: number;
}

const DAYS_A_WEEK = 7;

/** The share of a belief that is kept when it is shaken: the rest is drawn anew. */
const KEPT = 0.98;

/** The days by which a wait grows in a week at a load; negative where it gets shorter. */
export const growthAt = (load: number): number => DAYS_A_WEEK * (load - 1);

/** Whether the wait grows without end at a load. Below a twentieth of a day a week, it is told as a wait that stays. */
export const growsAt = (load: number): boolean => growthAt(load) >= 0.05;

/** The wait of the next week: a week's asks more, a week's open hours less, and chance. It is never below zero. */
function nextWait({ wait, load, moves }: History, draws: Draws): number {
  return min(LONGEST, max(0, wait + growthAt(load) + moves * draws.normal()));
}

/**
 * How likely a figure is that misses the wait by so many times what it usually misses: by the t distribution with four degrees of freedom.
 * Its tail is heavy, so a week that is far away from the others, such as one with closed offices, does not decide alone.
 */
const likelihood = (times: number): number => (1 + times ** 2 / 4) ** -2.5;

/** Returns as many histories, each drawn with its weight; the draws lie at equal distances (Kitagawa, 1996). */
function drawAgain(
  histories: readonly History[],
  weights: readonly number[],
  draws: Draws,
): readonly History[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const offset = draws.uniform();
  let at = 0;
  let upTo = weights[0] ?? 0;
  return histories.map((_, nth) => {
    const wanted = ((nth + offset) / histories.length) * total;
    while (upTo < wanted && at < histories.length - 1) {
      at += 1;
      upTo += weights[at] ?? 0;
    }
    return histories[at] as History;
  });
}

/**
 * Shakes what each history believes, so that no two stay the same, and keeps mean and variance over all of them (Liu and West, 2001).
 */
function shaken(histories: readonly History[], draws: Draws): readonly History[] {
  const shake = (beliefs: readonly number[]): readonly number[] => {
    const mean = beliefs.reduce((sum, belief) => sum + belief, 0) / beliefs.length;
    const variance = beliefs.reduce((sum, belief) => sum + (belief - mean) ** 2, 0) / beliefs.length;
    const by = sqrt((1 - KEPT ** 2) * variance);
    return beliefs.map((belief) => KEPT * belief + (1 - KEPT) * mean + by * draws.normal());
  };
  const loads = shake(histories.map(({ load }) => load));
  const moves = shake(histories.map((history) => log(history.moves)));
  const misses = shake(histories.map((history) => log(history.misses)));
  const aways = shake(histories.map(({ away }) => away));
  return histories.map(({ wait }, nth) => ({
    load: loads[nth] ?? 1,
    moves: exp(moves[nth] ?? 0),
    misses: exp(misses[nth] ?? 0),
    away: max(0, aways[nth] ?? 0),
    wait,
  }));
}

/** Follows many histories through the weeks, and keeps those that the figures make likely (a particle filter, Gordon et al., 1993). */
function learn(weeks: readonly (number | null)[], draws: Draws): readonly History[] {
  const first = weeks.find((days) => days !== null) ?? 0;
  let histories: readonly History[] = Array.from({ length: HISTORIES }, () => {
    const misses = draws.between(BELIEFS.misses);
    const away = BELIEFS.mostAway * draws.uniform();
    return {
      load: 1 + BELIEFS.loadSpread * draws.normal(),
      moves: draws.between(BELIEFS.moves),
      misses,
      away,
      wait: max(0, first - away + misses * draws.normal()),
    };
  });
  for (const [nth, days] of weeks.entries()) {
    if (nth > 0)
      histories = histories.map((history) => ({
        ...history,
        wait: draws.uniform() < BELIEFS.anew ? LONGEST * draws.uniform() : nextWait(history, draws),
      }));
    if (days === null) continue;
    const weights = histories.map(
      ({ wait, misses, away }) => likelihood((days - away - wait) / misses) / misses,
    );
    histories = shaken(drawAgain(histories, weights, draws), draws);
  }
  return histories;
}

function rangeOf(numbers: readonly number[]): Range {
  const sorted = Float64Array.from(numbers).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { middle: at(0.5), low: at(0.1), high: at(0.9) };
}

/**
 * Foresees the wait of the quarter after the given weeks, for each change. A queue that is nearly full moves like a random walk: it grows
 * by what is asked for and not open, and chance does the rest.
 * @param weeks the mean of each week's third next available appointment in days, the oldest first; null for a week without a figure
 */
export function foresee(
  weeks: readonly (number | null)[],
  changes: readonly WaitChange[],
): readonly WaitForecast[] {
  const histories = learn(weeks, new Draws(SEED));
  return changes.map(({ hours, asks }) => {
    // The chances are the same for each change, so that two answers differ by the change alone.
    const draws = new Draws(SEED + 1);
    const changed = histories.map((history) => ({ ...history, load: (history.load * asks) / hours }));
    const means = changed.map((history) => {
      let sum = 0;
      let { wait } = history;
      for (let week = 0; week < WEEKS_FORESEEN; week += 1) {
        wait = nextWait({ ...history, wait }, draws);
        sum += wait;
      }
      // What will be measured misses the wait, too.
      const missed = (history.misses * draws.normal()) / sqrt(WEEKS_FORESEEN);
      return max(0, history.away + sum / WEEKS_FORESEEN + missed);
    });
    const loads = changed.map(({ load }) => load);
    return {
      load: rangeOf(loads),
      days: rangeOf(means),
    };
  });
}
