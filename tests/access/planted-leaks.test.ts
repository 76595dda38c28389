import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findCanaries } from '../support/crawler/canaries.js';
import { type Asked, Pair } from '../support/crawler/compare.js';
import { type CrawledCounty, startCrawledCounty } from '../support/crawler/county.js';
import { type Crawled, crawlWide, textOf } from '../support/crawler/crawl.js';
import { chooseNote, DIFFERENCES, freezeAccessLog, withoutNoteTriggers } from '../support/crawler/differ.js';
import { queryDocuments } from '../support/crawler/documents.js';
import { mutate } from '../support/crawler/mutate.js';
import { randomOperations, sourcesAround } from '../support/crawler/random-operations.js';
import { CanarySearch } from '../support/crawler/search.js';
import { PLANTS, type PlantName, plantLeaks } from './planted-leaks.js';

/**
 * The proof of the proof: leaks are planted into the schema one by one, and the crawler finds each. It is the same
 * crawler, with the same search and the same comparison, and knows nothing of any of them.
 */
const READER = 'worker.sevran';
/** A viewer of every kind of relation to the note's case but its reader's: desk, colleague, head, elsewhere, person. */
const OTHERS = ['reception.sevran', 'worker2.sevran', 'head.sevran', 'worker.gagny', 'person.sevran'];
const SEED = 8;

let active: PlantName | null = null;
let one: CrawledCounty;
let other: CrawledCounty;
let pair: Pair;
let search: CanarySearch;
let operations: readonly Asked[];

beforeAll(async () => {
  const alter = plantLeaks(() => active);
  one = await startCrawledCounty(alter);
  // The second county is without one note.
  other = await startCrawledCounty(alter, async (database) => {
    const note = await chooseNote(database, READER, 'own');
    await withoutNoteTriggers(database, () => DIFFERENCES.existence(database, note));
  });
  const note = await chooseNote(one.database, READER, 'own');
  const sources = sourcesAround(one.sources, note);
  search = new CanarySearch(await findCanaries(one.database));
  // The officer's log tells the time of every question: of both counties the same lines.
  for (const county of [one, other]) await freezeAccessLog(county.database);
  pair = await Pair.of([one, other], OTHERS);
  const documents = [...queryDocuments(sources), ...randomOperations(sources, SEED, 100)];
  operations = documents.flatMap((document) => OTHERS.map((login) => ({ document, login })));
}, 900_000);
afterAll(async () => {
  pair.close();
  await one.close();
  await other.close();
});

/** The first that asking finds: a canary in an answer, an answer that differs, a canary in the log. */
async function findByAsking(): Promise<string[]> {
  const found: string[] = [];
  const from = one.logged.length;
  const compared = await pair.compare(operations, {
    witness: ({ status, headers, text }, { login }) => {
      for (const { kind } of search.leaks(login, `${status}\n${headers}\n${text}`))
        found.push(`canary of a ${kind}`);
    },
    isEnough: ({ differing }) => found.length + differing.length > 0 || logHolds(from),
  });
  return [
    ...new Set(found),
    ...(compared.differing.length > 0 ? ['answers differ'] : []),
    ...(logHolds(from) ? ['canary in the log'] : []),
  ];
}

function logHolds(from: number): boolean {
  return !search.found(one.logged.slice(from).join('\n')).next().done;
}

class Found extends Error {}

/** The first that writing finds: a canary in the payload or the error of a mutation. */
async function findByWriting(): Promise<string[]> {
  for (const login of OTHERS.slice(0, 3)) {
    const requester = await one.as(login);
    const crawled: Crawled = await crawlWide(requester, one.sources);
    let now = new CanarySearch(await findCanaries(one.database));
    try {
      await mutate(requester, one.sources, one.reader, crawled, async (answer) => {
        const text = textOf(answer);
        if (now.leaks(login, text).length === 0) return;
        now = new CanarySearch(await findCanaries(one.database));
        const [leak] = now.leaks(login, text);
        if (leak !== undefined) throw new Found(`canary of a ${leak.kind}`);
      });
    } catch (error) {
      if (error instanceof Found) return [error.message];
      throw error;
    }
  }
  return [];
}

describe('asking everything finds', () => {
  test('nothing where nothing is planted', async () => {
    active = null;
    expect(await findByAsking()).toEqual([]);
    expect(operations.length).toBeGreaterThan(800);
  }, 900_000);

  test.each((Object.keys(PLANTS) as PlantName[]).filter((name) => name !== 'mutation payload'))(
    'a leak by %s',
    async (name) => {
      active = name;
      const found = await findByAsking();
      active = null;
      process.stdout.write(`A leak by ${name} was found: ${found.join(', ')}\n`);
      expect(found.length).toBeGreaterThan(0);
    },
    900_000,
  );
});

describe('writing everything finds', () => {
  test('nothing where nothing is planted', async () => {
    active = null;
    expect(await findByWriting()).toEqual([]);
  }, 900_000);

  test('a leak by mutation payload', async () => {
    active = 'mutation payload';
    const found = await findByWriting();
    active = null;
    process.stdout.write(`A leak by mutation payload was found: ${found.join(', ')}\n`);
    expect(found).toEqual(['canary of a note']);
  }, 900_000);
});
