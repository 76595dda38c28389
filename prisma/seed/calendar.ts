import { PUBLIC_HOLIDAY_YEARS, publicHolidays } from './reference/public-holidays.js';

/** A calendar that counts days from the day that the demonstration is centred on: -1 is the day before it. */
export interface Calendar {
  /** Returns the date of a day, as YYYY-MM-DD. */
  date(day: number): string;
  /** Returns the weekday by ISO 8601: 1 is Monday. */
  weekday(day: number): number;
  /** True for a day that is neither on a weekend nor a public holiday. */
  isWorkingDay(day: number): boolean;
  /** Returns the day itself, or the last working day before it. The order of days is kept. */
  workingDay(day: number): number;
  /** Returns the instant at which clocks in Paris show this many minutes after midnight, from 04:00 on. */
  instant(day: number, minutes: number): string;
}

const TIME_ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;
const parisDate = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE, dateStyle: 'short' });
const parisHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  hourCycle: 'h23',
});

/**
 * Makes a calendar.
 * @param today any instant of the day in Paris that is day 0
 */
export function makeCalendar(today: Date): Calendar {
  const midnightUtc = Date.parse(`${parisDate.format(today)}T00:00:00Z`);
  const holidays = new Set<string>();
  for (let year = PUBLIC_HOLIDAY_YEARS.first; year <= PUBLIC_HOLIDAY_YEARS.last; year++)
    for (const { date } of publicHolidays(year)) holidays.add(date);

  // Clocks change on Sundays before 04:00 (Directive 2000/84/EC): the offset at noon holds for the working day.
  const offsets = new Map<number, number>();
  const offsetMinutes = (day: number): number => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const offset = (Number(parisHour.format(midnightUtc + (day + 0.5) * DAY_MS)) - 12) * 60;
    offsets.set(day, offset);
    return offset;
  };

  const date = (day: number): string => new Date(midnightUtc + day * DAY_MS).toISOString().slice(0, 10);
  const weekday = (day: number): number => new Date(midnightUtc + day * DAY_MS).getUTCDay() || 7;
  const isWorkingDay = (day: number): boolean => weekday(day) <= 5 && !holidays.has(date(day));
  return {
    date,
    weekday,
    isWorkingDay,
    workingDay(day) {
      let found = day;
      while (!isWorkingDay(found)) found -= 1;
      return found;
    },
    instant: (day, minutes) =>
      new Date(midnightUtc + day * DAY_MS + (minutes - offsetMinutes(day)) * 60_000).toISOString(),
  };
}

/** Returns the minutes after midnight of a wall time such as `09:30`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
