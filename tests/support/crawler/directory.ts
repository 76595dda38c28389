import type { TestDatabase } from '../database.js';

/** Rights only end, and a crawler ends them: this gives them back, so that it can go on as who it was. */
export async function keepDirectory(database: TestDatabase): Promise<() => Promise<void>> {
  const columns: Readonly<Record<string, string>> = {
    worker: 'disabled_at',
    membership: 'ends_at',
    client: 'disabled_at',
  };
  const restores: (() => Promise<unknown>)[] = [];
  for (const [table, column] of Object.entries(columns)) {
    const rows = await database.sql(`select id, version, "${column}" as at from "${table}"`);
    restores.push(() =>
      database.sql(
        `update "${table}" t set "${column}" = r.at, version = r.version
         from jsonb_to_recordset($1::jsonb) r(id uuid, version integer, at timestamptz)
         where r.id = t.id and (t."${column}" is distinct from r.at or t.version <> r.version)`,
        [JSON.stringify(rows)],
      ),
    );
  }
  for (const table of [...Object.keys(columns)])
    restores.push(() =>
      database.sql(`update "${table}" set suspended_until = null where suspended_until is not null`),
    );
  const clients = await database.sql('select id, scopes from client');
  restores.push(() =>
    database.sql(
      `update client t set scopes = array(select jsonb_array_elements_text(r.scopes))
       from jsonb_to_recordset($1::jsonb) r(id uuid, scopes jsonb) where r.id = t.id`,
      [JSON.stringify(clients)],
    ),
  );
  return async () => {
    for (const restore of restores) await restore();
  };
}
