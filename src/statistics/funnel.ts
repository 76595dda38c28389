import type { Method } from './method.js';

/** A rate as it is published: whole per cent, with the base and its noise. */
export interface ToldRate {
  readonly percent: number;
  readonly base: number;
}

/** The limits between which a rate of that base lies by chance alone, in per cent, to a tenth. */
export interface FunnelLimits {
  readonly low: number;
  readonly high: number;
}

/**
 * The number of rates that lie outside by chance in a year, in all districts and all rates of a report together. It is so low that it
 * stays below 0.1 where some people miss three times as many appointments as others (`bench/funnel`).
 */
const OUTSIDE_BY_CHANCE = 0.02;

/** With fewer districts, a picture of them says nothing of chance. */
export const LEAST_RATES = 3;

/**
 * Returns how many standard deviations a limit is away, so that of so many rates 0.02 lie outside by chance. The quantile of a normal
 * distribution: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23, within 0.00045.
 */
export function deviationsFor(rates: number): number {
  const t = Math.sqrt(-2 * Math.log(OUTSIDE_BY_CHANCE / rates / 2));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
  );
}

/** Returns the rate of all together, in per cent. It is made from these rates, since the county's own is rounded to a whole number. */
export function rateOfAll(rates: readonly ToldRate[]): number {
  const base = rates.reduce((sum, rate) => sum + rate.base, 0);
  return rates.reduce((sum, rate) => sum + rate.percent * rate.base, 0) / base;
}

/**
 * Returns the limits of a funnel plot (Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24,
 * 2005), at one base: the chance of a binomial count, the noise of both parts, and the rounding to whole per cent.
 * @param whole the rate of all, in per cent
 */
export function limitsAt(
  whole: number,
  base: number,
  deviations: number,
  { variance }: Pick<Method, 'variance'>,
): FunnelLimits {
  const share = whole / 100;
  const spread = Math.sqrt(
    (share * (1 - share)) / base + (variance * (share ** 2 + (1 - share) ** 2)) / base ** 2 + 1e-4 / 12,
  );
  const toTenth = (percent: number): number => Math.round(percent * 10) / 10;
  return {
    low: toTenth(Math.max(0, whole - 100 * deviations * spread)),
    high: toTenth(Math.min(100, whole + 100 * deviations * spread)),
  };
}
