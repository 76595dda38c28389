import { readConfig } from '../config.js';
import { migrate } from './migrate.js';

// A step of its own: it needs the owner's URL, and nothing of what the API needs.
const { migrationDatabaseUrl } = readConfig({ NODE_ENV: 'development' });
if (migrationDatabaseUrl === null) {
  process.stderr.write('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.\n');
  process.exit(2);
}
const applied = await migrate(migrationDatabaseUrl);
process.stdout.write(
  applied.length === 0
    ? 'Nothing to migrate.\n'
    : `Applied:\n${applied.map((name) => `  ${name}\n`).join('')}`,
);
