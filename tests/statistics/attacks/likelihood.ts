import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import type { Counted } from '../../../src/statistics/tally.js';
import type { Answers, AnswersModel } from './answers.js';
import type { Trial } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import type { Population, SyntheticUnit } from './population.js';
import { COUNTY, type CountedTable, cellOf, countedTables, type ToldTable, toldTables } from './tables.js';

/** A cell that the person would be in, as the attacker knows it without the person. */
interface OwnCell {
  /** Stands for the set of the others in it: equal sets have the same. */
  readonly others: number;
  /** Stands for the set of the person's own units in it. */
  readonly added: number;
  readonly answer: number | null;
  readonly absent: Answers;
  readonly present: Answers;
  /** What is told of a cell that holds the others alone; undefined where there is none. */
  readonly equal: number | null | undefined;
}

/** What the attacker may do. */
export interface LikelihoodOptions {
  readonly population: Population;
  readonly model: AnswersModel;
  /** Which tables it reads. */
  readonly reads: (table: ToldTable) => boolean;
}

/** A person, as the units that are theirs. */
export interface Target {
  readonly units: readonly SyntheticUnit[];
  readonly isPresent: boolean;
}

/** A world: who is there, what is told, and what is known of the sets. */
export interface World {
  readonly nth: number;
  readonly told: readonly ToldTable[];
  readonly known: readonly CountedTable[];
  readonly idOf: (unitId: string) => number;
  readonly targets: readonly Target[];
}

/** Of so many, no two sets have the same sum by accident. */
const IDS = 2 ** 50;

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
  const ids = new Map(population.units.map(({ id }) => [id, Math.floor(chance() * IDS)]));
  const idOf = (id: string): number => ids.get(id) ?? 0;
  return {
    nth,
    told: toldTables(population, units, secret, table),
    known: countedTables(population, units, idOf, IDS),
    idOf,
    targets,
  };
}

/** Trials of the best guess from the tables that are read: the likelihood of all that they tell of the person, together. */
export function likelihoodTrials(world: World, options: LikelihoodOptions): readonly Trial[] {
  const read = world.told.map(options.reads);
  const bySet = setsOf(world, read);
  return world.targets.map((target) => ({
    ratio: logRatio(ownCells(world, options, target, read, bySet)),
    isPresent: target.isPresent,
    world: world.nth,
  }));
}

interface Place {
  readonly table: number;
  readonly cell: number;
}

function setsOf({ known }: World, read: readonly boolean[]): ReadonlyMap<number, readonly Place[]> {
  const places = new Map<number, Place[]>();
  for (const [table, { counted }] of known.entries()) {
    if (!read[table]) continue;
    for (const [cell, { count, sum }] of counted.entries()) {
      if (count === 0) continue;
      const same = places.get(sum) ?? [];
      same.push({ table, cell });
      places.set(sum, same);
    }
  }
  return places;
}

function ownCells(
  { told, known, idOf }: World,
  { population, model }: LikelihoodOptions,
  { units, isPresent }: Target,
  read: readonly boolean[],
  bySet: ReadonlyMap<number, readonly Place[]>,
): readonly OwnCell[] {
  // Which units of the person are in which cell of a table.
  const unitsIn = told.map(({ period, territory, choice }, table) => {
    const cells = new Map<number, SyntheticUnit[]>();
    if (read[table])
      for (const unit of units)
        if (territory === COUNTY || territory === unit.district + 1)
          for (const cell of new Set(
            unit.rows(period).map((categories) => cellOf(choice, categories, population.sizes)),
          ))
            cells.set(cell, [...(cells.get(cell) ?? []), unit]);
    return cells;
  });
  return unitsIn.flatMap((cells, table) =>
    [...cells].map(([cell, own]) => {
      const counted = known[table]?.counted[cell] as Counted;
      const count = counted.count - (isPresent ? own.length : 0);
      const sum = own.reduce((all, { id }) => (all + idOf(id)) % IDS, 0);
      const others = isPresent ? (counted.sum - sum + IDS) % IDS : counted.sum;
      const equal = (bySet.get(others) ?? []).find((place) => !unitsIn[place.table]?.has(place.cell));
      return {
        others,
        added: sum,
        answer: told[table]?.cells[cell] ?? null,
        absent: model.of(count),
        present: model.of(count + own.length),
        equal: equal === undefined ? undefined : (told[equal.table]?.cells[equal.cell] ?? null),
      };
    }),
  );
}

/**
 * The log of how much more probable the answers are with the person than without. Of equal sets one answer counts; two that differ cannot be.
 * The noise of different sets is independent, since a cell's key is a hash of its sum: so this is all that the tables say together.
 */
function logRatio(own: readonly OwnCell[]): number {
  let ratio = 0;
  // Sets are told apart by the others and by how many of the person's units come to them: both are the same set, or neither.
  const seen = new Set<string>();
  for (const { others, added, answer, absent, present, equal } of own) {
    if (seen.has(`${others} ${added}`)) continue;
    seen.add(`${others} ${added}`);
    const probability = ({ told, none }: Answers): number =>
      answer === null ? none : (told.get(answer) ?? 0);
    // Where the answer of the others alone is known, the answer is that without the person, for certain.
    const without = equal === undefined ? probability(absent) : Number(equal === answer);
    ratio += Math.log(probability(present)) - Math.log(without);
    if (!Number.isFinite(ratio)) return ratio;
  }
  return ratio;
}
