import type { Calendar } from './calendar.js';
import type { Random } from './content/random.js';
import type { Directory } from './directory.js';
import type { PersonWishes, SeedPerson } from './persons.js';
import { NEED_CODES } from './reference/need-codes.js';
import { makeCaseReference, neverTwice } from './references.js';
import { makeIds, type Row, streamOf } from './rows.js';
import type { Part, Plan } from './shape.js';

/** A time during which a worker has a case, in days. The last day is not part of it. */
export interface Spell {
  readonly assignmentId: string;
  readonly subject: string;
  readonly from: number;
  readonly until: number | null;
}

export interface SeedCase {
  readonly id: string;
  readonly reference: string;
  readonly district: string;
  readonly mission: string;
  readonly openedOn: number;
  readonly closedOn: number | null;
  /** The spells in their order. Only the last may be open. */
  readonly spells: readonly Spell[];
  readonly handover: 'PENDING' | 'ACCEPTED' | null;
  readonly persons: readonly SeedPerson[];
  readonly needs: readonly Row[];
  readonly needCodes: readonly string[];
  /** True if the person of the case follows it online: the person of the demo login. */
  readonly isOnline: boolean;
}

const MISSIONS: readonly (readonly [mission: string, share: number, theme: string | null])[] = [
  ['POLYVALENCE', 0.48, null],
  ['RSA', 0.2, 'INSERTION'],
  ['LOGEMENT', 0.16, 'LOGEMENT'],
  ['EVALUATION', 0.08, null],
  ['ENFANCE_FAMILLE', 0.08, 'ENFANCE_FAMILLE'],
];

/** The number of cases among which one is about a couple. The others are about one person. */
const COUPLE_EVERY = 5;
/**
 * Makes the cases of a part's districts, with their persons and needs.
 * @param given references of cases that are taken; the new ones are added
 */
export function makeCases(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  given: Set<string>,
  makePerson: (wishes: PersonWishes) => SeedPerson,
): SeedCase[] {
  const random = streamOf('cases', part.name);
  const next = {
    case: makeIds('case', part.name),
    assignment: makeIds('assignment', part.name),
    need: makeIds('need', part.name),
    reference: neverTwice(() => makeCaseReference(random), given),
  };
  return part.districts.flatMap((district) =>
    part.plans(district).map((plan, index): SeedCase => {
      const id = next.case();
      const days = drawDays(random, calendar, directory, part.history, plan);
      const isOnline = plan.isOnline ?? false;
      const first = makePerson({
        district,
        since: days.openedOn,
        isDemoLogin: isOnline,
        sensitiveFile: plan.isSensitive ?? false,
      });
      const persons =
        index % COUPLE_EVERY === COUPLE_EVERY - 1 && !isOnline
          ? [first, makePerson({ district, since: days.openedOn, partner: first })]
          : [first];
      const [mission, theme] = drawMission(random);
      const needs = drawNeeds(
        random,
        calendar,
        next.need,
        { id, district, theme, persons, ...days },
        directory,
      );
      return {
        id,
        reference: next.reference(),
        district,
        mission,
        openedOn: days.openedOn,
        closedOn: days.closedOn,
        spells: days.spells.map((spell) => ({ assignmentId: next.assignment(), ...spell })),
        handover: plan.handover ?? null,
        persons,
        needs,
        needCodes: needs.map((need) => need['code'] as string),
        isOnline,
      };
    }),
  );
}

type Days = Pick<SeedCase, 'openedOn' | 'closedOn'> & {
  readonly spells: readonly Omit<Spell, 'assignmentId'>[];
};

function drawDays(
  random: Random,
  calendar: Calendar,
  directory: Directory,
  history: Part['history'],
  plan: Plan,
): Days {
  const { subject, previous } = plan;
  const working = (days: readonly [from: number, to: number]): number =>
    calendar.workingDay(random.int(...days));
  const openedOn = plan.isOnline
    ? calendar.workingDay(-200)
    : previous !== undefined
      ? working(history.openedThenTakenOver)
      : plan.isClosed
        ? working(history.openedThenClosed)
        : subject === null
          ? working(history.openedThenWaiting)
          : working(history.opened);
  const closedOn = plan.isClosed ? working(history.closed) : null;
  const spells: Days['spells'][number][] = [];
  if (previous !== undefined) {
    const until = calendar.workingDay(previous.until);
    spells.push({ subject: previous.subject, from: calendar.workingDay(openedOn + 4), until });
    if (subject !== null) spells.push({ subject, from: until, until: null });
  } else if (subject !== null) {
    const from = openedOn + random.int(1, 14);
    const since = directory.arrivedOn(subject) ?? from;
    // A closed case keeps its worker, and only this worker reads the notes that they wrote.
    spells.push({ subject, from: calendar.workingDay(Math.max(from, since)), until: null });
  }
  return { openedOn, closedOn, spells };
}

function drawMission(random: Random): readonly [mission: string, theme: string | null] {
  let share = random.next();
  for (const [mission, part, theme] of MISSIONS) {
    if (share < part) return [mission, theme];
    share -= part;
  }
  return ['POLYVALENCE', null];
}

interface NeedsOf extends Days {
  readonly id: string;
  readonly district: string;
  readonly theme: string | null;
  readonly persons: readonly SeedPerson[];
}

const ENDED_SHARE = 0.25;
const SENSITIVE_SHARE = 0.08;

function drawNeeds(
  random: Random,
  calendar: Calendar,
  nextId: () => string,
  { id, district, theme, persons, openedOn, closedOn }: NeedsOf,
  directory: Directory,
): Row[] {
  const count = random.int(1, 4);
  const codes = new Set<string>();
  while (codes.size < count) {
    const sensitive = random.chance(SENSITIVE_SHARE);
    const pool = NEED_CODES.filter(
      (need) => need.sensitive === sensitive && (codes.size > 0 || theme === null || need.theme === theme),
    );
    if (pool.length > 0) codes.add(random.pick(pool).code);
  }
  const last = closedOn ?? -1;
  return [...codes].map((code, index) => {
    const startsOn = index === 0 ? openedOn : random.int(openedOn, Math.max(openedOn, last - 1));
    const ended = random.chance(ENDED_SHARE)
      ? random.int(startsOn + 1, Math.max(startsOn + 1, last))
      : closedOn;
    return {
      id: nextId(),
      case_id: id,
      person_id: random.chance(0.4) ? null : random.pick(persons).id,
      code,
      starts_on: calendar.date(startsOn),
      ends_on: ended === null ? null : calendar.date(ended),
      district_id: directory.districtId(district),
    };
  });
}

/** The hours of a day at which the events of a case are written down, so that they have an order within the day. */
export const HOURS = {
  opened: 9 * 60,
  assigned: 11 * 60,
  notes: [13 * 60 + 30, 17 * 60],
  closed: 18 * 60,
} as const;

export interface CaseRows {
  readonly cases: readonly Row[];
  readonly casePersons: readonly Row[];
  readonly needs: readonly Row[];
  /** The first assignment of each case, open. An assignment with an end gets it once the notes are inserted. */
  readonly firstAssignments: readonly Row[];
  readonly ends: readonly Row[];
  readonly laterAssignments: readonly Row[];
}

export function makeCaseRows(calendar: Calendar, directory: Directory, cases: readonly SeedCase[]): CaseRows {
  const assignment = (caseId: string, { assignmentId, subject, from }: Spell): Row => ({
    id: assignmentId,
    case_id: caseId,
    worker_id: directory.workerId(subject),
    starts_at: calendar.instant(from, HOURS.assigned),
  });
  return {
    cases: cases.map(({ id, reference, district, mission, openedOn, closedOn }) => ({
      id,
      reference,
      district_id: directory.districtId(district),
      mission,
      status: closedOn === null ? 'OPEN' : 'CLOSED',
      opened_at: calendar.instant(openedOn, HOURS.opened),
      closed_at: closedOn === null ? null : calendar.instant(closedOn, HOURS.closed),
      version: closedOn === null ? 1 : 2,
    })),
    casePersons: cases.flatMap(({ id, district, persons, isOnline }) =>
      persons.map((person) => ({
        case_id: id,
        person_id: person.id,
        show_online: isOnline,
        district_id: directory.districtId(district),
      })),
    ),
    needs: cases.flatMap(({ needs }) => needs),
    firstAssignments: cases.flatMap(({ id, spells }) =>
      spells.slice(0, 1).map((spell) => assignment(id, spell)),
    ),
    ends: cases.flatMap(({ spells }) =>
      spells.flatMap(({ assignmentId, until }) =>
        until === null ? [] : [{ id: assignmentId, ends_at: calendar.instant(until, HOURS.assigned) }],
      ),
    ),
    laterAssignments: cases.flatMap(({ id, spells }) =>
      spells.slice(1).map((spell) => assignment(id, spell)),
    ),
  };
}
