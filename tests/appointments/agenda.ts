import { publicHolidays } from '../../prisma/seed/reference/public-holidays.js';
import type { Answer, Requester } from '../support/app.js';

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

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const holidays = publicHolidays(Number(day.slice(0, 4))).map(({ date }) => date);
  return weekday >= 1 && weekday <= 5 && !holidays.includes(day);
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
