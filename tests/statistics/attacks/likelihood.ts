import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { logRatio, type Noise, noiseOf } from './answers.js';
import type { Trial } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import type { Population, SyntheticUnit } from './population.js';
import { COUNTY, cellOf, type NoisyTable, noisyTables } from './tables.js';

/** A person, as the units that are theirs. */
export interface Target {
  readonly units: readonly SyntheticUnit[];
  readonly isPresent: boolean;
}

/** A world: who is there, and what is told. */
export interface World {
  readonly nth: number;
  readonly tables: readonly NoisyTable[];
  readonly targets: readonly Target[];
}

/**
 * A world in which each of some persons is there by half a chance. Each is attacked by itself, by somebody who knows all others as they
 * are: many trials at the price of one count.
 * @param each how many units are a person's: one case, or several appointments
 */
export function makeWorld(
  population: Population,
  nth: number,
  persons: number,
  each: number,
  table: PerturbationTable,
): World {
  const [secret, chance] = [secretOf(nth), chanceOf(nth)];
  const inDistrict = shuffled(
    population.units.filter(
      ({ district, rows }) =>
        district === 0 && Array.from({ length: 13 }, (_, at) => rows(at)).some((all) => all.length > 0),
    ),
    chance,
  );
  const targets = Array.from({ length: persons }, (_, at) => ({
    units: inDistrict.slice(at * each, (at + 1) * each),
    isPresent: chance() < 0.5,
  }));
  const absent = new Set(targets.filter(({ isPresent }) => !isPresent).flatMap(({ units }) => units));
  const units = population.units.filter((unit) => !absent.has(unit));
  return { nth, tables: noisyTables(population, units, secret, table), targets };
}

/** Trials of the best guess from the tables that are read: the likelihood of all that they tell of the person, together. */
export function likelihoodTrials(
  { nth, tables, targets }: World,
  population: Population,
  table: PerturbationTable,
  reads: (table: NoisyTable) => boolean,
): readonly Trial[] {
  const noise = noiseOf(table);
  const read = tables.filter(reads);
  return targets.map((target) => ({
    ratio: read.reduce((sum, one) => sum + ratioOf(one, target, population, noise), 0),
    isPresent: target.isPresent,
    world: nth,
  }));
}

/** The log of how much more probable the cells of a table are with the person than without. */
function ratioOf(
  { period, territory, choice, cells, counts }: NoisyTable,
  { units, isPresent }: Target,
  { sizes }: Population,
  noise: Noise,
): number {
  const own = new Map<number, number>();
  for (const unit of units)
    if (territory === COUNTY || territory === unit.district + 1)
      for (const cell of new Set(unit.rows(period).map((categories) => cellOf(choice, categories, sizes))))
        own.set(cell, (own.get(cell) ?? 0) + 1);
  let ratio = 0;
  for (const [cell, more] of own) {
    const others = (counts[cell] ?? 0) - (isPresent ? more : 0);
    ratio += logRatio(noise, cells[cell] ?? 0, others, more);
  }
  return ratio;
}
