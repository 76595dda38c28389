import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The data is written while PostgreSQL commits, and the errors after that: the client sees one JSON text, of the length that is said. */
let database: TestDatabase;
let app: TestApp;
let id: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.head('hélène');
  id = (await sevran.worker('alice').case().note('Elle a dit « oui » – à l’aîné.')).id;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const READ = `query ($id: ID!) { case(id: $id) { id mission interviewNotes { edges { node { body } } } } }`;

test.each([
  ['with a note', 'alice', []],
  ['with a refused field, whose error comes first', 'hélène', ['FORBIDDEN']],
])('%s', async (_name, login, codes) => {
  const answer = await (await app.as(login)).send(READ, { id });
  expect(answer.codes).toEqual(codes);
  const { errors, data } = answer;
  expect(answer.text).toBe(`${JSON.stringify(errors.length > 0 ? { errors, data } : { data })}\n`);
  expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)));
  const notes = answer.data?.['case'].interviewNotes?.edges ?? [];
  expect(notes).toEqual(login === 'alice' ? [{ node: { body: 'Elle a dit « oui » – à l’aîné.' } }] : []);
});
