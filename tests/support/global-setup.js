// Plain JavaScript over the build: jest loads these two outside its module registry.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '../../dist/src/database/embedded-server.js';
import { migrate } from '../../dist/src/database/migrate.js';
import { provisionRoles } from '../../dist/src/database/roles.js';

/** One server for the run, with fast and careless settings: its data is thrown away. */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-tests-'));
  const server = await startEmbeddedServer(folder, {
    password: 'tests',
    flags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
  });
  await provisionRoles(server.url);
  await migrate(server.url);
  process.env['COSMOS_TEST_SERVER'] = server.url;
  Object.assign(globalThis, {
    stopTestServer: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
