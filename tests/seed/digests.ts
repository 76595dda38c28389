/** Asks one database, and answers the rows. */
type Ask = <Row extends object>(sql: string) => Promise<Row[]>;

/**
 * A digest of each table, by its name. Of sealed bytes it takes the length only, since they are drawn anew by each run. The version of the
 * nomenclatures is left out, since it is the time of the last change.
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
       and (attname in (${without})) is not true and (relname, attname) <> ('nomenclature_version', 'version')
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
