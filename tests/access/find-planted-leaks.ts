import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findCanaries } from '../support/crawler/canaries.js';
import { type Asked, Pair } from '../support/crawler/compare.js';
import { coordinatesIn } from '../support/crawler/coordinates.js';
import { type CrawledCounty, startCrawledCounty } from '../support/crawler/county.js';
import { crawlWide, textOf } from '../support/crawler/crawl.js';
import { chooseNote, DIFFERENCES, freezeAccessLog, withoutNoteTriggers } from '../support/crawler/differ.js';
import { queryDocuments } from '../support/crawler/documents.js';
import { mutate } from '../support/crawler/mutate.js';
import { randomOperations, sourcesAround } from '../support/crawler/random-operations.js';
import { CanarySearch } from '../support/crawler/search.js';
import { say } from '../support/say.js';
import { PLANTS, type PlantName, plantLeaks } from './planted-leaks.js';

const READER = 'worker.sevran';
/** A viewer of every kind of relation to the note's case but its reader's: desk, colleague, head, elsewhere, person. */
export const OTHERS = ['reception.sevran', 'worker2.sevran', 'head.sevran', 'worker.gagny', 'person.sevran'];
const SEED = 8;
const BY_WRITING: PlantName = 'mutation payload';

/** How much of it is done. */
export interface Form {
  /** Which leaks are planted, beside the one that writing finds. */
  readonly plants: readonly PlantName[];
  /** Who asks: of `OTHERS`. */
  readonly viewers: readonly string[];
  /** Of how many operations that run into a leak one is asked without it: of each unless given. */
  readonly cleanOf?: number;
}

/**
 * The proof of the proof: leaks are planted into the schema one by one, and the crawler finds each. It is the same
 * crawler, with the same search and the same comparison, and knows nothing of any of them. What does not select the
 * field behind which a leak is planted cannot run into it: that all of it is clean is for the crawler and the comparison of counties to show.
 */
export function findPlantedLeaks({ plants, viewers, cleanOf = 1 }: Form): void {
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
    pair = await Pair.of([one, other], viewers);
    const documents = [...queryDocuments(sources), ...randomOperations(sources, SEED, 100)];
    operations = documents.flatMap((document) => viewers.map((login) => ({ document, login })));
  });
  afterAll(async () => {
    pair?.close();
    await one?.close();
    await other?.close();
  });

  /** The operations that select the field of one of these leaks. */
  const runningInto = (names: readonly PlantName[]): Asked[] =>
    operations.filter(({ document }) => {
      const selected = coordinatesIn(one.schema, document.query);
      return names.some((name) => selected.has(PLANTS[name].at));
    });

  /** The first that asking finds: a canary in an answer, an answer that differs, a canary in the log. */
  async function findByAsking(asked: readonly Asked[]): Promise<string[]> {
    const found: string[] = [];
    const from = one.logged.length;
    const compared = await pair.compare(asked, {
      witness: ({ status, headers, text }, { login }) => {
        for (const { kind } of search.leaks(login, `${status}\n${JSON.stringify(headers)}\n${text}`))
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

  /** What writing finds: canaries in the payload or the error of a mutation. */
  async function findByWriting(isTried: (root: string) => boolean): Promise<string[]> {
    const found = new Set<string>();
    for (const login of viewers.slice(0, 3)) {
      say(`writing as ${login}`);
      const requester = await one.as(login);
      const crawled = await crawlWide(requester, one.sources);
      let now = new CanarySearch(await findCanaries(one.database));
      const witness = async (text: string): Promise<void> => {
        if (now.leaks(login, text).length === 0) return;
        // A case that was just assigned: as things stand now.
        now = new CanarySearch(await findCanaries(one.database));
        for (const { kind } of now.leaks(login, text)) found.add(`canary of a ${kind}`);
      };
      await mutate(
        requester,
        one.sources,
        one.reader,
        crawled,
        (answer) => (found.size > 0 ? undefined : witness(textOf(answer))),
        (root) => found.size === 0 && isTried(root),
      );
    }
    return [...found];
  }

  const writesInto = (root: string): boolean => `Mutation.${root}` === PLANTS[BY_WRITING].at;

  describe('asking everything finds', () => {
    test('nothing where nothing is planted', async () => {
      const asked = runningInto(plants).filter((_, nth) => nth % cleanOf === 0);
      say(`asking ${asked.length} operations without a leak`);
      expect(await findByAsking(asked)).toEqual([]);
      expect(asked.length).toBeGreaterThan(40);
    });

    test.each(plants)('a leak by %s', async (name) => {
      active = name;
      const found = await findByAsking(runningInto([name]));
      active = null;
      say(`a leak by ${name} was found: ${found.join(', ')}`);
      expect(found.length).toBeGreaterThan(0);
    });
  });

  describe('writing everything finds', () => {
    test('nothing where nothing is planted', async () => {
      expect(await findByWriting(writesInto)).toEqual([]);
    });

    test(`a leak by ${BY_WRITING}`, async () => {
      active = BY_WRITING;
      const found = await findByWriting(writesInto);
      active = null;
      say(`a leak by ${BY_WRITING} was found: ${found.join(', ')}`);
      expect(found).toEqual(['canary of a note']);
    });
  });
}
