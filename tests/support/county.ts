import { randomUUID } from 'node:crypto';
import type { Role, SafeContact } from '../../prisma/generated/enums.js';
import { makeReferenceRows } from '../../prisma/seed/reference-rows.js';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { DEMO_CLIENTS } from '../../src/auth/logins.js';
import { makeCaseReference, makePersonReference, SECURE_DRAW } from '../../src/references.js';
import { testVault } from './app.js';
import type { TestDatabase } from './database.js';
import { together } from './together.js';

type Insert = (table: string, row: Record<string, unknown>) => Promise<void>;

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
  /** Hours in their agenda: all types, on working days of the eight weeks to come, unless said otherwise. */
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
      select $1, code from appointment_type where case when $2::text[] is null then places is null else code = any ($2) end`,
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
  const insert: Insert = async (table, row) => {
    await database.sql(
      `insert into "${table}" (${Object.keys(row).join(', ')}) select ${Object.keys(row).join(', ')} from jsonb_populate_record(null::"${table}", $1::jsonb)`,
      [JSON.stringify(row)],
    );
  };
  const reference = makeReferenceRows();
  const tables = [
    ['commune', reference.communes],
    ['public_holiday', reference.holidays],
    ['need_code', reference.needCodes],
    ['appointment_type', reference.appointmentTypes],
    ['privacy_notice', reference.privacyNotices],
  ] as const;
  const shared = together(database);
  const rows = tables.flatMap(([table, all]) => all.map((row) => ({ table: table as string, row })));
  for (const client of DEMO_CLIENTS) {
    const row = {
      id: randomUUID(),
      issuer: DEVELOPMENT_ISSUER,
      client_id: client.clientId,
      kind: client.kind,
      name: client.name,
      scopes: [...client.scopes],
      version: 1,
    };
    rows.push({ table: 'client', row });
  }
  await Promise.all(rows.map(({ table, row }) => shared.insert(table, row)));
  return { district: (name) => buildDistrict(database, insert, name) };
}

function buildDistrict(database: TestDatabase, insert: Insert, name: string): DistrictBuilder {
  const id = randomUUID();
  const made = (async () => {
    await insert('district', {
      id,
      slug: name.toLowerCase(),
      name,
      address_line: '1 rue de la Mairie',
      postal_code: '93270',
      commune_code: '93071',
      phone: '01 99 00 00 00',
    });
    await database.sql(
      `insert into opening_hours (id, district_id, weekday, opens_at, closes_at)
        select gen_random_uuid(), $1, day, '09:00', '17:00' from generate_series(1, 5) day`,
      [id],
    );
    return { id };
  })();
  const worker: DistrictBuilder['worker'] = (subject, role = 'SOCIAL_WORKER') => {
    const workerId = randomUUID();
    const ready = made.then(async () => {
      await insert('worker', {
        id: workerId,
        issuer: DEVELOPMENT_ISSUER,
        subject,
        given_name: subject,
        family_name: name,
        version: 1,
      });
      await insert('membership', {
        id: randomUUID(),
        worker_id: workerId,
        district_id: id,
        role,
        starts_at: '2020-01-01T00:00:00Z',
        version: 1,
      });
      return { id: workerId };
    });
    const opened: Promise<unknown>[] = [];
    const builder: WorkerBuilder = {
      // biome-ignore lint/suspicious/noThenProperty: a builder is awaited for what it made, or goes on with the next verb.
      then: (...args) =>
        Promise.all(opened)
          .then(() => ready)
          .then(...args),
      case: () => buildCase(database, insert, id, ready),
      open: (hours) => {
        opened.push(ready.then((made) => openHours(database, made.id, id, hours)));
        return builder;
      },
    };
    return builder;
  };
  const person: DistrictBuilder['person'] = async (names = {}) => {
    await made;
    const personId = randomUUID();
    const personReference = makePersonReference(SECURE_DRAW, 8);
    await insert('person', {
      id: personId,
      district_id: id,
      reference: personReference,
      given_name: names.givenName ?? 'Ana',
      family_name: names.familyName ?? 'Petit',
      phone: names.phone ?? null,
      birth_date: names.birthDate ?? null,
      safe_contact: names.safeContact ?? 'NONE',
      sensitive_file: names.sensitiveFile ?? false,
      created_at: new Date().toISOString(),
      version: 1,
    });
    return { id: personId, reference: personReference };
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
        insert,
        id,
        made.then(() => null),
      ),
    person,
  };
}

function buildCase(
  database: TestDatabase,
  insert: Insert,
  districtId: string,
  assignee: Promise<{ id: string } | null>,
): CaseBuilder {
  const id = randomUUID();
  const personId = randomUUID();
  const reference = makeCaseReference(SECURE_DRAW);
  const noteIds: string[] = [];
  const vault = testVault();
  let ready: Promise<unknown> = assignee.then(async (worker) => {
    await insert('person', {
      id: personId,
      district_id: districtId,
      reference: `P-${reference.replaceAll('-', '')}`,
      given_name: 'Ana',
      family_name: 'Petit',
      safe_contact: 'NONE',
      sensitive_file: false,
      created_at: new Date().toISOString(),
      version: 1,
    });
    await insert('case', {
      id,
      reference,
      district_id: districtId,
      mission: 'POLYVALENCE',
      status: 'OPEN',
      online_person_ids: [],
      opened_at: new Date().toISOString(),
      version: 1,
    });
    await insert('case_person', { case_id: id, person_id: personId, show_online: false });
    if (worker !== null)
      await insert('assignment', {
        id: randomUUID(),
        case_id: id,
        worker_id: worker.id,
        starts_at: new Date().toISOString(),
      });
    const wrapped = await vault.newCaseKey(id);
    await insert('case_key', {
      case_id: id,
      master_key_id: wrapped.masterKeyId,
      wrapped: `\\x${Buffer.from(wrapped.wrapped).toString('hex')}`,
    });
  });
  const builder: CaseBuilder = {
    note: (text) => {
      ready = ready.then(async () => {
        const worker = await assignee;
        const [key] = await database.sql<{ masterKeyId: string; wrapped: Buffer }>(
          'select master_key_id as "masterKeyId", wrapped from case_key where case_id = $1',
          [id],
        );
        if (worker === null || key === undefined) throw new Error('a note has an author');
        const noteId = randomUUID();
        const sealed = (await vault.openCaseKey(key, id)).seal(noteId, text);
        await database.sql(
          'insert into interview_note (id, case_id, author_id, district_id, body) values ($1, $2, $3, $4, $5)',
          [noteId, id, worker.id, districtId, Buffer.from(sealed)],
        );
        noteIds.push(noteId);
      });
      return builder;
    },
    // biome-ignore lint/suspicious/noThenProperty: a builder is awaited for what it made, or goes on with the next verb.
    then: (...args) => ready.then(() => ({ id, reference, personId, noteIds })).then(...args),
  };
  return builder;
}
