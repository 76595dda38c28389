import { describe, expect, test } from '@jest/globals';
import { DIMENSIONS, FIRST_DAY_OF_WAIT } from '../../src/statistics/dimensions.js';
import { medianOfWait } from '../../src/statistics/median.js';
import { chanceOf } from './attacks/chance.js';

/** The median of a wait comes from published counts alone. Its bounds say what the noise of these counts leaves open. */
const CODES = DIMENSIONS.WAIT.categories.map(({ code }) => code);
const bands = (...values: (number | null)[]) =>
  CODES.map((code, nth) => ({ code, value: values[nth] === undefined ? 0 : values[nth] }));

test('each band of a wait begins on the day on which its name says', () => {
  expect(Object.keys(FIRST_DAY_OF_WAIT)).toEqual(CODES);
  for (const code of CODES) {
    const [number = 0] = /\d+/.exec(code)?.map(Number) ?? [];
    expect(FIRST_DAY_OF_WAIT[code]).toBe(code.startsWith('OVER') ? number + 1 : number);
  }
});

describe('without noise', () => {
  test('the median is the day below which half of them are, even within its band', () => {
    // 100 below 8 days, 200 in 8 to 14, 100 above: half is the middle of the band.
    expect(medianOfWait(bands(50, 50, 200, 100), 0)).toEqual({ days: 11.5, low: 11.5, high: 11.5 });
    expect(medianOfWait(bands(100, 100), 0)).toEqual({ days: 3, low: 3, high: 3 });
  });

  test('there is none where more than half are in the last band, which has no end, or where nobody is', () => {
    expect(medianOfWait(bands(10, 0, 0, 0, 0, 11), 0)).toBeNull();
    expect(medianOfWait(bands(), 0)).toBeNull();
  });
});

test('with a count that is not told, there is none', () => {
  expect(medianOfWait(bands(100, null, 100, 100), 36)).toBeNull();
});

test('the more are counted, the narrower the bounds; with few, there is none', () => {
  const width = (times: number): number | null => {
    const median = medianOfWait(bands(20 * times, 50 * times, 80 * times, 40 * times), 36);
    return median === null ? null : median.high - median.low;
  };
  const [few, some, many] = [width(1), width(4), width(100)];
  expect(few).toBeGreaterThan(some ?? Infinity);
  expect(some).toBeGreaterThan(many ?? Infinity);
  expect(medianOfWait(bands(5, 8, 10, 4), 36)).toBeNull();
});

test('the bounds hold the median of the counts without noise in 95 cases of 100', () => {
  const truth = [30, 70, 90, 60, 40, 30];
  const exact = medianOfWait(bands(...truth), 0)?.days ?? 0;
  const draw = chanceOf(7);
  // A sum of twelve even draws is close to normal.
  const noise = (): number =>
    Math.round(6 * (Array.from({ length: 12 }, draw).reduce((sum, one) => sum + one) - 6));
  let held = 0;
  for (let nth = 0; nth < 2_000; nth += 1) {
    const median = medianOfWait(bands(...truth.map((count) => Math.max(0, count + noise()))), 36);
    if (median !== null && median.low <= exact && exact <= median.high) held += 1;
  }
  // A little more: the band of the median counts for less than a whole band.
  expect(held / 2_000).toBeGreaterThan(0.95);
  expect(held / 2_000).toBeLessThan(0.995);
});
