import { type Calendar, minutesOf } from './calendar.js';
import type { Directory } from './directory.js';
import { makeIds, type Row } from './rows.js';
import type { Part } from './shape.js';

export interface TeamOptionRows {
  readonly options: readonly Row[];
  readonly availabilities: readonly Row[];
  readonly availabilityTypes: readonly Row[];
  readonly occurrences: readonly Row[];
}

/** The days for which a team votes, and for which an adopted option is in force. */
const VOTE = 7;
const IN_FORCE = 92;
/** The hour without appointment: on Tuesdays, after the last appointment. */
const WALK_IN = { weekday: 2, opens: '17:00', closes: '18:00' } as const;
const WALK_IN_WORKERS = 3;
/** Hours are open for fewer weeks than the option is in force. */
const WEEKS = 11;

/**
 * Makes the options of the teams. Every team holds group meetings. The first of the part also has an hour without appointment, which
 * three of its workers hold, and votes on call-backs now.
 */
export function makeTeamOptions(calendar: Calendar, directory: Directory, part: Part): TeamOptionRows {
  const nextOption = makeIds('team-option', part.name);
  const nextAvailability = makeIds('walk-in', part.name);
  const nextOccurrence = makeIds('walk-in-occurrence', part.name);
  const rows = {
    options: [] as Row[],
    availabilities: [] as Row[],
    availabilityTypes: [] as Row[],
    occurrences: [] as Row[],
  };
  const add = (district: string, kind: string, status: string, proposed: number): void => {
    const starts = proposed + VOTE + 3;
    rows.options.push({
      id: nextOption(),
      district_id: directory.districtId(district),
      kind,
      status,
      proposed_on: calendar.date(proposed),
      voted_until: calendar.date(proposed + VOTE),
      starts_on: calendar.date(starts),
      ends_on: calendar.date(starts + IN_FORCE),
    });
  };
  for (const district of part.districts) add(district, 'GROUP_MEETING', 'ADOPTED', -30);
  const [first] = part.districts;
  if (first === undefined) return rows;
  add(first, 'WALK_IN_HOUR', 'ADOPTED', -20);
  add(first, 'CALL_BACK', 'PROPOSED', -2);
  const workers = directory
    .socialWorkers(first)
    .filter((subject) => directory.isThere(subject, first, WALK_IN.weekday))
    .slice(0, WALK_IN_WORKERS);
  for (const subject of workers) {
    const id = nextAvailability();
    rows.availabilities.push({
      id,
      worker_id: directory.workerId(subject),
      district_id: directory.districtId(first),
      modes: ['ON_SITE'],
      place: null,
      starts_on: calendar.date(0),
      ends_on: calendar.date(WEEKS * 7),
      opens_at: WALK_IN.opens,
      closes_at: WALK_IN.closes,
      recurrence: 'FREQ=WEEKLY;BYDAY=TU',
    });
    rows.availabilityTypes.push({ availability_id: id, type_code: 'WALK_IN_HOUR' });
    for (let day = 0; day < WEEKS * 7; day += 1) {
      if (!calendar.isWorkingDay(day) || calendar.weekday(day) !== WALK_IN.weekday) continue;
      rows.occurrences.push({
        id: nextOccurrence(),
        availability_id: id,
        starts_at: calendar.instant(day, minutesOf(WALK_IN.opens)),
        ends_at: calendar.instant(day, minutesOf(WALK_IN.closes)),
      });
    }
  }
  return rows;
}
