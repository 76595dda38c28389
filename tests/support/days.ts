export const DAY = 86_400_000;
/** The instant so many days ago, in ISO 8601. */
export const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
/** The instant so many days ahead. */
export const ahead = (days: number): string => ago(-days);
/** The day of UTC so many days ahead: `2026-01-31`. */
export const dayAhead = (days: number): string => ahead(days).slice(0, 10);
/** The instant so many minutes after another one, exactly. */
export const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();
/** The day so many days after another: `2026-01-31`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day.slice(0, 10)}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);
/** The Monday of the week of a day: `2026-01-26`. */
export const mondayOf = (day: string): string =>
  dayAfter(day, -((new Date(`${day.slice(0, 10)}T12:00:00Z`).getUTCDay() + 6) % 7));
