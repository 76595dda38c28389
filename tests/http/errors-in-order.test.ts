import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Errors come in the order of the document: in the order in which they were found, they would tell the time it took. */
let database: TestDatabase;
let app: TestApp;
let id: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.worker('bruno');
  id = (await sevran.worker('alice').case()).id;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

// The log is refused by role alone, at once; mission and notes are once the case has been read.
const READ = 'case(id: $id) {\n interviewNotes { edges { node { id } } }\n mission\n }';
const AT_ONCE = 'accessLog(filter: { personId: $id, ground: CONTROL }) { edges { cursor } }';

test.each([
  ['what takes longer first', `${READ}\n${AT_ONCE}`, ['case.interviewNotes', 'case.mission', 'accessLog']],
  ['what takes longer last', `${AT_ONCE}\n${READ}`, ['accessLog', 'case.interviewNotes', 'case.mission']],
])('%s', async (_name, selection, paths) => {
  const { errors } = await (await app.as('bruno')).send(`query ($id: ID!) {\n${selection}\n}`, { id });
  expect(errors.map(({ path }) => path?.join('.'))).toEqual(paths);
});
