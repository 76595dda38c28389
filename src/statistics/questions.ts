/** More would make cells of one person each. */
export const MOST_DIMENSIONS = 3;

/**
 * Every choice of up to three of some dimensions, the empty one first; each in the order of the list given. Each is a table of its
 * own: margins and totals are asked for, and protected, by themselves.
 */
export function choicesOf<D>(dimensions: readonly D[]): readonly (readonly D[])[] {
  const choices: (readonly D[])[] = [[]];
  for (const dimension of dimensions)
    choices.push(
      ...choices.filter(({ length }) => length < MOST_DIMENSIONS).map((choice) => [...choice, dimension]),
    );
  return choices.sort((a, b) => a.length - b.length);
}

/** The category of each dimension, by its place, in the nth cell of a table: the last dimension is the fastest. */
export function placesOf(sizes: readonly number[], cell: number): readonly number[] {
  let rest = cell;
  return sizes
    .toReversed()
    .map((size) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return place;
    })
    .toReversed();
}
