import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';
import { until } from '../support/until.js';
import { endAll, startJobs } from './cosmos-process.js';

/** The process of the jobs as an operator meets it: what it needs, and how it ends. */
let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterEach(endAll);
afterAll(() => database.drop());

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it says that it runs, and ends by itself on %s',
  async (signal) => {
    const jobs = startJobs(database.urlAs('cosmos_jobs'));
    await jobs.running();
    jobs.signal(signal);
    expect(await jobs.ended).toBe(0);
    expect(jobs.output()).toEqual({ stdout: 'Cosmos is running its jobs.\n', stderr: '' });
  },
);

test('it carries out a reassignment whose time has come', async () => {
  const sevran = (await county(database)).district('Sevran');
  const file = await sevran.worker('alice').case();
  const [taker, head] = [await sevran.worker('bruno'), await sevran.head('hélène')];
  await rowsOf(database).plannedReassignment({
    caseId: file.id,
    toWorkerId: taker.id,
    plannedById: head.id,
    plannedAt: ago(1),
    takesEffectAt: ago(0),
  });
  const jobs = startJobs(database.urlAs('cosmos_jobs'));
  await jobs.running();
  await until('the case is the other worker’s', async () => {
    const [row] = await database.sql('select from "case" where id = $1 and assigned_worker_id = $2', [
      file.id,
      taker.id,
    ]);
    return row !== undefined;
  });
  jobs.signal('SIGTERM');
  expect(await jobs.ended).toBe(0);
});

test.each([
  ['no database', () => '', 'JOBS_DATABASE_URL: required, as the role cosmos_jobs.'],
  ['a database that is not there', () => 'postgresql://cosmos_jobs:x@127.0.0.1:1/cosmos', 'ECONNREFUSED'],
  ['a database without a queue', () => database.urlAs('cosmos_jobs').replace(/[^/]+$/, 'postgres'), ''],
])('with %s it ends, and says why in a line', async (_what, url, why) => {
  const jobs = startJobs(url());
  expect(await jobs.ended).toBe(1);
  const { stdout, stderr } = jobs.output();
  expect([stdout, stderr.trim().split('\n')]).toEqual(['', [expect.stringContaining(why)]]);
});
