import { METHOD_NOW } from '../../../src/statistics/method.js';
import { makePerturbationTable, type PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { AnswersModel } from './answers.js';
import { type Rate, rateOf, type Trial } from './attacker.js';
import { type Certainty, certaintyOf } from './certainty.js';
import { likelihoodTrials, makeWorld } from './likelihood.js';
import type { Population } from './population.js';
import { experienceOf, type Reconstruction, reconstruction } from './reconstruction.js';
import { DISTRICT } from './tables.js';
import { TRACKERS, type TrackerName, trackerTrials } from './trackers.js';

/** How a year is made, by its seed and how many districts it has. */
export type MakePopulation = (seed: number, districts: number) => Population;

/** How often. */
export interface Repetitions {
  /** Years, each with a secret of its own. */
  readonly worlds: number;
  /** Persons that are attacked in each. */
  readonly persons: number;
}

/** Every table that there is. */
export const EVERY = Number.POSITIVE_INFINITY;

/** The table of the present method with another variance, and noise that may go as many standard deviations as now. */
export function tableOfVariance(variance: number): PerturbationTable {
  const { modulus } = METHOD_NOW;
  const maxPerturbation = Math.ceil(METHOD_NOW.maxPerturbation * Math.sqrt(variance / METHOD_NOW.variance));
  return makePerturbationTable({ modulus, maxPerturbation, variance });
}

/** Rates by budget, of what the district's tables tell. */
export interface LikelihoodRates {
  /** Each answer by its probability. */
  readonly alone: ReadonlyMap<number, Rate>;
  /** Answers of equal sets are compared too. */
  readonly compared: ReadonlyMap<number, Rate>;
}

/** Averages over tables: the likelihood of what is told, by how many tables are asked. */
export function likelihoodRates(
  make: MakePopulation,
  table: PerturbationTable,
  budgets: readonly number[],
  { worlds, persons }: Repetitions,
): LikelihoodRates {
  const trials = [false, true].map(() => new Map<number, Trial[]>(budgets.map((budget) => [budget, []])));
  let model: AnswersModel | undefined;
  for (let nth = 0; nth < worlds; nth += 1) {
    const population = make(nth, 1);
    // What is worked out once is the same for all years of a measure.
    model ??= new AnswersModel(table, population.threshold, population.shares);
    const world = makeWorld(population, model, nth, persons);
    for (const comparesSets of [false, true]) {
      const mayAsk = ({ territory }: { readonly territory: number }): boolean => territory === DISTRICT;
      const found = likelihoodTrials(world, { population, model, mayAsk, budgets, comparesSets });
      for (const [budget, some] of found) trials[Number(comparesSets)]?.get(budget)?.push(...some);
    }
  }
  const [alone, compared] = trials.map(
    (all) => new Map([...all].map(([budget, some]) => [budget, rateOf(some)])),
  );
  return { alone: alone ?? new Map(), compared: compared ?? new Map() };
}

/** Differences of tables, and every table of the district and of its county together; of a county of three districts. */
export function countyRates(
  make: MakePopulation,
  table: PerturbationTable,
  { worlds, persons }: Repetitions,
): ReadonlyMap<TrackerName | 'every table, of the county too', Rate> {
  const trials = new Map<TrackerName | 'every table, of the county too', Trial[]>();
  const names = Object.keys(TRACKERS) as TrackerName[];
  let model: AnswersModel | undefined;
  for (let nth = 0; nth < worlds; nth += 1) {
    const population = make(nth, 3);
    model ??= new AnswersModel(table, population.threshold, population.shares);
    const world = makeWorld(population, model, nth, persons);
    for (const name of names)
      trials.set(name, [...(trials.get(name) ?? []), ...trackerTrials(world, population, name)]);
    const options = { population, model, mayAsk: () => true, budgets: [EVERY], comparesSets: true };
    const every = likelihoodTrials(world, options).get(EVERY) ?? [];
    const name = 'every table, of the county too';
    trials.set(name, [...(trials.get(name) ?? []), ...every]);
  }
  return new Map([...trials].map(([name, some]) => [name, rateOf(some)]));
}

/** What is found of withheld cells, in one year. */
export interface Found {
  readonly missing: Reconstruction;
  readonly expected: Reconstruction;
  readonly certainty: readonly Certainty[];
}

/** Least squares and bounds over every table of a district-year. */
export function reconstructions(
  make: MakePopulation,
  table: PerturbationTable,
  variance: number,
  seed: number,
): Found {
  const [population, before] = [make(seed, 1), make(seed + 1_000, 1)];
  const worldOf = (one: Population, secret: number) =>
    makeWorld(one, new AnswersModel(table, one.threshold, one.shares), secret, 0);
  const world = worldOf(population, seed);
  const experience = experienceOf(worldOf(before, seed + 1_000), before);
  return {
    missing: reconstruction(world, population, experience, 'missing', variance),
    expected: reconstruction(world, population, experience, 'expected', variance),
    certainty: ([1, 2] as const).map((version) => certaintyOf(world, population, table, version)),
  };
}
