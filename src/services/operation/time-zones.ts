import { Temporal } from 'temporal-polyfill';

/** The time on a wall clock, in milliseconds as if it were UTC. */
export type WallTime = number;

/** A zone, which turns a wall time into an instant, in milliseconds since 1970. */
export interface TimeZone {
  toInstant(wall: WallTime): number;
}

/** From an instant on, the milliseconds by which the clock is ahead of UTC. */
export interface Offset {
  readonly since: number;
  readonly ahead: number;
}

/** UTC, where wall time and instant are the same number. */
export const UTC: TimeZone = { toInstant: (wall) => wall };

/**
 * Returns the zone of these offsets, in order. A wall time that occurs twice is the first of the two, and one that is skipped is counted
 * by the clock before (RFC 5545, section 3.3.5).
 */
export function zoneOf(offsets: readonly Offset[]): TimeZone {
  return {
    toInstant(wall) {
      let before = wall - (offsets[0]?.ahead ?? 0);
      for (const [nth, { since, ahead }] of offsets.entries()) {
        const at = wall - ahead;
        if (at < (offsets[nth + 1]?.since ?? Number.POSITIVE_INFINITY))
          return at >= since || nth === 0 ? at : before;
        before = at;
      }
      return before;
    },
  };
}

/**
 * The names that Outlook and Exchange give to the zones in which someone who works in France has appointments (CLDR, windowsZones). Other
 * zones come with their rules in the calendar itself.
 */
const WINDOWS_NAMES: ReadonlyMap<string, string> = new Map([
  ['romance standard time', 'Europe/Paris'],
  ['w. europe standard time', 'Europe/Berlin'],
  ['central europe standard time', 'Europe/Budapest'],
  ['central european standard time', 'Europe/Warsaw'],
  ['gmt standard time', 'Europe/London'],
  ['greenwich standard time', 'Atlantic/Reykjavik'],
  ['e. europe standard time', 'Europe/Chisinau'],
  ['fle standard time', 'Europe/Kiev'],
  ['gtb standard time', 'Europe/Bucharest'],
  ['turkey standard time', 'Europe/Istanbul'],
  ['russian standard time', 'Europe/Moscow'],
  ['morocco standard time', 'Africa/Casablanca'],
  ['w. central africa standard time', 'Africa/Lagos'],
  ['egypt standard time', 'Africa/Cairo'],
  ['sa western standard time', 'America/La_Paz'],
  ['sa eastern standard time', 'America/Cayenne'],
  ['saint pierre standard time', 'America/Miquelon'],
  ['mauritius standard time', 'Indian/Mauritius'],
  ['central pacific standard time', 'Pacific/Guadalcanal'],
  ['hawaiian standard time', 'Pacific/Honolulu'],
  ['eastern standard time', 'America/New_York'],
  ['central standard time', 'America/Chicago'],
  ['mountain standard time', 'America/Denver'],
  ['pacific standard time', 'America/Los_Angeles'],
  ['tzone://microsoft/utc', 'UTC'],
]);

function isZoneName(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the IANA name, as `Europe/Paris`, for a program's name of a zone: the name itself, its Windows name, or a name with a prefix
 * (`/mozilla.org/…/Europe/Paris`); null if unknown.
 */
export function zoneNameOf(tzid: string): string | null {
  const name = tzid.trim();
  const parts = name.split('/');
  const endings = [3, 2]
    .filter((count) => parts.length > count)
    .map((count) => parts.slice(-count).join('/'));
  return WINDOWS_NAMES.get(name.toLowerCase()) ?? [name, ...endings].find(isZoneName) ?? null;
}

/** Returns the zone with this IANA name, correct between two instants. */
export function namedZone(name: string, from: number, until: number): TimeZone {
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(name);
  const offsets: Offset[] = [];
  while (at !== null && at.epochMilliseconds <= until) {
    offsets.push({ since: at.epochMilliseconds, ahead: at.offsetNanoseconds / 1_000_000 });
    at = at.getTimeZoneTransition('next');
  }
  return zoneOf(offsets);
}
