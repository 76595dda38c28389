import { publicHolidays } from '../../../../prisma/seed/reference/public-holidays.js';
import { ahead, DAY, dayAfter, dayAhead } from '../../../support/days.js';

/** The instant so many minutes after another. */
export const later = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** The hour in which nothing is booked: a home visit may be moved there. It is on the last day to which a move is proposed (28 days). */
export const freeHour = (): { readonly startsAt: string; readonly endsAt: string } => ({
  startsAt: `${dayAhead(27)}T08:00:00.000Z`,
  endsAt: `${dayAhead(27)}T09:00:00.000Z`,
});

/**
 * Answers one half hour after the other, from nine o’clock in Paris (in winter) in three days. So no appointments overlap. The free hour is
 * left out, with the two hours before it, in which a longer appointment may begin.
 */
export function clock(): () => string {
  let half = 0;
  const start = new Date(Date.now() + 3 * DAY);
  start.setUTCHours(8, 0, 0, 0);
  const left = freeHour();
  return () => {
    half += 1;
    const next = later(start.toISOString(), half * 30);
    if (next < later(left.startsAt, -120) || next >= left.endsAt) return next;
    half += 6;
    return later(start.toISOString(), half * 30);
  };
}

/** Half an hour of a day, in local wall time. */
export interface HalfHour {
  readonly day: string;
  readonly opensAt: string;
  readonly closesAt: string;
}

const isPublicHoliday = (day: string): boolean =>
  publicHolidays(Number(day.slice(0, 4))).some(({ date }) => date === day);

/**
 * Answers one half hour of the day after the other, from so many days ahead on. So no hours of an agenda overlap. Public holidays are left out,
 * on which nobody can open hours.
 */
export function halfHours(from: number, days = 3): () => HalfHour {
  let nth = -1;
  const wallTime = (half: number): string =>
    `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
  // After the last half hour of a day, so many days later: the hours of an agenda take three days.
  const dayOf = (of: number): string => dayAhead(from + days * Math.floor(of / 32));
  return () => {
    nth += 1;
    while (isPublicHoliday(dayOf(nth))) nth += 1;
    const half = 12 + (nth % 32);
    return { day: dayOf(nth), opensAt: wallTime(half), closesAt: wallTime(half + 1) };
  };
}

/** Answers one half day after the other, more than a year ahead. So no absences overlap. */
export function halfDays(): () => { readonly startsAt: string; readonly endsAt: string } {
  let nth = 0;
  return () => {
    nth += 1;
    return { startsAt: ahead(600 + nth / 2), endsAt: ahead(600.5 + nth / 2 - 0.01) };
  };
}

/** Answers the days of one option after the other: no two of them have both days alike. */
export function optionDays(): () => { readonly startsOn: string; readonly endsOn: string } {
  let nth = -1;
  return () => {
    nth += 1;
    const startsOn = dayAhead(10 + (nth % 80));
    return { startsOn, endsOn: dayAfter(startsOn, 1 + (Math.floor(nth / 80) % 92)) };
  };
}

/**
 * Answers when the next receipt of a notice (`notice_receipt`) was given, each a day before the last. There is one receipt of a day. It is
 * given at midday, which two days never share: so many times 24 hours ago, two would fall on one day of October.
 */
export function middays(): () => string {
  let days = 200;
  return () => {
    days += 1;
    return `${dayAhead(-days)}T12:00:00Z`;
  };
}
