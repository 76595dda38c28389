import { readConfig } from '../config.js';
import { putLoginKeys } from './login-keys.js';
import { migrate } from './migrate.js';

// `npm run migrate`: a step of its own, which needs the owner's URL and nothing of what the API needs.
try {
  const { migrationDatabaseUrl, loginSecrets } = readConfig({ NODE_ENV: 'development' });
  if (migrationDatabaseUrl === null)
    throw new Error('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.');
  if (loginSecrets === null) throw new Error('COSMOS_LOGIN_SECRET: required, the same as the API has.');
  const applied = await migrate(migrationDatabaseUrl);
  await putLoginKeys(migrationDatabaseUrl, loginSecrets);
  const names = applied.map((name) => `  ${name}\n`).join('');
  process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied:\n${names}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
