/** What may shorten the wait, by its name. Each is a rule of the product, or a thing that the desk says. */
export const LEVERS = {
  list: 'the waiting list offers freed times',
  spared:
    'the search spares the times that would leave a rest in which nothing fits, until two working days before',
  choices: 'the desk says both times: with one’s own worker, and with anyone',
  notice: 'by telephone, too, the desk gives times from two hours ahead, and not only from the next day on',
  reminders: 'people are reminded by their safe contact',
  urgentPlaces:
    'some hours are kept for those who must be seen soon, with any worker, until two working days before',
  link: 'a reminder by text has a link to cancel',
  shortNotice:
    'three who agreed are asked for a time that is freed at short notice, and the first yes has it',
  shortHorizon: 'a trick, and no help: hours are open five days ahead only',
} as const;
/** One of `LEVERS`. */
export type Lever = keyof typeof LEVERS;
/** The levers that are on. */
export type Levers = ReadonlySet<Lever>;

/** The levers of `all`: those that shorten the wait. The list alone does not, and the trick makes it look so. */
export const ALL: readonly Lever[] = (Object.keys(LEVERS) as Lever[]).filter(
  (lever) => lever !== 'list' && lever !== 'shortHorizon',
);

/** Reads names with commas between them. `none` and `all` are names too, and `-link` leaves a lever out of what stands before it. */
export function readLevers(names: string): Levers {
  const on = new Set<Lever>();
  for (const name of names.split(',')) {
    const isOut = name.startsWith('-');
    const lever = isOut ? name.slice(1) : name;
    if (lever === 'none') continue;
    if (lever !== 'all' && !Object.hasOwn(LEVERS, lever)) throw new RangeError(`There is no lever ${lever}.`);
    for (const one of lever === 'all' ? ALL : [lever as Lever])
      if (isOut) on.delete(one);
      else on.add(one);
  }
  return on;
}
