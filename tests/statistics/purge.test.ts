import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { freezeSnapshots } from '../../src/jobs/freeze-snapshots.js';
import { MEASURES, type MeasureCode } from '../../src/statistics/measures.js';
import { programmeOf, tablesOfPeriod } from '../../src/statistics/programme.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';
import { SECRET } from './scene.js';

/** Closed cases are purged, and with them all that hangs on them: every answer that was published stays, byte for byte. */
let database: TestDatabase;
let app: TestApp;
let reader: Requester;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  reader = await app.as('adviser');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const AT_ONCE = 10;

function argumentsOf(question: Readonly<Record<string, unknown>>): string {
  return Object.entries(question)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');
}

/** The answers over HTTP, by their questions: the whole programme of every period. */
async function everyAnswer(): Promise<Map<string, string>> {
  const snapshots = await database.sql<{ period: string }>('select period from snapshot order by 1');
  const districts = (await database.sql<{ id: string }>('select id from district')).map(({ id }) => id);
  const indicators = await database.sql<{ code: MeasureCode; dimensions: string[] }>(
    `select distinct i.code, i.dimensions from indicator i join snapshot_table t on t.indicator_id = i.id order by 1`,
  );
  const questions = snapshots.flatMap(({ period }) =>
    indicators.flatMap(({ code, dimensions }) =>
      tablesOfPeriod(
        programmeOf({ measure: MEASURES[code], dimensions, givenBy: 'DISTRICT' }),
        period,
      ).flatMap(({ territory, by }) =>
        (territory === 'COUNTY' ? [null] : districts).map((districtId) => ({
          indicator: code,
          period,
          districtId,
          by,
        })),
      ),
    ),
  );
  const answers = new Map<string, string>();
  const waiting = [...questions];
  const askOn = async (): Promise<void> => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, AT_ONCE);
      const { data, errors } = await reader.send(
        `{ ${some.map((question, nth) => `q${nth}: statistics(${argumentsOf(question)}) { frozenOn cells(first: 100) { edges { node { value low high base withheld } } } }`).join('\n')} }`,
      );
      for (const [nth, question] of some.entries()) {
        const refusal = errors.find(({ path }) => path?.[0] === `q${nth}`)?.extensions;
        answers.set(JSON.stringify(question), JSON.stringify(refusal ?? data?.[`q${nth}`]));
      }
    }
  };
  await Promise.all([1, 2, 3, 4].map(askOn));
  return answers;
}

/** Every row that answers a question, of every snapshot, as the application reads it. */
async function everyRow(): Promise<string[]> {
  const rows = await database.sql<{ row: string }>(
    `select to_jsonb(s)::text as row from snapshot s union all select to_jsonb(d)::text from snapshot_dimension d
     union all select to_jsonb(t)::text from snapshot_table t union all select to_jsonb(i)::text from indicator i order by 1`,
  );
  return rows.map(({ row }) => row);
}

test('a purge changes no published answer', async () => {
  const [before, rows] = [await everyAnswer(), await everyRow()];
  expect(before.size).toBeGreaterThan(800);
  expect(rows.length).toBeGreaterThan(1_000);
  const [of] = await database.sql<{ cases: number; told: number }>(
    `select (select count(*)::integer from "case") as cases,
       (select sum(cardinality(array_remove(cells, null)))::integer from snapshot_table) as told`,
  );
  expect(of?.told).toBeGreaterThan(300);
  // Every case that was ever closed, and half of the open ones; their appointments, and whoever is in none any more.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(
      `create temporary table purged as select id from "case" where status = 'CLOSED' or id < '80000000-0000-0000-0000-000000000000'`,
    );
    await client.query(`delete from appointment_request where case_id in (select id from purged)`);
    await client.query(`delete from appointment where case_id in (select id from purged)`);
    await client.query('alter table assignment disable trigger user');
    await client.query(`delete from "case" where id in (select id from purged)`);
    await client.query('alter table assignment enable trigger user');
    await client.query(`delete from visit`);
  } finally {
    await client.end();
  }
  const [left] = await database.sql<{ cases: number }>('select count(*)::integer as cases from "case"');
  expect(left?.cases).toBeLessThan((of?.cases ?? 0) / 2 + 20);
  const jobs = jobsOf(database);
  expect(await freezeSnapshots(jobs, SECRET)).toBe(0);
  await jobs.end();
  const after = await everyAnswer();
  expect(after.size).toBe(before.size);
  expect(await everyRow()).toEqual(rows);
  for (const [question, text] of before)
    if (after.get(question) !== text) expect([question, after.get(question)]).toEqual([question, text]);
});
