import { type GraphQLSchema, isObjectType } from 'graphql';
import { dayInParis } from '../../../src/services/operation/period.js';
import type { TestDatabase } from '../database.js';

/** A row as the superuser sees it, its columns under the names that the schema gives them. */
export type KnownRow = Readonly<Record<string, unknown>>;

/** Rows of each object type that has a table, some of every kind: the same whoever crawls. */
export type KnownRows = ReadonlyMap<string, readonly KnownRow[]>;

const COUNTED_FOR_YEARS = ['OPEN_CASES', 'NEEDS', 'PERSONS_HELPED'];

/** Words that people say and no column holds, made of the columns that there are. */
const SAID: Readonly<Record<string, (row: KnownRow) => KnownRow>> = {
  // As the access log is asked for.
  Case: (row) => ({ caseReference: row['reference'] }),
  Person: (row) => ({
    personReference: row['reference'],
    fullName: [row['givenName'], row['familyName']].filter((name) => name !== null).join(' '),
    birthYear: typeof row['birthDate'] === 'string' ? Number(row['birthDate'].slice(0, 4)) : null,
  }),
  // What a question about figures names: an indicator of which the county has had something for years, and one of its dimensions.
  Indicator: (row) =>
    COUNTED_FOR_YEARS.includes(String(row['code']))
      ? { indicator: row['code'], by: (row['dimensions'] as readonly string[]).slice(0, 1) }
      : {},
  // So is what an erratum is about.
  Erratum: (row) => ({
    indicator: row['indicatorCode'],
    by: [row['indicatorCode'] === 'OPEN_CASES' ? 'MISSION' : 'VISIT_KIND'],
  }),
  // Passed on, or of the last 30 days.
  Encounter: (row) => ({
    isKept: row['caseId'] !== null || Date.parse(String(row['heldAt'])) > Date.now() - 30 * 86_400_000,
  }),
  // Who came today, and is not received yet.
  Visit: (row) => ({
    goesOn: row['day'] === dayInParis(new Date()) && row['closedAt'] === null,
    isClosed: row['closedAt'] !== null,
    isWaiting: row['day'] === dayInParis(new Date()) && row['takenInAt'] === null && row['closedAt'] === null,
  }),
  Appointment: (row) => ({
    withinDeskReach: Date.parse(String(row['startsAt'])) > Date.now() - 7 * 86_400_000,
    out: row['expectedBackAt'] !== null && row['backAt'] === null,
  }),
  // As a referral names it.
  NeedCode: (row) => ({ needCodes: row['code'] }),
  // Its notes, as who offers it names them.
  Handover: (row) => ({ noteIds: row['via handoverNote noteId'] }),
  // It goes by its appointment's.
  OnlineBooking: (row) => ({ id: row['appointmentId'], version: 1 }),
};

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** `written_at` as `writtenAt`: how the schema names what a column holds. */
export function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Instants and times of the day as the API writes them. */
function asTheApi(value: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  return /^\d\d:\d\d:\d\d$/.test(value) ? value.slice(0, 5) : value;
}

/** A row of the database as a rule or an argument reads it. */
export function asKnownRow(type: string, columns: Readonly<Record<string, unknown>>): KnownRow {
  const row = Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      camel(name),
      typeof value === 'string' ? asTheApi(value) : value,
    ]),
  );
  return { ...row, ...SAID[type]?.(row) };
}

/** The object types of the schema that are a table's rows, each with its table. */
export async function tablesOf(
  schema: GraphQLSchema,
  database: TestDatabase,
): Promise<ReadonlyMap<string, string>> {
  const tables = new Set(
    (
      await database.sql<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
      )
    ).map(({ name }) => name),
  );
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  return new Map(
    types.flatMap(({ name }) => (tables.has(snake(name)) ? [[name, snake(name)] as const] : [])),
  );
}

interface ForeignKey {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  readonly key: string;
}

function foreignKeys(database: TestDatabase): Promise<ForeignKey[]> {
  return database.sql<{ table: string; column: string; to: string; key: string }>(
    `select f.relname as table, a.attname as column, t.relname as to, k.attname as key
     from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     join pg_attribute k on k.attrelid = c.confrelid and k.attnum = c.confkey[1]
     where c.contype = 'f' and array_length(c.conkey, 1) = 1 order by 1, 2`,
  );
}

/** The row, and what other tables join it to: the persons of a case, the districts of a worker. */
function joinedRow(table: string, keys: readonly ForeignKey[]): string {
  const joins = keys
    .filter(({ to, table: by }) => to === table && by !== table)
    .flatMap((here) =>
      keys
        .filter((there) => there.table === here.table && there.column !== here.column)
        .map((there) => ({ name: `via ${here.table} ${there.column}`, here, there })),
    );
  const lists = joins.map(
    ({ name, here, there }) =>
      `jsonb_build_object('${name}', (select jsonb_agg(x) from (select distinct j."${there.column}" as x from "${here.table}" j
        where j."${here.column}" = t."${here.key}" order by 1 limit 30) j))`,
  );
  return ['to_jsonb(t)', ...lists].join(' || ');
}

/** One statement for a few rows of a table, whatever the condition. */
export class RowReader {
  private constructor(
    readonly database: TestDatabase,
    readonly tables: ReadonlyMap<string, string>,
    readonly keys: readonly ForeignKey[],
  ) {}

  static async of(schema: GraphQLSchema, database: TestDatabase): Promise<RowReader> {
    return new RowReader(database, await tablesOf(schema, database), await foreignKeys(database));
  }

  /** Rows of a type that `from` selects as `t`. */
  async read(type: string, from: string, values: unknown[] = []): Promise<readonly KnownRow[]> {
    const table = this.tables.get(type) ?? '';
    const rows = await this.database.sql<{ row: Record<string, unknown> }>(
      `select ${joinedRow(table, this.keys)} as row from (${from}) t order by md5(t::text)`,
      values,
    );
    return rows.map(({ row }) => asKnownRow(type, row));
  }
}

/**
 * Some rows of each type: drawn by a hash of themselves; for every foreign key that leads to the table or out of it,
 * some that it joins; of every enum, a row of each value. So the rare is there too: a case handed over, a worker who
 * left, a note that went along.
 */
export async function knownRows(schema: GraphQLSchema, database: TestDatabase, each = 3): Promise<KnownRows> {
  const reader = await RowReader.of(schema, database);
  const enums = await database.sql<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_type t on t.oid = a.atttypid
     where t.typtype = 'e' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1, 2`,
  );
  const known = new Map<string, readonly KnownRow[]>();
  for (const [type, table] of reader.tables) {
    const drawn = `order by md5(t::text) limit ${each}`;
    const ways = reader.keys.flatMap((key) => [
      ...(key.to === table && key.table !== table
        ? [
            `(select t.* from "${table}" t where t."${key.key}" in (select "${key.column}" from "${key.table}") ${drawn})`,
          ]
        : []),
      ...(key.table === table
        ? [`(select t.* from "${table}" t where "${key.column}" is null ${drawn})`]
        : []),
    ]);
    const strata = enums
      .filter((one) => one.table === table)
      .map(
        ({ column }) =>
          `(select distinct on ("${column}") t.* from "${table}" t order by "${column}", md5(t::text))`,
      );
    const all = [`(select t.* from "${table}" t ${drawn})`, ...ways, ...strata];
    known.set(
      type,
      await reader.read(type, `select distinct on (md5(u::text)) u.* from (${all.join(' union all ')}) u`),
    );
  }
  // What has been counted for years, and the last year that was frozen: first of all. By that the programme has tables.
  for (const [type, sql] of [
    ['Indicator', 'select t.* from indicator t where t.version = 1 and t.code = any ($1)'],
    [
      'Snapshot',
      `select t.* from snapshot t where $1::text[] is not null
       and t.period = (select max(period) from snapshot where length(period) = 4)`,
    ],
  ] as const) {
    if (schema.getType(type) === undefined) continue;
    const first = await reader.read(type, sql, [COUNTED_FOR_YEARS]);
    const ids = new Set(first.map((row) => row['id']));
    known.set(type, [...first, ...(known.get(type) ?? []).filter((row) => !ids.has(row['id']))]);
  }
  // A meeting is an appointment with places, which persons have.
  if (schema.getType('CollectiveAppointment') !== undefined) {
    known.set(
      'CollectiveAppointment',
      await reader.read(
        'Appointment',
        'select t.* from appointment t where t.places is not null order by md5(t.id::text) limit 12',
      ),
    );
    const persons = await reader.read(
      'Person',
      `select distinct t.* from person t join appointment_person ap on ap.person_id = t.id
       join appointment a on a.id = ap.appointment_id and a.places is not null order by t.id limit 8`,
    );
    const others = (known.get('Person') ?? []).filter((one) => !persons.some(({ id }) => id === one['id']));
    known.set('Person', [...others, ...persons]);
  }
  return known;
}
