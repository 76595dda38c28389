import ical, { ICalEventTransparency } from 'ical-generator';
import type { ReleaseDayRow } from '../../services/statistics/release-calendar.js';

const DAY_MS = 86_400_000;

/** The days on which figures are frozen, as a calendar (RFC 5545) of whole days: a device strikes out and moves what it has by its UID. */
export function makeReleaseCalendar(days: readonly ReleaseDayRow[]): string {
  const calendar = ical({
    name: 'Arrêtés statistiques',
    prodId: { company: 'Cosmos', product: 'Arrêtés statistiques', language: 'FR' },
  });
  for (const { period, day } of days)
    calendar.createEvent({
      id: `snapshot-${period}`,
      allDay: true,
      start: day,
      end: new Date(day.getTime() + DAY_MS),
      // The same bytes on any day.
      stamp: day,
      summary: period.length === 4 ? `Chiffres de l’année ${period}` : `Chiffres du mois ${period}`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}
