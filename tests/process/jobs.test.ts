import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
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
