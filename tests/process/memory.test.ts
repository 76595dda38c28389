import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../support/until.js';
import {
  ask,
  type CosmosProcess,
  developmentToken,
  endAll,
  newDataDir,
  startCosmos,
} from './cosmos-process.js';

/** What a page leaves in memory that only a full garbage collection frees (decision 0074), in a process that does nothing else. */
let dataDir: string;
let cosmos: CosmosProcess;
let url: string;
let token: string;

beforeAll(async () => {
  dataDir = await newDataDir();
  cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir }, [
    '--expose-gc',
    '--import',
    resolve('tests/support/heap-probe.js'),
  ]);
  url = await cosmos.listening();
  token = await developmentToken(dataDir, 'worker.sevran');
});
afterAll(async () => {
  endAll();
  await rm(dataDir, { recursive: true, force: true });
});

const PAGE = `{ cases(first: 25, filter: { assignedToMe: true }) { edges { node {
  id reference mission openedAt persons { id displayName phone } needs { id code { labelFr } }
  interviewNotes { edges { node { id writtenAt body } } pageInfo { endCursor } } } } } }`;
const PAGES = 10;
const ROUNDS = 6;

/** The bytes of the heap without what is young and of no use. */
async function heap(): Promise<number> {
  const told = (): string[] => cosmos.output().stdout.match(/heap \d+/g) ?? [];
  const before = told().length;
  cosmos.signal('SIGUSR2');
  await until('the size of the heap', () => told().length > before);
  return Number(told().at(-1)?.slice('heap '.length));
}

test('nothing old refers to the rows of a page that has been answered', async () => {
  const page = (): ReturnType<typeof ask> => ask(url, token, PAGE);
  const size = JSON.stringify(await page()).length;
  expect(size).toBeGreaterThan(10_000);
  for (let nth = 0; nth < PAGES; nth += 1) await page();
  const kept: number[] = [];
  let before = await heap();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let nth = 0; nth < PAGES; nth += 1) await page();
    const after = await heap();
    kept.push((after - before) / PAGES);
    before = after;
  }
  // In a round all garbage may be collected, or something compiled: not in most of them.
  const usual = kept.sort((a, b) => a - b)[ROUNDS / 2];
  expect(usual).toBeLessThan(size);
});
