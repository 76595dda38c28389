import { type Calendar, minutesOf } from './calendar.js';
import { type Directory, TOWN_HALL } from './directory.js';
import { APPOINTMENT_TYPES } from './reference/appointment-types.js';
import { makeIds, type Row, streamOf } from './rows.js';
import type { Part } from './shape.js';

export interface AvailabilityRows {
  readonly availabilities: readonly Row[];
  readonly availabilityTypes: readonly Row[];
  readonly occurrences: readonly Row[];
  readonly unavailabilities: readonly Row[];
}

/** The number of weeks for which agendas are open: a quarter of a year. */
const WEEKS = 13;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const TYPES = APPOINTMENT_TYPES.filter(({ option }) => option === undefined).map(({ code }) => code);

/**
 * Makes the hours that social workers open in their agendas: the district's hours, on the days on which they are there. Each is a
 * recurrence of its own. Now and then the hours are in a town hall, and now and then a morning is off.
 */
export function makeAvailabilities(calendar: Calendar, directory: Directory, part: Part): AvailabilityRows {
  const random = streamOf('availabilities', part.name);
  const nextId = makeIds('availability', part.name);
  const nextOccurrence = makeIds('availability-occurrence', part.name);
  const nextUnavailability = makeIds('unavailability', part.name);
  const rows = {
    availabilities: [] as Row[],
    availabilityTypes: [] as Row[],
    occurrences: [] as Row[],
    unavailabilities: [] as Row[],
  };
  for (const district of part.districts)
    for (const subject of directory.socialWorkers(district)) {
      const worker = { worker_id: directory.workerId(subject), district_id: directory.districtId(district) };
      for (const hours of groupsOf(directory, district, subject)) {
        const id = nextId();
        const outside = random.chance(0.15);
        rows.availabilities.push({
          id,
          ...worker,
          modes: outside ? ['ON_SITE'] : ['ON_SITE', 'HOME', 'PHONE', 'VIDEO'],
          place: outside ? TOWN_HALL : null,
          starts_on: calendar.date(0),
          ends_on: calendar.date(WEEKS * 7),
          opens_at: hours.opens,
          closes_at: hours.closes,
          recurrence: `FREQ=WEEKLY;BYDAY=${hours.weekdays.map((day) => WEEKDAYS[day - 1]).join(',')}`,
        });
        for (const code of outside ? ['FIRST_RECEPTION', 'FOLLOW_UP'] : TYPES)
          rows.availabilityTypes.push({ availability_id: id, type_code: code });
        for (let day = 0; day < WEEKS * 7; day++) {
          if (!calendar.isWorkingDay(day) || !hours.weekdays.includes(calendar.weekday(day))) continue;
          rows.occurrences.push({
            id: nextOccurrence(),
            availability_id: id,
            starts_at: calendar.instant(day, minutesOf(hours.opens)),
            ends_at: calendar.instant(day, minutesOf(hours.closes)),
          });
        }
      }
      if (random.chance(0.3)) {
        const day = calendar.workingDay(random.int(7, 60));
        rows.unavailabilities.push({
          id: nextUnavailability(),
          ...worker,
          starts_at: calendar.instant(day, 8 * 60),
          ends_at: calendar.instant(day, 12 * 60),
        });
      }
    }
  return rows;
}

/** Groups the district's opening hours for one worker's days. Equal hours of several days form one group. */
function groupsOf(
  directory: Directory,
  district: string,
  subject: string,
): { readonly opens: string; readonly closes: string; readonly weekdays: readonly number[] }[] {
  const groups = new Map<string, { opens: string; closes: string; weekdays: number[] }>();
  for (const { weekday, opens, closes } of directory.district(district).openingHours) {
    if (!directory.isThere(subject, district, weekday)) continue;
    const key = `${opens}-${closes}`;
    const group = groups.get(key) ?? { opens, closes, weekdays: [] };
    group.weekdays.push(weekday);
    groups.set(key, group);
  }
  return [...groups.values()];
}
