import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { DEMO_CLIENTS } from '../../src/auth/logins.js';
import type { Calendar } from './calendar.js';
import { FAMILY_NAMES, GIVEN_NAMES } from './content/people.js';
import { createRandom } from './content/random.js';
import { DISTRICTS, type DistrictReference } from './reference/districts.js';
import { makeIds, type Row } from './rows.js';

export type DistrictSlug = 'sevran' | 'gagny' | 'saint-ouen';

/** When two workers left their district: their cases were taken over, or still wait. */
export const DEPARTURES = {
  left: { subject: 'agent-21', day: -90 },
  moved: { subject: 'agent-17', day: -120 },
};

/** From when on the one who moved works in the new district: a few days later, whatever the bank holidays. */
export const MOVED_SINCE = DEPARTURES.moved.day + 6;

/** An absence with a relay in force, in Sevran; days, the last left out. */
export const ABSENCE = {
  subject: 'agent-03',
  standIn: 'worker2.sevran',
  from: -12,
  relayFrom: -11,
  until: 23,
};

/** Who is in two districts: the first three weekdays in one, the last two in the other. */
export const SHARED = { subject: 'agent-11', early: 'gagny', late: 'saint-ouen' } as const;

interface Team {
  readonly SOCIAL_WORKER: readonly string[];
  readonly RECEPTIONIST: readonly string[];
  readonly DISTRICT_HEAD: readonly string[];
  readonly TRAINEE: readonly string[];
}

const TEAMS: Readonly<Record<DistrictSlug, Team>> = {
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

const COUNTY_ROLES = {
  adviser: 'TECHNICAL_ADVISER',
  dpo: 'DATA_PROTECTION_OFFICER',
  admin: 'ADMINISTRATOR',
  admin2: 'ADMINISTRATOR',
} as const;

/** Names of those one can log in as, in agreement with how `logins.ts` describes them. */
const LOGIN_NAMES: Readonly<Record<string, readonly [given: string, family: string]>> = {
  'reception.sevran': ['Nadia', 'Ferreira'],
  'worker.sevran': ['Claire', 'Diallo'],
  'worker2.sevran': ['Karim', 'Lefebvre'],
  'head.sevran': ['Hélène', 'Traoré'],
  'worker.gagny': ['Samuel', 'Moreau'],
  'reception.gagny': ['Sophie', 'Sissoko'],
  'head.gagny': ['Philippe', 'Nguyen'],
  adviser: ['Isabelle', 'Konaté'],
  'trainee.sevran': ['Théo', 'Benali'],
  dpo: ['Catherine', 'Roux'],
  admin: ['Laura', 'Pereira'],
  admin2: ['Olivier', 'Haddad'],
};

/** Mondays, in the order of the districts. */
const SWITCHED_ON = ['2025-03-03', '2025-04-07', '2025-05-05'];

export interface Directory {
  readonly districtIds: Readonly<Record<DistrictSlug, string>>;
  /** The worker's id. */
  workerId(subject: string): string;
  /** Subjects of those who are social workers of the district now. */
  socialWorkers(slug: DistrictSlug): readonly string[];
  receptionists(slug: DistrictSlug): readonly string[];
  readonly districts: readonly Row[];
  readonly openingHours: readonly Row[];
  readonly sectors: readonly Row[];
  readonly workers: readonly Row[];
  readonly memberships: readonly Row[];
  readonly clients: readonly Row[];
  readonly absences: readonly Row[];
  readonly relays: readonly Row[];
}

export const DISTRICT_SLUGS = ['sevran', 'gagny', 'saint-ouen'] as const satisfies readonly DistrictSlug[];

export function districtReference(slug: DistrictSlug): DistrictReference {
  const found = DISTRICTS.find((district) => district.slug === slug);
  if (found === undefined) throw new Error(`no district ${slug}`);
  return found;
}

export function makeDirectory(calendar: Calendar): Directory {
  const nextDistrict = makeIds('district');
  const districtIds = {
    sevran: nextDistrict(),
    gagny: nextDistrict(),
    'saint-ouen': nextDistrict(),
  };
  const workers = makeWorkers(calendar);
  const ids = new Map(workers.map(({ id, subject }) => [subject, id]));
  const workerId = (subject: string): string => {
    const id = ids.get(subject);
    if (id === undefined) throw new Error(`no worker ${subject}`);
    return id;
  };
  return {
    districtIds,
    workerId,
    socialWorkers: (slug) => TEAMS[slug].SOCIAL_WORKER,
    receptionists: (slug) => TEAMS[slug].RECEPTIONIST,
    ...makePlaces(districtIds),
    workers,
    memberships: makeMemberships(calendar, districtIds, workerId),
    clients: makeClients(),
    ...makeAbsence(calendar, districtIds.sevran, workerId),
  };
}

function agents(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `agent-${String(first + index).padStart(2, '0')}`,
  );
}

function makePlaces(
  districtIds: Directory['districtIds'],
): Pick<Directory, 'districts' | 'openingHours' | 'sectors'> {
  const nextHours = makeIds('opening-hours');
  const nextSector = makeIds('sector');
  const references = DISTRICT_SLUGS.map((slug) => ({ id: districtIds[slug], ...districtReference(slug) }));
  return {
    districts: references.map((district, index) => ({
      id: district.id,
      slug: district.slug,
      name: district.name,
      address_line: district.addressLine,
      postal_code: district.postalCode,
      commune_code: district.communeInseeCode,
      phone: district.phone,
      switched_on_on: SWITCHED_ON[index] ?? null,
      staff_opinion: `Avis favorable du comité social territorial, séance du 1${index} février 2025`,
    })),
    openingHours: references.flatMap(({ id, openingHours }) =>
      openingHours.map(({ weekday, opens, closes }) => ({
        id: nextHours(),
        district_id: id,
        weekday,
        opens_at: opens,
        closes_at: closes,
      })),
    ),
    sectors: references.flatMap(({ id, servedInseeCodes }) =>
      servedInseeCodes.map((code) => ({
        id: nextSector(),
        district_id: id,
        commune_code: code,
        valid_from: '2024-01-01',
      })),
    ),
  };
}

function makeWorkers(calendar: Calendar): (Row & { readonly id: string; readonly subject: string })[] {
  const nextId = makeIds('worker');
  const random = createRandom('cosmos:workers');
  const subjects = new Set([
    ...DISTRICT_SLUGS.flatMap((slug) => Object.values(TEAMS[slug]).flat()),
    ...Object.keys(COUNTY_ROLES),
    DEPARTURES.left.subject,
  ]);
  return [...subjects].map((subject) => {
    const [given, family] = LOGIN_NAMES[subject] ?? [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES)];
    return {
      id: nextId(),
      issuer: DEVELOPMENT_ISSUER,
      subject,
      given_name: given,
      family_name: family,
      disabled_at: subject === DEPARTURES.left.subject ? endOf(calendar, DEPARTURES.left.day) : null,
    };
  });
}

/** The evening of a departure's last working day. */
function endOf(calendar: Calendar, day: number): string {
  return calendar.instant(calendar.workingDay(day), 18 * 60);
}

function makeMemberships(
  calendar: Calendar,
  districtIds: Directory['districtIds'],
  workerId: Directory['workerId'],
): Row[] {
  const nextId = makeIds('membership');
  const random = createRandom('cosmos:memberships');
  const { left, moved } = DEPARTURES;
  // On fixed days long gone, so that whoever is in the directory may work whatever the day of the demonstration.
  const longAgo = (): string => `${random.int(2018, 2023)}-09-01T06:00:00Z`;
  const make = (
    subject: string,
    role: string,
    district: DistrictSlug | null,
    startsAt: string,
    endsAt: string | null = null,
  ): Row => ({
    id: nextId(),
    worker_id: workerId(subject),
    district_id: district === null ? null : districtIds[district],
    role,
    starts_at: startsAt,
    ends_at: endsAt,
  });
  return [
    ...DISTRICT_SLUGS.flatMap((slug) =>
      Object.entries(TEAMS[slug]).flatMap(([role, subjects]: [string, readonly string[]]) =>
        subjects.map((subject) =>
          make(subject, role, slug, subject === moved.subject ? endOf(calendar, moved.day) : longAgo()),
        ),
      ),
    ),
    ...Object.entries(COUNTY_ROLES).map(([subject, role]) => make(subject, role, null, longAgo())),
    make(left.subject, 'SOCIAL_WORKER', 'sevran', longAgo(), endOf(calendar, left.day)),
    make(moved.subject, 'SOCIAL_WORKER', 'gagny', longAgo(), endOf(calendar, moved.day)),
  ];
}

function makeClients(): Row[] {
  const nextId = makeIds('client');
  return DEMO_CLIENTS.map(({ clientId, kind, name, scopes }) => ({
    id: nextId(),
    issuer: DEVELOPMENT_ISSUER,
    client_id: clientId,
    kind,
    name,
    scopes,
  }));
}

function makeAbsence(
  calendar: Calendar,
  districtId: string,
  workerId: Directory['workerId'],
): Pick<Directory, 'absences' | 'relays'> {
  const { subject, standIn, from, relayFrom, until } = ABSENCE;
  return {
    absences: [
      {
        id: makeIds('absence')(),
        worker_id: workerId(subject),
        district_id: districtId,
        starts_at: calendar.instant(from, 8 * 60),
        declared_at: calendar.instant(from, 8 * 60),
        ends_at: calendar.instant(until, 8 * 60),
      },
    ],
    relays: [
      {
        id: makeIds('relay')(),
        district_id: districtId,
        absent_worker_id: workerId(subject),
        stand_in_id: workerId(standIn),
        starts_at: calendar.instant(relayFrom, 8 * 60),
        ends_at: calendar.instant(until, 8 * 60),
      },
    ],
  };
}
