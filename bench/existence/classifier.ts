/** The times of one pair: the same request for what is missing, and for what is forbidden. */
export interface Pair {
  readonly missing: number;
  readonly forbidden: number;
}

export interface Verdict {
  /** The share of single answers that are sorted right, by a threshold that was learned on the other half of the pairs; 0.5 is chance. */
  readonly accuracy: number;
  /** The share of pairs in which the forbidden answer is told from the missing one, in the direction that was learned on the other half. */
  readonly pairAccuracy: number;
  /** Half of the 95 % interval around a `pairAccuracy` that chance alone would give. */
  readonly pairMargin: number;
  /** The probability that a forbidden answer takes longer than a missing one; 0.5 is chance. */
  readonly auc: number;
  readonly aucMargin: number;
  /** The median of the differences in microseconds: the time of the forbidden answer less that of the missing one. */
  readonly difference: number;
}

interface Timed {
  readonly ms: number;
  readonly forbidden: boolean;
}

function singles(pairs: readonly Pair[]): Timed[] {
  return pairs
    .flatMap(({ missing, forbidden }) => [
      { ms: missing, forbidden: false },
      { ms: forbidden, forbidden: true },
    ])
    .sort((a, b) => a.ms - b.ms);
}

interface Threshold {
  readonly ms: number;
  /** True if the slower answer is taken for the forbidden one. */
  readonly longerIsForbidden: boolean;
}

/** The threshold, and the direction, that sort these pairs best. */
function learn(pairs: readonly Pair[]): Threshold {
  const all = singles(pairs);
  // The number that is right if all are taken for forbidden. Each step moves the threshold above one more.
  let right = pairs.length;
  let best: { right: number; threshold: Threshold } = {
    right: 0,
    threshold: { ms: 0, longerIsForbidden: true },
  };
  for (const { ms, forbidden } of all) {
    right += forbidden ? -1 : 1;
    for (const longerIsForbidden of [true, false]) {
      const score = longerIsForbidden ? right : all.length - right;
      if (score > best.right) best = { right: score, threshold: { ms, longerIsForbidden } };
    }
  }
  return best.threshold;
}

function test(pairs: readonly Pair[], { ms, longerIsForbidden }: Threshold): number {
  const all = singles(pairs);
  return all.filter((each) => each.ms > ms === (each.forbidden === longerIsForbidden)).length / all.length;
}

/** Computes the statistic by ranks (Mann-Whitney). Ties count half. The interval is that of Hanley and McNeil (1982). */
function rankStatistic(pairs: readonly Pair[]): { auc: number; aucMargin: number } {
  const missing = pairs.map((pair) => pair.missing).sort((a, b) => a - b);
  let below = 0;
  let wins = 0;
  let equal = 0;
  for (const ms of pairs.map(({ forbidden }) => forbidden).sort((a, b) => a - b)) {
    while (below < missing.length && (missing[below] ?? 0) < ms) below += 1;
    wins += below;
    for (let index = below; missing[index] === ms; index += 1) equal += 1;
  }
  const n = pairs.length;
  const auc = (wins + equal / 2) / n ** 2;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc ** 2) / (1 + auc);
  const variance = (auc * (1 - auc) + (n - 1) * (q1 - auc ** 2) + (n - 1) * (q2 - auc ** 2)) / n ** 2;
  return { auc, aucMargin: 1.96 * Math.sqrt(variance) };
}

/** Judges the pairs by a classifier that knows only the times. It learns on every other pair, and is tested on the rest. */
export function judge(pairs: readonly Pair[]): Verdict {
  const training = pairs.filter((_, index) => index % 2 === 0);
  const tests = pairs.filter((_, index) => index % 2 === 1);
  const longerIn = (of: readonly Pair[]): number =>
    of.filter(({ missing, forbidden }) => forbidden > missing).length / of.length;
  const longer = longerIn(tests);
  const differences = pairs.map(({ missing, forbidden }) => forbidden - missing).sort((a, b) => a - b);
  return {
    accuracy: test(tests, learn(training)),
    pairAccuracy: longerIn(training) > 0.5 ? longer : 1 - longer,
    pairMargin: 1.96 * Math.sqrt(0.25 / tests.length),
    ...rankStatistic(pairs),
    difference: (differences[Math.floor(differences.length / 2)] ?? Number.NaN) * 1000,
  };
}
