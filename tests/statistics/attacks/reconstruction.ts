import { type Equation, leastSquares } from './least-squares.js';
import type { World } from './likelihood.js';
import { type Population, YEAR } from './population.js';
import { categoriesOf, cellOf } from './tables.js';
import { cellsOfYear, placeOf, type YearCell } from './year-tables.js';

/** What is made of null: nothing, or what such cells have on average. */
export type Nulls = 'missing' | 'expected';

/** How far guesses at withheld cells are from the truth: the root of the mean square. */
export interface Reconstruction {
  readonly withheld: number;
  readonly withheldWithSome: number;
  /** Of withheld cells whose true count is 1 or more. */
  readonly ofSome: number;
  readonly ofAll: number;
  /** The same of who knows only that the cell is withheld, in what table, and what such cells have on average. */
  readonly constantOfSome: number;
  readonly constantOfAll: number;
}

/** The mean and the variance of the true counts of withheld cells, by table, as another year has them. */
export type Experience = ReadonlyMap<string, { readonly mean: number; readonly variance: number }>;

/** Learns from another year, whose counts an attacker may have from elsewhere. */
export function experienceOf(world: World, population: Population): Experience {
  const counts = new Map<string, number[]>();
  for (const one of cellsOfYear(world, population, 2))
    if (one.told === null && !one.isStructuralZero)
      counts.set(kindOf(one), [...(counts.get(kindOf(one)) ?? []), one.count]);
  return new Map(
    [...counts].map(([kind, all]) => {
      const mean = all.reduce((sum, count) => sum + count, 0) / all.length;
      // Never quite sure, even of a kind that was always the same.
      return [
        kind,
        { mean, variance: 0.1 + all.reduce((sum, count) => sum + (count - mean) ** 2, 0) / all.length },
      ];
    }),
  );
}

function kindOf({ period, choice }: YearCell): string {
  return `${period === YEAR}|${choice}`;
}

/** Weighted least squares over every table of a district-year, then no count below 0; and how near that comes. */
export function reconstruction(
  world: World,
  population: Population,
  experience: Experience,
  nulls: Nulls,
  variance: number,
): Reconstruction {
  const { sizes, measure } = population;
  const finest = sizes.map((_, nth) => nth);
  const size = sizes.reduce((product, one) => product * one, 1);
  const isFlow = measure.kind === 'FLOW';
  // What a flow's year has is what its months have; a stock's year is a period like any other.
  const periods = isFlow ? YEAR : YEAR + 1;
  const unknownsOf = ({ period, choice, cell }: YearCell): readonly number[] => {
    const within = Array.from({ length: size }, (_, at) => at).filter((at) => {
      const categories = categoriesOf(finest, at, sizes);
      return (
        cellOf(
          choice,
          finest.map((dimension) => categories.get(dimension) ?? 0),
          sizes,
        ) === cell
      );
    });
    const covered = isFlow && period === YEAR ? Array.from({ length: YEAR }, (_, month) => month) : [period];
    return covered.flatMap((one) => within.map((at) => one * size + at));
  };
  const second = cellsOfYear(world, population, 2);
  const first = new Map(
    cellsOfYear(world, population, 1).map((one) => [placeOf(one.period, one.choice, one.cell), one.told]),
  );
  const unknowns = second.map(unknownsOf);
  const equations: Equation[] = [];
  for (const [nth, one] of second.entries()) {
    const own = unknowns[nth] ?? [];
    const expected = experience.get(kindOf(one));
    if (one.isStructuralZero) equations.push({ unknowns: own, sum: 0, weight: 1_000 });
    else if (one.told !== null) {
      equations.push({ unknowns: own, sum: one.told, weight: 1 / variance });
      // The first version is another answer only where late records made its set another; they are some of twenty.
      const before = first.get(placeOf(one.period, one.choice, one.cell)) ?? null;
      if (before !== null && before !== one.told)
        equations.push({ unknowns: own, sum: before, weight: 1 / (variance + one.told / 20) });
    } else if (nulls === 'expected' && expected !== undefined)
      equations.push({ unknowns: own, sum: expected.mean, weight: 1 / expected.variance });
    // Of what no table says anything, the least that there can be.
    else if (one.choice.length === finest.length) equations.push({ unknowns: own, sum: 0, weight: 0.001 });
  }
  const solution = leastSquares(equations, periods * size).map((count) => Math.max(0, count));
  const errors = second.flatMap((one, nth) => {
    if (one.told !== null || one.isStructuralZero) return [];
    const guess = (unknowns[nth] ?? []).reduce((sum, at) => sum + (solution[at] ?? 0), 0);
    return [
      {
        count: one.count,
        error: guess - one.count,
        constant: (experience.get(kindOf(one))?.mean ?? 0) - one.count,
      },
    ];
  });
  const some = errors.filter(({ count }) => count > 0);
  const rootMeanSquare = (all: readonly number[]): number =>
    Math.sqrt(all.reduce((sum, error) => sum + error * error, 0) / all.length);
  return {
    withheld: errors.length,
    withheldWithSome: some.length,
    ofSome: rootMeanSquare(some.map(({ error }) => error)),
    ofAll: rootMeanSquare(errors.map(({ error }) => error)),
    constantOfSome: rootMeanSquare(some.map(({ constant }) => constant)),
    constantOfAll: rootMeanSquare(errors.map(({ constant }) => constant)),
  };
}
