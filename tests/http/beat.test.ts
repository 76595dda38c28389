import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { denies, nextBeat } from '../../src/http/beat.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What is missing and what is forbidden are answered on the beat; how well that hides is `npm run bench:existence`. */
describe('the beat', () => {
  test.each([0, 3, 9.5, 12, 37])('comes at the next ten milliseconds after %d', async (passed) => {
    const since = performance.now() - passed;
    await nextBeat(since);
    expect(performance.now() - since).toBeGreaterThanOrEqual(Math.ceil(passed / 10) * 10);
  });

  test('is for answers with null or nobody where a question starts', () => {
    expect(denies({ case: null })).toBe(true);
    expect(denies({ viewer: { kind: 'WORKER' }, appointment: null })).toBe(true);
    expect(denies({ personLookUp: [] })).toBe(true);
    expect(denies({ personLookUp: [null] })).toBe(false);
    expect(denies({ case: { mission: null } })).toBe(false);
    expect(denies(null)).toBe(false);
    expect(denies(undefined)).toBe(false);
  });
});

describe('over HTTP', () => {
  let database: TestDatabase;
  let app: TestApp;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    database = await cloneDatabase();
    const made = await county(database);
    await made.district('Sevran').worker('alice');
    ids['case'] = (await made.district('Gagny').worker('bob').case()).id;
    ids['person'] = (await made.district('Aubervilliers').person()).id;
    app = await startTestApp(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  test.each([
    ['a query', 'case', 'query ($id: ID!) { case(id: $id) { id } }'],
    [
      'a mutation',
      'person',
      'mutation ($id: ID!) { updatePerson(input: { id: $id, expectedVersion: 1 }) { id } }',
    ],
  ])('%s never answers sooner, forbidden or missing', async (_name, kind, query) => {
    const alice = await app.as('alice');
    for (const id of [ids[kind], randomUUID(), ids[kind], randomUUID()]) {
      const startedAt = performance.now();
      const { data } = await alice.send(query, { id });
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(10);
      expect(Object.values(data ?? {})).toEqual([null]);
    }
  });
});
