import { InvalidInputError } from '../../errors.js';
import { requireInterval } from './input.js';

const DAY = 24 * 60 * 60 * 1000;

/** Returns the last midnight in Europe/Paris. */
export function startOfToday(now: Date): Date {
  return startOfDay(dayInParis(now));
}

/** Returns the midnight in Europe/Paris after a day, `YYYY-MM-DD`: the first instant after it. */
export function endOfDay(day: string): Date {
  return startOfDay(dayAfter(day, 1));
}

/** Returns the day, as midnight UTC, whose end in Europe/Paris is this instant. The scalar of days takes midnight UTC. */
export function dayBefore(end: Date): Date {
  return new Date(`${dayInParis(new Date(end.getTime() - 1))}T00:00:00Z`);
}

function startOfDay(day: string): Date {
  const midnight = (hoursAhead: number): Date =>
    new Date(Date.parse(`${day}T00:00:00Z`) - hoursAhead * 60 * 60 * 1000);
  return dayInParis(midnight(2)) === day ? midnight(2) : midnight(1);
}

/** Returns the instant that is so many times 24 hours later. */
export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY);
}

/**
 * Checks that a period ends after its start, and has at most so many days.
 * @throws InvalidInputError interval or tooFar, naming the field
 */
export function requirePeriod(field: string, from: Date, to: Date, maxDays: number): void {
  requireInterval(field, from, to);
  if (to > daysAfter(from, maxDays)) throw new InvalidInputError(field, 'tooFar');
}

/** @throws InvalidInputError past or tooFar at `field`, for an instant more than so many days before or after now */
export function requireNear(field: string, now: Date, instant: Date, days: number): void {
  if (instant < daysAfter(now, -days)) throw new InvalidInputError(field, 'past');
  if (instant > daysAfter(now, days)) throw new InvalidInputError(field, 'tooFar');
}

const PARIS_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** Returns the day in Europe/Paris, `YYYY-MM-DD`, of an instant. */
export function dayInParis(instant: Date): string {
  return PARIS_DAY.format(instant);
}

/** Returns the calendar day of an input, `YYYY-MM-DD`; the scalar reads it as midnight UTC. */
export function toDay(value: Date): string {
  return value.toISOString().slice(0, 10);
}

/** Returns the same day of the next month, or its last day if there is none (Regulation 1182/71, art. 3); both `YYYY-MM-DD`. */
export function monthAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(new Date(Date.UTC(year, month, Math.min(date, last))));
}

/** Returns the day so many days later; both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return toDay(daysAfter(new Date(`${day}T00:00:00Z`), days));
}
