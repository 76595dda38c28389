import ICAL from 'ical.js';
import { CosmosError, InvalidInputError } from '../../errors.js';
import type { Interval } from '../agenda/busy-times.js';
import { daysBetween, requireRecurrence } from '../agenda/recurrence.js';
import { LONGEST } from '../operation/longest.js';
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

/** The number of days ahead for which a calendar is read. */
export const HORIZON_DAYS = 26 * 7;
const MAX_EVENTS = 2_000;
/** The most names of zones in a text. */
const MAX_ZONES = 50;
/** The most winter and summer rules, in all zones of a text that are known by their rules alone. */
const MAX_OBSERVANCES = 500;
/** The most changes of one clock: each wall time is looked for among them. */
const MAX_OFFSETS = 500;
const MAX_LINE = 20_000;
/** The most busy times, once overlapping ones are merged and each is cut at midnight. */
const MAX_BUSY_TIMES = 2_000;
/** The most days that rules come to, whether or not they are kept. */
const MAX_OCCURRENCES = 20_000;
/**
 * The most processor time that following the rules of a calendar may take, in milliseconds. It is not wall time, so that a busy machine
 * reads the same calendars as a quiet one. It counts the whole process, and up to half of it may be other requests.
 */
const MAX_PROCESSOR_MS = 2_000;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The only properties that are read of a calendar: titles, places and names of attendees are dropped before anything looks at them. */
const READ = new Set(
  `BEGIN END UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP FREEBUSY
   TZID TZOFFSETFROM TZOFFSETTO X-LIC-LOCATION`.split(/\s+/),
);

/** A date or a time of an event, and the zone whose clock shows it. */
interface Moment {
  readonly isDay: boolean;
  readonly wall: WallTime;
  readonly zone: TimeZone;
}

const instantOf = ({ zone, wall }: Moment): number => zone.toInstant(wall);
/** The wall time of another zone at the same instant. */
const wallOf = (moment: Moment, zone: TimeZone): WallTime =>
  moment.zone === zone
    ? moment.wall
    : instantOf(moment) + instantOf(moment) - zone.toInstant(instantOf(moment));
const dayOf = (wall: WallTime): string => new Date(wall).toISOString().slice(0, 10);
const startOf = (day: string): WallTime => Date.parse(`${day}T00:00:00Z`);

/** A length: calendar days, and then milliseconds (RFC 5545, section 3.8.5.3). */
interface Length {
  readonly days: number;
  readonly milliseconds: number;
}

/** A change of all occurrences from one on, and where they are moved; null if they take no time any more. */
interface LastingChange {
  readonly from: number;
  readonly since: Moment;
  readonly to: { readonly start: Moment; readonly length: Length } | null;
}

/** A half-open interval, in milliseconds since 1970. */
interface Range {
  readonly from: number;
  readonly until: number;
}

/**
 * Reads the busy times of an iCalendar text (RFC 5545), from the start of a day on, half a year ahead: events that take time (not
 * TRANSPARENT, not CANCELLED), with their recurrences, and free-busy times. Overlapping times are merged. Each is cut at midnight in
 * Paris, so that a day that goes by, or comes into reach, changes no other. A time without a zone, and a day, are in Paris.
 * @param maxProcessorMs the processor time that following its rules may take
 * @returns half-open intervals of instants, and the first instant that was not read
 * @throws InvalidInputError naming the field: not a calendar, too long, too many events, a recurrence of hours or less, two for one
 * event, an unknown zone
 */
export async function readBusyTimes(
  field: string,
  content: string,
  from: Date,
  maxProcessorMs = MAX_PROCESSOR_MS,
): Promise<{ readonly busy: readonly Interval[]; readonly until: Date }> {
  if (content.length > LONGEST.calendar) throw new InvalidInputError(field, 'tooLong');
  const midnights = midnightsFrom(from);
  const reading = new Reading(field, from.getTime(), midnights.at(-1) ?? 0, maxProcessorMs);
  const ranges: Range[] = [];
  try {
    for (const calendar of calendarsOf(field, content)) ranges.push(...reading.read(calendar));
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    // The library's message quotes the line, so it is only the cause.
    throw Object.assign(new InvalidInputError(field, 'notACalendar'), { cause: error });
  }
  const busy = merged(ranges).flatMap((range) => cutAt(midnights, range));
  if (busy.length > MAX_BUSY_TIMES) throw new InvalidInputError(field, 'tooManyEvents');
  return { busy, until: new Date(midnights.at(-1) ?? 0) };
}

/** Lists each midnight in Paris, from this day's to the end of the days that are read. */
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

/** Corrects what programs write and the library does not read: a rule in small letters, a date that is not marked as a date. */
function mended(line: string): string {
  if (/^RRULE[;:]/i.test(line)) return line.toUpperCase();
  const [, name, dates] =
    /^((?:DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)(?:;.*)?):(\d{8}(?:,\d{8})*)$/i.exec(line) ?? [];
  return name === undefined ? line : `${name.replace(/;VALUE=[^;:]*/i, '')};VALUE=DATE:${dates}`;
}

/** Sorts the ranges, and merges those that overlap or touch. */
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
 * Follows the events of one text between two instants, as long as it is affordable. Each step that the text can repeat at will checks
 * this first. Between two checks, at most one line is read.
 */
class Reading {
  /** The zones of the calendar that is being read, by their names in it. */
  readonly #zones = new Map<string, TimeZone>();
  /** The IANA name of each zone of the text; null if there is none. */
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

  /** Returns the ranges that a calendar's events take between the two instants. */
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

  /** Stops a reading that costs too much. */
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

  /** Lists the wall times at which an occurrence begins, as far as it can reach into the days that are read. */
  #recurrence(event: ICAL.Component, start: Moment, length: Length): readonly WallTime[] {
    const before = Math.min(length.days + length.milliseconds / DAY, 366) + 2;
    const first = dayOf(this.from - before * DAY);
    const last = dayOf(this.to + 2 * DAY);
    return this.#rule(event, start, first, last);
  }

  /** Follows the one rule of a component: RFC 5545 leaves two rules together undefined (section 3.8.5.3). */
  #rule(component: ICAL.Component, start: Moment, first: string, last: string): readonly WallTime[] {
    const [property, second] = component.getAllProperties('rrule');
    if (property === undefined) return [];
    if (second !== undefined) throw new InvalidInputError(this.field, 'recurrence');
    this.#requireAffordable();
    const recur = property.getFirstValue() as ICAL.Recur;
    const until = recur.until?.toString() ?? null;
    // A rule that is over is not followed, and may be of any kind.
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

  /** Collects the occurrences that EXDATE removes, and those that a RECURRENCE-ID moves. */
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

  /** Collects the changes that a RECURRENCE-ID with RANGE=THISANDFUTURE makes from then on, in order: a move or a cancellation. */
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

  /** Reads the values of a property: dates, times, or periods, which have a length. */
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
    // `Date.parse` takes 30 February for a day of March.
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

  /** Looks up each name once, and few of them: one zone may be written with as many prefixes as one likes. */
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

  /** Learns the zones by their names, which are kept up to date; by the rules in the text where nobody knows the name. */
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

  /** Returns the changes of a clock to this winter or summer time, the first one first, and its offset before. */
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

/** True if the event takes time of the calendar's owner. */
function takesTime(event: ICAL.Component): boolean {
  return (
    textOf(event, 'status').toUpperCase() !== 'CANCELLED' &&
    textOf(event, 'transp').toUpperCase() !== 'TRANSPARENT'
  );
}

/** True if it begins by the UNTIL of a rule: a day, a time on the same wall, or an instant. */
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

/** Reads `+01:00` as milliseconds. */
function offsetOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})(:\d{2})?$/.exec(text) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}
