import type { GraphQLSchema } from 'graphql';
import type { Answer, Requester } from '../app.js';
import { patient } from '../patient.js';
import type { Sources } from './arguments.js';
import { type CrawlDocument, queryDocuments, wideDocuments } from './documents.js';
import { harvest } from './harvest.js';
import type { KnownRow, RowReader } from './rows.js';

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

/** Refusals wait for the beat, and a machine of two cores has something else to do meanwhile. */
const WIDTH = 8;

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
  return `${answer.status}\n${answer.text}\n${JSON.stringify(answer.headers)}`;
}

/** What was told of each object: how many values, to tell whose objects are one's own. */
class Told {
  readonly #values = new Map<string, Map<string, number>>();

  add(type: string, id: string): void {
    const ids = this.#values.get(type) ?? new Map<string, number>();
    ids.set(id, (ids.get(id) ?? 0) + 1);
    this.#values.set(type, ids);
  }

  /** Of each type, those first of which most was told. */
  get own(): Map<string, readonly string[]> {
    return new Map(
      [...this.#values].map(([type, ids]) => [
        type,
        [...ids].sort(([, one], [, other]) => other - one).map(([id]) => id),
      ]),
    );
  }
}

export function reap(
  schema: GraphQLSchema,
  document: CrawlDocument,
  answer: Answer,
  crawled: Crawled,
  told?: Told,
): void {
  for (const { coordinate, id, value } of harvest(schema, document.query, answer.data)) {
    if (value === null) continue;
    crawled.reached.add(coordinate);
    if (id !== null) told?.add(coordinate.slice(0, coordinate.indexOf('.')), id);
  }
}

/** Where the next page of an only connection begins, null at the end. */
function nextPage(answer: Answer): string | null {
  const [only, ...more] = Object.values(answer.data ?? {}) as ({
    pageInfo?: { hasNextPage: boolean; endCursor: string | null };
  } | null)[];
  return more.length === 0 && only?.pageInfo?.hasNextPage === true ? only.pageInfo.endCursor : null;
}

/** One row of each kind: of each value of a column that has few, and of none; then the first and the last. */
function oneOfEachKind(rows: readonly KnownRow[]): readonly KnownRow[] {
  const chosen = new Set(rows.slice(0, 2));
  for (const column of Object.keys(rows[0] ?? {})) {
    const kinds = new Map<unknown, KnownRow>();
    for (const row of rows) {
      const value = row[column];
      // What is past is of another kind than what is to come.
      const kind =
        typeof value === 'string' && /^\d{4}-/.test(value) ? value > new Date().toISOString() : value;
      if ((typeof kind !== 'object' || kind === null) && !kinds.has(kind)) kinds.set(kind, row);
    }
    for (const [kind, row] of kinds) if (kinds.size <= 7 || kind === null) chosen.add(row);
  }
  for (const row of [...rows.slice(2, 6), ...rows.slice(-2)]) chosen.add(row);
  return [...chosen];
}

/** The sources of a login: rows of what they have been answered, beside those that everyone knows of. */
export async function withOwnRows(
  sources: Sources,
  reader: RowReader,
  own: ReadonlyMap<string, readonly string[]>,
): Promise<Sources> {
  const rows = new Map(sources.rows);
  const kept = new Map<string, readonly string[]>();
  // Themselves and those of whom most was told: an agenda is asked for by whose it is, and is in no list before.
  const workers = (own.get('Worker') ?? []).slice(0, 3);
  for (const [type, table] of reader.tables) {
    const told = (own.get(type) ?? []).slice(0, 400);
    const ids = told.length > 0 ? told : await agendasOf(reader, table, workers);
    if (ids.length === 0) continue;
    const found = await reader.read(
      type,
      `select t.* from "${table}" t where coalesce(to_jsonb(t) ->> 'id', to_jsonb(t) ->> 'appointment_id') = any ($1)`,
      [ids],
    );
    const byId = new Map(found.map((row) => [row['id'], row]));
    const mine = oneOfEachKind(ids.map((id) => byId.get(id)).filter((row) => row !== undefined));
    kept.set(
      type,
      mine.map((row) => String(row['id'])),
    );
    const others = (rows.get(type) ?? []).filter((row) => !byId.has(row['id']));
    rows.set(type, [...mine, ...others]);
  }
  return { ...sources, rows, own: kept };
}

/** A few rows of a table that are kept for each of these workers, in their order. */
async function agendasOf(
  reader: RowReader,
  table: string,
  workers: readonly string[],
): Promise<readonly string[]> {
  const rows = await reader.database.sql<{ id: string }>(
    `select id from (select to_jsonb(t) ->> 'id' as id,
        row_number() over (partition by to_jsonb(t) ->> 'worker_id' order by md5(t::text)) as of_worker,
        array_position($1::text[], to_jsonb(t) ->> 'worker_id') as whose from "${table}" t) r
      where whose is not null and of_worker <= 4 order by whose, id`,
    [workers],
  );
  return rows.map(({ id }) => id);
}

/** Asks as one login what they can see at all, to learn what is theirs. */
export async function crawlWide(
  requester: Requester,
  sources: Sources,
  witness: Witness = () => undefined,
  pages = 4,
): Promise<Crawled> {
  const crawled: Crawled = { reached: new Set(), own: new Map(), answered: 0 };
  const told = new Told();
  const ask = askAs(requester, sources.schema, crawled, witness, told);
  await inFlight(wideDocuments(sources), WIDTH, async (document) => {
    let answer = await ask(document);
    for (let page = 1, after = nextPage(answer); after !== null && page < pages; page += 1) {
      answer = await ask({
        ...document,
        query: document.query.replace('(first: ', `(after: ${JSON.stringify(after)}, first: `),
      });
      after = nextPage(answer);
    }
  });
  for (const [type, ids] of told.own) crawled.own.set(type, ids);
  return crawled;
}

/**
 * Asks everything as one login: first wide pages, to learn what is theirs; then every document, with ids of their own
 * and of others.
 * @param oneOf of so many documents one is asked, and of the wide pages the first: all of them unless given
 */
export async function crawl(
  requester: Requester,
  sources: Sources,
  reader: RowReader,
  witness: Witness,
  oneOf = 1,
): Promise<Crawled> {
  const crawled = await crawlWide(requester, sources, witness, oneOf === 1 ? 4 : 1);
  const ask = askAs(requester, sources.schema, crawled, witness);
  const withOwn = await withOwnRows(sources, reader, crawled.own);
  await inFlight(every(oneOf, queryDocuments(withOwn)), WIDTH, async (document) => {
    await ask(document);
  });
  return crawled;
}

/** Every so manyth of them, the first among them. */
function* every<T>(nth: number, all: Iterable<T>): Generator<T> {
  let at = 0;
  for (const one of all) {
    if (at % nth === 0) yield one;
    at += 1;
  }
}

function askAs(
  requester: Requester,
  schema: GraphQLSchema,
  crawled: Crawled,
  witness: Witness,
  told?: Told,
): (document: CrawlDocument) => Promise<Answer> {
  const { send } = patient(requester);
  return async (document) => {
    const answer = await send(document.query, document.variables);
    crawled.answered += 1;
    reap(schema, document, answer, crawled, told);
    await witness(answer, document);
    return answer;
  };
}
