import { readFile } from 'node:fs/promises';
import { readConfig } from '../src/config.js';
import { asOwner, withConnection } from '../src/database/connection.js';
import { parseDirectory } from './organisations/data-inclusion.js';
import { importOrganisations } from './organisations/import.js';

// `npm run organisations -- structures.json [services.json]`: the directory of organisations, as data.inclusion publishes it,
// as cosmos_owner. A step of the operator's, to be repeated as often as there is a new file.
try {
  const { migrationDatabaseUrl } = readConfig({ NODE_ENV: 'development' });
  const [structures, services] = process.argv.slice(2);
  if (migrationDatabaseUrl === null)
    throw new Error('MIGRATION_DATABASE_URL: required, as the role cosmos_owner.');
  if (structures === undefined)
    throw new Error(
      'Usage: npm run organisations -- structures.json [services.json] (see docs/structures.example.json)',
    );
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
  const files = parseDirectory(
    await read(structures),
    services === undefined ? undefined : await read(services),
  );
  await withConnection(asOwner(migrationDatabaseUrl), async (client) => {
    const { added, changed, closed } = await importOrganisations(client, files);
    process.stdout.write(`${added} added, ${changed} changed, ${closed} closed\n`);
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
