import { readFile } from 'node:fs/promises';
import { readConfig } from '../src/config.js';
import { asOwner, withConnection } from '../src/database/connection.js';
import { parseCounty } from './provision/county-file.js';
import { provisionCounty } from './provision/provision.js';

// `npm run provision -- county.json`: the first districts, clients and workers of a new county, as cosmos_owner. A step
// of the operator's: from then on, rights are taken away through the API.
try {
  const { migrationDatabaseUrl } = readConfig({ NODE_ENV: 'development' });
  const file = process.argv[2];
  if (migrationDatabaseUrl === null)
    throw new Error('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.');
  if (file === undefined)
    throw new Error('Usage: npm run provision -- county.json (see docs/county.example.json)');
  const county = parseCounty(JSON.parse(await readFile(file, 'utf8')));
  await withConnection(asOwner(migrationDatabaseUrl), async (client) => {
    const added = await provisionCounty(client, county);
    process.stdout.write(
      `${Object.entries(added)
        .map(([table, rows]) => `${table}: ${rows} added`)
        .join('\n')}\n`,
    );
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
