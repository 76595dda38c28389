/** The size of the noise. The noise of a count i ≥ 1 is a perturbation v in -D..D, and i + v is what is published. */
export interface TableParameters {
  /** D: the greatest distance between a published count and the true one. At least 1. */
  readonly maxPerturbation: number;
  /** V: the greatest mean of v², in the square of what is counted. Above 0. */
  readonly variance: number;
  /** Published counts of 1..js do not occur; 0 without it. */
  readonly js?: number;
  /** The true counts whose row need not be monotone. */
  readonly monotonyOff?: readonly number[];
  /** Keys are 0..modulus - 1. At most 2^32. */
  readonly modulus: number;
}

/** The keys that have a perturbation: from <= key < to. */
export interface KeyRange {
  readonly from: number;
  readonly to: number;
  readonly perturbation: number;
}

/** The perturbation of each count, by its cell's key. */
export interface PerturbationTable {
  readonly modulus: number;
  /** Row n is at index n - 1. Its ranges partition 0..modulus - 1, in the order of the keys. */
  readonly rows: readonly (readonly KeyRange[])[];
  /** The number of last rows that larger counts take in turn; 1 if they all take the last one. */
  readonly cycle: number;
  /** Set if a count of zero takes the first row. Unless set, zero stays zero. */
  readonly hasNoiseForZero?: true;
}

/** The tolerance with which every row is verified. */
const TOLERANCE = 1e-9;

/** Up to this modulus, the error of a root (1e-13) is far less than one key. */
const MAX_MODULUS = 2 ** 32;

/** A row while it is computed. The values ascend, and the probabilities are in their order. */
interface Row {
  readonly values: readonly number[];
  readonly probabilities: readonly number[];
  /** E v, and E v². */
  readonly mean: number;
  readonly square: number;
}

/**
 * Returns the distribution of the noise of a true count. Of all distributions that obey the rules, it has the maximum entropy, and so
 * gives away the least (Giessing, "Computational issues in the design of transition probabilities and disclosure risk estimation for
 * additive noise", 2016; the R package ptable).
 *
 * - It adds up to 1, it is unbiased (E v = 0), and E v² is at most the variance. It is less if noise that may not go below 0 has no use
 *   for more.
 * - The published count is 0 or above js.
 * - On either side of v = 0, a value further away is not more probable. Values that are forbidden are skipped.
 *
 * @param trueCount at least 1
 * @returns the probability of each perturbation that is allowed, in ascending order of the perturbations
 * @throws RangeError if a parameter is out of range, or no distribution obeys the rules: then trueCount <= js, and D or the variance is
 * too small to leave 1..js without a bias
 */
export function rowProbabilities(
  trueCount: number,
  parameters: Omit<TableParameters, 'modulus'>,
): ReadonlyMap<number, number> {
  const { maxPerturbation, variance, js = 0, monotonyOff = [] } = parameters;
  mustBeInteger('trueCount', trueCount, 1);
  mustBeInteger('maxPerturbation', maxPerturbation, 1);
  mustBeInteger('js', js, 0);
  if (!(variance > 0 && Number.isFinite(variance))) throw new RangeError(`variance: ${variance}`);

  const values: number[] = [];
  for (let v = -maxPerturbation; v <= maxPerturbation; v++) {
    if (trueCount + v === 0 || trueCount + v > js) values.push(v);
  }
  if (trueCount <= js) mustBeFeasible(trueCount, js, maxPerturbation, variance);

  const isMonotone = !monotonyOff.includes(trueCount);
  const row = maximumEntropy(values, variance, isMonotone);
  verify(row, trueCount, variance, isMonotone);
  return new Map(row.values.map((v, at) => [v, row.probabilities[at] ?? 0]));
}

/**
 * Makes the table of all counts. Each row's probabilities, times the modulus, are added up in the order of the perturbations, and the
 * sums are rounded. A bound is off by half a key at most, so the mean of the row is off by D / modulus at most.
 *
 * @returns a row for each count that differs from the last one; larger counts take the last one (`cycle` is 1). Above D + js, the noise
 * meets neither 0 nor js.
 * @throws RangeError as `rowProbabilities` does, or if the modulus is no integer in 1..2^32
 */
export function makePerturbationTable(parameters: TableParameters): PerturbationTable {
  const { maxPerturbation, js = 0, modulus } = parameters;
  mustBeInteger('modulus', modulus, 1, MAX_MODULUS);
  // Without js, the count D can go to 0 and not below: it has all of -D..D already.
  const last = js === 0 ? maxPerturbation : maxPerturbation + js + 1;
  const rows: KeyRange[][] = [];
  for (let count = 1; count <= last; count++) {
    rows.push(keyRanges(rowProbabilities(count, parameters), modulus));
  }
  return { modulus, rows, cycle: 1 };
}

/**
 * Makes a table of one row, that of a large count, which every count takes, zero included. So zero, one and many have the same noise: what a
 * count tells of one unit depends on the variance alone, and not on how many others are there. A small count with its noise may be negative.
 *
 * @throws RangeError as `makePerturbationTable`
 */
export function makeEvenTable(
  parameters: Pick<TableParameters, 'maxPerturbation' | 'variance' | 'modulus'>,
): PerturbationTable {
  const { maxPerturbation, modulus } = parameters;
  mustBeInteger('modulus', modulus, 1, MAX_MODULUS);
  const row = keyRanges(rowProbabilities(maxPerturbation, parameters), modulus);
  return { modulus, rows: [row], cycle: 1, hasNoiseForZero: true };
}

/**
 * Returns the row that a count takes: its own, or one of the last `cycle` rows in turn. A cycle of 1 is a cap at the last row; ONS has
 * 750 rows and a cycle of 250 (ONS, cell-key guide: counts over 750 take row ((n - 1) mod 250) + 501).
 *
 * @param trueCount at least 1
 * @returns the number of the row, from 1
 * @throws RangeError if a number is no integer of at least 1, or the cycle has more rows than there are
 */
export function rowNumber(trueCount: number, rows: number, cycle: number): number {
  mustBeInteger('trueCount', trueCount, 1);
  mustBeInteger('rows', rows, 1);
  mustBeInteger('cycle', cycle, 1, rows);
  return trueCount <= rows ? trueCount : ((trueCount - 1) % cycle) + rows - cycle + 1;
}

function keyRanges(probabilities: ReadonlyMap<number, number>, modulus: number): KeyRange[] {
  const ranges: KeyRange[] = [];
  const values = [...probabilities.keys()];
  let sum = 0;
  let from = 0;
  for (const [perturbation, probability] of probabilities) {
    sum += probability;
    const to = perturbation === values.at(-1) ? modulus : Math.min(Math.round(sum * modulus), modulus);
    if (to > from) ranges.push({ from, to, perturbation });
    from = to;
  }
  return ranges;
}

/**
 * Checks that a distribution exists. A count in 1..js goes to 0 or above js. It has the least variance if it goes to 0 and js + 1 only:
 * with mean 0, E v² is then the product of the two distances.
 */
function mustBeFeasible(trueCount: number, js: number, maxPerturbation: number, variance: number): void {
  const up = js + 1 - trueCount;
  if (maxPerturbation < Math.max(trueCount, up)) {
    throw new RangeError(`Row ${trueCount}: 0 and ${js + 1} are not both within ${maxPerturbation}.`);
  }
  if (variance < trueCount * up) {
    throw new RangeError(`Row ${trueCount}: the variance is ${trueCount * up} at least, not ${variance}.`);
  }
}

/**
 * Finds the row of maximum entropy. It is of the form p ~ exp(av + bv²), where a keeps the mean at 0 and b <= 0 the variance below its
 * bound. Both moments increase: E v in a, and E v² in b along the matching a. So there are two roots, one within the other.
 */
function maximumEntropy(values: readonly number[], variance: number, isMonotone: boolean): Row {
  const unbiased = (b: number): Row =>
    exponential(
      values,
      increasingRoot((a) => exponential(values, a, b, isMonotone).mean),
      b,
      isMonotone,
    );
  const unbound = unbiased(0);
  if (unbound.square <= variance) return unbound;
  return unbiased(increasingRoot((b) => unbiased(b).square - variance));
}

/**
 * Computes p ~ exp(av + bv²) for b <= 0, made monotone where it must be. Neighbours in the wrong order share the mean of their exponents,
 * which is what the optimum does (isotonic regression: Robertson, Wright and Dykstra, 1988). The exponent is concave. So only the side
 * that a favours can rise, from 0 outwards, and then it falls for good.
 */
function exponential(values: readonly number[], a: number, b: number, isMonotone: boolean): Row {
  const exponents = values.map((v) => a * v + b * v * v);
  if (isMonotone) poolOutwards(values, exponents, Math.sign(a));
  const highest = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const probabilities = weights.map((weight) => weight / total);
  return { values, probabilities, ...moments(values, probabilities) };
}

function moments(values: readonly number[], probabilities: readonly number[]) {
  let mean = 0;
  let square = 0;
  for (const [at, v] of values.entries()) {
    const p = probabilities[at] ?? 0;
    mean += p * v;
    square += p * v * v;
  }
  return { mean, square };
}

/** Levels the exponents from v = 0 outwards on one side, until the next one is no higher than their mean. */
function poolOutwards(values: readonly number[], exponents: number[], side: number): void {
  const pool: number[] = [];
  let mean = 0;
  const first = side < 0 ? values.findLastIndex((v) => v <= 0) : values.findIndex((v) => v >= 0);
  for (let at = first; at >= 0 && at < values.length; at += side < 0 ? -1 : 1) {
    const exponent = exponents[at] ?? 0;
    if (pool.length > 0 && exponent <= mean) break;
    pool.push(at);
    mean += (exponent - mean) / pool.length;
  }
  for (const at of pool) exponents[at] = mean;
}

/**
 * Finds where an increasing function is 0: by regula falsi, the Illinois way (Dowell and Jarratt, 1971), within bounds that are first
 * widened until they hold it.
 */
function increasingRoot(f: (x: number) => number): number {
  const ENOUGH = 1e-13;
  const atZero = f(0);
  if (Math.abs(atZero) <= ENOUGH) return 0;
  let [near, fNear] = [0, atZero];
  let far = atZero > 0 ? -1 : 1;
  let fFar = f(far);
  while (fFar * atZero > 0 && Math.abs(fFar) > ENOUGH) {
    [near, fNear] = [far, fFar];
    far *= 2;
    if (!Number.isFinite(far)) throw new RangeError('No distribution obeys the rules.');
    fFar = f(far);
  }
  if (Math.abs(fFar) <= ENOUGH) return far;
  // The last point is always `far`; the older bound counts half each time it stays.
  for (let steps = 0; steps < 200; steps++) {
    const next = far - (fFar * (far - near)) / (fFar - fNear);
    if (next === far || next === near) break;
    const fNext = f(next);
    if (fNext * fFar < 0) [near, fNear] = [far, fFar];
    else fNear /= 2;
    [far, fFar] = [next, fNext];
    if (Math.abs(fNext) <= ENOUGH) break;
  }
  return far;
}

/** Rejects a row that breaks a rule, whatever the reason. */
function verify(row: Row, trueCount: number, variance: number, isMonotone: boolean): void {
  const { values, probabilities, mean, square } = row;
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  const obeys =
    Math.abs(total - 1) <= TOLERANCE &&
    Math.abs(mean) <= TOLERANCE &&
    square <= variance + TOLERANCE &&
    (!isMonotone ||
      values.every((v, at) => {
        const inwards = v > 0 ? at - 1 : at + 1;
        const isSameSide = v !== 0 && (values[inwards] ?? -v) * v >= 0;
        return !isSameSide || (probabilities[at] ?? 0) <= (probabilities[inwards] ?? 0) + TOLERANCE;
      }));
  if (!obeys) throw new RangeError(`Row ${trueCount}: no distribution was found that obeys the rules.`);
}

function mustBeInteger(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${name}: ${value}`);
  }
}
