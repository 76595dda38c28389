import { randomUUID } from 'node:crypto';
import type { Role, SafeContact } from '../../prisma/generated/enums.js';
import { makeReferenceRows } from '../../prisma/seed/reference-rows.js';
import { makeCaseReference, makePersonReference } from '../../prisma/seed/references.js';
import { DEMO_CLIENTS } from '../../src/auth/logins.js';
import { type Rows, rowsOf } from './county/rows.js';
import type { TestDatabase } from './database.js';
import { SECURE_DRAW } from './draw.js';
import { together } from './together.js';
import { testVault } from './vault.js';

/** A county that a test says in verbs: `county(db).district('Sevran').worker('alice').case().note('…')`. */
export interface CountyBuilder {
  district(name: string): DistrictBuilder;
}

export interface DistrictBuilder extends PromiseLike<{ id: string }> {
  /** A worker, whose subject in tokens is the name given. */
  worker(name: string, role?: Role): WorkerBuilder;
  receptionist(name: string): WorkerBuilder;
  head(name: string): WorkerBuilder;
  /** An unassigned case about one person. */
  case(): CaseBuilder;
  person(names?: {
    givenName?: string;
    familyName?: string;
    phone?: string;
    safeContact?: SafeContact;
    birthDate?: string;
    sensitiveFile?: boolean;
  }): Promise<{ id: string; reference: string }>;
}

export interface WorkerBuilder extends PromiseLike<{ id: string }> {
  /** A case assigned to this worker. */
  case(): CaseBuilder;
  /** Hours in their agenda: all types that need no option of the team, on working days of the eight weeks to come, unless said otherwise. */
  open(hours?: Hours): WorkerBuilder;
}

/** Local wall time; days are `YYYY-MM-DD`, the last left out. */
export interface Hours {
  readonly opensAt?: string;
  readonly closesAt?: string;
  readonly from?: string;
  readonly until?: string;
  /** ISO 8601: 1 is Monday. */
  readonly weekdays?: readonly number[];
  readonly types?: readonly string[];
  readonly modes?: readonly string[];
}

/** Opens hours in an agenda, as the database keeps them; public holidays are left out. */
export async function openHours(
  database: TestDatabase,
  workerId: string,
  districtId: string,
  hours: Hours = {},
): Promise<{ id: string }> {
  const id = randomUUID();
  const {
    opensAt = '09:00',
    closesAt = '17:00',
    from = new Date().toISOString().slice(0, 10),
    until = new Date(Date.now() + 56 * 86_400_000).toISOString().slice(0, 10),
    weekdays = [1, 2, 3, 4, 5],
    modes = ['ON_SITE', 'PHONE', 'VIDEO', 'HOME'],
  } = hours;
  await database.sql(
    `insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at, recurrence)
      values ($1, $2, $3, $4::text[]::"AppointmentMode"[], $5, $6, $7, $8, null)`,
    [id, workerId, districtId, modes, from, until, opensAt, closesAt],
  );
  await database.sql(
    `insert into availability_type (availability_id, type_code)
      select $1, code from appointment_type where case when $2::text[] is null then option is null else code = any ($2) end`,
    [id, hours.types ?? null],
  );
  await database.sql(
    `insert into availability_occurrence (availability_id, starts_at, ends_at)
      select $1, (day::date + $2::time) at time zone 'Europe/Paris', (day::date + $3::time) at time zone 'Europe/Paris'
      from generate_series($4::date, $5::date - 1, interval '1 day') day
      where extract(isodow from day) = any ($6::integer[])
        and not exists (select from public_holiday p where p.day = day.day::date)`,
    [id, opensAt, closesAt, from, until, weekdays],
  );
  return { id };
}

export interface CaseBuilder extends PromiseLike<BuiltCase> {
  /** A final note by the assigned worker. */
  note(text: string): CaseBuilder;
}

export interface BuiltCase {
  readonly id: string;
  readonly reference: string;
  readonly personId: string;
  readonly noteIds: readonly string[];
}

export async function county(database: TestDatabase): Promise<CountyBuilder> {
  const { insert } = together(database);
  const make = rowsOf(database, insert);
  const reference = makeReferenceRows();
  const tables = [
    ['commune', reference.communes],
    ['public_holiday', reference.holidays],
    ['need_code', reference.needCodes],
    ['appointment_type', reference.appointmentTypes],
    ['privacy_notice', reference.privacyNotices],
  ] as const;
  await Promise.all([
    ...tables.flatMap(([table, all]) => all.map((row) => insert(table, row))),
    ...DEMO_CLIENTS.map(({ clientId, kind, name, scopes }) =>
      make.client({ clientId, kind, name, scopes: [...scopes] }),
    ),
  ]);
  return { district: (name) => buildDistrict(database, make, name) };
}

function buildDistrict(database: TestDatabase, make: Rows, name: string): DistrictBuilder {
  const made = (async () => {
    const id = await make.district({ slug: name.toLowerCase(), name });
    await Promise.all([1, 2, 3, 4, 5].map((weekday) => make.openingHours({ districtId: id, weekday })));
    return { id };
  })();
  const worker: DistrictBuilder['worker'] = (subject, role = 'SOCIAL_WORKER') => {
    const ready = made.then(async ({ id: districtId }) => {
      const id = await make.worker({ subject, givenName: subject, familyName: name });
      await make.membership({ workerId: id, districtId, role });
      return { id };
    });
    const opened: Promise<unknown>[] = [];
    const builder: WorkerBuilder = {
      // biome-ignore lint/suspicious/noThenProperty: a builder is awaited for what it made, or goes on with the next verb.
      then: (...args) =>
        Promise.all(opened)
          .then(() => ready)
          .then(...args),
      case: () => buildCase(database, make, made, ready),
      open: (hours) => {
        opened.push(
          Promise.all([ready, made]).then(([{ id }, district]) =>
            openHours(database, id, district.id, hours),
          ),
        );
        return builder;
      },
    };
    return builder;
  };
  const person: DistrictBuilder['person'] = async (given = {}) => {
    const { id: districtId } = await made;
    const reference = makePersonReference(SECURE_DRAW, 8);
    return { id: await make.person({ ...given, districtId, reference }), reference };
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: a builder is awaited for what it made, or goes on with the next verb.
    then: (...args) => made.then(...args),
    worker,
    receptionist: (subject) => worker(subject, 'RECEPTIONIST'),
    head: (subject) => worker(subject, 'DISTRICT_HEAD'),
    case: () =>
      buildCase(
        database,
        make,
        made,
        made.then(() => null),
      ),
    person,
  };
}

function buildCase(
  database: TestDatabase,
  make: Rows,
  district: Promise<{ id: string }>,
  assignee: Promise<{ id: string } | null>,
): CaseBuilder {
  const [id, personId] = [randomUUID(), randomUUID()];
  const reference = makeCaseReference(SECURE_DRAW);
  const noteIds: string[] = [];
  const vault = testVault();
  let ready: Promise<unknown> = Promise.all([assignee, district]).then(
    async ([worker, { id: districtId }]) => {
      await make.person({ id: personId, districtId, reference: `P-${reference.replaceAll('-', '')}` });
      await make.case({ id, reference, districtId });
      await make.casePerson({ caseId: id, personId });
      if (worker !== null) await make.assignment({ caseId: id, workerId: worker.id });
      await make.caseKey({ caseId: id, ...(await vault.newCaseKey(id)) });
    },
  );
  const builder: CaseBuilder = {
    note: (text) => {
      ready = ready.then(async () => {
        const [worker, { id: districtId }] = await Promise.all([assignee, district]);
        const [key] = await database.sql<{ masterKeyId: string; wrapped: Buffer }>(
          'select master_key_id as "masterKeyId", wrapped from case_key where case_id = $1',
          [id],
        );
        if (worker === null || key === undefined) throw new Error('a note has an author');
        const noteId = randomUUID();
        const body = (await vault.openCaseKey(key, id)).seal(noteId, text);
        noteIds.push(
          await make.interviewNote({ id: noteId, caseId: id, authorId: worker.id, districtId, body }),
        );
      });
      return builder;
    },
    // biome-ignore lint/suspicious/noThenProperty: a builder is awaited for what it made, or goes on with the next verb.
    then: (...args) => ready.then(() => ({ id, reference, personId, noteIds })).then(...args),
  };
  return builder;
}
