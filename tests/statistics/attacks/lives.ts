import { perturbed } from '../../../src/statistics/cell-key.js';
import { cellsOf, type ProgrammedIndicator } from '../../../src/statistics/disclosure.js';
import type { LivedUnit } from '../../../src/statistics/lives.js';
import { MEASURES, type Measure, type MeasureCode } from '../../../src/statistics/measures.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { logRatio, noiseOf } from './answers.js';
import type { Trial } from './attacker.js';
import type { Chance } from './chance.js';

/** Every measure as an indicator of the districts, with all its dimensions: the most that can be adopted. */
export const EVERY_INDICATOR: readonly ProgrammedIndicator[] = (Object.keys(MEASURES) as MeasureCode[]).map(
  (measure) => ({ measure, dimensions: (MEASURES[measure] as Measure).dimensions, givenBy: null }),
);

/**
 * Trials of a guess between two lives by somebody who knows all other persons, from every cell that is published: the noise is the product's, by
 * a key that chance draws.
 * @param other nobody, unless two lives are told apart by what differs in them
 * @param reads which cells are read, by their names: all unless given
 */
export function lifeTrials(
  [one, other]: readonly [readonly LivedUnit[], readonly LivedUnit[]],
  table: PerturbationTable,
  trials: number,
  chance: Chance,
  reads: (cell: string) => boolean = () => true,
): readonly Trial[] {
  const noise = noiseOf(table);
  const [ofOne, ofOther] = [one, other].map((units) => cellsOf(units, EVERY_INDICATOR));
  const cells = [...new Set([...(ofOne?.keys() ?? []), ...(ofOther?.keys() ?? [])])].filter(reads);
  return Array.from({ length: trials }, (_, nth) => {
    const isPresent = nth % 2 === 0;
    let ratio = 0;
    for (const cell of cells) {
      const [mine, theirs] = [ofOne?.get(cell) ?? 0, ofOther?.get(cell) ?? 0];
      const figure = perturbed(isPresent ? mine : theirs, Math.floor(chance() * table.modulus), table);
      ratio += logRatio(noise, figure, theirs, mine - theirs);
    }
    return { ratio, isPresent, world: nth };
  });
}
