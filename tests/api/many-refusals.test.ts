import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MAX_REFUSALS } from '../../src/refusals.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The head's queue has a hundred cases. The head reads of each that it exists, and none of its needs. */
const CASES = 100;
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.head('hélène');
  await sevran.worker('alice');
  await Promise.all(Array.from({ length: CASES }, () => sevran.case()));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Asks for each of the first cases, and for fields that are refused in each of them. */
const asking = (cases: number, refused: number): string => {
  const needs = Array.from({ length: refused }, (_, nth) => `n${nth}: needs { id }`);
  return `{ cases(first: ${cases}) { edges { node { id ${needs.join(' ')} } } } }`;
};

async function outcomes(): Promise<readonly string[]> {
  const rows = await database.sql<{ outcome: string }>(
    `select distinct outcome::text from access_log where action = 'READ_CASE' order by 1`,
  );
  return rows.map(({ outcome }) => outcome);
}

test('a thousand refused fields have a thousand errors', async () => {
  const head = await app.as('hélène');
  const { status, data, errors } = await head.send(asking(CASES, 10));
  expect(status).toBe(200);
  expect(data?.['cases'].edges).toHaveLength(CASES);
  expect(errors).toHaveLength(MAX_REFUSALS);
  expect(new Set(errors.map(({ path }) => JSON.stringify(path))).size).toBe(MAX_REFUSALS);
  expect(await outcomes()).toEqual(['DONE']);
});

test('one more, and the answer is one error without data, which the log says', async () => {
  await database.sql('truncate access_log');
  const head = await app.as('hélène');
  const { status, data, errors } = await head.send(asking(91, 11));
  expect({ status, data }).toEqual({ status: 200, data: null });
  expect(errors).toEqual([
    { message: expect.stringContaining('1 000'), extensions: { code: 'DOCUMENT_TOO_COSTLY' } },
  ]);
  expect(await outcomes()).toEqual(['REFUSED']);
});

test('an error says where its field stands, on a page as long as a request may be', async () => {
  const head = await app.as('hélène');
  const lines = 100_000;
  const { errors } = await head.send(`${'\n'.repeat(lines)}${asking(2, 1)}`);
  expect(errors).toHaveLength(2);
  for (const { locations } of errors as unknown as { locations: unknown }[])
    expect(locations).toEqual([{ line: lines + 1, column: 39 }]);
});

test('a worker reads their own id and posts, whatever the token may do', async () => {
  const alice = await app.as('alice', { scopes: ['cases:read'] });
  const { data, codes } = await alice.send('{ viewer { worker { id memberships { role } } } }');
  expect({ data, codes }).toEqual({
    data: { viewer: { worker: { id: expect.any(String), memberships: [{ role: 'SOCIAL_WORKER' }] } } },
    codes: [],
  });
});
