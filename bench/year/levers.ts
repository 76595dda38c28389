/** What may shorten the wait, by its name. Each is a rule of the product, or a thing that the desk says. */
export const LEVERS = {
  list: 'the waiting list offers freed times',
  choices: 'the desk says both times: with one’s own worker, and with anyone',
} as const;
/** One of `LEVERS`. */
export type Lever = keyof typeof LEVERS;
/** The levers that are on. */
export type Levers = ReadonlySet<Lever>;

/** Reads names with commas between them. `none` and `all` are names too. */
export function readLevers(names: string): Levers {
  if (names === 'none') return new Set();
  if (names === 'all') return new Set(Object.keys(LEVERS) as Lever[]);
  const read = names.split(',').map((name) => {
    if (!Object.hasOwn(LEVERS, name)) throw new RangeError(`There is no lever ${name}.`);
    return name as Lever;
  });
  return new Set(read);
}
