import ical, { ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { FeedEntry } from '../../services/calendar-feed/calendar-feeds.js';

/** RFC 5545 has no place for these characters, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/** The seconds after which a device asks again. */
const REFRESH = 15 * 60;

/**
 * Writes the appointments as a calendar (RFC 5545). UID and SEQUENCE are the appointment's own, so that a device moves and deletes the
 * entries it has. An entry has the public label, the time in UTC and a neutral place, and nothing else.
 */
export function makeCalendar(entries: readonly FeedEntry[]): string {
  const calendar = ical({
    name: 'Rendez-vous',
    prodId: { company: 'Cosmos', product: 'Rendez-vous', language: 'FR' },
  });
  calendar.ttl(REFRESH);
  for (const entry of entries) {
    calendar.createEvent({
      id: entry.appointmentId,
      sequence: entry.version - 1,
      start: entry.startsAt,
      end: entry.endsAt,
      stamp: entry.changedAt,
      summary: entry.label,
      ...(entry.place === null ? {} : { location: entry.place.replace(CONTROL, ' ') }),
      status: entry.status.startsWith('CANCELLED') ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      class: ICalEventClass.PRIVATE,
      transparency: entry.status.startsWith('CANCELLED')
        ? ICalEventTransparency.TRANSPARENT
        : ICalEventTransparency.OPAQUE,
    });
  }
  return calendar.toString();
}
