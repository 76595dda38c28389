import ICAL from 'ical.js';
import { CosmosError, InvalidInputError } from '../../errors.js';
import type { Interval } from '../agenda/busy-times.js';
import { daysBetween, requireRecurrence } from '../agenda/recurrence.js';
import { dayAfter, dayInParis } from '../operation/period.js';
import {
  namedZone,
  type Offset,
  type TimeZone,
  UTC,
  type WallTime,
  zoneNameOf,
  zoneOf,
} from '../operation/time-zones.js';

/** Characters of a calendar at most: what the body of a request holds, escaped. */
export const MAX_CHARACTERS = 200_000;
/** How far ahead it is looked at. */
export const HORIZON_DAYS = 26 * 7;
const MAX_EVENTS = 2_000;
/** Names of zones in a text. */
const MAX_ZONES = 50;
/** Winters and summers, of all the zones of a text that are known by their rules alone. */
const MAX_OBSERVANCES = 500;
/** How often one clock changes; each time that it shows is looked for among them. */
const MAX_OFFSETS = 500;
const MAX_LINE = 20_000;
/** Once those that overlap are one, and each is cut at midnight. */
const MAX_BUSY_TIMES = 2_000;
/** Days that rules come to, whether or not anything is kept of them. */
const MAX_OCCURRENCES = 20_000;
/**
 * What the rules of a calendar may cost to follow. Processor time: a busy machine reads the calendars that a quiet one reads. It is the
 * whole process's, and half of it may be others'.
 */
const MAX_PROCESSOR_MS = 2_000;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** All that is read of a calendar: titles, places and names of who attends are left out before anything looks at them. */
const READ = new Set(
  `BEGIN END UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP FREEBUSY
   TZID TZOFFSETFROM TZOFFSETTO X-LIC-LOCATION`.split(/\s+/),
);

/** A date, or a time, of an event; where the clock stands that shows it. */
interface Moment {
  readonly isDay: boolean;
  readonly wall: WallTime;
  readonly zone: TimeZone;
}

const instantOf = ({ zone, wall }: Moment): number => zone.toInstant(wall);
/** What the clock of another zone shows then. */
const wallOf = (moment: Moment, zone: TimeZone): WallTime =>
  moment.zone === zone
    ? moment.wall
    : instantOf(moment) + instantOf(moment) - zone.toInstant(instantOf(moment));
const dayOf = (wall: WallTime): string => new Date(wall).toISOString().slice(0, 10);
const startOf = (day: string): WallTime => Date.parse(`${day}T00:00:00Z`);

/** How long: days of the calendar, and then milliseconds (RFC 5545, section 3.8.5.3). */
interface Length {
  readonly days: number;
  readonly milliseconds: number;
}

/** From one occurrence on, and where that one is moved; nowhere, if it takes no time any more. */
interface LastingChange {
  readonly from: number;
  readonly since: Moment;
  readonly to: { readonly start: Moment; readonly length: Length } | null;
}

/** Milliseconds since 1970, half-open. */
interface Range {
  readonly from: number;
  readonly until: number;
}

/**
 * When someone is busy by an iCalendar text (RFC 5545), from the start of a day on, half a year ahead: events that take time
 * (not TRANSPARENT, not CANCELLED), with their recurrences, and free-busy times. What overlaps is one; each is cut at
 * midnight in Paris, so that a day that has gone by, or has come into reach, changes no other. A time without a zone, and a
 * day, are of Paris.
 * @param maxProcessorMs what following its rules may cost
 * @throws InvalidInputError naming the field: not a calendar, too long, too many events, a recurrence of hours or less, two
 * for one event, a zone that nobody knows
 */
export async function readBusyTimes(
  field: string,
  content: string,
  from: Date,
  maxProcessorMs = MAX_PROCESSOR_MS,
): Promise<{ readonly busy: readonly Interval[]; readonly until: Date }> {
  if (content.length > MAX_CHARACTERS) throw new InvalidInputError(field, 'tooLong');
  const midnights = midnightsFrom(from);
  const reading = new Reading(field, from.getTime(), midnights.at(-1) ?? 0, maxProcessorMs);
  const ranges: Range[] = [];
  try {
    for (const calendar of calendarsOf(field, content)) ranges.push(...reading.read(calendar));
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    // The library quotes the line.
    throw Object.assign(new InvalidInputError(field, 'notACalendar'), { cause: error });
  }
  const busy = merged(ranges).flatMap((range) => cutAt(midnights, range));
  if (busy.length > MAX_BUSY_TIMES) throw new InvalidInputError(field, 'tooManyEvents');
  return { busy, until: new Date(midnights.at(-1) ?? 0) };
}

/** Each midnight in Paris from this one to the end of what is looked at. */
function midnightsFrom(from: Date): readonly number[] {
  const first = dayInParis(from);
  const paris = namedZone('Europe/Paris', from.getTime() - DAY, from.getTime() + (HORIZON_DAYS + 2) * DAY);
  return Array.from({ length: HORIZON_DAYS + 1 }, (_, nth) => paris.toInstant(startOf(dayAfter(first, nth))));
}

function calendarsOf(field: string, content: string): readonly ICAL.Component[] {
  const lines = content
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => READ.has(/^[A-Z-]+(?=[;:])/i.exec(line)?.[0].toUpperCase() ?? ''));
  if (lines.some((line) => line.length > MAX_LINE)) throw new InvalidInputError(field, 'tooLong');
  const parsed = ICAL.parse(lines.map(mended).join('\r\n')) as unknown[];
  const found = typeof parsed[0] === 'string' ? [parsed] : parsed;
  const calendars = found.map((each) => new ICAL.Component(each as unknown[]));
  if (calendars.length === 0 || calendars.some(({ name }) => name !== 'vcalendar'))
    throw new InvalidInputError(field, 'notACalendar');
  return calendars;
}

/** What programs write otherwise than the library reads it: a rule in small letters, a date that does not say it is one. */
function mended(line: string): string {
  if (/^RRULE[;:]/i.test(line)) return line.toUpperCase();
  const [, name, dates] =
    /^((?:DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)(?:;.*)?):(\d{8}(?:,\d{8})*)$/i.exec(line) ?? [];
  return name === undefined ? line : `${name.replace(/;VALUE=[^;:]*/i, '')};VALUE=DATE:${dates}`;
}

/** Ranges in order, what overlaps or touches made one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const found: { from: number; until: number }[] = [];
  for (const { from, until } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else found.push({ from, until });
  }
  return found;
}

function cutAt(midnights: readonly number[], { from, until }: Range): readonly Interval[] {
  const parts: Interval[] = [];
  for (const [nth, midnight] of midnights.entries()) {
    const next = midnights[nth + 1];
    if (next === undefined || midnight >= until) break;
    const [startsAt, endsAt] = [Math.max(from, midnight), Math.min(until, next)];
    if (startsAt < endsAt) parts.push({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  }
  return parts;
}

/**
 * Follows one text's events between two instants, as long as that is affordable. Whatever the text repeats at will asks
 * first whether it still is; what is left between two such questions is as much as one line can cost.
 */
class Reading {
  /** Of the calendar that is read, by what it calls them. */
  readonly #zones = new Map<string, TimeZone>();
  /** What the IANA calls a zone of the text, or null where it knows none. */
  readonly #names = new Map<string, string | null>();
  readonly #namedZones = new Map<string, TimeZone>();
  readonly #paris: TimeZone;
  readonly #begun = process.cpuUsage();
  #events = 0;
  #observances = 0;
  #occurrences = 0;

  constructor(
    private readonly field: string,
    private readonly from: number,
    private readonly to: number,
    private readonly maxProcessorMs: number,
  ) {
    this.#paris = this.#named('Europe/Paris');
  }

  /** The ranges that a calendar's events take between the two instants. */
  read(calendar: ICAL.Component): readonly Range[] {
    const events = calendar.getAllSubcomponents('vevent');
    this.#events += events.length + calendar.getAllSubcomponents('vfreebusy').length;
    if (this.#events > MAX_EVENTS) throw new InvalidInputError(this.field, 'tooManyEvents');
    this.#zones.clear();
    this.#learnZones(calendar);
    const changes = new Map<string, ICAL.Component[]>();
    for (const event of events.filter(
      (each) => each.hasProperty('recurrence-id') && textOf(each, 'uid') !== '',
    ))
      changes.set(textOf(event, 'uid'), [...(changes.get(textOf(event, 'uid')) ?? []), event]);
    const ranges: Range[] = [];
    for (const component of calendar.getAllSubcomponents('vfreebusy')) {
      ranges.push(...this.#freeBusy(component));
      this.#requireAffordable();
    }
    for (const event of events) {
      ranges.push(...this.#event(event, changes.get(textOf(event, 'uid')) ?? []));
      this.#requireAffordable();
    }
    return ranges;
  }

  /** Ends what costs too much. */
  #requireAffordable(): void {
    const { user, system } = process.cpuUsage(this.#begun);
    if (this.#occurrences > MAX_OCCURRENCES || (user + system) / 1_000 > this.maxProcessorMs)
      throw new InvalidInputError(this.field, 'tooManyEvents');
  }

  #event(event: ICAL.Component, changes: readonly ICAL.Component[]): readonly Range[] {
    if (!takesTime(event)) return [];
    const start = this.#moment(event.getFirstProperty('dtstart'));
    if (start === null) throw new InvalidInputError(this.field, 'notACalendar');
    const length = this.#lengthOf(event, start);
    if (event.hasProperty('recurrence-id')) return this.#inReach(rangeOf(start, length));
    const left = this.#excluded(event, changes);
    const later = this.#changedFromThenOn(changes);
    const explicit = this.#moments(event, 'rdate');
    const ranges = new Map<number, Range>();
    for (const wall of [start.wall, ...this.#recurrence(event, start, length)]) {
      const each = { ...start, wall };
      const at = instantOf(each);
      if (left.instants.has(at) || left.days.has(dayOf(wall))) continue;
      const change = later.findLast((candidate) => candidate.from <= at);
      if (change === undefined) ranges.set(at, rangeOf(each, length));
      else if (change.to !== null) {
        const moved = change.to.start.wall - wallOf(change.since, start.zone);
        ranges.set(at, rangeOf({ ...change.to.start, wall: wall + moved }, change.to.length));
      }
    }
    for (const { moment, length: own } of explicit) {
      const at = instantOf(moment);
      if (!left.instants.has(at) && !left.days.has(dayOf(moment.wall)))
        ranges.set(at, rangeOf(moment, own ?? length));
    }
    return [...ranges.values()].flatMap((range) => this.#inReach(range));
  }

  #inReach({ from, until }: Range): readonly Range[] {
    return from < until && from < this.to && until > this.from ? [{ from, until }] : [];
  }

  /** The wall times at which a recurrence begins anew, as far as they can reach into what is looked at. */
  #recurrence(event: ICAL.Component, start: Moment, length: Length): readonly WallTime[] {
    const before = Math.min(length.days + length.milliseconds / DAY, 366) + 2;
    const first = dayOf(this.from - before * DAY);
    const last = dayOf(this.to + 2 * DAY);
    return this.#rule(event, start, first, last);
  }

  /** One to a component: what two are together, RFC 5545 leaves undefined (section 3.8.5.3). */
  #rule(component: ICAL.Component, start: Moment, first: string, last: string): readonly WallTime[] {
    const [property, second] = component.getAllProperties('rrule');
    if (property === undefined) return [];
    if (second !== undefined) throw new InvalidInputError(this.field, 'recurrence');
    this.#requireAffordable();
    const recur = property.getFirstValue() as ICAL.Recur;
    const until = recur.until?.toString() ?? null;
    // What is over is not followed, and may have been anything.
    if (until !== null && until.slice(0, 10) < first) return [];
    recur.until = null as unknown as ICAL.Time;
    const rule = requireRecurrence(this.field, recur.toString());
    const day = dayOf(start.wall);
    const timeOfDay = start.wall - startOf(day);
    const days = daysBetween(this.field, rule, day, first, last);
    this.#occurrences += days.length;
    return days
      .map((each) => startOf(each) + timeOfDay)
      .filter((wall) => until === null || isUpTo(until, { ...start, wall }));
  }

  /** What EXDATE leaves out, and what stands elsewhere by a RECURRENCE-ID. */
  #excluded(
    event: ICAL.Component,
    changes: readonly ICAL.Component[],
  ): { readonly instants: ReadonlySet<number>; readonly days: ReadonlySet<string> } {
    const moments = [
      ...this.#moments(event, 'exdate').map(({ moment }) => moment),
      ...changes.flatMap((change) => this.#moment(change.getFirstProperty('recurrence-id')) ?? []),
    ];
    return {
      instants: new Set(moments.filter(({ isDay }) => !isDay).map(instantOf)),
      days: new Set(moments.filter(({ isDay }) => isDay).map(({ wall }) => dayOf(wall))),
    };
  }

  /** What a RECURRENCE-ID with RANGE=THISANDFUTURE moves from then on, or cancels. In order. */
  #changedFromThenOn(changes: readonly ICAL.Component[]): readonly LastingChange[] {
    return changes
      .flatMap((change): readonly LastingChange[] => {
        const id = change.getFirstProperty('recurrence-id');
        const since = this.#moment(id);
        if (since === null || id?.getFirstParameter('range') !== 'THISANDFUTURE') return [];
        const from = instantOf(since);
        if (!takesTime(change)) return [{ from, since, to: null }];
        const start = this.#moment(change.getFirstProperty('dtstart'));
        return start === null ? [] : [{ from, since, to: { start, length: this.#lengthOf(change, start) } }];
      })
      .sort((a, b) => a.from - b.from);
  }

  #freeBusy(component: ICAL.Component): readonly Range[] {
    return component
      .getAllProperties('freebusy')
      .filter((property) => property.getFirstParameter('fbtype')?.toUpperCase() !== 'FREE')
      .flatMap((property) => this.#momentsOf(property))
      .flatMap(({ moment, length }) => (length === null ? [] : this.#inReach(rangeOf(moment, length))));
  }

  #lengthOf(event: ICAL.Component, start: Moment): Length {
    const duration = event.getFirstProperty('duration');
    if (duration !== null) return lengthOf(duration.getFirstValue() as ICAL.Duration);
    const end = this.#moment(event.getFirstProperty('dtend'));
    if (end === null) return { days: start.isDay ? 1 : 0, milliseconds: 0 };
    return start.isDay && end.isDay
      ? { days: (end.wall - start.wall) / DAY, milliseconds: 0 }
      : { days: 0, milliseconds: instantOf(end) - instantOf(start) };
  }

  #moments(event: ICAL.Component, name: string) {
    return event.getAllProperties(name).flatMap((property) => this.#momentsOf(property));
  }

  #moment(property: ICAL.Property | null): Moment | null {
    return property === null ? null : (this.#momentsOf(property)[0]?.moment ?? null);
  }

  /** The values of a property: dates, times, or periods, which have a length. */
  #momentsOf(
    property: ICAL.Property,
  ): readonly { readonly moment: Moment; readonly length: Length | null }[] {
    this.#requireAffordable();
    const zone = property.getFirstParameter('tzid');
    return (property.toJSON() as unknown[]).slice(3).map((value) => {
      const [start, end] = Array.isArray(value) ? (value as unknown[]) : [value];
      const moment = this.#parse(start, zone);
      if (end === undefined) return { moment, length: null };
      if (/^[+-]?P/.test(String(end)))
        return { moment, length: lengthOf(ICAL.Duration.fromString(String(end))) };
      const milliseconds = instantOf(this.#parse(end, zone)) - instantOf(moment);
      return { moment, length: { days: 0, milliseconds } };
    });
  }

  #parse(value: unknown, tzid: string | undefined): Moment {
    const text = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2})?(Z?)$/.exec(String(value));
    const wall = Date.parse(`${text?.[1]}${text?.[2] ?? 'T00:00:00'}Z`);
    // 30 February is a day of March to Date.parse.
    if (text === null || Number.isNaN(wall) || dayOf(wall) !== text[1])
      throw new InvalidInputError(this.field, 'notACalendar');
    const isDay = text[2] === undefined;
    if (text[3] === 'Z') return { isDay, wall, zone: UTC };
    return { isDay, wall, zone: isDay || tzid === undefined ? this.#paris : this.#zone(tzid) };
  }

  #zone(tzid: string): TimeZone {
    const known = this.#zones.get(tzid);
    if (known !== undefined) return known;
    const name = this.#nameOf(tzid);
    if (name === null) throw new InvalidInputError(this.field, 'unknownZone');
    const zone = this.#named(name);
    this.#zones.set(tzid, zone);
    return zone;
  }

  /** Each name is looked up once, and few are: one may be written in as many ways as there are prefixes. */
  #nameOf(tzid: string): string | null {
    const known = this.#names.get(tzid);
    if (known !== undefined) return known;
    this.#requireAffordable();
    if (this.#names.size >= MAX_ZONES) throw new InvalidInputError(this.field, 'tooManyEvents');
    const name = zoneNameOf(tzid);
    this.#names.set(tzid, name);
    return name;
  }

  #named(name: string): TimeZone {
    const zone = this.#namedZones.get(name) ?? namedZone(name, this.from - 400 * DAY, this.to + 400 * DAY);
    this.#namedZones.set(name, zone);
    return zone;
  }

  /** By their names, which are kept up to date; by the rules that come with them where nobody knows the name. */
  #learnZones(calendar: ICAL.Component): void {
    const zones = calendar.getAllSubcomponents('vtimezone');
    if (zones.length > MAX_ZONES) throw new InvalidInputError(this.field, 'tooManyEvents');
    for (const zone of zones) {
      const tzid = textOf(zone, 'tzid');
      const name = this.#nameOf(tzid) ?? this.#nameOf(textOf(zone, 'x-lic-location'));
      this.#zones.set(tzid, name === null ? this.#byRules(zone) : this.#named(name));
      this.#requireAffordable();
    }
  }

  #byRules(zone: ICAL.Component): TimeZone {
    const observances = ['standard', 'daylight'].flatMap((name) => zone.getAllSubcomponents(name));
    if (observances.length === 0) throw new InvalidInputError(this.field, 'unknownZone');
    this.#observances += observances.length;
    if (this.#observances > MAX_OBSERVANCES) throw new InvalidInputError(this.field, 'tooManyEvents');
    const offsets: Offset[] = [];
    let first: Offset = { since: Number.POSITIVE_INFINITY, ahead: 0 };
    for (const observance of observances) {
      const { before, changes } = this.#observance(observance);
      offsets.push(...changes);
      if (offsets.length > MAX_OFFSETS) throw new InvalidInputError(this.field, 'unknownZone');
      const [began] = changes;
      if (began !== undefined && began.since < first.since) first = { since: began.since, ahead: before };
      this.#requireAffordable();
    }
    return zoneOf([
      { since: Number.NEGATIVE_INFINITY, ahead: first.ahead },
      ...offsets.sort((a, b) => a.since - b.since),
    ]);
  }

  /** When a clock changes to the time of this winter or summer, the first time first, and what it was ahead by before. */
  #observance(observance: ICAL.Component): { readonly before: number; readonly changes: readonly Offset[] } {
    const start = this.#moment(observance.getFirstProperty('dtstart'));
    const [ahead, before] = ['tzoffsetto', 'tzoffsetfrom'].map((name) => offsetOf(textOf(observance, name)));
    if (start === null || ahead == null || before == null)
      throw new InvalidInputError(this.field, 'unknownZone');
    const clock: Moment = { isDay: false, wall: start.wall, zone: { toInstant: (wall) => wall - before } };
    const [since, to] = [dayOf(this.from - 400 * DAY), dayOf(this.to + 400 * DAY)];
    const walls = this.#rule(observance, clock, since, to);
    const dates = this.#moments(observance, 'rdate').map(({ moment }) => moment.wall);
    const changes = [start.wall, ...walls, ...dates].map((wall) => ({ since: wall - before, ahead }));
    return { before, changes };
  }
}

function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstProperty(name)?.toJSON()[3] ?? '');
}

/** An event that takes time of whose calendar it is. */
function takesTime(event: ICAL.Component): boolean {
  return (
    textOf(event, 'status').toUpperCase() !== 'CANCELLED' &&
    textOf(event, 'transp').toUpperCase() !== 'TRANSPARENT'
  );
}

/** Whether it has begun by the UNTIL of a rule: a day, a time on the same wall, or an instant. */
function isUpTo(until: string, each: Moment): boolean {
  const wall = Date.parse(until.length === 10 ? `${until}T23:59:59Z` : `${until.replace(/Z$/, '')}Z`);
  return until.endsWith('Z') ? instantOf(each) <= wall : each.wall <= wall;
}

function lengthOf(duration: ICAL.Duration): Length {
  if (duration.isNegative) return { days: 0, milliseconds: 0 };
  const { weeks, days, hours, minutes, seconds } = duration;
  return { days: weeks * 7 + days, milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1_000 };
}

function rangeOf(start: Moment, { days, milliseconds }: Length): Range {
  return {
    from: instantOf(start),
    until: start.zone.toInstant(start.wall + days * DAY) + milliseconds,
  };
}

/** `+01:00`, as milliseconds. */
function offsetOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})(:\d{2})?$/.exec(text) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}
