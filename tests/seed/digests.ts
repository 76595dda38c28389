/** Asks one database, and answers the rows. */
type Ask = <Row extends object>(sql: string) => Promise<Row[]>;

/**
 * A digest of each table, by its name. Of sealed bytes it takes the length only, since they are drawn anew by each run. Two columns
 * are left out, since they are the time of the run: the version of the nomenclatures, and from when a worker knows a person.
 *
 * @param drawn columns that each run draws anew, too: they are left out.
 */
export async function digests(ask: Ask, drawn: readonly string[] = []): Promise<Record<string, string>> {
  const without = drawn.map((name) => `'${name}'`).join(', ') || 'null';
  const tables = await ask<{ relname: string; columns: string[] }>(
    `select relname, array_agg(format(case when typname = 'bytea' then 'length(%I)::text' else '%I::text' end, attname)
       order by attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
     join pg_type t on t.oid = atttypid
     where c.relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations'
       and (attname in (${without})) is not true and (relname, attname) not in (('nomenclature_version', 'version'), ('person_known', 'known_from'))
     group by relname order by relname`,
  );
  const found: Record<string, string> = {};
  for (const { relname, columns } of tables) {
    const [row] = await ask<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r, E'\n' order by r)), '') as digest
       from (select row(${columns.join(', ')})::text as r from "${relname}") rows`,
    );
    found[relname] = row?.digest ?? '';
  }
  return found;
}
