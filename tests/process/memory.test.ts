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

/** The bytes of the heap without what is young and of no use; with SIGWINCH, without all that is of no use. */
async function heap(signal: 'SIGUSR2' | 'SIGWINCH' = 'SIGUSR2'): Promise<number> {
  const told = (): string[] => cosmos.output().stdout.match(/heap \d+/g) ?? [];
  const before = told().length;
  cosmos.signal(signal);
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

test.each([
  ['of white space', (nth: number) => `{ __typename }${' '.repeat(240_000)}# ${nth}`],
  [
    'of as many fields as may be',
    (nth: number) => `query Q${nth} { needCodes { ${`...{ ${'code '.repeat(95)} }`.repeat(4)} } }`,
  ],
])('documents %s that are all different do not fill the memory', async (_, document) => {
  const before = await heap('SIGWINCH');
  for (let nth = 0; nth < 400; nth += 1) await ask(url, null, document(nth));
  // Without a limit they would keep 75 MiB and more.
  expect((await heap('SIGWINCH')) - before).toBeLessThan(45 * 2 ** 20);
});
