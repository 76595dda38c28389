import { Writable } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { guardSchema } from '../../../policies/index.js';
import { LOGINS } from '../../../src/auth/logins.js';
import { ASKS_EVERYTHING, type Requester, startTestApp, type TestApp, type TestAppOptions } from '../app.js';
import { clientSchema } from '../client-schema.js';
import { cloneFilled, type TestDatabase } from '../database.js';
import type { Sources } from './arguments.js';
import { plantCanaries } from './canaries.js';
import { ENRICHED_LINKS, ENRICHED_SECRET, enrichCounty } from './enrich/index.js';
import { md5 } from './md5.js';
import { knownRows, RowReader } from './rows.js';

/** Who asks without a token. */
export const ANONYMOUS = 'anonymous';

/** Everyone there is to be: those who end others' rights come last. */
export const EVERYONE: readonly string[] = [
  ANONYMOUS,
  ...LOGINS.map(({ login }) => login).sort(
    (one, other) => Number(one.startsWith('admin')) - Number(other.startsWith('admin')),
  ),
];

/** The fictional county with its canaries, and an API over it whose log is kept. */
export interface CrawledCounty {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly schema: GraphQLSchema;
  readonly sources: Sources;
  readonly reader: RowReader;
  /** What the API has logged, at its most talkative. */
  readonly logged: readonly string[];
  as(login: string): Promise<Requester>;
  close(): Promise<void>;
}

/** How the schema is changed before its policies are put in front of it. */
export type Alter = (
  schema: GraphQLSchema,
  county: { database: TestDatabase; log: (text: string) => void },
) => void;

/**
 * Starts the API over a county of its own.
 * @param alter a leak to plant into the schema, for who wants to see it found
 * @param differ what is changed of the county after its canaries are planted
 */
export async function startCrawledCounty(
  alter: Alter | null = null,
  differ: (database: TestDatabase) => Promise<void> = async () => undefined,
): Promise<CrawledCounty> {
  const database = await cloneFilled('cosmos_crawled', 'cosmos_demo', async (county) => {
    await enrichCounty(county);
    await plantCanaries(county);
    await county.sql('analyze');
  });
  await differ(database);
  const logged: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      logged.push(String(chunk));
      done();
    },
  });
  const logger = pino({ level: 'debug', base: null }, stream);
  const leaking: TestAppOptions | null = alter && {
    guard: (made) => {
      alter(made, { database, log: (text) => logger.debug(text) });
      return guardSchema(made);
    },
  };
  const app = await startTestApp(database, { logger, ...ASKS_EVERYTHING, ...leaking });
  // A leak that is planted changes no type.
  const schema = await clientSchema(await app.as('worker.sevran'));
  const rows = await knownRows(schema, database);
  const slots = await database.sql<{ at: Date }>(
    `select distinct f.starts_at as at from free_time f join district d on d.id = f.district_id
     where f.type_code = 'FIRST_RECEPTION' and f.starts_at > now() + interval '1 day' and d.slug = 'saint-ouen' order by 1 limit 12`,
  );
  return {
    database,
    app,
    schema,
    sources: {
      schema,
      rows,
      kept: /^canari-/,
      words: wordsOf(rows),
      now: new Date(),
      publicSlots: slots.map(({ at }) => at.toISOString()),
      secrets: [ENRICHED_SECRET],
      links: ENRICHED_LINKS,
    },
    reader: await RowReader.of(schema, database),
    logged,
    as: async (login) => (login === ANONYMOUS ? app.anonymous : app.as(login)),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** What notes say, as a filter that reads them would be asked. */
function wordsOf(rows: Sources['rows']): string[] {
  return (rows.get('InterviewNote') ?? []).slice(0, 4).map((row) => `canari-${md5(`note ${row['id']}`)}`);
}
