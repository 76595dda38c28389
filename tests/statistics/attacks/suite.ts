import { METHOD_NOW } from '../../../src/statistics/method.js';
import { makeEvenTable, type PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import { type Rate, rateOf, type Trial } from './attacker.js';
import { likelihoodTrials, makeWorld } from './likelihood.js';
import { type Population, YEAR } from './population.js';
import { DISTRICT, type NoisyTable } from './tables.js';

/** How a year is made, by its seed and how many districts it has. */
export type MakePopulation = (seed: number, districts: number) => Population;

/** How often. */
export interface Repetitions {
  /** Years, each with a secret of its own. */
  readonly worlds: number;
  /** Persons that are attacked in each. */
  readonly persons: number;
  /** How many units each of them has; one unless given. */
  readonly each?: number;
}

/** The table of the present method with another variance, and noise that may go as many standard deviations as now. */
export function tableOfVariance(variance: number): PerturbationTable {
  const { modulus } = METHOD_NOW;
  const maxPerturbation = Math.ceil(METHOD_NOW.maxPerturbation * Math.sqrt(variance / METHOD_NOW.variance));
  return makeEvenTable({ modulus, maxPerturbation, variance });
}

/** What of the programme of an indicator is read. All that there is is what any number of clients has together. */
const PARTS: Readonly<Record<string, (table: NoisyTable) => boolean>> = {
  'the total of the district': ({ territory, period, choice }) =>
    territory === DISTRICT && period === YEAR && choice.length === 0,
  'one table of the district, with its total': ({ territory, period, choice }) =>
    territory === DISTRICT && period === YEAR && (choice.length === 0 || choice[0] === 0),
  'every table of the district’s year': ({ territory, period }) => territory === DISTRICT && period === YEAR,
  'and of the county’s year': ({ period }) => period === YEAR,
  'and every quarter and month: the whole programme': () => true,
};

/** A rate, and how often the posterior of a trial is above 0.99 or below 0.01. */
export interface PartRate extends Rate {
  readonly sure: number;
}

function partRateOf(trials: readonly Trial[]): PartRate {
  return {
    ...rateOf(trials),
    sure: trials.filter(({ ratio }) => Math.abs(ratio) > Math.log(99)).length / trials.length,
  };
}

/** What each part of the programme tells of one person, in a county of three districts. */
export function partRates(
  make: MakePopulation,
  table: PerturbationTable,
  { worlds, persons, each = 1 }: Repetitions,
): ReadonlyMap<string, PartRate> {
  const trials = new Map<string, Trial[]>(Object.keys(PARTS).map((part) => [part, []]));
  for (let nth = 0; nth < worlds; nth += 1) {
    const population = make(nth, 3);
    const world = makeWorld(population, nth, persons, each, table);
    for (const [part, reads] of Object.entries(PARTS))
      trials
        .get(part)
        // What is the sum of others tells nothing more.
        ?.push(...likelihoodTrials(world, population, table, (one) => !one.isSum && reads(one)));
  }
  return new Map([...trials].map(([part, some]) => [part, partRateOf(some)]));
}
