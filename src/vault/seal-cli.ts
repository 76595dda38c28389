import { readConfig } from '../config.js';
import { withConnection } from '../database/connection.js';
import { LoginProver } from '../database/login-proof.js';
import { requireVaultKeys } from './key-check.js';
import { openVault } from './open-vault.js';
import { sealTexts } from './seal-texts.js';

// `npm run vault:seal`: seals the texts about persons that were written before texts were sealed, as the role cosmos_jobs. In development
// `npm start` does it. After a kill, run it again: it does what is left.
try {
  // This is a step of its own: with the jobs' URL and the keys, it needs nothing of what the API needs.
  const config = readConfig({ NODE_ENV: 'development' });
  const loginSecret = config.loginSecrets?.[0];
  if (config.jobsDatabaseUrl === null || config.vaultKeys === null || loginSecret === undefined)
    throw new Error('JOBS_DATABASE_URL, COSMOS_LOGIN_SECRET and COSMOS_VAULT_KEYS: all are required.');
  const { vault, keys } = await openVault(config);
  const prover = new LoginProver(loginSecret);
  await withConnection(config.jobsDatabaseUrl, (client) => requireVaultKeys(client, keys, prover));
  const { sealed } = await sealTexts(config.jobsDatabaseUrl, prover, vault, {
    onProgress: ({ sealed: done, left }) => process.stdout.write(`\r${done} texts sealed, ${left} left `),
  });
  process.stdout.write(`\nDone: ${sealed} texts are sealed under ${config.vaultKeys[0]?.id}.\n`);
  if (sealed > 0)
    process.stdout.write(
      'PostgreSQL keeps the old texts in its files until a superuser runs `vacuum full`.\n',
    );
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
}
