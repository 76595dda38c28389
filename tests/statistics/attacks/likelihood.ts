import type { Counted } from '../../../src/statistics/tally.js';
import { type Answers, type AnswersModel, coincidence, distance } from './answers.js';
import type { Trial } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import type { Population, SyntheticUnit } from './population.js';
import { type CountedTable, cellOf, countedTables, type ToldTable, toldTables } from './tables.js';

/** A cell that the person would be in, as the attacker knows it without the person. */
interface OwnCell {
  readonly table: number;
  /** Stands for the set of the others in it: equal sets have the same. */
  readonly others: number;
  readonly answer: number | null;
  readonly absent: Answers;
  readonly present: Answers;
  /** Of the others alone, in cells that the person would not be in: their tables and answers. */
  readonly equals: readonly { readonly table: number; readonly answer: number | null }[];
}

/** What the attacker may do. */
export interface LikelihoodOptions {
  readonly population: Population;
  readonly model: AnswersModel;
  /** Which tables may be asked. */
  readonly mayAsk: (table: ToldTable) => boolean;
  /** How many of them, each measured. Infinity is all. */
  readonly budgets: readonly number[];
  /** Whether answers of equal sets are compared too. */
  readonly comparesSets: boolean;
}

/** A world: who is there, what is told, and what is known of the sets. */
export interface World {
  readonly nth: number;
  readonly told: readonly ToldTable[];
  readonly known: readonly CountedTable[];
  readonly idOf: (unitId: string) => number;
  readonly targets: readonly { readonly unit: SyntheticUnit; readonly isPresent: boolean }[];
}

/** Of so many, no two sets have the same sum by accident. */
const IDS = 2 ** 50;

/**
 * A world in which each of some persons is there by half a chance. Each is attacked by itself, by somebody who knows all others as they
 * are: many trials at the price of one count.
 */
export function makeWorld(population: Population, model: AnswersModel, nth: number, persons: number): World {
  const [secret, chance] = [secretOf(nth), chanceOf(nth)];
  const inDistrict = population.units.filter(
    ({ district, rows }) =>
      district === 0 && Array.from({ length: 13 }, (_, at) => rows(at, 2)).some((all) => all.length > 0),
  );
  const targets = shuffled(inDistrict, chance)
    .slice(0, persons)
    .map((unit) => ({ unit, isPresent: chance() < 0.5 }));
  const absent = new Set(targets.filter(({ isPresent }) => !isPresent).map(({ unit }) => unit));
  const units = population.units.filter((unit) => !absent.has(unit));
  const ids = new Map(population.units.map(({ id }) => [id, Math.floor(chance() * IDS)]));
  const idOf = (id: string): number => ids.get(id) ?? 0;
  return {
    nth,
    told: toldTables(population, units, secret, model.table),
    known: countedTables(population, units, idOf, IDS),
    idOf,
    targets,
  };
}

/** Trials of the optimal guess from so many tables, by budget. */
export function likelihoodTrials(
  world: World,
  options: LikelihoodOptions,
): ReadonlyMap<number, readonly Trial[]> {
  const { budgets, mayAsk, comparesSets } = options;
  const asked = world.told.map(mayAsk);
  const bySet = comparesSets ? setsOf(world, asked) : new Map<number, readonly Place[]>();
  const trials = new Map<number, Trial[]>(budgets.map((budget) => [budget, []]));
  for (const { unit, isPresent } of world.targets) {
    const own = ownCells(world, options, unit, isPresent, asked, bySet);
    const wishes = wishesOf(own);
    for (const budget of budgets)
      trials.get(budget)?.push({ ratio: logRatio(own, chosen(wishes, budget)), isPresent, world: world.nth });
  }
  return trials;
}

interface Place {
  readonly table: number;
  readonly cell: number;
}

function setsOf({ known }: World, asked: readonly boolean[]): ReadonlyMap<number, readonly Place[]> {
  const places = new Map<number, Place[]>();
  for (const [table, { counted }] of known.entries()) {
    if (!asked[table]) continue;
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
  unit: SyntheticUnit,
  isPresent: boolean,
  asked: readonly boolean[],
  bySet: ReadonlyMap<number, readonly Place[]>,
): readonly OwnCell[] {
  const id = idOf(unit.id);
  const cellsIn = told.map(({ period, version, territory, choice }, table): ReadonlySet<number> => {
    if (!asked[table] || (territory !== 0 && territory !== unit.district + 1)) return new Set();
    return new Set(
      unit.rows(period, version).map((categories) => cellOf(choice, categories, population.sizes)),
    );
  });
  const own: OwnCell[] = [];
  for (const [table, cells] of cellsIn.entries()) {
    for (const cell of cells) {
      const counted = known[table]?.counted[cell] as Counted;
      const count = counted.count - Number(isPresent);
      const others = isPresent ? (counted.sum - id + IDS) % IDS : counted.sum;
      const nobodys = unit.feeder(told[table]?.period ?? 0) === null ? 1 : 0;
      const unassigned = counted.unassigned - (isPresent ? nobodys : 0);
      own.push({
        table,
        others,
        answer: told[table]?.cells[cell] ?? null,
        absent: model.of(count, unassigned),
        present: model.of(count + 1, unassigned + nobodys),
        equals: (bySet.get(others) ?? [])
          .filter((place) => !cellsIn[place.table]?.has(place.cell))
          .map((place) => ({ table: place.table, answer: told[place.table]?.cells[place.cell] ?? null })),
      });
    }
  }
  return own;
}

/** Tables that together may tell something, and how much. */
interface Wish {
  readonly tables: readonly number[];
  readonly value: number;
}

/** What is best to be asked for, the best for its price first. What tells as much as another of the same set is left out. */
function wishesOf(own: readonly OwnCell[]): readonly Wish[] {
  const wishes: Wish[] = [];
  const seen = new Set<number>();
  for (const { table, others, absent, present, equals } of own) {
    if (seen.has(others)) continue;
    seen.add(others);
    wishes.push({ tables: [table], value: distance(absent, present) });
    const [equal] = equals;
    if (equal !== undefined)
      wishes.push({ tables: [table, equal.table], value: 1 - coincidence(absent, present) });
  }
  return wishes.sort((a, b) => b.value / b.tables.length - a.value / a.tables.length);
}

function chosen(wishes: readonly Wish[], budget: number): ReadonlySet<number> | null {
  if (budget === Number.POSITIVE_INFINITY) return null;
  const tables = new Set<number>();
  for (const wish of wishes) {
    const more = wish.tables.filter((table) => !tables.has(table));
    if (tables.size + more.length <= budget) for (const table of more) tables.add(table);
  }
  return tables;
}

/**
 * The log of how much more probable the answers are with the person than without. Of an equal set, one answer counts; two that differ
 * cannot be.
 */
function logRatio(own: readonly OwnCell[], asked: ReadonlySet<number> | null): number {
  const isAsked = (table: number): boolean => asked === null || asked.has(table);
  let ratio = 0;
  const seen = new Set<number>();
  for (const { table, others, answer, absent, present, equals } of own) {
    if (!isAsked(table) || seen.has(others)) continue;
    seen.add(others);
    const probability = ({ told, none }: Answers): number =>
      answer === null ? none : (told.get(answer) ?? 0);
    const equal = equals.find((one) => isAsked(one.table));
    // Workers may have changed from one period to another: null beside a figure is no proof.
    if (equal !== undefined && equal.answer !== answer && (equal.answer === null || answer === null))
      continue;
    // Where the others' own answer is known, the answer is that without the person, for certain.
    const without = equal === undefined ? probability(absent) : equal.answer === answer ? 1 : 0;
    ratio += Math.log(probability(present)) - Math.log(without);
    if (!Number.isFinite(ratio)) return ratio;
  }
  return ratio;
}
