import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { DEMO_CLIENTS } from '../../src/auth/logins.js';
import type { Calendar } from './calendar.js';
import { FAMILY_NAMES, GIVEN_NAMES } from './content/people.js';
import { createRandom } from './content/random.js';
import { makeIds, type Row } from './rows.js';
import { type Away, arrivalDay, type SeedDistrict, type Shape } from './shape.js';

/** The names of the demo logins, in agreement with how `logins.ts` describes them. */
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
  adviser2: ['Mathieu', 'Garnier'],
};

export interface Directory {
  /** Returns a district as its reference describes it. */
  district(slug: string): SeedDistrict;
  districtId(slug: string): string;
  /** Returns the worker's id. */
  workerId(subject: string): string;
  /** Returns the subjects of the district's present social workers. */
  socialWorkers(slug: string): readonly string[];
  receptionists(slug: string): readonly string[];
  /** Returns the day on which a worker who came from another district began in this one; null for anyone else. */
  arrivedOn(subject: string): number | null;
  /** Returns the absence of the worker; null if there is none. */
  absence(subject: string): Away | null;
  /** True if the worker is in the district on this weekday (ISO 8601). Some workers share their week between two districts. */
  isThere(subject: string, slug: string, weekday: number): boolean;
  readonly districts: readonly Row[];
  readonly openingHours: readonly Row[];
  readonly places: readonly Row[];
  readonly sectors: readonly Row[];
  readonly workers: readonly Row[];
  readonly memberships: readonly Row[];
  readonly clients: readonly Row[];
  readonly absences: readonly Row[];
  readonly relays: readonly Row[];
}

export function makeDirectory(calendar: Calendar, shape: Shape): Directory {
  const nextDistrict = makeIds('district');
  const districtIds = new Map(shape.districts.map(({ slug }) => [slug, nextDistrict()]));
  const workers = makeWorkers(calendar, shape);
  const ids = new Map(workers.map(({ id, subject }) => [subject, id]));
  const districts = new Map(shape.districts.map((district) => [district.slug, district]));
  const absences = new Map(shape.absences.map((absence) => [absence.subject, absence]));
  const arrivals = new Map(
    shape.departures.filter(({ to }) => to !== null).map((move) => [move.subject, arrivalDay(move)]),
  );
  const shared = new Map(shape.shared.map((worker) => [worker.subject, worker]));
  const districtId = (slug: string): string => known(districtIds, slug);
  const workerId = (subject: string): string => known(ids, subject);
  return {
    district: (slug) => known(districts, slug),
    districtId,
    workerId,
    socialWorkers: (slug) => known(shape.teams, slug).SOCIAL_WORKER,
    receptionists: (slug) => known(shape.teams, slug).RECEPTIONIST,
    arrivedOn: (subject) => arrivals.get(subject) ?? null,
    absence: (subject) => absences.get(subject) ?? null,
    isThere: (subject, slug, weekday) => {
      const both = shared.get(subject);
      return both === undefined || slug === (weekday <= 3 ? both.early : both.late);
    },
    ...makePlaces(shape, districtId),
    workers,
    memberships: makeMemberships(calendar, shape, districtId, workerId),
    clients: makeClients(),
    ...makeAbsences(calendar, shape, districtId, workerId),
  };
}

function known<T>(things: ReadonlyMap<string, T>, name: string): T {
  const found = things.get(name);
  if (found === undefined) throw new Error(`nothing is known of ${name}`);
  return found;
}

/** The other place where each district receives. */
export const TOWN_HALL = 'Permanence en mairie';

function makePlaces(
  { districts }: Shape,
  districtId: Directory['districtId'],
): Pick<Directory, 'districts' | 'openingHours' | 'places' | 'sectors'> {
  const nextHours = makeIds('opening-hours');
  const nextSector = makeIds('sector');
  const references = districts.map((district) => ({ id: districtId(district.slug), ...district }));
  return {
    districts: references.map((district) => ({
      id: district.id,
      slug: district.slug,
      name: district.name,
      address_line: district.addressLine,
      postal_code: district.postalCode,
      commune_code: district.communeInseeCode,
      phone: district.phone,
      switched_on_on: district.switchedOnOn,
      staff_opinion: district.staffOpinion,
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
    places: references.map(({ id }) => ({ district_id: id, place: TOWN_HALL })),
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

function makeWorkers(
  calendar: Calendar,
  { districts, teams, countyRoles, departures }: Shape,
): (Row & { readonly id: string; readonly subject: string })[] {
  const nextId = makeIds('worker');
  const random = createRandom('cosmos:workers');
  const subjects = new Set([
    ...districts.flatMap(({ slug }) => Object.values(known(teams, slug)).flat()),
    ...Object.keys(countyRoles),
    ...departures.map(({ subject }) => subject),
  ]);
  const gone = new Map(departures.filter(({ to }) => to === null).map(({ subject, day }) => [subject, day]));
  return [...subjects].map((subject) => {
    const leftOn = gone.get(subject);
    const [given, family] = LOGIN_NAMES[subject] ?? [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES)];
    return {
      id: nextId(),
      issuer: DEVELOPMENT_ISSUER,
      subject,
      given_name: given,
      family_name: family,
      disabled_at: leftOn === undefined ? null : endOf(calendar, leftOn),
    };
  });
}

/** Returns the evening of the last working day before a departure. */
function endOf(calendar: Calendar, day: number): string {
  return calendar.instant(calendar.workingDay(day), 18 * 60);
}

function makeMemberships(
  calendar: Calendar,
  { districts, teams, countyRoles, departures, memberSince }: Shape,
  districtId: Directory['districtId'],
  workerId: Directory['workerId'],
): Row[] {
  const nextId = makeIds('membership');
  const random = createRandom('cosmos:memberships');
  const moves = new Map(departures.filter(({ to }) => to !== null).map((move) => [move.subject, move]));
  // Memberships begin on fixed days long ago, so that everyone in the directory may work on any day of the demonstration.
  const longAgo = (): string => `${random.int(...memberSince)}-09-01T06:00:00Z`;
  const make = (
    subject: string,
    role: string,
    district: string | null,
    startsAt: string,
    endsAt: string | null = null,
  ): Row => ({
    id: nextId(),
    worker_id: workerId(subject),
    district_id: district === null ? null : districtId(district),
    role,
    starts_at: startsAt,
    ends_at: endsAt,
    // Two administrators have said that the worker has gone.
    ended_by_id: endsAt === null ? null : workerId('admin'),
    end_confirmed_by_id: endsAt === null ? null : workerId('admin2'),
    end_confirmed_at: endsAt,
  });
  const startOf = (subject: string, slug: string): string => {
    const move = moves.get(subject);
    return move?.to === slug ? endOf(calendar, move.day) : longAgo();
  };
  return [
    ...districts.flatMap(({ slug }) =>
      Object.entries(known(teams, slug)).flatMap(([role, subjects]: [string, readonly string[]]) =>
        subjects.map((subject) => make(subject, role, slug, startOf(subject, slug))),
      ),
    ),
    ...Object.entries(countyRoles).map(([subject, role]) => make(subject, role, null, longAgo())),
    ...departures.map(({ subject, from, day }) =>
      make(subject, 'SOCIAL_WORKER', from, longAgo(), endOf(calendar, day)),
    ),
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

function makeAbsences(
  calendar: Calendar,
  { absences }: Shape,
  districtId: Directory['districtId'],
  workerId: Directory['workerId'],
): Pick<Directory, 'absences' | 'relays'> {
  const nextAbsence = makeIds('absence');
  const nextRelay = makeIds('relay');
  return {
    absences: absences.map(({ subject, district, from, until }) => ({
      id: nextAbsence(),
      worker_id: workerId(subject),
      district_id: districtId(district),
      starts_at: calendar.instant(from, 8 * 60),
      declared_at: calendar.instant(from, 8 * 60),
      ends_at: calendar.instant(until, 8 * 60),
    })),
    relays: absences.map(({ subject, district, standIn, from, relayFrom, until }) => ({
      id: nextRelay(),
      district_id: districtId(district),
      absent_worker_id: workerId(subject),
      stand_in_id: workerId(standIn),
      opened_at: calendar.instant(from, 8 * 60),
      // An absence that is a day old: `relay_has_its_absence`.
      addresses_from: calendar.instant(from + 1, 8 * 60),
      starts_at: calendar.instant(relayFrom, 8 * 60),
      ends_at: calendar.instant(until, 8 * 60),
    })),
  };
}
