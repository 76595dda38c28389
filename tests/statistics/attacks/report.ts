import type { Rate } from './attacker.js';
import type { PartRate } from './suite.js';

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

/** Rates by part of the programme. */
export function partLines(name: string, rates: ReadonlyMap<string, PartRate>): Lines {
  return [
    [`${name}: what is read`, 'guessed right', '0.99 sure', 'certain'],
    ...[...rates].map(([part, rate]) => [part, told(rate), perCent(rate.sure), perCent(rate.certain)]),
  ];
}
