import type { CountyScale } from '../../prisma/seed/county-shape.js';
import type { TestDatabase } from '../support/database.js';

/** The whole county's code, over fewer people: a district more than the demonstration has. */
export const SCALE: CountyScale = {
  districts: 4,
  socialWorkers: 18,
  workers: 56,
  cases: 360,
  notes: 2_000,
  appointments: 2_500,
};
/** A Thursday, at midnight in Paris. */
export const TODAY = new Date('2026-11-25T23:00:00Z');

/** Ids and columns of every table, but for what the vault draws. */
export const digests = async (of: TestDatabase): Promise<Record<string, string>> => {
  const tables = await of.sql<{ relname: string; columns: string[] }>(
    `select relname, array_agg(format(case when typname = 'bytea' then 'length(%I)::text' else '%I::text' end, attname)
       order by attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
     join pg_type t on t.oid = atttypid
     where c.relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations'
     group by relname order by relname`,
  );
  const found: Record<string, string> = {};
  for (const { relname, columns } of tables) {
    const [row] = await of.sql<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r, E'\n' order by r)), '') as digest
       from (select row(${columns.join(', ')})::text as r from "${relname}") rows`,
    );
    found[relname] = row?.digest ?? '';
  }
  return found;
};
