import { LOGINS } from '../../../src/auth/logins.js';
import { rowsOf } from '../../support/county/rows.js';
import { EVERYONE } from '../../support/crawler/county.js';
import { idOf } from '../../support/crawler/md5.js';
import type { TestDatabase } from '../../support/database.js';
import { DAY } from '../../support/days.js';
import { testVault } from '../../support/vault.js';

/** The persons. Rosa and Karim have a case and the child Léo in common. Nadia and Omar have a case in common. Zoe lives in another district. */
export const PERSONS = ['rosa', 'karim', 'leo', 'nadia', 'omar', 'paul', 'zoe', 'vera'] as const;
export type PersonName = (typeof PERSONS)[number];

/** The persons who have an account. They ask, too. */
export const ACCOUNTS = ['rosa', 'karim', 'nadia', 'omar', 'paul'] as const satisfies PersonName[];

/** `follows` has the cases of the couples and of Paul, `second` the others; `clerk` is a second receptionist. */
export const STAFF = { follows: 'SOCIAL_WORKER', second: 'SOCIAL_WORKER', clerk: 'RECEPTIONIST' } as const;

/** All logins that ask, in both counties. */
export const ASKING: readonly string[] = [...EVERYONE, ...Object.keys(STAFF), ...ACCOUNTS];

/** For each case, the worker who follows it, and its persons. */
const CASES = {
  couple: ['follows', ['rosa', 'karim', 'leo']],
  child: ['second', ['karim', 'leo']],
  otherCouple: ['follows', ['nadia', 'omar']],
  paul: ['follows', ['paul']],
  vera: ['second', ['vera']],
} as const satisfies Record<string, readonly [keyof typeof STAFF, readonly PersonName[]]>;
export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as CaseName[];

/** The same row has the same id in both counties. */
export const personId = (name: PersonName): string => idOf(`hiding person ${name}`);
export const caseId = (name: CaseName): string => idOf(`hiding case ${name}`);
export const workerId = (name: keyof typeof STAFF): string => idOf(`hiding worker ${name}`);
export const requestId = (name: PersonName): string => idOf(`hiding request ${name}`);
export const appointmentId = (name: string): string => idOf(`hiding appointment ${name}`);
export const caseReference = (name: CaseName): string => `HDN${CASE_NAMES.indexOf(name)}-K7QF-3M`;
export const personReference = (name: PersonName): string => `P-HDN7QF3${PERSONS.indexOf(name) + 2}`;
export const phoneOf = (name: PersonName): string => `06 39 98 20 0${PERSONS.indexOf(name)}`;
/** A number that a worker enters for somebody whom they follow, to see what happens. */
export const SHARED_PHONE = '06 39 98 30 00';
export const mailOf = (name: PersonName): string => `${name}@exemple.fr`;
export const fullNameOf = (name: PersonName): string => `${given(name)} Cachan`;
const given = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The scopes of a person's front end. */
export const PERSON_SCOPES = LOGINS.find(({ login }) => login === 'person.sevran')?.scopes ?? [];

/** An appointment that stands on the first day. */
export interface Standing {
  readonly name: string;
  readonly persons: readonly PersonName[];
  readonly worker: keyof typeof STAFF;
  /** The number of days after the first day. */
  readonly day: number;
  /** The minutes after midnight, in UTC. */
  readonly minute: number;
  readonly typeCode: string;
  readonly minutes: number;
  readonly caseName?: CaseName;
  readonly place?: string;
}

const HOUR = 60;
/** Appointments stand until this day, which is later than the last day that is played. */
const LAST_DAY = 44;

function* every(
  days: number,
  from: number,
  standing: Omit<Standing, 'name' | 'day'> & { readonly of: string },
): Generator<Standing> {
  const { of, ...rest } = standing;
  for (let day = from; day <= LAST_DAY; day += days) yield { ...rest, name: `${of} ${day}`, day };
}

const RECEPTION = { typeCode: 'FIRST_RECEPTION', minutes: 30 } as const;
const ASSESSMENT = { typeCode: 'SOCIAL_ASSESSMENT', minutes: 60 } as const;

/** The appointments in the agendas of the two workers: hers, his, theirs, the child's. Some are at a place that was typed. */
export const STANDING: readonly Standing[] = [
  ...every(3, 2, { of: 'rosa', persons: ['rosa'], worker: 'second', minute: 8 * HOUR, ...RECEPTION }),
  ...every(3, 1, { of: 'karim', persons: ['karim'], worker: 'second', minute: 8 * HOUR + 30, ...RECEPTION }),
  ...every(4, 4, {
    of: 'couple',
    persons: ['rosa', 'karim'],
    worker: 'follows',
    minute: 9 * HOUR,
    caseName: 'couple',
    ...ASSESSMENT,
  }),
  ...every(5, 3, {
    of: 'child',
    persons: ['karim', 'leo'],
    worker: 'second',
    minute: 10 * HOUR,
    caseName: 'child',
    ...ASSESSMENT,
    place: 'École des Lilas, 2 rue Verte',
  }),
  ...every(6, 5, {
    of: 'placed',
    persons: ['rosa'],
    worker: 'second',
    minute: 11 * HOUR,
    ...RECEPTION,
    place: 'Maison du quartier, 4 place Neuve',
  }),
  ...every(3, 3, { of: 'nadia', persons: ['nadia'], worker: 'second', minute: 13 * HOUR, ...RECEPTION }),
  ...every(3, 3, { of: 'omar', persons: ['omar'], worker: 'second', minute: 13 * HOUR + 30, ...RECEPTION }),
  ...every(3, 2, {
    of: 'paul',
    persons: ['paul'],
    worker: 'follows',
    minute: 13 * HOUR,
    caseName: 'paul',
    ...ASSESSMENT,
  }),
  ...every(4, 3, {
    of: 'vera',
    persons: ['vera'],
    worker: 'second',
    minute: 14 * HOUR + 30,
    caseName: 'vera',
    ...RECEPTION,
  }),
];

/**
 * The persons who wait from the first day: each has waited for so many days, for this type. No hours are open for what Nadia waits for. A time
 * that is held for a hidden person is not free for the others (SECURITY.md says so), and everything else would differ by it.
 */
const WAITING = {
  rosa: [30, 'FIRST_RECEPTION'],
  omar: [29, 'SOCIAL_ASSESSMENT'],
  paul: [28, 'SOCIAL_ASSESSMENT'],
  nadia: [27, 'CALL_BACK'],
  karim: [26, 'SOCIAL_ASSESSMENT'],
  vera: [25, 'RSA_CONTRACT'],
} as const satisfies Partial<Record<PersonName, readonly [number, string]>>;

/**
 * Adds the scene to a county, whose clock stands at the first midnight. Two counties get the same rows, with the same ids.
 * @returns the district
 */
export async function addScene(database: TestDatabase, start: Date): Promise<string> {
  const { sql } = database;
  const make = rowsOf(database);
  await drawNothing(database);
  const [sevran] = await sql<{ id: string }>(`select id from district where slug = 'sevran'`);
  const [gagny] = await sql<{ id: string }>(`select id from district where slug = 'gagny'`);
  if (sevran === undefined || gagny === undefined) throw new Error('the county has no such district');
  const districtId = sevran.id;
  const at = (days: number, minute = 0): string =>
    new Date(start.getTime() + days * DAY + minute * 60_000).toISOString();
  for (const [name, role] of Object.entries(STAFF)) {
    const id = workerId(name as keyof typeof STAFF);
    await make.worker({ id, subject: name, givenName: given(name), familyName: 'Hidings' });
    await make.membership({ id: idOf(`hiding membership ${name}`), workerId: id, districtId, role });
  }
  for (const name of PERSONS) {
    await make.person({
      id: personId(name),
      districtId: name === 'zoe' ? gagny.id : districtId,
      reference: personReference(name),
      givenName: given(name),
      familyName: 'Cachan',
      phone: phoneOf(name),
      email: mailOf(name),
      safeContact: 'NEUTRAL_TEXT',
    });
    await make.personAddress({
      id: idOf(`hiding address ${name}`),
      personId: personId(name),
      line: `${PERSONS.indexOf(name) + 1} rue du Domicile`,
      recordedAt: at(-20),
    });
  }
  for (const subject of ACCOUNTS)
    await make.personAccount({ id: idOf(`hiding account ${subject}`), personId: personId(subject), subject });
  for (const [name, [worker, persons]] of Object.entries(CASES)) {
    const id = caseId(name as CaseName);
    await make.case({ id, reference: caseReference(name as CaseName), districtId, openedAt: at(-60) });
    for (const person of persons) await make.casePerson({ caseId: id, personId: personId(person) });
    await make.assignment({
      id: idOf(`hiding assignment ${name}`),
      caseId: id,
      workerId: workerId(worker),
      startsAt: at(-60),
    });
    await make.caseKey({ caseId: id, ...(await testVault().newCaseKey(id)) });
  }
  for (const name of ['follows', 'second'] as const)
    await openHours(database, workerId(name), districtId, start);
  for (const standing of STANDING) await addStanding(database, standing, districtId, at);
  for (const [name, [days, typeCode]] of Object.entries(WAITING))
    await make.appointmentRequest({
      ...(name === 'paul'
        ? {
            caseId: caseId('paul'),
            caseWorkerOnly: true,
            wantedFrom: at(36).slice(0, 10),
            wantedUntil: at(44).slice(0, 10),
          }
        : {}),
      id: requestId(name as PersonName),
      districtId,
      personId: personId(name as PersonName),
      typeCode,
      askedAt: at(-days),
      rankAt: at(-days),
    });
  return districtId;
}

/** Among equally good times the product draws one, and two counties would draw two different ones. Here it takes the first worker's. */
async function drawNothing({ sql }: TestDatabase): Promise<void> {
  const drawing = await sql<{ definition: string }>(
    `select pg_get_functiondef(oid) as definition from pg_proc
     where pronamespace = 'public'::regnamespace and prokind = 'f' and pg_get_functiondef(oid) like '%random()%'`,
  );
  if (drawing.length === 0) throw new Error('nothing is drawn any more');
  for (const { definition } of drawing) {
    const worker = /\w+(?=\.worker_id)/.exec(definition)?.[0] ?? '';
    await sql(definition.replace(/(?<!gen_)random\(\)/g, `${worker}.worker_id`));
  }
}

/** Opens hours in an agenda on every day of the week, until the last day. */
async function openHours(
  { sql }: TestDatabase,
  worker: string,
  districtId: string,
  start: Date,
): Promise<void> {
  const id = idOf(`hiding hours ${worker}`);
  const day = start.toISOString().slice(0, 10);
  await sql(
    `insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at, recurrence)
     values ($1, $2, $3, '{ON_SITE,PHONE,VIDEO}', $4::date, $4::date + $5::integer, '09:00', '17:00', null)`,
    [id, worker, districtId, day, LAST_DAY],
  );
  await sql(
    `insert into availability_type (availability_id, type_code)
     select $1::uuid, unnest('{FIRST_RECEPTION,SOCIAL_ASSESSMENT,RSA_CONTRACT}'::text[])`,
    [id],
  );
  await sql(
    `insert into availability_occurrence (id, availability_id, starts_at, ends_at)
     select md5($1::text || day)::uuid, $1::uuid, (day::date + time '09:00') at time zone 'Europe/Paris', (day::date + time '17:00') at time zone 'Europe/Paris'
     from generate_series($2::date, $2::date + $3::integer - 1, interval '1 day') day`,
    [id, day, LAST_DAY],
  );
}

async function addStanding(
  database: TestDatabase,
  { name, persons, worker, day, minute, minutes, typeCode, caseName, place }: Standing,
  districtId: string,
  at: (days: number, minute?: number) => string,
): Promise<void> {
  const make = rowsOf(database);
  const id = appointmentId(name);
  await make.appointment({
    id,
    districtId,
    typeCode,
    startsAt: at(day, minute),
    endsAt: at(day, minute + minutes),
    bookedAt: at(-3),
    ...(caseName === undefined ? {} : { caseId: caseId(caseName) }),
    ...(place === undefined ? {} : { place, placeById: workerId(worker) }),
  });
  await make.appointmentWorker({ appointmentId: id, workerId: workerId(worker) });
  await make.occupancy({
    id: idOf(`hiding occupancy ${name}`),
    workerId: workerId(worker),
    districtId,
    appointmentId: id,
    startsAt: at(day, minute),
    endsAt: at(day, minute + minutes),
  });
  for (const person of persons)
    await make.appointmentPerson({ appointmentId: id, personId: personId(person), showOnline: true });
}
