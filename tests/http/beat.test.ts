import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';
import {
  ANSWERED_ALIKE,
  BEAT_MS,
  beatOf,
  denies,
  MANY_NOTES_BEAT_MS,
  MOVES_NOTES,
  NOTES_BEAT_MS,
  nextBeat,
} from '../../src/http/beat.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What is missing and what is forbidden are answered on the beat; how well that hides is `npm run bench:existence`. */
describe('the beat', () => {
  test.each([0, 3, 9.5, 12, 37])('comes at the next ten milliseconds after %d', async (passed) => {
    const since = performance.now() - passed;
    await nextBeat(since, 10);
    expect(performance.now() - since).toBeGreaterThanOrEqual(Math.ceil(passed / 10) * 10);
  });

  test('is for answers with null or nobody where a question starts', () => {
    expect(denies({ case: null })).toBe(true);
    expect(denies({ viewer: { kind: 'WORKER' }, appointment: null })).toBe(true);
    expect(denies({ personLookUp: [] })).toBe(true);
    expect(denies({ personLookUp: [null] })).toBe(false);
    expect(denies({ case: { mission: null } })).toBe(false);
    for (const page of [
      { edges: [] },
      { rows: [], pageInfo: { hasNextPage: false } },
      { pageInfo: { hasNextPage: false } },
      { kind: 'CaseConnection', pageInfo: { hasNextPage: false } },
    ])
      expect([page, denies({ cases: page })]).toEqual([page, true]);
    expect(denies({ cases: { edges: [{ cursor: 'x' }], pageInfo: { hasNextPage: false } } })).toBe(false);
    expect(denies(null)).toBe(true);
    expect(denies(undefined)).toBe(false);
  });
});

describe('what gives notes another reader', () => {
  const operationOf = (text: string): OperationDefinitionNode => {
    const operation = getOperationAST(parse(text));
    if (!operation) throw new Error('no operation');
    return operation;
  };

  test('leaves on the long beat, done or refused, under whatever alias', () => {
    for (const data of [{ again: { id: '1' } }, { again: null }])
      expect(beatOf(operationOf('mutation { again: reassignCase(input: {}) { id } }'), data)).toBe(
        NOTES_BEAT_MS,
      );
    expect(
      beatOf(operationOf('mutation { reassignCase: closeCase(input: {}) { id } }'), { reassignCase: {} }),
    ).toBeNull();
    expect(beatOf(operationOf('{ case(id: 1) { id } }'), { case: null })).toBe(BEAT_MS);
    expect(beatOf(operationOf('{ case(id: 1) { id } }'), { case: {} })).toBeNull();
  });

  test('and of many cases at once, on one that is longer than what fifty take', () => {
    for (const data of [{ reassignCases: [{ outcome: 'DONE' }] }, { reassignCases: null }])
      expect(beatOf(operationOf('mutation { reassignCases(input: {}) { outcome } }'), data)).toBe(
        MANY_NOTES_BEAT_MS,
      );
  });

  test('is shared by what is answered alike whether there was anyone or not', () => {
    const noted = operationOf('mutation { noteTelephoneCancellation(input: {}) { fr } }');
    expect(beatOf(noted, { noteTelephoneCancellation: { fr: 'x' } })).toBe(NOTES_BEAT_MS);
    const again = operationOf('mutation { sendTimesAgain(input: {}) { text } }');
    expect(beatOf(again, { sendTimesAgain: { text: 'x' } })).toBe(NOTES_BEAT_MS);
    const blind = operationOf('mutation { sendBlindMessage(input: {}) { fr } }');
    expect(beatOf(blind, { sendBlindMessage: { fr: 'x' } })).toBe(NOTES_BEAT_MS);
  });

  test('is in the schema by these names', async () => {
    const mutations = (await buildCosmosSchema()).getMutationType()?.getFields() ?? {};
    expect([...MOVES_NOTES, ...ANSWERED_ALIKE].filter((name) => !(name in mutations))).toEqual([]);
  });
});

describe('over HTTP', () => {
  let database: TestDatabase;
  let app: TestApp;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    database = await cloneDatabase();
    const made = await county(database);
    const sevran = made.district('Sevran');
    await sevran.worker('alice');
    await sevran.head('hélène');
    ids['few'] = (await sevran.worker('chloé').case().note('Vue.')).id;
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

  test('a reassignment that its own payload undoes takes as long as any other', async () => {
    const { id: alice } = (
      await database.sql<{ id: string }>("select id from worker where subject = 'alice'")
    )[0] ?? {
      id: '',
    };
    const head = await app.as('hélène');
    const startedAt = performance.now();
    const { data, codes } = await head.send(
      'mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { interviewNotes { edges { cursor } } } }',
      { input: { caseId: ids['few'], workerId: alice, expectedVersion: 1 } },
    );
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(NOTES_BEAT_MS);
    expect({ data, codes }).toEqual({ data: { reassignCase: null }, codes: ['FORBIDDEN'] });
  });
});
