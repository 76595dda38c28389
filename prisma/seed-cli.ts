import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../src/config.js';
import { lockDataDir } from '../src/database/data-dir-lock.js';
import { loadOrCreatePassword } from '../src/database/embedded-password.js';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { prepareDatabase } from '../src/database/prepare.js';
import { loadOrCreateDevelopmentSecret } from '../src/statistics/secret.js';
import { openVault } from '../src/vault/open-vault.js';
import { ProgressBar } from './seed/progress-bar.js';
import { NotEmptyError, seedCounty } from './seed/seed.js';

const SIZES = ['demo', 'county'] as const;
const USAGE = `Usage: npm run seed -- --size ${SIZES.join('|')}`;

/** The request cannot be carried out. The text says why, and needs no stack. */
class SeedError extends Error {
  override readonly name = 'SeedError';
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function readSize(): (typeof SIZES)[number] {
  let asked: string | undefined;
  try {
    const { values } = parseArgs({ options: { size: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help === true) {
      say(USAGE);
      process.exit(0);
    }
    asked = values.size;
  } catch (error) {
    throw new SeedError(`${(error as Error).message}\n${USAGE}`);
  }
  const size = SIZES.find((known) => known === asked);
  if (size === undefined)
    throw new SeedError(
      `--size: ${asked === undefined ? 'required' : `no size is called “${asked}”`}.\n${USAGE}`,
    );
  return size;
}

/** Opens the database to seed, as the owner of the tables. It is the embedded server, unless the settings name another. */
async function openDatabase(
  config: ReturnType<typeof readConfig>,
  stops: (() => unknown)[],
): Promise<string> {
  if (config.databaseUrl === null && config.migrationDatabaseUrl === null) {
    stops.push(lockDataDir(config.dataDir));
    say('Starting the embedded PostgreSQL…');
    const server = await startEmbeddedServer(config.dataDir, {
      password: await loadOrCreatePassword(config.dataDir),
      callerHandlesSignals: true,
    });
    stops.push(() => server.stop());
    await prepareDatabase(server.url, false);
    return server.url;
  }
  if (config.migrationDatabaseUrl !== null) return config.migrationDatabaseUrl;
  const { ownerUrl } = await prepareDatabase(config.databaseUrl ?? '', false);
  if (ownerUrl === null)
    throw new SeedError('MIGRATION_DATABASE_URL: required, as the role cosmos_owner, which owns the tables.');
  return ownerUrl;
}

async function seed(stops: (() => unknown)[], signal: AbortSignal): Promise<void> {
  const size = readSize();
  const config = readConfig();
  if (config.production) throw new SeedError('The fictional county is not for production.');
  const url = await openDatabase(config, stops);
  const { vault } = await openVault(config);
  signal.throwIfAborted();
  const bar = new ProgressBar(process.stdout);
  const started = performance.now();
  try {
    const summary = await seedCounty({
      url,
      vault,
      today: new Date(),
      size,
      statisticsSecret: config.statisticsSecret ?? (await loadOrCreateDevelopmentSecret(config.dataDir)),
      signal,
      onProgress: (step, _done, _total, overall) => bar.tell(step, overall),
    });
    bar.end();
    const width = Math.max(...Object.keys(summary).map((name) => name.length));
    for (const [name, count] of Object.entries(summary))
      say(`${name.padEnd(width)}  ${count.toLocaleString('en-GB').padStart(8)}`);
    say(`Done in ${Math.round((performance.now() - started) / 1_000)} s.`);
  } catch (error) {
    bar.end();
    if (!(error instanceof NotEmptyError)) throw error;
    throw new SeedError(
      `Nothing was changed: ${error.message}. ${
        config.databaseUrl === null && config.migrationDatabaseUrl === null
          ? `Choose another COSMOS_DATA_DIR than ${config.dataDir}, or remove that folder.`
          : 'Name an empty one in DATABASE_URL or MIGRATION_DATABASE_URL.'
      }`,
    );
  }
}

// `npm run seed -- --size county`: the fictional county, in an empty database. Ctrl-C leaves the database as it was.
const stops: (() => unknown)[] = [];
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => interruption.abort(new SeedError('Interrupted: the database is as it was.')));
}
let status = 0;
try {
  await seed(stops, interruption.signal);
} catch (caught) {
  // The query that the interruption broke off fails with an error of its own. The reason of the interruption is the one to show.
  const error: unknown = interruption.signal.aborted ? interruption.signal.reason : caught;
  status = interruption.signal.aborted ? 130 : 1;
  const inPlainWords = error instanceof SeedError || error instanceof ConfigError;
  process.stderr.write(
    `${error instanceof Error && (inPlainWords || !('code' in error)) ? error.message : error}\n`,
  );
}
for (const stop of stops.reverse())
  await Promise.resolve()
    .then(stop)
    .catch(() => undefined);
process.exit(status);
