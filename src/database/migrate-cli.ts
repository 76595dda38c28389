import { readConfig } from '../config.js';
import { migrate } from './migrate.js';

// `npm run migrate`: a step of its own, which needs the owner's URL and nothing of what the API needs.
try {
  const { migrationDatabaseUrl } = readConfig({ NODE_ENV: 'development' });
  if (migrationDatabaseUrl === null)
    throw new Error('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.');
  const applied = await migrate(migrationDatabaseUrl);
  const names = applied.map((name) => `  ${name}\n`).join('');
  process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied:\n${names}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
