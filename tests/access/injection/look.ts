import type { TestDatabase } from '../../support/database.js';
import type { Session } from './session.js';

/** How many rows of each table a session sees, and a digest of their keys. */
export type Sight = Readonly<Record<string, string>>;

interface Table {
  readonly name: string;
  /** An SQL expression of the primary key; null for a table without one. It has instants as numbers: as text they would depend on the time zone. */
  readonly key: string | null;
}

/** The tables that force row-level security. */
async function confidentialTables(database: TestDatabase): Promise<readonly Table[]> {
  return database.sql<{ name: string; key: string | null }>(
    `select c.relname as name, (select string_agg(format(case when a.atttypid in ('date'::regtype, 'timestamptz'::regtype)
         then 'extract(epoch from t.%I)::text' else 't.%I::text' end, a.attname), ' || chr(44) || ' order by a.attnum)
       from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
       where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
       and (has_table_privilege('cosmos_app', c.oid, 'select') or has_any_column_privilege('cosmos_app', c.oid, 'select'))
     order by 1`,
  );
}

/**
 * Builds the statement by which a session says what it sees. A table that the session may not read at all is left out.
 * @param only the tables to look at; all that force row-level security unless given
 */
export async function lookStatement(
  database: TestDatabase,
  role: string,
  only?: readonly string[],
): Promise<string> {
  const tables = await confidentialTables(database);
  const allowed = await database.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       and (has_table_privilege($1, oid, 'select') or has_any_column_privilege($1, oid, 'select'))`,
    [role],
  );
  const names = new Set(allowed.map(({ name }) => name));
  return tables
    .filter(({ name, key }) => key !== null && names.has(name) && (only?.includes(name) ?? true))
    .map(
      ({ name, key }) =>
        `select '${name}' as name, count(*)::text || ' ' || md5(coalesce(string_agg(k, ',' order by k), '')) as seen
         from (select ${key} as k from public."${name}" t) keys`,
    )
    .join(' union all ');
}

/** What the session sees at the moment; null if it cannot look, since a try has broken its own session. */
export async function lookOf(session: Session, statement: string): Promise<Sight | null> {
  const { text, code } = await session.say(statement);
  if (code !== null) return null;
  const rows = JSON.parse(text.split('\n')[0] ?? '[]') as { name: string; seen: string }[];
  return Object.fromEntries(rows.map(({ name, seen }) => [name, seen]));
}

/** A digest of each table of the database, and of its objects and their rights. Used proofs are left out: each login adds one. */
export async function digestOf(database: TestDatabase): Promise<Sight> {
  const tables = await database.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> 'login_proof' order by 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as digest from public."${name}" t`,
  );
  const objects = `select 'the objects' as name, md5(string_agg(o, ',' order by o)) as digest from (
    select 'c' || oid || relname || relowner || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '') as o from pg_class
      where relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
    union all select 'f' || oid || proname || proowner || coalesce(proacl::text, '') || coalesce(proconfig::text, '') || md5(prosrc) from pg_proc
    union all select 'p' || oid || polname || coalesce(polqual::text, '') from pg_policy
    union all select 't' || oid || tgname || tgenabled::text from pg_trigger union all select 'n' || oid || nspname || coalesce(nspacl::text, '') from pg_namespace
    union all select 'o' || oid || oprname from pg_operator union all select 'y' || oid || typname from pg_type
    union all select 'd' || oid || coalesce(defaclacl::text, '') from pg_default_acl) objects`;
  const rows = await database.sql<{ name: string; digest: string }>([...each, objects].join(' union all '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
