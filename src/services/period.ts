import { InvalidInputError } from '../errors.js';
import { requireInterval } from './input.js';

const DAY = 24 * 60 * 60 * 1000;

/** Midnight in Europe/Paris, of the day that it is there. */
export function startOfToday(now: Date): Date {
  const day = dayInParis(now);
  const midnight = (hoursAhead: number): Date =>
    new Date(Date.parse(`${day}T00:00:00Z`) - hoursAhead * 60 * 60 * 1000);
  return dayInParis(midnight(2)) === day ? midnight(2) : midnight(1);
}

/** So many days later. */
export function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY);
}

/** An end after the start, and so many days at most. */
export function requirePeriod(field: string, from: Date, to: Date, maxDays: number): void {
  requireInterval(field, from, to);
  if (to > daysAfter(from, maxDays)) throw new InvalidInputError(field, 'tooFar');
}

const PARIS_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The day that it is in France then, `YYYY-MM-DD`. */
export function dayInParis(instant: Date): string {
  return PARIS_DAY.format(instant);
}

/** The calendar day that an input names, `YYYY-MM-DD`; the scalar reads it as midnight UTC. */
export function toDay(value: Date): string {
  return value.toISOString().slice(0, 10);
}

/** So many days after a day; both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return toDay(daysAfter(new Date(`${day}T00:00:00Z`), days));
}
