import type { TestDatabase } from '../../support/database.js';

/** Has the database count each row that is written, by a sequence for each table. */
export async function countWrites(database: TestDatabase): Promise<void> {
  await database.sql(`create schema touched`);
  await database.sql(
    `create function touched.touch() returns trigger language plpgsql security definer as $$
     begin perform nextval('touched.' || quote_ident(tg_table_name)); return null; end $$`,
  );
  await database.sql(
    `do $$ declare t text; begin
       for t in select tablename from pg_tables where schemaname = 'public' loop
         execute format('create sequence touched.%I', t);
         execute format('create trigger zz_touch after insert or update or delete on %I for each row execute function touched.touch()', t);
       end loop; end $$`,
  );
  // A function that looks at each note of a case, and writes none, is counted as well.
  await database.sql(`create sequence touched."looked at all notes"`);
  await database.sql('alter function reset_note_readers(uuid) rename to look_at_all_notes');
  await database.sql(
    `create function reset_note_readers(p_case uuid) returns integer language plpgsql security definer as $$
     begin perform nextval('touched."looked at all notes"'); return look_at_all_notes(p_case); end $$`,
  );
}

async function written(database: TestDatabase): Promise<Record<string, number>> {
  const rows = await database.sql<{ name: string; count: string | null }>(
    `select sequencename as name, last_value as count from pg_sequences where schemaname = 'touched'`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count ?? 0)]));
}

/** How often a row of each table was written, also where the write was undone: `case 3`. The access log is left out. */
export async function touched(database: TestDatabase, task: () => Promise<unknown>): Promise<string[]> {
  const before = await written(database);
  await task();
  const after = await written(database);
  return (
    Object.keys(after)
      // Whoever asks leaves lines in the log, and the proof of the login.
      .filter((table) => !['access_log', 'login_proof'].includes(table) && after[table] !== before[table])
      .map((table) => `${table} ${(after[table] ?? 0) - (before[table] ?? 0)}`)
      .sort()
  );
}
