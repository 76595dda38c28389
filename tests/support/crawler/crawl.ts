import type { GraphQLSchema } from 'graphql';
import type { Answer, Requester } from '../app.js';
import type { TestDatabase } from '../database.js';
import type { Sources } from './arguments.js';
import { type CrawlDocument, queryDocuments, wideDocuments } from './documents.js';
import { harvest } from './harvest.js';
import { asKnownRow, type KnownRows, tablesOf } from './rows.js';

/** What a login has been answered. */
export interface Crawled {
  /** Coordinates of which a value came at least once. */
  readonly reached: Set<string>;
  /** Ids of each type, those first of which most was told. */
  readonly own: Map<string, readonly string[]>;
  answered: number;
}

/** Who looks at each answer: its body and headers, whole. */
export type Witness = (answer: Answer, document: CrawlDocument) => void | Promise<void>;

/** Runs tasks a few at a time. */
export async function inFlight<T>(
  items: Iterable<T>,
  width: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = iterator.next(); next.done !== true; next = iterator.next()) await task(next.value);
    }),
  );
}

/** An answer as one text: what a client gets to see of it. */
export function textOf(answer: Answer): string {
  return `${answer.status}\n${answer.text}\n${JSON.stringify([...answer.headers])}`;
}

/** How many values came of each object, to tell whose objects are one's own. */
class Told {
  readonly #values = new Map<string, Map<string, number>>();

  add(type: string, id: string): void {
    const ids = this.#values.get(type) ?? new Map<string, number>();
    ids.set(id, (ids.get(id) ?? 0) + 1);
    this.#values.set(type, ids);
  }

  /** The five of which most was told, and the two of which least. */
  get own(): Map<string, readonly string[]> {
    return new Map(
      [...this.#values].map(([type, ids]) => {
        const sorted = [...ids].sort(([, one], [, other]) => other - one).map(([id]) => id);
        return [type, [...new Set([...sorted.slice(0, 5), ...sorted.slice(-2)])]];
      }),
    );
  }
}

function reap(schema: GraphQLSchema, document: CrawlDocument, answer: Answer, crawled: Crawled, told: Told) {
  for (const { coordinate, id, value } of harvest(schema, document.query, answer.data)) {
    if (value === null) continue;
    crawled.reached.add(coordinate);
    if (id !== null) told.add(coordinate.slice(0, coordinate.indexOf('.')), id);
  }
}

/** Where the next page of an only connection begins, null at the end. */
function nextPage(answer: Answer): string | null {
  const [only, ...more] = Object.values(answer.data ?? {}) as ({
    pageInfo?: { hasNextPage: boolean; endCursor: string | null };
  } | null)[];
  return more.length === 0 && only?.pageInfo?.hasNextPage === true ? only.pageInfo.endCursor : null;
}

/** Rows of what the login has been answered, beside those that everyone knows of. */
export async function withOwnRows(
  sources: Sources,
  database: TestDatabase,
  own: ReadonlyMap<string, readonly string[]>,
): Promise<Sources> {
  const rows = new Map(sources.rows);
  for (const [type, table] of await tablesOf(sources.schema, database)) {
    const ids = own.get(type) ?? [];
    if (ids.length === 0) continue;
    const known = rows.get(type) ?? [];
    const missing = ids.filter((id) => !known.some((row) => row['id'] === id));
    const found = await database.sql<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from "${table}" t where to_jsonb(t) ->> 'id' = any ($1) order by md5(t::text)`,
      [missing],
    );
    rows.set(type, [...known, ...found.map(({ row }) => asKnownRow(type, row))]);
  }
  return { ...sources, rows: rows as KnownRows, own };
}

/**
 * Asks everything as one login: first wide pages, to learn what is theirs; then every document, with ids of their own
 * and of others.
 */
export async function crawl(
  requester: Requester,
  sources: Sources,
  database: TestDatabase,
  witness: Witness,
): Promise<Crawled> {
  const crawled: Crawled = { reached: new Set(), own: new Map(), answered: 0 };
  const told = new Told();
  const ask = async (document: CrawlDocument): Promise<Answer> => {
    const answer = await requester.send(document.query, document.variables);
    crawled.answered += 1;
    reap(sources.schema, document, answer, crawled, told);
    await witness(answer, document);
    return answer;
  };
  await inFlight(wideDocuments(sources), 3, async (document) => {
    let answer = await ask(document);
    for (let page = 1, after = nextPage(answer); after !== null && page < 4; page += 1) {
      answer = await ask({
        ...document,
        query: document.query.replace('(first: ', `(after: ${JSON.stringify(after)}, first: `),
      });
      after = nextPage(answer);
    }
  });
  for (const [type, ids] of told.own) crawled.own.set(type, ids);
  const withOwn = await withOwnRows(sources, database, crawled.own);
  await inFlight(queryDocuments(withOwn), 3, async (document) => {
    await ask(document);
  });
  return crawled;
}
