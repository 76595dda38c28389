// Plain JavaScript over the build: jest loads these two outside its module registry.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { seedCounty } from '../../dist/prisma/seed/seed.js';
import { startEmbeddedServer } from '../../dist/src/database/embedded-server.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { provisionRoles } from '../../dist/src/database/roles.js';
import { createLocalKeyService } from '../../dist/src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey } from '../../dist/src/vault/note-vault.js';
import { TEST_VAULT_KEY } from './vault-key.js';

/**
 * One server for the run, with fast and careless settings: its data is thrown away. Two templates, cloned by each test
 * file: `cosmos`, migrated and empty, and `cosmos_demo`, the fictional county.
 */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-tests-'));
  const server = await startEmbeddedServer(folder, {
    password: 'tests',
    flags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ],
  });
  await provisionRoles(server.url);
  await migrate(server.url);
  const client = new pg.Client({ connectionString: server.url.replace(/cosmos$/, 'postgres') });
  await client.connect();
  await client.query('create database cosmos_demo template cosmos');
  await client.end();
  const demo = server.url.replace(/cosmos$/, 'cosmos_demo');
  await provisionRoles(demo);
  const vault = createNoteVault(
    createLocalKeyService([{ id: 'test', key: TEST_VAULT_KEY }]),
    deriveFingerprintKey(TEST_VAULT_KEY),
  );
  await seedCounty({ url: demo, vault, today: new Date(), statisticsSecret: TEST_VAULT_KEY });
  process.env.COSMOS_TEST_SERVER = server.url;
  Object.assign(globalThis, {
    stopTestServer: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
