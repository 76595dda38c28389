import { resolve } from 'node:path';
import { isEmpty, seedCounty } from '../prisma/seed/seed.js';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { LOGINS } from '../src/auth/logins.js';
import { type Config, ConfigError, readConfig } from '../src/config.js';
import { withConnection } from '../src/database/connection.js';
import { lockDataDir } from '../src/database/data-dir-lock.js';
import { deploymentFaults, newerMigrations, requireDeployment } from '../src/database/deployment.js';
import { loadOrCreatePassword } from '../src/database/embedded-password.js';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { requireLoginKey } from '../src/database/login-keys.js';
import { LoginProver } from '../src/database/login-proof.js';
import { type PreparedDatabase, prepareDatabase } from '../src/database/prepare.js';
import { createGraphiqlHandler } from '../src/http/graphiql.js';
import { runJobs } from '../src/jobs/run.js';
import { createSenders } from '../src/jobs/senders/create.js';
import { createLogger, describeError } from '../src/log/logger.js';
import {
  DAYS_TO_FOLLOW,
  noticesInForce,
  refuseWithoutNotices,
} from '../src/services/data-protection/notices-in-force.js';
import { loadOrCreateDevelopmentSecret } from '../src/statistics/secret.js';
import { requireVaultKeys, wrongVaultKeys } from '../src/vault/key-check.js';
import type { NoteVault } from '../src/vault/note-vault.js';
import { openVault } from '../src/vault/open-vault.js';
import { countUnsealed, sealTexts } from '../src/vault/seal-texts.js';

/** The functions that stop the parts of the process; the part started last is stopped first. */
const stops: (() => unknown)[] = [];

async function start(config: Config): Promise<void> {
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  let url = config.databaseUrl;
  if (!config.production) stops.push(lockDataDir(config.dataDir));
  if (url === null) {
    say('Starting the embedded PostgreSQL…');
    const embedded = await startEmbeddedServer(config.dataDir, {
      password: await loadOrCreatePassword(config.dataDir),
      callerHandlesSignals: true,
    });
    stops.push(() => embedded.stop());
    url = embedded.url;
  }
  const prepared = await prepareDatabase(url, config.production);
  const { appUrl, ownerUrl, jobsUrl } = prepared;
  const loginSecret = prepared.loginSecret ?? config.loginSecrets?.[0];
  if (loginSecret === undefined)
    throw new Error('COSMOS_LOGIN_SECRET: required with a DATABASE_URL of cosmos_app.');
  await requireLoginKey(appUrl, loginSecret);
  const { vault, keys } = await openVault(config);
  const prover = new LoginProver(loginSecret);
  const newer = await withConnection(appUrl, async (client) => {
    await requireDeployment(client);
    await requireVaultKeys(client, keys, prover);
    return newerMigrations(client);
  });
  await requireSealedTexts(prepared, loginSecret, vault, say);
  const statisticsSecret =
    config.statisticsSecret ??
    (config.production ? null : await loadOrCreateDevelopmentSecret(config.dataDir));
  if (ownerUrl !== null && (await isEmpty(ownerUrl))) {
    say('Seeding the fictional county…');
    const today = new Date();
    await seedCounty({ url: ownerUrl, vault, today, statisticsSecret });
  }
  const development = config.production ? null : await loadOrCreateDevelopmentIssuer(config.dataDir);
  const logger = createLogger(config.logLevel);
  // graphql-js may leave a promise behind whose list has failed already. Node.js would end the process, and print the message.
  process.on('unhandledRejection', (reason) => logger.error(describeError(reason), 'an unhandled rejection'));
  if (newer.length > 0)
    logger.warn({ migrations: newer }, 'a newer version has migrated the database: replace this process');
  const notices = await noticesInForce(appUrl);
  if (config.production && !config.onlyNotices) refuseWithoutNotices(notices);
  if (notices.outdated.length > 0)
    logger.warn(
      { kinds: notices.outdated },
      `a privacy notice no longer says who reads what: its officer sees \`outdated\`, and another version is to be published within ${DAYS_TO_FOLLOW} days`,
    );
  // This is most of the program, and it is loaded only now: a start that is refused says so at once.
  const { startApp } = await import('./app.js');
  const app = await startApp({
    databaseUrl: appUrl,
    directDatabaseUrl: config.directDatabaseUrl,
    poolSize: config.poolSize,
    preparesStatements: config.preparesStatements,
    vault,
    loginSecret,
    issuers: development === null ? config.issuers : [development.config, ...config.issuers],
    allowedOrigins: config.allowedOrigins,
    graphiql: createGraphiqlHandler({
      endpoint: '/graphql',
      logins: development === null ? null : LOGINS,
      issueToken:
        development === null
          ? null
          : async (login) => {
              const found = LOGINS.find((known) => known.login === login);
              return found === undefined ? null : development.sign(found);
            },
    }),
    logger,
    lineLimits: { atOnce: 10 * config.linesPerMinute, perMinute: config.linesPerMinute },
    county: config.county,
    bookingUrl: config.bookingUrl,
    onlyNotices: config.onlyNotices,
    trustedProxies: config.trustedProxies,
    faultsOf: async (database) => [
      ...(await deploymentFaults(database)).map(({ kind }) => kind),
      ...((await wrongVaultKeys(database, keys)).length > 0 ? ['VAULT_KEYS'] : []),
    ],
    host: config.host,
    port: config.port,
  });
  stops.push(() => app.close());
  if (jobsUrl !== null && statisticsSecret !== null && !config.onlyNotices) {
    const jobs = await runJobs({
      url: jobsUrl,
      loginSecret,
      logger,
      senders: createSenders(config),
      linkUrl: config.linkUrl,
      statisticsSecret,
    });
    stops.push(() => jobs.close());
  }
  say(`Cosmos is listening${config.onlyNotices ? ', for the administrator and the data protection officer alone' : ''}.
  endpoint   POST ${app.url}/graphql
  GraphiQL   ${app.url}/graphiql${
    development === null
      ? ''
      : `
  who sees   ${app.url}/who-sees-what
  booking    ${app.url}/rendez-vous
  token      ${tokenCommand(config)} worker.sevran   (without a name, it lists them)`
  }`);
}

/**
 * Sees to it that no text about a person stands in the database unsealed. In development it seals those of an older version.
 * @throws Error in plain words where that is a step of its own
 */
async function requireSealedTexts(
  { appUrl, jobsUrl }: PreparedDatabase,
  loginSecret: Buffer,
  vault: NoteVault,
  say: (line: string) => void,
): Promise<void> {
  const left = await withConnection(appUrl, countUnsealed);
  if (left === 0) return;
  if (jobsUrl === null)
    throw new Error(`${left} texts about persons are not sealed yet: run \`npm run vault:seal\`.`);
  say(`Sealing ${left} texts of an older version…`);
  await sealTexts(jobsUrl, new LoginProver(loginSecret), vault);
}

/** Returns the command that signs with the key of this data folder. */
function tokenCommand({ dataDir }: Config): string {
  const own = dataDir === resolve('.data') ? '' : `COSMOS_DATA_DIR=${dataDir} `;
  return `${own}npm run --silent token --`;
}

let stopping: Promise<void> | null = null;

/** Stops everything, the embedded server last; once, however many signals come. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    const faults: unknown[] = [];
    for (const end of stops.reverse()) {
      // A part that fails to stop must not keep the others running.
      await Promise.resolve()
        .then(end)
        .catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw new AggregateError(faults);
  })();
  return stopping;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    setTimeout(() => process.exit(1), 9_500).unref();
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

/** Stops the process when its parent is gone: npm's shell dies of SIGTERM without passing it on. */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 300).unref();
}

function inWords(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = error as { readonly code?: unknown; readonly port?: unknown };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: choose another with PORT=…`;
  return error instanceof Error && code === undefined ? error.message : String(error);
}

try {
  const config = readConfig();
  if (config.startedByNpm) stopWithParent();
  await start(config);
} catch (error) {
  // If a signal cut the start short, there is no error to print.
  if (stopping === null) process.stderr.write(`${inWords(error)}\n`);
  await stop().catch(() => undefined);
  process.exit(1);
}
