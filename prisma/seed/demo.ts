import { DISTRICTS } from './reference/districts.js';
import type { Away, Departure, Plan, Shape, Team } from './shape.js';

type DemoSlug = 'sevran' | 'gagny' | 'saint-ouen';
type ByDistrict<T> = Readonly<Record<DemoSlug, T>>;

const SLUGS = ['sevran', 'gagny', 'saint-ouen'] as const satisfies readonly DemoSlug[];

/** The workers who left their district. */
const LEFT: Departure = { subject: 'agent-21', from: 'sevran', to: null, day: -90 };
const MOVED: Departure = { subject: 'agent-17', from: 'gagny', to: 'saint-ouen', day: -120 };

const ABSENCE: Away = {
  subject: 'agent-03',
  district: 'sevran',
  standIn: 'worker2.sevran',
  from: -12,
  relayFrom: -11,
  until: 23,
};

const SHARED = { subject: 'agent-11', early: 'gagny', late: 'saint-ouen' } as const;

const TEAMS: ByDistrict<Team> = {
  sevran: {
    SOCIAL_WORKER: ['worker.sevran', 'worker2.sevran', ...agents(1, 5)],
    RECEPTIONIST: ['reception.sevran', 'agent-18'],
    DISTRICT_HEAD: ['head.sevran'],
    TRAINEE: ['trainee.sevran'],
  },
  gagny: {
    SOCIAL_WORKER: ['worker.gagny', ...agents(6, 11)],
    RECEPTIONIST: ['reception.gagny'],
    DISTRICT_HEAD: ['head.gagny'],
    TRAINEE: [],
  },
  'saint-ouen': {
    SOCIAL_WORKER: [...agents(12, 17), SHARED.subject],
    RECEPTIONIST: ['agent-19'],
    DISTRICT_HEAD: ['agent-20'],
    TRAINEE: [],
  },
};

/** The demo logins with a role in the whole county. */
export const DEMO_COUNTY_ROLES = {
  adviser: 'TECHNICAL_ADVISER',
  dpo: 'DATA_PROTECTION_OFFICER',
  admin: 'ADMINISTRATOR',
  admin2: 'ADMINISTRATOR',
  adviser2: 'TECHNICAL_ADVISER',
} as const;

/** The Mondays on which the districts were switched on, in the order of the districts. */
const SWITCHED_ON = ['2025-03-03', '2025-04-07', '2025-05-05'];

const WITHOUT_CASE: ByDistrict<number> = { sevran: 7, gagny: 7, 'saint-ouen': 6 };
const PER_DISTRICT = { open: 65, closed: 15, unassigned: 20 };

/** The number of cases of demo logins, who have a few more than the others. */
const QUOTAS: Readonly<Record<string, number>> = {
  'worker.sevran': 12,
  'worker2.sevran': 11,
  'worker.gagny': 11,
};

/** Cases that were taken over from a worker. The worker who has them now does not read the earlier notes without a handover. */
const TAKEN_OVER: ByDistrict<readonly Plan[]> = {
  sevran: [
    { subject: 'worker.sevran', previous: { subject: 'worker2.sevran', until: -75 }, handover: 'ACCEPTED' },
    { subject: 'worker.sevran', previous: { subject: 'worker2.sevran', until: -6 }, handover: 'PENDING' },
    { subject: 'worker2.sevran', previous: leftBehind(LEFT) },
    { subject: 'agent-01', previous: leftBehind(LEFT) },
    { subject: 'agent-02', previous: leftBehind(LEFT) },
  ],
  gagny: [
    { subject: 'worker.gagny', previous: leftBehind(MOVED) },
    { subject: 'agent-06', previous: leftBehind(MOVED) },
    { subject: 'agent-07', previous: leftBehind(MOVED) },
  ],
  'saint-ouen': [
    { subject: 'agent-12', previous: { subject: 'agent-13', until: -100 } },
    { subject: 'agent-14', previous: { subject: 'agent-15', until: -60 } },
  ],
};

/** The number of cases of a worker who left, which nobody has taken over yet. */
const LEFT_WAITING: ByDistrict<readonly Plan[]> = {
  sevran: Array.from({ length: 2 }, () => ({ subject: null, previous: leftBehind(LEFT) })),
  gagny: Array.from({ length: 2 }, () => ({ subject: null, previous: leftBehind(MOVED) })),
  'saint-ouen': [],
};

/** The cases with a sensitive file, by district. */
const SENSITIVE: ByDistrict<readonly number[]> = { sevran: [7, 51], gagny: [7, 51], 'saint-ouen': [7] };

/** Three districts in one part, small enough for every start of a demonstration. */
export const DEMO: Shape = {
  districts: DISTRICTS.map((district, index) => ({
    ...district,
    switchedOnOn: SWITCHED_ON[index] ?? '',
    staffOpinion: `Avis favorable du comité social territorial, séance du 1${index} février 2025`,
  })),
  teams: new Map(Object.entries(TEAMS)),
  countyRoles: DEMO_COUNTY_ROLES,
  departures: [LEFT, MOVED],
  absences: [ABSENCE],
  shared: [SHARED],
  memberSince: [2018, 2023],
  parts: [
    {
      name: '',
      districts: SLUGS,
      history: {
        openedThenTakenOver: [-600, -300],
        openedThenClosed: [-720, -360],
        openedThenWaiting: [-60, -2],
        opened: [-700, -40],
        closed: [-200, -10],
      },
      notes: 1_200,
      appointments: 3_000,
      span: { from: -56, until: 42 },
      caseShare: 0.64,
      rank: (draw, day) => draw * (day < 0 ? 1 : 1 - (0.6 * day) / 42),
      plans: (district) => makePlans(district as DemoSlug),
      withoutCase: (district) =>
        Array.from({ length: WITHOUT_CASE[district as DemoSlug] }, (_, nth) => -60 - 10 * nth),
    },
  ],
};

function leftBehind({ subject, day }: Departure): { subject: string; until: number } {
  return { subject, until: day };
}

function agents(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `agent-${String(first + index).padStart(2, '0')}`,
  );
}

function makePlans(district: DemoSlug): Plan[] {
  const subjects = TEAMS[district].SOCIAL_WORKER;
  const special = TAKEN_OVER[district];
  const quota = new Map(subjects.map((subject) => [subject, QUOTAS[subject] ?? 0]));
  const shared = PER_DISTRICT.open - [...quota.values()].reduce((sum, count) => sum + count, 0);
  const others = subjects.filter((subject) => QUOTAS[subject] === undefined);
  for (let index = 0; index < shared; index++) {
    const subject = at(others, index);
    quota.set(subject, (quota.get(subject) ?? 0) + 1);
  }
  const open = [...quota].flatMap(([subject, count]): Plan[] => {
    const taken = special.filter((plan) => plan.subject === subject);
    const ordinary = Array.from({ length: count - taken.length }, (_, index) => ({
      subject,
      isOnline: subject === 'worker.sevran' && index === 0,
    }));
    return [...ordinary, ...taken];
  });
  const staying = subjects.filter((subject) => subject !== MOVED.subject);
  const closed = Array.from({ length: PER_DISTRICT.closed }, (_, index) => ({
    subject: at(staying, index),
    isClosed: true,
  }));
  const waiting = LEFT_WAITING[district];
  const never = Array.from({ length: PER_DISTRICT.unassigned - waiting.length }, () => ({ subject: null }));
  return [...open, ...closed, ...waiting, ...never].map((plan, index) => ({
    ...plan,
    isSensitive: SENSITIVE[district].includes(index),
  }));
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
