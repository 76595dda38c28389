import { addKeys, hashedCellKeys, perturbed, recordKey } from '../../../src/statistics/cell-key.js';
import type { PerturbationTable } from '../../../src/statistics/perturbation-table.js';
import type { Trial } from './attacker.js';
import { type Chance, secretOf } from './chance.js';
import { area, type Range, ranges } from './exact.js';

/** Three tables: in each cell, how many others there are. */
export const SIZES_OF_TABLES = [
  [12, 9, 15, 20],
  [7, 8, 11, 30],
  [25, 18, 40, 22],
];

/*
 * A table of two by two with its margins and its total: nine figures. The attacker knows all but one person, who is in the first cell or
 * not there at all. What the nine figures say together is worked out by the parameters of the method and none of its functions; only the
 * figures themselves come from the product.
 */

/** Whether the key of a cell is the sum of its record keys, or is made of it by a hash. */
export type KeysOf = 'sum' | 'hash';

/** The cells of the inside that each figure is of: four, then two rows, two columns and the total. */
const FIGURES: readonly (readonly number[])[] = [
  [0],
  [1],
  [2],
  [3],
  [0, 1],
  [2, 3],
  [0, 2],
  [1, 3],
  [0, 1, 2, 3],
];
/**
 * The first key of the inside is cut into so many pieces, and the last as well; the other two are integrated. A power of two: the middle of a
 * piece is then exact in binary, and so are the areas. What cannot be is 0, and not almost 0.
 */
const PIECES = 32;

type Told = readonly (number | null)[];

/** The nine figures as they are told, by the product's own keys and noise. */
function toldOf(
  keysOf: KeysOf,
  table: PerturbationTable,
  threshold: number,
  counts: readonly number[],
  secret: Buffer,
): Told {
  const recordModulus = keysOf === 'sum' ? table.modulus : 2 ** 48;
  const keys = hashedCellKeys(secret, 'CASE', table.modulus);
  const sums = counts.map((count, cell) =>
    Array.from({ length: count }, (_, nth) =>
      recordKey(secret, 'CASE', `${cell} ${nth}`, recordModulus),
    ).reduce((sum, key) => addKeys(sum, key, recordModulus), 0),
  );
  return FIGURES.map((cells) => {
    const sum = cells.reduce((all, cell) => addKeys(all, sums[cell] ?? 0, recordModulus), 0);
    const count = cells.reduce((all, cell) => all + (counts[cell] ?? 0), 0);
    const told = perturbed(count, keysOf === 'sum' ? sum : keys.ofSum(sum), table);
    return told < threshold ? null : told;
  });
}

/** The keys by which each figure answers so; null where none does. */
function rangesOf(
  told: Told,
  table: PerturbationTable,
  threshold: number,
  counts: readonly number[],
): readonly Range[] | null {
  const found = FIGURES.map((cells, figure) =>
    ranges(
      cells.reduce((all, cell) => all + (counts[cell] ?? 0), 0),
      threshold,
      table,
    ).get(told[figure] ?? null),
  );
  return found.every((range) => range !== undefined) ? found : null;
}

/** The keys of `range` less `key`, modulo, and within `bounds`: as pieces. */
function pieces(range: Range, key: number, bounds: readonly Range[], modulus: number): readonly Range[] {
  return bounds.flatMap((bound) =>
    [0, modulus]
      .map((turn) => ({
        from: Math.max(bound.from, range.from - key + turn),
        to: Math.min(bound.to, range.to - key + turn),
      }))
      .filter(({ from, to }) => from < to),
  );
}

/** How probable the nine figures are if keys add up: four keys decide them all. Two are cut into pieces, two integrated. */
function probabilityOfSums(all: readonly Range[], modulus: number): number {
  const [k00, k01, k10, k11, row0, row1, column0, column1, total] = all;
  if (!k00 || !k01 || !k10 || !k11 || !row0 || !row1 || !column0 || !column1 || !total) return 0;
  let volume = 0;
  for (let nth = 0; nth < PIECES; nth += 1) {
    const first = k00.from + ((nth + 0.5) * (k00.to - k00.from)) / PIECES;
    for (let other = 0; other < PIECES; other += 1) {
      const last = k11.from + ((other + 0.5) * (k11.to - k11.from)) / PIECES;
      const right = pieces(column1, last, pieces(row0, first, [k01], modulus), modulus);
      const left = pieces(row1, last, pieces(column0, first, [k10], modulus), modulus);
      const both = (first + last) % modulus;
      const sums = [0, modulus].map((turn) => ({
        from: total.from - both + turn,
        to: total.to - both + turn,
      }));
      for (const a of right) for (const b of left) for (const sum of sums) volume += area(a, b, sum, modulus);
    }
  }
  const cut = ((k00.to - k00.from) / PIECES) * ((k11.to - k11.from) / PIECES);
  return (volume * cut) / modulus ** 4;
}

/** The log of how much more probable the figures are with the person than without. */
function logRatio(
  keysOf: KeysOf,
  told: Told,
  table: PerturbationTable,
  threshold: number,
  others: readonly number[],
): number {
  const [absent, present] = [0, 1].map((person) => {
    const found = rangesOf(
      told,
      table,
      threshold,
      others.map((count, cell) => count + (cell === 0 ? person : 0)),
    );
    if (found === null) return 0;
    if (keysOf === 'sum') return probabilityOfSums(found, table.modulus);
    // Each figure has a noise of its own. What the person is not in says nothing.
    return found.reduce(
      (product, { from, to }, figure) =>
        FIGURES[figure]?.includes(0) === true ? (product * (to - from)) / table.modulus : product,
      1,
    );
  });
  return Math.log(present ?? 0) - Math.log(absent ?? 0);
}

/** Trials of tables whose cells hold so many others, each with a secret of its own. */
export function twoByTwoTrials(
  keysOf: KeysOf,
  table: PerturbationTable,
  threshold: number,
  sizes: readonly (readonly number[])[],
  trials: number,
  chance: Chance,
): readonly Trial[] {
  return sizes.flatMap((others, size) =>
    Array.from({ length: trials }, (_, nth) => {
      const isPresent = nth % 2 === 0;
      const counts = others.map((count, cell) => count + Number(cell === 0 && isPresent));
      const told = toldOf(keysOf, table, threshold, counts, secretOf(Math.floor(chance() * 2 ** 32)));
      return {
        ratio: logRatio(keysOf, told, table, threshold, others),
        isPresent,
        world: size * trials + nth,
      };
    }),
  );
}

/**
 * The best that can be guessed from nine figures whose noise is independent: exact, over all that the four may answer of which the person
 * is a part.
 */
export function bestOfHashes(table: PerturbationTable, threshold: number, others: readonly number[]): number {
  const own = FIGURES.filter((cells) => cells.includes(0)).map((cells) => {
    const count = cells.reduce((all, cell) => all + (others[cell] ?? 0), 0);
    const [absent, present] = [count, count + 1].map((size) => ranges(size, threshold, table));
    const answers = new Set([...(absent?.keys() ?? []), ...(present?.keys() ?? [])]);
    const share = (range: Range | undefined): number =>
      range === undefined ? 0 : (range.to - range.from) / table.modulus;
    return [...answers].map((answer) => [share(absent?.get(answer)), share(present?.get(answer))] as const);
  });
  const apart = (figure: number, absent: number, present: number): number =>
    figure === own.length
      ? Math.abs(absent - present) / 2
      : (own[figure] ?? []).reduce((sum, [a, p]) => sum + apart(figure + 1, absent * a, present * p), 0);
  return (1 + apart(0, 1, 1)) / 2;
}
