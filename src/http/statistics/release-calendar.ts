import ical, { ICalEventTransparency } from 'ical-generator';
import type { ReleaseDayRow } from '../../services/statistics/release-calendar.js';

const DAY_MS = 86_400_000;

function summaryOf(period: string): string {
  if (period.length === 4) return `Chiffres de l’année ${period}`;
  const [year, quarter] = period.split('-Q');
  return quarter === undefined ? `Chiffres du mois ${period}` : `Chiffres du trimestre ${quarter} de ${year}`;
}

/**
 * Writes the days on which figures are frozen, as a calendar (RFC 5545) of whole days. By its UID, a device moves or deletes an entry
 * that it has.
 */
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
      // The stamp is the day itself, so that the file has the same bytes on any day.
      stamp: day,
      summary: summaryOf(period),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}
