import { readConfig } from '../config.js';
import { migrate } from './migrate.js';

const { migrationDatabaseUrl } = readConfig({ ...process.env, NODE_ENV: 'development' });
if (migrationDatabaseUrl === null) {
  process.stderr.write('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.\n');
  process.exit(2);
}
const applied = await migrate(migrationDatabaseUrl);
process.stdout.write(applied.length === 0 ? 'Nothing to migrate.\n' : `Applied:\n${applied.map((name) => `  ${name}\n`).join('')}`);
