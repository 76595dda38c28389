import ical, { type ICalEventData } from 'ical-generator';

/** A calendar as a program of another maker's writes it. */
export function written(...events: ICalEventData[]): string {
  const calendar = ical({ name: 'Un autre agenda' });
  for (const event of events) calendar.createEvent(event);
  return calendar.toString();
}

/** A calendar of these lines, with nothing else in it. */
export function calendarOf(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//FR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

export function eventOf(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
}

/** The zone of Paris as Outlook writes it: by a name of its own, with rules since 1601. */
export const ROMANCE = `BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`.replaceAll('\n', '\r\n');

/** The same under a name that nobody knows, so that only its rules say what it is. */
export const CUSTOMIZED = ROMANCE.replace('Romance Standard Time', 'Customized Time Zone');

/** A week as Outlook exports it, with what it tells of people. */
export const OUTLOOK = calendarOf(
  'METHOD:PUBLISH',
  'X-CALSTART:20270301T080000Z',
  ROMANCE,
  eventOf(
    'CLASS:PUBLIC',
    'CREATED:20270201T080000Z',
    'DESCRIPTION:Situation de Mme Canari\\, violences. Ne pas appeler au\\n  domicile',
    ' \\, passer par la voisine.',
    'DTEND;TZID="Romance Standard Time":20270302T110000',
    'DTSTAMP:20270201T080000Z',
    'DTSTART;TZID="Romance Standard Time":20270302T093000',
    'LOCATION:12 rue du Canari\\, Sevran',
    'PRIORITY:5',
    'RRULE:FREQ=WEEKLY;UNTIL=20270323T083000Z;BYDAY=TU',
    'EXDATE;TZID="Romance Standard Time":20270309T093000',
    'SEQUENCE:0',
    'SUMMARY;LANGUAGE=fr:Suivi Canari',
    'TRANSP:OPAQUE',
    'UID:040000008200E00074C5B7101A82E00800000000',
    'ATTENDEE;CN="Canari, Claude";RSVP=TRUE:mailto:claude.canari@example.fr',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    'ACTION:DISPLAY',
    'DESCRIPTION:Reminder',
    'END:VALARM',
  ),
  eventOf(
    'UID:040000008200E00074C5B7101A82E00800000000',
    'RECURRENCE-ID;TZID="Romance Standard Time":20270316T093000',
    'DTSTART;TZID="Romance Standard Time":20270317T140000',
    'DTEND;TZID="Romance Standard Time":20270317T150000',
    'SUMMARY:Suivi Canari',
  ),
  eventOf(
    'UID:040000008200E00074C5B7101A82E00800000001',
    'DTSTART;VALUE=DATE:20270305',
    'DTEND;VALUE=DATE:20270306',
    'SUMMARY:Télétravail',
    'TRANSP:TRANSPARENT',
    'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
  ),
);
