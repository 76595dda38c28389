import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

/** A case goes to someone else while its worker writes: what they began as theirs is refused as any stranger's is. */
let database: TestDatabase;
let app: TestApp;
let sevran: DistrictBuilder;
let alice: Requester;
let holder: { id: string };
let bruno: { id: string };
let held: BuiltCase;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  sevran = (await county(database)).district('Sevran');
  bruno = await sevran.worker('bruno');
  const worker = sevran.worker('alice');
  holder = await worker;
  held = await worker.case().note('Vu ce matin.');
  alice = await app.as('alice');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Statements of this database that wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await database.sql<{ count: number }>(
    `select count(*)::integer as count from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
    [database.name],
  );
  return row?.count ?? 0;
}

/** Reassigns the case, and commits once what is begun meanwhile waits for it. */
async function whileReassigned<T>(begin: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    held.id,
  ]);
  await client.query('insert into assignment (id, case_id, worker_id) values (gen_random_uuid(), $1, $2)', [
    held.id,
    bruno.id,
  ]);
  // As at its commit: what hangs on the case is written, and held.
  await client.query('set constraints all immediate');
  const begun = begin();
  await until('what is begun to wait for it', async () => (await waiting()) === 1);
  await client.query('commit');
  await client.end();
  return begun;
}

async function backToAlice(): Promise<void> {
  await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    held.id,
  ]);
  await rowsOf(database).assignment({ caseId: held.id, workerId: holder.id });
}

test.each([
  ['writeNote', 'FORBIDDEN', () => ({ caseId: held.id, body: 'Elle dit…' })],
  ['amendNote', 'CONFLICT', () => ({ id: held.noteIds[0], expectedVersion: 1, body: 'Elle dit…' })],
  ['recordNeed', 'FORBIDDEN', () => ({ caseId: held.id, code: 'AUT-01', startsOn: '2026-01-01' })],
])('%s is %s, and has no effect', async (name, code, input) => {
  await backToAlice();
  const count = `select (select count(*) from interview_note)::integer as notes, (select max(version) from interview_note) as version,
    (select count(*) from need)::integer as needs`;
  const before = await database.sql(count);
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await whileReassigned(() =>
    alice.send(`mutation ($input: ${type}!) { ${name}(input: $input) { id } }`, { input: input() }),
  );
  expect({ status: answer.status, codes: answer.codes }).toEqual({ status: 200, codes: [code] });
  expect(await database.sql(count)).toEqual(before);
});
