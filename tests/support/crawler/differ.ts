import type { TestDatabase } from '../database.js';
import { testVault } from '../vault.js';

/** A note of which two counties differ, and of the case that it is in. */
export interface ChosenNote {
  readonly id: string;
  readonly caseId: string;
  readonly districtId: string;
  /** The one login that may read it. */
  readonly reader: string;
  readonly text: string;
}

/** The last note of the newest case of a worker's, final and their own; or one that they took over. */
export async function chooseNote(
  database: TestDatabase,
  reader: string,
  kind: 'own' | 'handed over',
): Promise<ChosenNote> {
  const [note] = await database.sql<Pick<ChosenNote, 'id' | 'caseId' | 'districtId'>>(
    `select n.id, n.case_id as "caseId", c.district_id as "districtId" from interview_note n join "case" c on c.id = n.case_id
     join worker w on w.id = n.reader_id and w.subject = $1
     where n.status = 'FINAL' and (n.author_id = w.id) = $2
     order by c.opened_at desc, c.id, n.written_at desc, n.id limit 1`,
    [reader, kind === 'own'],
  );
  if (note === undefined) throw new Error(`no note of ${reader}'s`);
  const [text] = await database.sql<{ text: string }>(`select 'canari-' || md5('note ' || $1) as text`, [
    note.id,
  ]);
  return { ...note, reader, text: text?.text ?? '' };
}

async function seal(database: TestDatabase, note: ChosenNote, text: string): Promise<Buffer> {
  const [key] = await database.sql<{ masterKeyId: string; wrapped: Buffer }>(
    'select master_key_id as "masterKeyId", wrapped from case_key where case_id = $1',
    [note.caseId],
  );
  if (key === undefined) throw new Error('a case without its key');
  return Buffer.from((await testVault().openCaseKey(key, note.caseId)).seal(note.id, text));
}

/** In what a note can differ. Each is done to the second county, and undone. */
export const DIFFERENCES = {
  text: async (database, note) =>
    database.sql('update interview_note set body = $2 where id = $1', [
      note.id,
      await seal(database, note, note.text.split('').reverse().join('')),
    ]),
  length: async (database, note) =>
    database.sql('update interview_note set body = $2 where id = $1', [
      note.id,
      await seal(database, note, note.text.repeat(500)),
    ]),
  time: async (database, note) =>
    database.sql(
      `update interview_note set written_at = written_at - interval '400 days', amended_at = now(), version = version + 3 where id = $1`,
      [note.id],
    ),
  status: async (database, note) =>
    database.sql(`update interview_note set status = 'DRAFT' where id = $1`, [note.id]),
  author: async (database, note) =>
    database.sql(
      `update interview_note set author_id = (select id from worker where subject = 'agent-02') where id = $1`,
      [note.id],
    ),
  existence: async (database, note) => database.sql('delete from interview_note where id = $1', [note.id]),
} as const satisfies Record<string, (database: TestDatabase, note: ChosenNote) => Promise<unknown>>;

export type Difference = keyof typeof DIFFERENCES;

/** Changes notes as nobody could through the API, which keeps them true. */
export async function withoutNoteTriggers(
  database: TestDatabase,
  change: () => Promise<unknown>,
): Promise<void> {
  await database.sql('alter table interview_note disable trigger user');
  await change();
  await database.sql('alter table interview_note enable trigger user');
}

/** Puts whole rows back, with each column as the database had it. */
async function putBack(database: TestDatabase, table: string, rows: readonly unknown[]): Promise<void> {
  await database.sql(
    `insert into "${table}" select * from jsonb_populate_recordset(null::"${table}", $1::jsonb) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Rows of a table whose column has this value, as JSON has them. */
async function rowsWith(
  database: TestDatabase,
  table: string,
  column: string,
  value: string,
): Promise<readonly unknown[]> {
  const found = await database.sql<{ row: unknown }>(
    `select to_jsonb(t) as row from "${table}" t where ${column} = $1`,
    [value],
  );
  return found.map(({ row }) => row);
}

/** Makes the note differ, runs the task, and puts the note back as it was. */
export async function whileDifferent<T>(
  database: TestDatabase,
  note: ChosenNote,
  difference: Difference,
  task: () => Promise<T>,
): Promise<T> {
  const kept = new Map<string, readonly unknown[]>();
  for (const [table, column] of [
    ['interview_note', 'id'],
    ['handover_note', 'note_id'],
    ['release_note', 'note_id'],
  ] as const)
    kept.set(table, await rowsWith(database, table, column, note.id));
  await withoutNoteTriggers(database, () => DIFFERENCES[difference](database, note));
  try {
    return await task();
  } finally {
    await withoutNoteTriggers(database, async () => {
      await database.sql('delete from interview_note where id = $1', [note.id]);
      for (const [table, rows] of kept) await putBack(database, table, rows);
    });
  }
}

/** Runs the task in a county in which this encounter, its key and that its reader knows someone by it are not. */
export async function withoutEncounter<T>(
  database: TestDatabase,
  id: string,
  task: () => Promise<T>,
): Promise<T> {
  const tables = [
    ['encounter', 'id'],
    ['encounter_key', 'encounter_id'],
    ['person_known', 'source_id'],
  ] as const;
  const kept = new Map<string, readonly unknown[]>();
  for (const [table, column] of tables) kept.set(table, await rowsWith(database, table, column, id));
  // What hangs on it goes with it.
  await database.sql('delete from encounter where id = $1', [id]);
  try {
    return await task();
  } finally {
    await database.sql('alter table encounter disable trigger user');
    for (const [table, rows] of kept) await putBack(database, table, rows);
    await database.sql('alter table encounter enable trigger user');
  }
}

/**
 * Keeps the access log as it is: it is read by the officer, and tells the time. What is asked of both counties is
 * answered from the same lines then.
 */
export async function freezeAccessLog(database: TestDatabase): Promise<void> {
  await database.sql(`create function frozen() returns trigger language plpgsql as 'begin return null; end'`);
  await database.sql(
    'create trigger frozen before insert on access_log for each row execute function frozen()',
  );
}
