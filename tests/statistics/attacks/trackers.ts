import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import type { Trial } from './attacker.js';
import type { World } from './likelihood.js';
import { type Population, YEAR } from './population.js';
import { COUNTY, cellOf, DISTRICT, type Question } from './tables.js';

/** The ways to find a cell as a whole less its other parts. */
export const TRACKERS = {
  'total − other outcomes': 'a cell of the year by outcome',
  'margin − other modes': 'a cell of the year by outcome, type and mode, in that by outcome and type',
  'county − other districts': 'a cell of the year by outcome',
  'year − other months': 'a cell of a month by outcome',
} as const;

export type TrackerName = keyof typeof TRACKERS;

/**
 * Trials of a tracker on appointments. Whole and parts are told or, where they are withheld, known but for the person (the whole) or known
 * (the parts, which do not have the person): so the guess is as good as differences can make it.
 */
export function trackerTrials(world: World, population: Population, name: TrackerName): readonly Trial[] {
  const places = new Map(world.told.map((table, nth) => [placeOf(table), nth]));
  return world.targets.map(({ unit, isPresent }) => {
    const month = Array.from({ length: 12 }, (_, at) => at).find((at) => unit.rows(at, 2).length > 0) ?? 0;
    const [categories = []] = unit.rows(YEAR, 2);
    const cellFor = (choice: readonly number[]): number => cellOf(choice, categories, population.sizes);
    const get = (question: Omit<Question, 'version'>, cell: number) => {
      const nth = places.get(placeOf({ ...question, version: 2 })) ?? -1;
      return {
        told: world.told[nth]?.cells[cell] ?? null,
        count: world.known[nth]?.counted[cell]?.count ?? 0,
      };
    };
    type Cell = ReturnType<typeof get>;
    const outcome = cellFor([0]);
    const ofYear = { period: YEAR, territory: DISTRICT };
    const others = (size: number, own: number, of: (at: number) => Cell): readonly Cell[] =>
      Array.from({ length: size }, (_, at) => at)
        .filter((at) => at !== own)
        .map(of);
    const [whole, parts] = ((): readonly [Cell, readonly Cell[]] => {
      switch (name) {
        case 'total − other outcomes':
          return [
            get({ ...ofYear, choice: [] }, 0),
            others(population.sizes[0] ?? 0, outcome, (at) => get({ ...ofYear, choice: [0] }, at)),
          ];
        case 'margin − other modes': {
          const modes = population.sizes[2] ?? 1;
          const own = cellFor([0, 1, 2]);
          return [
            get({ ...ofYear, choice: [0, 1] }, cellFor([0, 1])),
            others(modes, own % modes, (at) =>
              get({ ...ofYear, choice: [0, 1, 2] }, own - (own % modes) + at),
            ),
          ];
        }
        case 'county − other districts':
          return [
            get({ period: YEAR, territory: COUNTY, choice: [0] }, outcome),
            others(population.districts + 1, COUNTY, (at) =>
              get({ period: YEAR, territory: at, choice: [0] }, outcome),
            ).slice(1),
          ];
        case 'year − other months':
          return [
            get({ ...ofYear, choice: [0] }, outcome),
            others(12, month, (at) => get({ period: at, territory: DISTRICT, choice: [0] }, outcome)),
          ];
      }
    })();
    // What is left is the person's noise and that of all the others.
    const without = whole.count - Number(isPresent);
    const seen = whole.told ?? without + 1 / 2;
    const noise = parts.reduce((sum, { told, count }) => sum + (told ?? count) - count, 0);
    return { ratio: seen - noise - without - 1 / 2, isPresent, world: world.nth };
  });
}

function placeOf({ period, version, territory, choice }: Question): string {
  return `${period}|${version}|${territory}|${choice}`;
}

/**
 * What noise of this variance leaves of an average: the rate after so many cells of large counts, each of another set of units, by the
 * normal limit that their likelihood comes near to.
 */
export function averagedSuccess(table: PerturbationTable, cells: number): number {
  const row = table.rows.at(-1) ?? [];
  const probability = new Map(
    row.map(({ from, to, perturbation }) => [perturbation, (to - from) / table.modulus]),
  );
  // Bhattacharyya's coefficient of noise and noise moved by one, multiplied over cells, bounds the rate on either side.
  let common = 0;
  for (const [v, p] of probability) common += Math.sqrt(p * (probability.get(v - 1) ?? 0));
  // Of two normal distributions at a distance d, it is exp(-d² / 8).
  const distance = Math.sqrt(-8 * cells * Math.log(common));
  return normal(distance / 2);
}

/** Of the normal distribution, what is below (Abramowitz and Stegun, 26.2.17). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
