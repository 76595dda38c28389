import { withConnection } from '../../src/database/connection.js';

/** The kinds of objects of the database. The kinds that `prisma/sql/` holds come first, in the order in which they are made. */
export const KINDS = [
  'type',
  'function',
  'constraint',
  'index',
  'statistics',
  'trigger',
  'table',
  'policy',
  'column',
  'enum',
] as const;
export type Kind = (typeof KINDS)[number];

export interface CatalogObject {
  readonly kind: Kind;
  /** The name as SQL has it after the word of its kind: `may_staff(uuid)`, `need_read on need`. A constraint is `table.constraint`. */
  readonly name: string;
  /** The table that the object belongs to; null for functions and types. */
  readonly table: string | null;
  /** The whole definition of the object, comparable as text within one server. */
  readonly definition: string;
  /** The part of a function that a replacement cannot change: its result, and the names of its arguments. Empty for any other object. */
  readonly signature: string;
  readonly oid: number;
}

/** Returns the SQL that lists grants in one order, without the grantor. Grants that PostgreSQL makes by itself are written out. */
const acl = (column: string, kind: 'f' | 'r' | 's', owner: string): string =>
  `(select string_agg(split_part(entry::text, '/', 1), ' ' order by entry::text)
    from unnest(coalesce(${column}, acldefault('${kind}', ${owner}))) entry)`;

const OBJECTS = `
select 'type' as kind, quote_ident(t.typname) as name, null as "table", '' as signature, t.oid,
  (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
    from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0) || ' owner ' || pg_get_userbyid(t.typowner) as definition
from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c' where t.typnamespace = 'public'::regnamespace
union all
select 'enum', quote_ident(t.typname), null, '', t.oid,
  (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype = 'e'
union all
select 'function', p.oid::regprocedure::text, null, pg_get_function_result(p.oid) || ' of ' || pg_get_function_arguments(p.oid), p.oid,
  pg_get_functiondef(p.oid) || ' owner ' || pg_get_userbyid(p.proowner) || ' grants ' || ${acl('p.proacl', 'f', 'p.proowner')}
from pg_proc p where p.pronamespace = 'public'::regnamespace and not exists (
  select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union all
select 'constraint', quote_ident(c.relname) || '.' || quote_ident(k.conname), quote_ident(c.relname), '', k.oid, pg_get_constraintdef(k.oid)
from pg_constraint k join pg_class c on c.oid = k.conrelid
where k.connamespace = 'public'::regnamespace and k.contype in ('c', 'f', 'p', 'u', 'x')
union all
select 'index', quote_ident(i.relname), quote_ident(c.relname), '', i.oid, pg_get_indexdef(i.oid)
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
where i.relnamespace = 'public'::regnamespace and not exists (select from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
union all
select 'statistics', quote_ident(s.stxname), s.stxrelid::regclass::text, '', s.oid, pg_get_statisticsobjdef(s.oid)
from pg_statistic_ext s where s.stxnamespace = 'public'::regnamespace
union all
select 'trigger', quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass, t.tgrelid::regclass::text, '', t.oid,
  pg_get_triggerdef(t.oid) || ' enabled ' || t.tgenabled::text
from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
union all
select 'table', c.oid::regclass::text, c.oid::regclass::text, '', c.oid, concat_ws(' ', 'owner', pg_get_userbyid(c.relowner),
  case when c.relrowsecurity then 'enable' end, case when c.relforcerowsecurity then 'force' end, case when c.relpersistence = 'u' then 'unlogged' end, c.reloptions::text, 'grants', case when c.relkind = 'S' then ${acl('c.relacl', 's', 'c.relowner')} else ${acl('c.relacl', 'r', 'c.relowner')} end,
  (select string_agg(a.attname || ' ' || (select string_agg(split_part(entry::text, '/', 1), ' ' order by entry::text) from unnest(a.attacl) entry), ' ' order by a.attname) from pg_attribute a
    where a.attrelid = c.oid and a.attacl is not null and not a.attisdropped))
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S', 'v', 'm') and c.relname <> '_prisma_migrations'
union all
select 'policy', quote_ident(p.polname) || ' on ' || p.polrelid::regclass, p.polrelid::regclass::text, '', p.oid, concat_ws(' ', p.polpermissive::text,
  p.polcmd::text, (select string_agg(case when role = 0 then 'public' else pg_get_userbyid(role) end, ' ' order by role) from unnest(p.polroles) role),
  'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace
union all
select 'column', c.oid::regclass || '.' || quote_ident(a.attname), c.oid::regclass::text, '', 0, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
  case when a.attnotnull then 'not null' end, a.attidentity::text, a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid))
from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> '_prisma_migrations'
order by 1, 2`;

export type Catalog = ReadonlyMap<string, CatalogObject>;

export const keyOf = (object: Pick<CatalogObject, 'kind' | 'name'>): string =>
  `${object.kind} ${object.name}`;

/**
 * Reads everything that migrations make in the schema `public`: types, functions, constraints, indexes, triggers and policies. Of a table
 * it reads the owner, the grants, whether row-level security is enabled and forced, whether it is unlogged, and each column. It leaves the
 * order of the columns out: a column that a migration adds comes last, and `schema.prisma` may have it elsewhere.
 * @param url the URL of any role: everyone may read the catalogs
 */
export async function readCatalog(url: string): Promise<Catalog> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<CatalogObject>(OBJECTS);
    return new Map(rows.map((row) => [keyOf(row), row]));
  });
}

/**
 * Returns the differences between two databases, one a line: an object that is in one of them only, or that is defined in another way.
 * Empty if they are alike.
 */
export function differences(before: Catalog, after: Catalog): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old === undefined) return [`only in the second: ${key}`];
    if (now === undefined) return [`only in the first: ${key}`];
    return old.definition === now.definition
      ? []
      : [`differs: ${key}\n  ${old.definition}\n  ${now.definition}`];
  });
}
