import { publicHolidays } from '../../prisma/seed/reference/public-holidays.js';
import type { Answer, Requester } from '../support/app.js';
import { dayAfter } from '../support/days.js';

/** So many days after a day. */
export const later = dayAfter;

export const MINUTE = 60_000;

const WALL_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** What a clock on the wall of a French office shows: `2027-03-30 09:00`. */
export function wallClock(instant: Date | string): string {
  return WALL_CLOCK.format(new Date(instant));
}

/** The instant at which it is `time` in Paris on `day`. */
export function inParis(day: string, time: string): Date {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const found = [1, 2]
    .map((hours) => new Date(asUtc - hours * 60 * MINUTE))
    .find((instant) => wallClock(instant) === `${day} ${time}`);
  if (found === undefined) throw new Error(`${day} has no ${time} in Paris`);
  return found;
}

export function isPublicHoliday(day: string): boolean {
  return publicHolidays(Number(day.slice(0, 4))).some(({ date }) => date === day);
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5 && !isPublicHoliday(day);
}

/** The days on which the offices are open, from the day after `day` on. */
export function* workingDaysAfter(day: string): Generator<string, never> {
  for (let ahead = 1; ; ahead += 1) {
    const later = new Date(Date.parse(`${day}T12:00:00Z`) + ahead * 24 * 60 * MINUTE)
      .toISOString()
      .slice(0, 10);
    if (isWorkingDay(later)) yield later;
  }
}

export function today(): string {
  return wallClock(new Date()).slice(0, 10);
}

export interface Booking {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  readonly startsAt: Date;
  readonly typeCode?: string;
  readonly subject?: string;
  readonly personIds?: readonly string[];
}

const BOOK = `mutation ($input: BookAppointmentInput!) {
  bookAppointment(input: $input) { id startsAt endsAt status version }
}`;

/** Books 30 minutes, unless another type is given. */
export function book(
  who: Requester,
  booking: Booking,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return who.send(BOOK, { input: { typeCode: 'FIRST_RECEPTION', ...booking } }, headers);
}

const MOVE = `mutation ($input: MoveAppointmentInput!) { moveAppointment(input: $input) { id startsAt version } }`;
const CANCEL = `mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { id status version } }`;

export function move(
  who: Requester,
  input: { id: string; expectedVersion: number; startsAt: Date },
): Promise<Answer> {
  return who.send(MOVE, { input });
}

export function cancel(who: Requester, input: { id: string; expectedVersion: number }): Promise<Answer> {
  return who.send(CANCEL, { input: { by: 'SERVICE', ...input } });
}

const OPEN = `mutation ($input: OpenAvailabilityInput!) {
  openAvailability(input: $input) { id startsOn endsOn recurrence version }
}`;

export interface Opening {
  readonly districtId: string;
  readonly workerId: string;
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly opensAt?: string;
  readonly closesAt?: string;
  readonly recurrence?: string;
  readonly typeCodes?: readonly string[];
  readonly modes?: readonly string[];
  readonly place?: string;
}

/** Opens hours, for all that a desk books on site from nine to five, unless said otherwise. */
export function open(
  who: Requester,
  opening: Opening,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const usual = {
    opensAt: '09:00',
    closesAt: '17:00',
    typeCodes: ['FIRST_RECEPTION', 'FOLLOW_UP', 'PHONE_CALL'],
    modes: ['ON_SITE', 'PHONE'],
  };
  return who.send(OPEN, { input: { ...usual, ...opening } }, headers);
}

const SEARCH = `query ($filter: SlotFilter!, $first: Int! = 10) {
  slots(filter: $filter, first: $first) { whyNone slots { startsAt endsAt modes place district { id } workers { id } } }
}`;
const PUBLIC_SEARCH = SEARCH.replace(' workers { id }', '');

/** Searches as a colleague, who is told who is free. */
export function search(who: Requester, filter: Record<string, unknown>, first = 10): Promise<Answer> {
  return who.send(SEARCH, { filter: { typeCode: 'FIRST_RECEPTION', ...filter }, first });
}

/** Searches as anyone. */
export function searchPublic(who: Requester, filter: Record<string, unknown>, first = 10): Promise<Answer> {
  return who.send(PUBLIC_SEARCH, { filter: { typeCode: 'FIRST_RECEPTION', ...filter }, first });
}

const BOTH = `query ($filter: SlotFilter!) {
  slots(filter: $filter, first: 2) { whyNone slots { startsAt } soonerWithAnyone { startsAt } }
}`;

/** Searches for both times: with the worker who is named, and sooner with anyone. */
export function searchBoth(who: Requester, filter: Record<string, unknown>): Promise<Answer> {
  return who.send(BOTH, { filter: { typeCode: 'FIRST_RECEPTION', ...filter } });
}

/** When a sooner time with anyone starts, by the clock on the wall; null if there is none. */
export function sooner(answer: Answer): string | null {
  const slot = answer.data?.['slots']?.soonerWithAnyone;
  return slot == null ? null : wallClock(slot.startsAt);
}

/** When the slots of an answer start, by the clock on the wall. */
export function starts(answer: Answer): string[] {
  return (answer.data?.['slots']?.slots ?? []).map((slot: { startsAt: string }) => wallClock(slot.startsAt));
}
