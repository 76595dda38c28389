import type { AgendaRows } from './agenda.js';
import type { Calendar } from './calendar.js';
import type { SeedCase } from './cases.js';
import type { Directory } from './directory.js';
import type { SeedPerson } from './persons.js';
import { makeIds, type Row } from './rows.js';
import type { Part } from './shape.js';

export interface WaitingListRows {
  readonly requests: readonly Row[];
  readonly offers: readonly Row[];
  readonly skips: readonly Row[];
}

/** An appointment that a request is about, as it stands in the agenda, of one person and one worker. */
interface Booked {
  readonly row: Row;
  readonly personId: string;
  readonly workerId: string;
  readonly showOnline: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Makes the waiting list. In each district four people wait or more: one who must be seen today, one who waits only for the worker of their
 * case, one who would come sooner than is booked, and one who has time. Others no longer wait: one was booked after a first no, one
 * withdrew after an offer that expired, one request lapsed. No time is held: the jobs do that, once they run.
 */
export function makeWaitingList(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  cases: readonly SeedCase[],
  withoutCase: readonly SeedPerson[],
  agenda: AgendaRows,
): WaitingListRows {
  const nextRequest = makeIds('appointment-request', part.name);
  const nextOffer = makeIds('slot-offer', part.name);
  const nextSkip = makeIds('offer-skip', part.name);
  const rows = { requests: [] as Row[], offers: [] as Row[], skips: [] as Row[] };
  const booked = bookedAlone(agenda);
  const at = (day: number, minutes: number): string => calendar.instant(calendar.workingDay(day), minutes);

  for (const district of part.districts) {
    const districtId = directory.districtId(district);
    const workers = directory.socialWorkers(district);
    const present = workers.filter((subject) => directory.absence(subject) === null);
    const onDuty = directory.workerId(nth(present, 0));
    const away = workers.find((subject) => directory.absence(subject)?.district === district);
    const visitors = withoutCase.filter((person) => person.district === district);
    const ask = (wanted: Row): string => {
      const id = nextRequest();
      rows.requests.push({ ...UNSAID, ...wanted, id, district_id: districtId });
      return id;
    };
    const offer = (requestId: string, offered: Row): string => {
      const id = nextOffer();
      rows.offers.push({ id, request_id: requestId, district_id: districtId, place: null, ...offered });
      return id;
    };

    ask({
      person_id: nth(visitors, 0).id,
      type_code: 'URGENT_RECEPTION',
      urgency: 'TODAY',
      asked_by: 'PARTNER',
      asked_at: at(-1, 16 * 60 + 40),
      duty_worker_id: onDuty,
    });
    const theirs = cases.find((of) => isOpenWith(of, district, away ?? nth(present, 1)));
    const followed = ask({
      person_id: theirs?.persons[0]?.id ?? nth(visitors, 2).id,
      case_id: theirs?.id ?? null,
      case_worker_only: theirs !== undefined,
      type_code: 'FOLLOW_UP',
      urgency: 'THIS_WEEK',
      asked_by: 'PERSON',
      asked_at: at(-6, 10 * 60),
      mode: 'ON_SITE',
    });
    // A person who follows their case online comes first.
    const ahead = booked
      .filter(
        ({ row }) =>
          row['district_id'] === districtId &&
          row['type_code'] === 'FOLLOW_UP' &&
          row['status'] === 'BOOKED' &&
          row['case_id'] !== null &&
          String(row['starts_at']) > calendar.instant(3, 0),
      )
      .sort((one, other) => Number(other.showOnline) - Number(one.showOnline))[0];
    if (ahead !== undefined)
      ask({
        person_id: ahead.personId,
        case_id: ahead.row['case_id'] ?? null,
        type_code: 'FOLLOW_UP',
        asked_by: 'PERSON',
        asked_at: at(-4, 11 * 60),
        appointment_id: ahead.row['id'] ?? null,
        show_online: ahead.showOnline,
      });
    // The result of the request: a past appointment, booked on the day on which the second offer was accepted.
    const came = booked.findLast(
      ({ row }) =>
        row['district_id'] === districtId &&
        row['type_code'] === 'FIRST_RECEPTION' &&
        row['status'] === 'HONOURED' &&
        row['case_id'] === null,
    );
    const bookedAt = Date.parse(String(came?.row['booked_at'] ?? at(-10, 15 * 60)));
    const before = (milliseconds: number): string => new Date(bookedAt - milliseconds).toISOString();
    const patient = ask({
      person_id: nth(visitors, 1).id,
      type_code: 'FIRST_RECEPTION',
      asked_by: 'RELATIVE',
      asked_at: before(9 * DAY),
      wanted_from: calendar.date(3),
      wanted_until: calendar.date(50),
    });
    if (came !== undefined) {
      const { row, personId, workerId } = came;
      const times = { starts_at: String(row['starts_at']), ends_at: String(row['ends_at']) };
      const request = ask({
        person_id: personId,
        type_code: 'FIRST_RECEPTION',
        asked_by: 'PERSON',
        asked_at: before(7 * DAY),
        status: 'BOOKED',
        closed_at: before(0),
        appointment_id: row['id'] ?? null,
        version: 2,
      });
      offer(request, {
        worker_id: onDuty,
        mode: 'ON_SITE',
        ...anHourSooner(times),
        channel: 'NEUTRAL_TEXT',
        offered_at: before(3 * DAY),
        answer_by: before(2 * DAY),
        status: 'DECLINED',
        answered_at: before(2 * DAY + 3 * HOUR),
        told_at: before(3 * DAY - HOUR),
        version: 3,
      });
      const accepted = offer(request, {
        worker_id: workerId,
        mode: row['mode'] ?? 'ON_SITE',
        ...times,
        channel: 'VOICE_TO_ME_ONLY',
        offered_at: before(3 * HOUR),
        answer_by: before(-HOUR),
        status: 'ACCEPTED',
        answered_at: before(0),
        told_at: before(2 * HOUR),
        version: 3,
      });
      rows.skips.push({
        id: nextSkip(),
        offer_id: accepted,
        request_id: patient,
        reason: 'NOT_WANTED_THEN',
        skipped_at: before(3 * HOUR),
      });
    }
    const withdrawn = ask({
      person_id: nth(visitors, 3).id,
      type_code: 'FOLLOW_UP',
      asked_at: at(-5, 9 * 60 + 20),
      status: 'WITHDRAWN',
      closed_at: at(-1, 14 * 60),
      duty_worker_id: onDuty,
      version: 2,
    });
    const expired = offer(withdrawn, {
      worker_id: onDuty,
      mode: 'PHONE',
      starts_at: at(4, 10 * 60),
      ends_at: at(4, 10 * 60 + 45),
      channel: 'VOICE_TO_ME_ONLY',
      offered_at: at(-5, 9 * 60 + 30),
      answer_by: at(-4, 12 * 60),
      status: 'EXPIRED',
      answered_at: null,
      told_at: at(-5, 11 * 60),
      version: 3,
    });
    rows.skips.push({
      id: nextSkip(),
      offer_id: expired,
      request_id: followed,
      reason: theirs === undefined ? 'OTHER_MODE' : 'OTHER_WORKER',
      skipped_at: at(-5, 9 * 60 + 30),
    });
    ask({
      person_id: nth(visitors, 4).id,
      type_code: 'PHONE_CALL',
      mode: 'PHONE',
      asked_by: 'PERSON',
      asked_at: at(-40, 10 * 60 + 15),
      wanted_until: calendar.date(-10),
      status: 'LAPSED',
      closed_at: calendar.instant(-10, 5 * 60),
      version: 2,
    });
  }
  return rows;
}

/** The values of a request where nothing else is said. */
const UNSAID: Row = {
  case_id: null,
  mode: null,
  urgency: 'ORDINARY',
  status: 'WAITING',
  asked_by: null,
  closed_at: null,
  wanted_from: null,
  wanted_until: null,
  case_worker_only: false,
  duty_worker_id: null,
  appointment_id: null,
  show_online: false,
  version: 1,
};

/** True for an open case of this district that this worker follows, of persons whose file is not sensitive. */
function isOpenWith(
  { district, closedOn, spells, persons }: SeedCase,
  wanted: string,
  subject: string,
): boolean {
  const spell = spells.at(-1);
  return (
    district === wanted &&
    closedOn === null &&
    spell?.until === null &&
    spell.subject === subject &&
    persons.every(({ row }) => row['sensitive_file'] === false)
  );
}

/** Returns the appointments of one person and one worker, in the order of the agenda. */
function bookedAlone({ appointments, appointmentPersons }: AgendaRows): Booked[] {
  const persons = new Map<unknown, Row[]>();
  for (const row of appointmentPersons)
    persons.set(row['appointment_id'], [...(persons.get(row['appointment_id']) ?? []), row]);
  return appointments.flatMap((row): Booked[] => {
    const of = persons.get(row['id']) ?? [];
    const workerIds = row['worker_ids'] as readonly string[];
    const [person, workerId] = [of[0], workerIds[0]];
    if (of.length !== 1 || workerIds.length !== 1 || person === undefined || workerId === undefined)
      return [];
    return [
      { row, personId: String(person['person_id']), workerId, showOnline: person['show_online'] === true },
    ];
  });
}

function anHourSooner(times: { readonly starts_at: string; readonly ends_at: string }): Row {
  const sooner = (at: string): string => new Date(Date.parse(at) - HOUR).toISOString();
  return { starts_at: sooner(times.starts_at), ends_at: sooner(times.ends_at) };
}

function nth<T>(items: readonly T[], index: number): T {
  const item = items[index % Math.max(items.length, 1)];
  if (item === undefined) throw new Error('nobody is there to wait, or to receive them');
  return item;
}
