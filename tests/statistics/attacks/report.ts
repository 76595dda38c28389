import type { Rate } from './attacker.js';
import { EVERY, type Found, type LikelihoodRates } from './suite.js';

/** Lines of a table: its head, then its rows. */
export type Lines = readonly (readonly string[])[];

/** A share in per cent. */
export function perCent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A rate with its interval. */
export function told({ rate, margin }: Rate): string {
  return `${(100 * rate).toFixed(1)} ± ${(100 * margin).toFixed(1)} %`;
}

/** Rates by budget. */
export function likelihoodLines(name: string, { alone, compared }: LikelihoodRates): Lines {
  return [
    [`${name}: tables asked`, 'by likelihood', 'and equal sets', 'of these certain'],
    ...[...alone].map(([budget, rate]) => {
      const sets = compared.get(budget);
      return [
        budget === EVERY ? 'every' : String(budget),
        told(rate),
        sets === undefined ? '' : told(sets),
        sets === undefined ? '' : perCent(sets.certain),
      ];
    }),
  ];
}

/** What is found of withheld cells: the mean of some years. */
export function foundLines(name: string, all: readonly Found[]): Lines {
  const mean = (of: (one: Found) => number): string =>
    (all.reduce((sum, one) => sum + of(one), 0) / all.length).toFixed(2);
  return [
    [`${name}: withheld cells`, 'of 1 or more', 'all'],
    [
      'how many',
      mean(({ expected }) => expected.withheldWithSome),
      mean(({ expected }) => expected.withheld),
    ],
    ['RMSE, null is missing', mean(({ missing }) => missing.ofSome), mean(({ missing }) => missing.ofAll)],
    [
      'RMSE, null is as expected',
      mean(({ expected }) => expected.ofSome),
      mean(({ expected }) => expected.ofAll),
    ],
    [
      'RMSE, a constant',
      mean(({ expected }) => expected.constantOfSome),
      mean(({ expected }) => expected.constantOfAll),
    ],
    [
      'pinned to one count',
      '',
      String(all.flatMap(({ certainty }) => certainty).reduce((sum, { pinned }) => sum + pinned, 0)),
    ],
    [
      'counts that agree, at least',
      '',
      String(Math.min(...all.flatMap(({ certainty }) => certainty.map(({ fewest }) => fewest)))),
    ],
  ];
}
