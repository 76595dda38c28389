import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import type { SeedPerson } from './persons.js';
import { makeIds, type Row } from './rows.js';
import type { Part } from './shape.js';

export interface ReceptionRows {
  readonly visits: readonly Row[];
  readonly messages: readonly Row[];
}

/** The people who came on the last three working days, and how each visit ended. Half of them gave no name. */
const CAME = [
  { kind: 'WALK_IN', named: true, received: true, outcome: 'RECEIVED' },
  { kind: 'WALK_IN', named: false, received: false, outcome: 'ANSWERED' },
  { kind: 'CALL', named: true, received: false, outcome: 'APPOINTMENT_GIVEN' },
  { kind: 'WALK_IN', named: false, received: true, outcome: 'RECEIVED' },
  { kind: 'CALL', named: false, received: false, outcome: 'REFERRED' },
  { kind: 'WALK_IN', named: true, received: false, outcome: 'LEFT' },
] as const;
const DAYS = [-3, -2, -1] as const;

/** Makes the visits of the last days, and the messages to call back. Nobody waits now: the day has not begun. */
export function makeReception(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  withoutCase: readonly SeedPerson[],
): ReceptionRows {
  const nextVisit = makeIds('visit', part.name);
  const nextMessage = makeIds('message', part.name);
  const rows = { visits: [] as Row[], messages: [] as Row[] };
  for (const district of part.districts) {
    const districtId = directory.districtId(district);
    const workers = directory
      .socialWorkers(district)
      .filter((subject) => directory.absence(subject) === null)
      .map((subject) => directory.workerId(subject));
    const visitors = withoutCase.filter(
      ({ district: of, row }) => of === district && row['sensitive_file'] === false,
    );
    if (workers.length === 0 || visitors.length === 0) continue;
    for (const [nth, day] of DAYS.entries())
      for (const [place, came] of CAME.entries()) {
        const at = (minutes: number): string =>
          calendar.instant(calendar.workingDay(day), 9 * 60 + place * 25 + minutes);
        rows.visits.push({
          id: nextVisit(),
          district_id: districtId,
          kind: came.kind,
          person_id: came.named ? (visitors[(nth + place) % visitors.length]?.id ?? null) : null,
          worker_id: came.received ? (workers[(nth + place) % workers.length] ?? null) : null,
          arrived_at: at(0),
          taken_in_at: came.received ? at(12) : null,
          closed_at: at(came.received ? 40 : 8),
          outcome: came.outcome,
          version: 1,
        });
      }
    for (const [nth, workerId] of workers.slice(0, 2).entries())
      rows.messages.push({
        id: nextMessage(),
        district_id: districtId,
        worker_id: workerId,
        person_id: nth === 0 ? (visitors[0]?.id ?? null) : null,
        name: nth === 0 ? null : 'Madame L.',
        phone: nth === 0 ? null : '06 39 98 00 42',
        call_from: null,
        call_until: null,
        sent_at: calendar.instant(calendar.workingDay(-1), 16 * 60 + nth),
        done_at: null,
        version: 1,
      });
  }
  return rows;
}
