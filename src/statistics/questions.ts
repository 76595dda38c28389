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
