// Plain JavaScript over the build: jest loads these two outside its module registry.
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { seedCounty } from '../../dist/prisma/seed/seed.js';
import { isAlive, startEmbeddedServer } from '../../dist/src/database/embedded-server.js';
import { putLoginKeys } from '../../dist/src/database/login-keys.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { derivedLoginSecret, provisionRoles } from '../../dist/src/database/roles.js';
import { createLocalKeyService } from '../../dist/src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey } from '../../dist/src/vault/note-vault.js';
import { TEST_VAULT_KEY } from './vault-key.js';

/** Where files are kept in memory if there is room for a server's, since each database is a thousand of them. */
async function scratchFolder() {
  const memory = await statfs('/dev/shm').catch(() => null);
  return memory !== null && memory.bavail * memory.bsize > 2 ** 31 ? '/dev/shm' : tmpdir();
}

/** What a run that was killed has left there. */
async function removeLeftovers(folder) {
  for (const name of await readdir(folder)) {
    const pid = /^cosmos-tests-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function onDatabase(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/**
 * One server for the run, with fast and careless settings: its data is thrown away. Two templates, cloned by each test
 * file: `cosmos`, migrated and empty, and `cosmos_demo`, the fictional county. A test may make another from these (`cloneFilled`).
 */
export default async function setup() {
  const scratch = await scratchFolder();
  await removeLeftovers(scratch);
  const folder = await mkdtemp(join(scratch, `cosmos-tests-${process.pid}-`));
  const server = await startEmbeddedServer(folder, {
    password: 'tests',
    flags: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'wal_level=minimal',
      'max_wal_senders=0',
      'max_wal_size=256MB',
      'max_connections=300',
      // A hundred databases that live for seconds each: what plans need to know is known of the templates.
      'autovacuum=off',
    ].flatMap((setting) => ['-c', setting]),
  });
  await provisionRoles(server.url);
  await migrate(server.url);
  await putLoginKeys(server.url, [derivedLoginSecret('tests')]);
  await onDatabase(server.url, 'analyze');
  await onDatabase(server.url.replace(/cosmos$/, 'postgres'), 'create database cosmos_demo template cosmos');
  const demo = server.url.replace(/cosmos$/, 'cosmos_demo');
  await provisionRoles(demo);
  const vault = createNoteVault(
    createLocalKeyService([{ id: 'test', key: TEST_VAULT_KEY }]),
    deriveFingerprintKey(TEST_VAULT_KEY),
  );
  await seedCounty({ url: demo, vault, today: new Date(), statisticsSecret: TEST_VAULT_KEY });
  await onDatabase(demo, 'analyze');
  process.env.COSMOS_TEST_SERVER = server.url;
  Object.assign(globalThis, {
    stopTestServer: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
