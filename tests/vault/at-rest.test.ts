import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCaseKeyStore } from '../../src/vault/case-key-store.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey } from '../../src/vault/note-vault.js';
import { rotateCaseKeys } from '../../src/vault/rotate.js';
import { TEXT_TABLES } from '../../src/vault/sealed-text.js';
import { startTestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testProver } from '../support/login.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';

/** Notes at rest, in a real database: rotation, moved rows, a destroyed key. */
const OLD = { id: 'test', key: TEST_VAULT_KEY };
const NEW = { id: 'next', key: Buffer.alloc(32, 9) };
const vaultOf = (...keys: (typeof OLD)[]) =>
  createNoteVault(createLocalKeyService(keys), deriveFingerprintKey(TEST_VAULT_KEY));
const NOTES =
  '{ cases(filter: { assignedToMe: true }) { edges { node { id interviewNotes(first: 100) { edges { node { id body } } } } } } }';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  const app = await startTestApp(database, { vault: vaultOf(OLD) });
  const [district] = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
  for (const text of [
    'Dort chez une amie depuis trois nuits.',
    'Rappellera elle-même, lundi.',
    'Reviendra avec son courrier.',
  ]) {
    const { errors } = await (await app.as('worker.sevran')).send(
      'mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) { id } }',
      { input: { districtId: district?.id, text } },
    );
    expect(errors).toEqual([]);
  }
  await app.close();
});
afterAll(() => database.drop());

async function notesWith(
  vault: ReturnType<typeof vaultOf>,
): Promise<{ text: string; codes: readonly string[]; bodies: (string | null)[] }> {
  const app = await startTestApp(database, { vault });
  const { data, codes, text } = await (await app.as('worker.sevran')).send(NOTES);
  await app.close();
  const cases = data?.['cases'].edges as {
    node: { interviewNotes: { edges: { node: { body: string | null } }[] } };
  }[];
  return {
    text,
    codes,
    bodies: cases.flatMap((edge) => edge.node.interviewNotes.edges.map((note) => note.node.body)),
  };
}

/** What a worker reads of encounters: their texts, or why not. */
async function encountersWith(vault: ReturnType<typeof vaultOf>): Promise<(string | null)[]> {
  const app = await startTestApp(database, { vault });
  const { data, codes } = await (await app.as('worker.sevran')).send(
    '{ encounters(first: 100) { edges { node { text } } } }',
  );
  await app.close();
  const texts = data?.['encounters'].edges.map((edge: { node: { text: string | null } }) => edge.node.text);
  return [...texts, ...codes];
}

async function countTexts(): Promise<number> {
  const counts = Object.keys(TEXT_TABLES).map(
    (table) => `(select count(*) from ${table} where body is not null)`,
  );
  const [row] = await database.sql<{ count: number }>(`select (${counts.join(' + ')})::integer as count`);
  return row?.count ?? 0;
}

test('a rotation of the master key that dies at any batch is taken up again, and every note opens throughout', async () => {
  const before = await notesWith(vaultOf(OLD));
  expect(before.bodies.length).toBeGreaterThan(20);
  const encounters = await database.sql('select from encounter_key');
  const seen = await encountersWith(vaultOf(OLD));
  expect(seen.length).toBeGreaterThan(3);
  const backup = await database.sql<{ case_id: string }>(
    'select case_id, master_key_id, wrapped from case_key',
  );
  const { store, close } = openCaseKeyStore(database.urlAs('cosmos_jobs'), testProver());
  for (let batches = 0; batches < 3; batches += 1) {
    let left = batches;
    const dying = {
      ...store,
      takeNotUnder: (...args: Parameters<typeof store.takeNotUnder>) => {
        if (left-- <= 0) throw new Error('killed');
        return store.takeNotUnder(...args);
      },
    };
    await expect(rotateCaseKeys(dying, createLocalKeyService([NEW, OLD]), { batch: 20 })).rejects.toThrow(
      'killed',
    );
    expect((await notesWith(vaultOf(NEW, OLD))).bodies).toEqual(before.bodies);
  }
  const { rewrapped } = await rotateCaseKeys(store, createLocalKeyService([NEW, OLD]), { batch: 500 });
  expect(rewrapped).toBe(backup.length + encounters.length + (await countTexts()) - 60);
  await close();
  for (const table of ['case_key', 'encounter_key', ...Object.keys(TEXT_TABLES)])
    for (const { id } of await database.sql<{ id: string }>(
      `select distinct master_key_id as id from ${table} where master_key_id is not null`,
    ))
      expect(id).toBe('next');
  // The old key may now be retired; a backup of the old rows does not open with the new one.
  expect((await notesWith(vaultOf(NEW))).bodies).toEqual(before.bodies);
  expect(await encountersWith(vaultOf(NEW))).toEqual(seen);
  await database.sql(
    'create table old_backup as select case_id, master_key_id, wrapped from case_key with no data',
  );
  for (const row of backup.slice(0, 3) as { case_id: string; master_key_id: string; wrapped: Buffer }[]) {
    await expect(
      vaultOf(NEW).openCaseKey({ masterKeyId: row.master_key_id, wrapped: row.wrapped }, row.case_id),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }
});

test('a ciphertext moved to another note does not open, and betrays nothing in the error', async () => {
  const [pair] = await database.sql<{
    a: string;
    b: string;
  }>(`select min(n.id::text) as a, max(n.id::text) as b from interview_note n
    join worker w on w.id = n.reader_id where w.subject = 'worker.sevran' group by n.case_id having count(*) > 1 limit 1`);
  const [kept] = await database.sql<{ body: Buffer }>('select body from interview_note where id = $1', [
    pair?.a,
  ]);
  await database.sql(
    'update interview_note set body = (select body from interview_note where id = $2) where id = $1',
    [pair?.a, pair?.b],
  );
  const { codes, text } = await notesWith(vaultOf(NEW));
  expect(codes).toEqual(['INTERNAL']);
  expect(text).not.toMatch(/GCM|decrypt|authenticat|vault|at .*\.ts/i);
  await database.sql('update interview_note set body = $2 where id = $1', [pair?.a, kept?.body]);
  expect((await notesWith(vaultOf(NEW))).codes).toEqual([]);
});

test('a case whose key is destroyed has notes that nobody reads again', async () => {
  const [row] = await database.sql<{ id: string }>(`select n.case_id as id from interview_note n
    join worker w on w.id = n.reader_id where w.subject = 'worker.sevran' limit 1`);
  await database.sql('delete from case_key where case_id = $1', [row?.id]);
  const { codes, bodies } = await notesWith(vaultOf(NEW));
  expect(new Set(codes)).toEqual(new Set(['NOT_FOUND']));
  expect(bodies.some((body) => body === null)).toBe(true);
});

test('an encounter is nothing to whoever holds a dump, opens in no other row, and not at all once its key is destroyed', async () => {
  const [first, second] = await database.sql<{ id: string; body: Buffer; wrapped: Buffer }>(
    `select e.id, e.body, k.wrapped from encounter e join encounter_key k on k.encounter_id = e.id
      join worker w on w.id = e.reader_id where w.subject = 'worker.sevran' order by e.held_at desc, e.id desc limit 2`,
  );
  const [text] = await encountersWith(vaultOf(NEW));
  expect(text?.length).toBeGreaterThan(10);
  for (const table of ['encounter', 'encounter_key', 'access_log', 'idempotency_key'])
    for (const { row } of await database.sql<{ row: string }>(`select t::text as row from ${table} t`)) {
      expect(row).not.toContain(text?.slice(0, 10));
      // Bytes show in hexadecimal.
      expect(row).not.toContain(Buffer.from(text?.slice(0, 10) ?? '').toString('hex'));
    }
  const write = (id: string | undefined, body: Buffer | undefined) =>
    database.sql('update encounter set body = $2 where id = $1', [id, body]);
  const keep = (id: string | undefined, wrapped: Buffer | undefined) =>
    database.sql('update encounter_key set wrapped = $2 where encounter_id = $1', [id, wrapped]);
  // Moved alone, or with its key.
  await write(first?.id, second?.body);
  expect((await encountersWith(vaultOf(NEW))).slice(-1)).toEqual(['INTERNAL']);
  await keep(first?.id, second?.wrapped);
  expect((await encountersWith(vaultOf(NEW))).slice(-1)).toEqual(['INTERNAL']);
  await write(first?.id, first?.body);
  await keep(first?.id, first?.wrapped);
  expect(await encountersWith(vaultOf(NEW))).toContain(text);
  await database.sql('delete from encounter_key where encounter_id = $1', [first?.id]);
  expect((await encountersWith(vaultOf(NEW))).slice(-1)).toEqual(['NOT_FOUND']);
});

test('a master key that the server does not have is unavailable, and no other request suffers', async () => {
  const app = await startTestApp(database, { vault: vaultOf({ id: 'other', key: Buffer.alloc(32, 1) }) });
  const worker = await app.as('worker.sevran');
  expect((await worker.send(NOTES)).codes).toContain('UNAVAILABLE');
  expect((await worker.send('{ viewer { kind } }')).errors).toEqual([]);
  await app.close();
});
