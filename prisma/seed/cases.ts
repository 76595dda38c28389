import { makeCaseReference, neverTwice } from '../../src/references.js';
import type { Calendar } from './calendar.js';
import { createRandom, type Random } from './content/random.js';
import { DEPARTURES, DISTRICT_SLUGS, type Directory, type DistrictSlug, MOVED_SINCE } from './directory.js';
import type { PersonWishes, SeedPerson } from './persons.js';
import { NEED_CODES } from './reference/need-codes.js';
import { makeIds, type Row } from './rows.js';

/** A time during which a worker has a case; days, the last left out. */
export interface Spell {
  readonly assignmentId: string;
  readonly subject: string;
  readonly from: number;
  readonly until: number | null;
}

export interface SeedCase {
  readonly id: string;
  readonly reference: string;
  readonly district: DistrictSlug;
  readonly mission: string;
  readonly openedOn: number;
  readonly closedOn: number | null;
  /** In order; the last may be open, the others are not. */
  readonly spells: readonly Spell[];
  readonly handover: 'PENDING' | 'ACCEPTED' | null;
  readonly persons: readonly SeedPerson[];
  readonly needs: readonly Row[];
  readonly needCodes: readonly string[];
  /** Whether its person follows it online: that of the demo login. */
  readonly isOnline: boolean;
}

/** What is decided of a case before anything is drawn. */
interface Plan {
  /** Who has it now; nobody if null. */
  readonly subject: string | null;
  readonly isClosed?: boolean;
  readonly previous?: { readonly subject: string; readonly until: number };
  readonly handover?: 'PENDING' | 'ACCEPTED';
  readonly isOnline?: boolean;
}

const PER_DISTRICT = { open: 65, closed: 15, unassigned: 20 };

/** Those one can log in as have a few more than their share. */
const QUOTAS: Readonly<Record<string, number>> = {
  'worker.sevran': 12,
  'worker2.sevran': 11,
  'worker.gagny': 11,
};

/** Cases taken over from someone: whoever has them now does not read the earlier notes without a handover. */
const TAKEN_OVER: Readonly<Record<DistrictSlug, readonly Plan[]>> = {
  sevran: [
    { subject: 'worker.sevran', previous: { subject: 'worker2.sevran', until: -75 }, handover: 'ACCEPTED' },
    { subject: 'worker.sevran', previous: { subject: 'worker2.sevran', until: -6 }, handover: 'PENDING' },
    { subject: 'worker2.sevran', previous: leftBehind(DEPARTURES.left) },
    { subject: 'agent-01', previous: leftBehind(DEPARTURES.left) },
    { subject: 'agent-02', previous: leftBehind(DEPARTURES.left) },
  ],
  gagny: [
    { subject: 'worker.gagny', previous: leftBehind(DEPARTURES.moved) },
    { subject: 'agent-06', previous: leftBehind(DEPARTURES.moved) },
    { subject: 'agent-07', previous: leftBehind(DEPARTURES.moved) },
  ],
  'saint-ouen': [
    { subject: 'agent-12', previous: { subject: 'agent-13', until: -100 } },
    { subject: 'agent-14', previous: { subject: 'agent-15', until: -60 } },
  ],
};

/** Cases of someone who went, that nobody has taken over yet: how many. */
const LEFT_WAITING: Readonly<Record<DistrictSlug, readonly Plan[]>> = {
  sevran: Array.from({ length: 2 }, () => ({ subject: null, previous: leftBehind(DEPARTURES.left) })),
  gagny: Array.from({ length: 2 }, () => ({ subject: null, previous: leftBehind(DEPARTURES.moved) })),
  'saint-ouen': [],
};

function leftBehind({ subject, day }: { subject: string; day: number }): { subject: string; until: number } {
  return { subject, until: day };
}

const MISSIONS: readonly (readonly [mission: string, share: number, theme: string | null])[] = [
  ['POLYVALENCE', 0.48, null],
  ['RSA', 0.2, 'INSERTION'],
  ['LOGEMENT', 0.16, 'LOGEMENT'],
  ['EVALUATION', 0.08, null],
  ['ENFANCE_FAMILLE', 0.08, 'ENFANCE_FAMILLE'],
];

/** A couple in every fifth case; one person in the others. */
const COUPLE_EVERY = 5;
/** Which case of each district has a file that neither a colleague nor a neighbour must open. */
const SENSITIVE: Readonly<Record<DistrictSlug, readonly number[]>> = {
  sevran: [7, 51],
  gagny: [7, 51],
  'saint-ouen': [7],
};

/** The cases of all districts, with their persons and needs. */
export function makeCases(
  calendar: Calendar,
  directory: Directory,
  makePerson: (wishes: PersonWishes) => SeedPerson,
): SeedCase[] {
  const random = createRandom('cosmos:cases');
  const next = {
    case: makeIds('case'),
    assignment: makeIds('assignment'),
    need: makeIds('need'),
    reference: neverTwice(() => makeCaseReference(random)),
  };
  return DISTRICT_SLUGS.flatMap((district) =>
    makePlans(directory.socialWorkers(district), district).map((plan, index): SeedCase => {
      const id = next.case();
      const days = drawDays(random, calendar, plan);
      const isOnline = plan.isOnline ?? false;
      const first = makePerson({
        district,
        since: days.openedOn,
        isDemoLogin: isOnline,
        sensitiveFile: SENSITIVE[district].includes(index),
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

function makePlans(subjects: readonly string[], district: DistrictSlug): Plan[] {
  const special = TAKEN_OVER[district];
  const quota = new Map(subjects.map((subject) => [subject, QUOTAS[subject] ?? 0]));
  const shared = PER_DISTRICT.open - [...quota.values()].reduce((sum, count) => sum + count, 0);
  const others = subjects.filter((subject) => QUOTAS[subject] === undefined);
  for (let index = 0; index < shared; index++) {
    const subject = at(others, index);
    quota.set(subject, (quota.get(subject) ?? 0) + 1);
  }
  const open = [...quota].flatMap(([subject, count]) => {
    const taken = special.filter((plan) => plan.subject === subject);
    const ordinary = Array.from({ length: count - taken.length }, (_, index) => ({
      subject,
      isOnline: subject === 'worker.sevran' && index === 0,
    }));
    return [...ordinary, ...taken];
  });
  const staying = subjects.filter((subject) => subject !== DEPARTURES.moved.subject);
  const closed = Array.from({ length: PER_DISTRICT.closed }, (_, index) => ({
    subject: at(staying, index),
    isClosed: true,
  }));
  const waiting = LEFT_WAITING[district];
  const never = Array.from({ length: PER_DISTRICT.unassigned - waiting.length }, () => ({ subject: null }));
  return [...open, ...closed, ...waiting, ...never];
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}

type Days = Pick<SeedCase, 'openedOn' | 'closedOn'> & {
  readonly spells: readonly Omit<Spell, 'assignmentId'>[];
};

function drawDays(random: Random, calendar: Calendar, plan: Plan): Days {
  const { subject, previous } = plan;
  const working = (from: number, to: number): number => calendar.workingDay(random.int(from, to));
  const openedOn = plan.isOnline
    ? calendar.workingDay(-200)
    : previous !== undefined
      ? working(-600, -300)
      : plan.isClosed
        ? working(-720, -360)
        : subject === null
          ? working(-60, -2)
          : working(-700, -40);
  const closedOn = plan.isClosed ? working(-200, -10) : null;
  const spells: Days['spells'][number][] = [];
  if (previous !== undefined) {
    const until = calendar.workingDay(previous.until);
    spells.push({ subject: previous.subject, from: calendar.workingDay(openedOn + 4), until });
    if (subject !== null) spells.push({ subject, from: until, until: null });
  } else if (subject !== null) {
    const from = openedOn + random.int(1, 14);
    const since = subject === DEPARTURES.moved.subject ? MOVED_SINCE : from;
    // A case that is closed keeps its worker, who alone reads what they wrote.
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
  readonly district: DistrictSlug;
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
      district_id: directory.districtIds[district],
    };
  });
}

/** The day's hours at which what happens to a case is written down, so that it comes in order within a day. */
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
  /** The first assignment of each case, open; those with an end get it once their notes are in. */
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
      district_id: directory.districtIds[district],
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
        district_id: directory.districtIds[district],
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
