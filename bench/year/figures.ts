import { DAY } from './demand.js';
import type { Published } from './desk.js';
import { CONTACTS, type Contact } from './habits.js';
import type { Course, Found } from './simulate.js';

/** The figures of one year: of the people who asked in it, and of the times in it. Waits are in days. */
export interface Figures {
  /** Half of those who were received, or still wait, waited longer from asking to being received. */
  readonly median: number;
  /** One in ten of them waited longer. */
  readonly p90: number;
  /** The same from the first ask, if the person called off or did not come, and asked again. */
  readonly medianSinceFirst: number;
  readonly p90SinceFirst: number;
  /** The share of them who were received within so many days: of those who asked in each quarter. */
  readonly withinDays: Readonly<Record<7 | 14, readonly number[]>>;
  /** The median of those who must be seen this week. */
  readonly urgentMedian: number;
  /** The mean of the days to the third free time, of the mornings on which there is one. */
  readonly thirdNext: number;
  /** The people who asked for the first time. */
  readonly asked: number;
  readonly received: number;
  readonly stillWaiting: number;
  /** How often someone asked and found no time. */
  readonly inVain: number;
  /** People who called off or did not come, and never asked again. A wait can be shorter because more people give up. */
  readonly neverAskedAgain: number;
  readonly askedAgain: number;
  /** The share of those with a worker of their own who were received by this worker. */
  readonly ownKept: number;
  /** Sooner times that someone went to, and answers that came too late for one. */
  readonly moved: number;
  readonly tooLate: number;
  /** The share of the times that were called off that someone else used. */
  readonly freedUsed: number;
  /** The share of the open minutes in which someone was to come. */
  readonly minutesUsed: number;
  /** The share of the open minutes in which somebody was received. */
  readonly minutesReceived: number;
  /** The minutes that all who ask need, those who ask again too, as a share of the open minutes. */
  readonly load: number;
  /** The same without the minutes that people call off: the load if someone else used each of them. */
  readonly loadIfFreedUsed: number;
  /** People who were told of a time that was held for them. */
  readonly offers: number;
  /** What the product itself publishes beside the wait. */
  readonly published: Published;
  /** The mean wait of each group. */
  readonly meanOf: Readonly<Record<Group, number>>;
}

/** The groups who must not fall behind: by how they are reached, those who never answer, and by the length of the appointment. */
export type Group = Contact | 'never answers' | 'first reception' | 'follow-up';
export const GROUPS = [
  ...(Object.keys(CONTACTS) as Contact[]),
  'never answers',
  'first reception',
  'follow-up',
] as const;

/** Returns the value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation of a sample. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/**
 * Counts a year.
 * @param isCounted whether an instant is in the counted part
 * @param until the end of the simulation: a person who was never received waited until then
 */
export function count(found: Found, isCounted: (at: Date) => boolean, until: Date): Figures {
  const asked = found.courses.filter(({ askedAt }) => isCounted(askedAt));
  // A person who called off or did not come no longer waited. They ended it themselves.
  const waited = asked.filter(({ ended }) => ended === null);
  const days = ({ askedAt, heldAt }: Course): number =>
    ((heldAt ?? until).getTime() - askedAt.getTime()) / DAY;
  const all = waited.map(days);
  const quarters = [0, 1, 2, 3].map((quarter) =>
    waited.filter(({ askedAt }) => Math.floor(askedAt.getUTCMonth() / 3) === quarter).map(days),
  );
  const share = (most: number): readonly number[] =>
    quarters.map((of) => of.filter((wait) => wait <= most).length / of.length);
  const received = waited.filter(({ heldAt }) => heldAt !== null);
  const own = received.filter(({ hasOwn }) => hasOwn);
  const freed = found.freed.filter(({ startsAt }) => isCounted(startsAt));
  const minutes = found.minutes.filter(({ day }) => isCounted(day));
  const total = (of: (minutes: Found['minutes'][number]) => number): number =>
    minutes.reduce((sum, day) => sum + of(day), 0);
  const open = total((day) => day.open);
  const sinceFirst = found.courses
    .filter(({ ended, firstAskedAt }) => ended === null && isCounted(firstAskedAt))
    .map(({ firstAskedAt, heldAt }) => ((heldAt ?? until).getTime() - firstAskedAt.getTime()) / DAY);
  const sum = (of: (course: Course) => number): number =>
    asked.reduce((total, course) => total + of(course), 0);
  const isOf = (group: Group, { contact, hasOwn, neverAnswers }: Course): boolean =>
    group === 'never answers'
      ? neverAnswers
      : group === 'first reception'
        ? !hasOwn
        : group === 'follow-up'
          ? hasOwn
          : contact === group;
  return {
    median: quantile(all, 0.5),
    p90: quantile(all, 0.9),
    medianSinceFirst: quantile(sinceFirst, 0.5),
    p90SinceFirst: quantile(sinceFirst, 0.9),
    withinDays: { 7: share(7), 14: share(14) },
    urgentMedian: quantile(waited.filter(({ isUrgent }) => isUrgent).map(days), 0.5),
    thirdNext: mean(
      found.thirdNext
        .filter(({ day }) => isCounted(day))
        .flatMap(({ days }) => (days === null ? [] : [days])),
    ),
    asked: asked.filter(({ askedAt, firstAskedAt }) => askedAt.getTime() === firstAskedAt.getTime()).length,
    received: received.length,
    stillWaiting: waited.length - received.length,
    inVain: sum(({ inVain }) => inVain),
    neverAskedAgain: sum(({ gaveUp }) => Number(gaveUp)),
    askedAgain: sum(({ ended, gaveUp }) => Number(ended !== null && !gaveUp)),
    ownKept: own.filter(({ byOwn }) => byOwn).length / own.length,
    moved: sum((course) => course.moved),
    tooLate: sum(({ tooLate }) => tooLate),
    freedUsed: freed.filter(({ used }) => used).length / freed.length,
    minutesUsed: total(({ used }) => used) / open,
    minutesReceived: total(({ received }) => received) / open,
    load: sum((course) => course.minutes) / open,
    loadIfFreedUsed: sum(({ ended, minutes }) => (ended === 'CALLED_OFF' ? 0 : minutes)) / open,
    offers: found.offeredAt.filter(isCounted).length,
    published: found.published,
    meanOf: Object.fromEntries(
      GROUPS.map((group) => [group, mean(waited.filter((course) => isOf(group, course)).map(days))]),
    ) as Record<Group, number>,
  };
}
