import { createRandom } from '../../prisma/seed/content/random.js';
import { DAY } from './demand.js';
import type { Habits } from './habits.js';
import type { OpenHour } from './hours.js';
import { STAFF } from './staff.js';

/**
 * What the year may be like instead, by its name. Each takes away something that the usual year takes for granted. A rule that helps only
 * while it is granted is found by it.
 */
export const CHANGES = {
  mondays: 'all who ask in a week ask on Monday and Tuesday mornings, and not evenly over the week',
  calledBack:
    'half of the people see nothing themselves: the desk calls them on the next working morning with one time, and with another one the morning after if that does not suit',
  leaver: 'a worker leaves on 29 March, without a successor: a colleague has each of their people',
  waves: 'all illness comes in one week of ten, to everyone, with the same mean',
  noShows: 'one person in five does not come',
} as const;
/** One of `CHANGES`. */
export type ModelChange = keyof typeof CHANGES;
/** The changes of a year. */
export type ModelChanges = ReadonlySet<ModelChange>;

/** The changes that are a habit with another value. */
const HABITS_OF: Readonly<Partial<Record<ModelChange, Partial<Habits>>>> = {
  calledBack: { waitsToBeCalled: 0.5 },
  noShows: { doesNotCome: 0.2 },
};

/** The day on which a worker leaves, of the year that is counted. */
export const LEAVES_ON = '03-29';
/** The weeks of which one is a wave. */
const WAVE_OF = 10;
const A_MONDAY = Date.parse('2026-10-05');
const TUESDAY = 2;
const weekOf = (day: string): number => Math.floor((Date.parse(day) - A_MONDAY) / (7 * DAY));

/** Reads the names of changes. */
export function readChanges(names: readonly string[]): ModelChanges {
  const unknown = names.find((name) => !Object.hasOwn(CHANGES, name));
  if (unknown !== undefined) throw new RangeError(`There is no change ${unknown}.`);
  return new Set(names as readonly ModelChange[]);
}

/** Returns the habits of a year with these changes. */
export function habitsWith(habits: Habits, changes: ModelChanges): Habits {
  return Object.assign({}, habits, ...[...changes].map((change) => HABITS_OF[change]));
}

/** Returns how many people ask in each open hour, on average. Each week has as many with every change. */
export function asksByHour(
  hours: readonly OpenHour[],
  anHour: number,
  changes: ModelChanges,
): ReadonlyMap<number, number> {
  if (!changes.has('mondays')) return new Map(hours.map(({ at }) => [at, anHour]));
  const weeks = new Map<number, OpenHour[]>();
  for (const hour of hours) weeks.set(weekOf(hour.day), [...(weeks.get(weekOf(hour.day)) ?? []), hour]);
  const asks = new Map<number, number>();
  for (const week of weeks.values()) {
    const mornings = week.filter(({ day, time }) => new Date(day).getUTCDay() <= TUESDAY && time < '12:00');
    for (const { at } of mornings) asks.set(at, (week.length * anHour) / mornings.length);
  }
  return asks;
}

/** Returns the share of a day's workers who are ill, by the day (`YYYY-MM-DD`). In waves, one week in each ten has the illness of all ten. */
export function sickShareOn(seed: string, changes: ModelChanges): (day: string) => number {
  if (!changes.has('waves')) return () => STAFF.sickShare;
  return (day) => {
    const week = weekOf(day);
    const ten = Math.floor(week / WAVE_OF);
    const isWave = createRandom(`wave ${ten} of ${seed}`).int(0, WAVE_OF - 1) === week - ten * WAVE_OF;
    return isWave ? WAVE_OF * STAFF.sickShare : 0;
  };
}
