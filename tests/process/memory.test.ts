import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What a page leaves in memory that only a full garbage collection frees (decision 0074). */
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const alice = (await county(database)).district('Sevran').worker('alice');
  await alice;
  for (let nth = 0; nth < 20; nth += 1) await alice.case().note('Entretien. '.repeat(150));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const PAGE = `{ cases(first: 20, filter: { assignedToMe: true }) { edges { node {
  id reference mission openedAt persons { id displayName phone } interviewNotes { edges { node { id writtenAt body } } } } } } }`;
const PAGES = 10;
const ROUNDS = 6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

/** Frees what is young and of no use, twice: what has outlived one collection of the young is still young. */
async function freeTheYoung(): Promise<number> {
  for (let turn = 0; turn < 2; turn += 1) {
    await sleep(20);
    collect({ type: 'minor' });
  }
  return getHeapStatistics().used_heap_size;
}

test('nothing old refers to the rows of a page that has been answered', async () => {
  const alice = await app.as('alice');
  const { text } = await alice.send(PAGE);
  for (let page = 0; page < PAGES; page += 1) await alice.send(PAGE);
  const kept: number[] = [];
  let before = await freeTheYoung();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let page = 0; page < PAGES; page += 1) await alice.send(PAGE);
    const after = await freeTheYoung();
    kept.push((after - before) / PAGES);
    before = after;
  }
  // Now and then something else goes on in the process, or all garbage is collected: not in most rounds.
  const usual = kept.sort((a, b) => a - b)[ROUNDS / 2];
  expect(usual).toBeLessThan(text.length);
});
