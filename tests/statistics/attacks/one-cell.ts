import { type CellName, namedCellKeys, recordKey } from '../../../src/statistics/cell-key.js';
import { METHOD_NOW } from '../../../src/statistics/method.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { noisyCount } from '../../../src/statistics/protection.js';
import { type Counted, Tally } from '../../../src/statistics/tally.js';
import { logRatio, noiseOf } from './answers.js';
import type { Trial } from './attacker.js';
import { type Chance, secretOf } from './chance.js';

/** The total of a month. */
const MONTH: CellName = {
  period: '2026-03',
  measure: 'OPEN_CASES',
  districtId: null,
  dimensions: [],
  categories: [],
  part: 'ALL',
};
/** The total of the year, which holds the same cases if nobody came or went. */
const YEAR: CellName = { ...MONTH, period: '2026' };

function countOf(cases: number, keyOf: (id: string) => number): Counted {
  const tally = new Tally([], [[]], 1, keyOf, METHOD_NOW.recordModulus);
  for (let unit = 0; unit < cases; unit += 1)
    tally.add({ unitId: String(unit), district: 0, categories: [] });
  tally.end();
  return tally.table(1, 0)[0] ?? { count: 0, sum: 0 };
}

/**
 * Trials of one figure of so many others, and of two: that of the others alone beside that in which the person may be. By method 3 the two were
 * equal if the person was not there, and a difference was a proof. All by the product's own keys, count and noise; each has a secret of its own.
 *
 * @returns the trials from the one figure, and those from both
 */
export function figureTrials(
  table: PerturbationTable,
  others: number,
  trials: number,
  chance: Chance,
): { readonly ofOne: readonly Trial[]; readonly ofBoth: readonly Trial[] } {
  const noise = noiseOf(table);
  const [ofOne, ofBoth]: [Trial[], Trial[]] = [[], []];
  for (let nth = 0; nth < trials; nth += 1) {
    const secret = secretOf(Math.floor(chance() * 2 ** 32));
    const isPresent = nth % 2 === 0;
    const keys = namedCellKeys(secret, 'CASE', table.modulus);
    const keyOf = (id: string): number => recordKey(secret, 'CASE', id, METHOD_NOW.recordModulus);
    const [figure, ofOthers] = [
      noisyCount(countOf(others + Number(isPresent), keyOf), MONTH, { table, keys }),
      noisyCount(countOf(others, keyOf), YEAR, { table, keys }),
    ];
    const world = others * trials + nth;
    const ratio = logRatio(noise, figure, others, 1);
    ofOne.push({ ratio, isPresent, world });
    // Who takes the other figure for what this one would be without the person: right where equal sets answer alike.
    ofBoth.push({ ratio: figure === ofOthers ? -1 : 1, isPresent, world });
  }
  return { ofOne, ofBoth };
}
