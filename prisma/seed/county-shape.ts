import { DEMO_COUNTY_ROLES } from './demo.js';
import { COUNTY_DISTRICTS } from './reference/county-districts.js';
import type { Away, Departure, Part, Plan, SeedDistrict, Shape, Team } from './shape.js';

/** The size of a county: the number of each thing in it. */
export interface CountyScale {
  /** The number of districts, at most 32. */
  readonly districts: number;
  /** The social workers who are there now: two or more in each district. */
  readonly socialWorkers: number;
  /** All workers, those who left included. */
  readonly workers: number;
  readonly cases: number;
  readonly notes: number;
  readonly appointments: number;
}

/** A French county: 150 cases to a social worker, over three years. */
export const COUNTY_SCALE: CountyScale = {
  districts: 32,
  socialWorkers: 150,
  workers: 500,
  cases: 22_500,
  notes: 200_000,
  appointments: 250_000,
};

/** The days of the appointments: three years, of which twelve weeks are ahead. The last day is not part of it. */
const SPAN = { from: -1_011, until: 84 } as const;

const HISTORY = {
  openedThenTakenOver: [-1_000, -330],
  openedThenClosed: [-1_000, -400],
  openedThenWaiting: [-90, -2],
  opened: [-1_000, -40],
  closed: [-380, -10],
} as const;

/** The Mondays on which districts were switched on, in two waves. */
const SWITCHED_ON = ['2023-03-06', '2023-09-04'];

/** One of Gagny's social workers is also in Saint-Ouen. */
const SHARED = { subject: 'shared.gagny', early: 'gagny', late: 'saint-ouen' } as const;

/** The demo logins, in the teams of their district. */
const LOGINS: Readonly<Record<string, Partial<Team>>> = {
  sevran: {
    SOCIAL_WORKER: ['worker.sevran', 'worker2.sevran'],
    RECEPTIONIST: ['reception.sevran'],
    DISTRICT_HEAD: ['head.sevran'],
    TRAINEE: ['trainee.sevran'],
  },
  gagny: {
    SOCIAL_WORKER: ['worker.gagny', SHARED.subject],
    RECEPTIONIST: ['reception.gagny'],
    DISTRICT_HEAD: ['head.gagny'],
  },
};

/**
 * The shares of the cases: of all cases, those without a worker; of a worker's cases, those that were taken over or closed. All other cases
 * are open, and were the worker's from the start.
 */
const SHARES = {
  waiting: 0.027,
  closed: 0.25,
  fromDeparted: 0.04,
  handedOver: 0.03,
  offered: 0.015,
  withoutHandover: 0.025,
} as const;
const ADVISERS = 7;
const TRAINEES_PER_DISTRICT = 0.6;
const WITHOUT_CASE = 0.28;
const SENSITIVE_EVERY = 50;

/**
 * Makes the shape of a county of any size. It has as many parts as districts: those of the demonstration with their logins, and others.
 * @throws RangeError if the figures do not go together
 */
export function countyShape(scale: CountyScale): Shape {
  if (scale.districts < 3 || scale.districts > COUNTY_DISTRICTS.length)
    throw new RangeError(`a county has 3 to ${COUNTY_DISTRICTS.length} districts`);
  if (scale.socialWorkers < 2 * scale.districts)
    throw new RangeError('a district has at least two social workers');
  const districts = COUNTY_DISTRICTS.slice(0, scale.districts).map(
    (district, index): SeedDistrict => ({
      ...district,
      switchedOnOn: SWITCHED_ON[index % SWITCHED_ON.length] ?? '',
      staffOpinion: 'Avis favorable du comité social territorial, séance du 12 janvier 2023',
    }),
  );
  const slugs = districts.map(({ slug }) => slug);
  const departures = slugs.map(
    (from, index): Departure => ({
      subject: `gone.${from}`,
      from,
      to: null,
      day: -40 - ((index * 37) % 280),
    }),
  );
  const countyRoles = {
    ...DEMO_COUNTY_ROLES,
    ...Object.fromEntries(
      Array.from({ length: Math.min(ADVISERS, scale.districts - 3) }, (_, index) => [
        `adviser-${two(index + 2)}`,
        'TECHNICAL_ADVISER',
      ]),
    ),
  };
  const teams = makeTeams(scale, slugs, Object.keys(countyRoles).length);
  return {
    districts,
    teams,
    countyRoles,
    departures,
    absences: slugs
      .filter((_, index) => index % 2 === 0)
      .flatMap((slug, nth) => makeAbsence(teams, slug, nth)),
    shared: [SHARED],
    memberSince: [2015, 2021],
    parts: makeParts(scale, slugs, teams, departures),
  };
}

/** Shares a whole out over weights, so that the parts are whole numbers and add up. */
function shareOut(whole: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight) => {
    const from = Math.round((whole * before) / all);
    before += weight;
    return Math.round((whole * before) / all) - from;
  });
}

function makeTeams(
  scale: CountyScale,
  slugs: readonly string[],
  ofTheCounty: number,
): ReadonlyMap<string, Team> {
  let agents = 0;
  /** Returns the logins of the district, and as many other subjects as are wanted. */
  const fill = (slug: string, role: keyof Team, count: number): string[] => {
    const logins = LOGINS[slug]?.[role] ?? [];
    const others = Array.from({ length: Math.max(0, count - logins.length) }, () => {
      agents += 1;
      return `agent-${String(agents).padStart(4, '0')}`;
    });
    return [...logins, ...others];
  };
  const even = slugs.map(() => 1);
  const socialWorkers = shareOut(scale.socialWorkers, even);
  const trainees = Math.round(TRAINEES_PER_DISTRICT * slugs.length);
  // Each district has a head, and a worker who left it.
  const desks = scale.workers - scale.socialWorkers - trainees - 2 * slugs.length - ofTheCounty;
  if (desks < slugs.length) throw new RangeError('a district has at least one receptionist');
  const receptionists = shareOut(desks, even);
  return new Map(
    slugs.map((slug, index) => [
      slug,
      {
        SOCIAL_WORKER: [
          ...fill(slug, 'SOCIAL_WORKER', socialWorkers[index] ?? 0),
          ...(slug === SHARED.late ? [SHARED.subject] : []),
        ],
        RECEPTIONIST: fill(slug, 'RECEPTIONIST', receptionists[index] ?? 0),
        DISTRICT_HEAD: fill(slug, 'DISTRICT_HEAD', 1),
        TRAINEE: fill(slug, 'TRAINEE', index < trainees ? 1 : 0),
      },
    ]),
  );
}

/** Makes an absence: a worker of the team is away now, and a colleague stands in. It is no worker whose agenda is shown first. */
function makeAbsence(teams: ReadonlyMap<string, Team>, district: string, nth: number): Away[] {
  const [, standIn, subject] = teams.get(district)?.SOCIAL_WORKER ?? [];
  if (standIn === undefined || subject === undefined) return [];
  const from = -12 - (nth % 8);
  return [{ subject, district, standIn, from, relayFrom: from + 1, until: 23 + nth }];
}

function makeParts(
  scale: CountyScale,
  slugs: readonly string[],
  teams: ReadonlyMap<string, Team>,
  departures: readonly Departure[],
): Part[] {
  const weightOf = (subject: string): number => (subject === SHARED.subject ? 0.5 : 1);
  const weights = slugs.map((slug) =>
    (teams.get(slug)?.SOCIAL_WORKER ?? []).map(weightOf).reduce((sum, weight) => sum + weight, 0),
  );
  const cases = shareOut(scale.cases, weights);
  const notes = shareOut(scale.notes, weights);
  const appointments = shareOut(scale.appointments, weights);
  return slugs.map((slug, index) => {
    const team = teams.get(slug)?.SOCIAL_WORKER ?? [];
    const departure = departures.find(({ from }) => from === slug);
    const ofDistrict = cases[index] ?? 0;
    return {
      name: slug,
      districts: [slug],
      history: HISTORY,
      notes: notes[index] ?? 0,
      appointments: appointments[index] ?? 0,
      span: SPAN,
      caseShare: 0.8,
      rank,
      plans: () => makePlans(team, team.map(weightOf), departure, ofDistrict),
      withoutCase: () => makeFirstContacts(Math.max(4, Math.round(WITHOUT_CASE * ofDistrict))),
    };
  });
}

function makePlans(
  team: readonly string[],
  weights: readonly number[],
  departure: Departure | undefined,
  cases: number,
): Plan[] {
  const departed = departure === undefined ? undefined : { subject: departure.subject, until: departure.day };
  const waiting = Math.ceil(SHARES.waiting * cases);
  const quotas = shareOut(cases - waiting, weights);
  const held = team.flatMap((subject, index) =>
    plansOf(subject, team[(index + 1) % team.length] ?? subject, departed, quotas[index] ?? 0),
  );
  const unassigned = Array.from(
    { length: waiting },
    (_, index): Plan => ({
      subject: null,
      ...(departed !== undefined && index % 2 === 0 ? { previous: departed } : {}),
    }),
  );
  return [...held, ...unassigned].map((plan, index) => ({
    ...plan,
    isSensitive: index % SENSITIVE_EVERY === 7,
  }));
}

/**
 * Plans the cases of a worker: most are the worker's from the start, some were taken over from a worker who left or from a colleague, some
 * are closed.
 */
function plansOf(subject: string, colleague: string, departed: Plan['previous'], count: number): Plan[] {
  const times = (share: number, make: (nth: number) => Plan): Plan[] =>
    Array.from({ length: Math.ceil(share * count) }, (_, nth) => make(nth));
  const taken = (until: number): Plan => ({ subject, previous: { subject: colleague, until } });
  const special = [
    ...times(SHARES.closed, () => ({ subject, isClosed: true })),
    ...times(SHARES.fromDeparted, () =>
      departed === undefined ? { subject } : { subject, previous: departed },
    ),
    ...times(SHARES.handedOver, (nth) => ({ ...taken(-60 - 40 * nth), handover: 'ACCEPTED' })),
    // The day is long enough ago that no worker was away then.
    ...times(SHARES.offered, (nth) => ({ ...taken(-30 - nth), handover: 'PENDING' })),
    ...times(SHARES.withoutHandover, (nth) => taken(-45 - 35 * nth)),
  ].slice(0, Math.max(0, count - 1));
  const ordinary = Array.from({ length: count - special.length }, (_, index) => ({
    subject,
    isOnline: subject === 'worker.sevran' && index === 0,
  }));
  return [...ordinary, ...special];
}

/**
 * Ranks a place in an agenda, so that fewer are taken the further ahead, however many there are. The rank is the draw to the power of one
 * over its weight (Efraimidis, 2006).
 */
function rank(draw: number, day: number): number {
  return draw ** (1 / (day < 0 ? 1 : 1 - (0.6 * day) / SPAN.until));
}

/** Draws the days of the first contacts. Some lie before the first appointment that the seed has; the others come one after the other. */
function makeFirstContacts(count: number): number[] {
  const early = Math.ceil(count / 4);
  return Array.from({ length: count }, (_, nth) =>
    nth < early
      ? SPAN.from - 5 - nth
      : Math.round(SPAN.from + ((-60 - SPAN.from) * (nth - early)) / (count - early)),
  );
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
