import { type Config, readConfig } from '../config.js';
import { withConnection } from '../database/connection.js';
import { lockDataDir } from '../database/data-dir-lock.js';
import { loadOrCreatePassword } from '../database/embedded-password.js';
import { startEmbeddedServer } from '../database/embedded-server.js';
import { LoginProver } from '../database/login-proof.js';
import { prepareDatabase } from '../database/prepare.js';
import { derivedLoginSecret, derivedPassword, urlAs } from '../database/roles.js';
import { openCaseKeyStore } from './case-key-store.js';
import { addDevelopmentKey } from './development-keys.js';
import { requireVaultKeys } from './key-check.js';
import { createLocalKeyService, type MasterKey } from './local-keys.js';
import { rotateCaseKeys } from './rotate.js';

/**
 * `npm run vault:rotate`: wraps every case's and encounter's key anew under the current master key, the first of COSMOS_VAULT_KEYS, as
 * the role cosmos_jobs. In development, where nothing is configured, it makes a new master key first; the API must not run meanwhile,
 * since it reads its keys at start.
 */
async function rotate(url: string, loginSecret: Buffer, keys: readonly MasterKey[]): Promise<void> {
  const prover = new LoginProver(loginSecret);
  const service = createLocalKeyService(keys);
  await withConnection(url, (client) => requireVaultKeys(client, service, prover));
  const { store, close } = openCaseKeyStore(url, prover);
  try {
    const { rewrapped } = await rotateCaseKeys(store, service, {
      batch: 100,
      onProgress: ({ rewrapped: done, left }) =>
        process.stdout.write(`\r${done} keys rewrapped, ${left} left `),
      onFailedRow: (caseId) => process.stderr.write(`\nThe key of ${caseId} does not open.\n`),
    });
    process.stdout.write(
      `\nDone: ${rewrapped} keys are under ${keys[0]?.id}. The older master keys may now be retired.\n`,
    );
  } finally {
    await close();
  }
}

async function rotateEmbedded(config: Config): Promise<void> {
  const unlock = lockDataDir(config.dataDir);
  const password = await loadOrCreatePassword(config.dataDir);
  const server = await startEmbeddedServer(config.dataDir, { password });
  try {
    await prepareDatabase(server.url, false);
    await rotate(
      urlAs(server.url, 'cosmos_jobs', derivedPassword(password, 'cosmos_jobs')),
      derivedLoginSecret(password),
      await addDevelopmentKey(config.dataDir),
    );
  } finally {
    await server.stop();
    unlock();
  }
}

try {
  // This is a step of its own: with the jobs' URL and the keys, it needs nothing of what the API needs.
  const config = readConfig({ NODE_ENV: 'development' });
  const loginSecret = config.loginSecrets?.[0];
  if (config.jobsDatabaseUrl !== null && config.vaultKeys !== null && loginSecret !== undefined) {
    await rotate(config.jobsDatabaseUrl, loginSecret, config.vaultKeys);
  } else if (config.jobsDatabaseUrl === null && config.databaseUrl === null && config.vaultKeys === null) {
    await rotateEmbedded(config);
  } else throw new Error('JOBS_DATABASE_URL, COSMOS_LOGIN_SECRET and COSMOS_VAULT_KEYS: all are required.');
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
}
