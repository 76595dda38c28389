import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Pooler {
  /** The URL of the database through the pooler. */
  readonly url: string;
  /** Runs one of the pooler's own `SHOW` commands. */
  show(what: 'POOLS' | 'SERVERS' | 'STATS'): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Finds PgBouncer: at the path in `PGBOUNCER`, else on the PATH, else where Debian has it. Returns null if it is not there. */
export function findPgbouncer(): string | null {
  const named = process.env['PGBOUNCER'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const candidates = named === undefined ? folders.map((folder) => join(folder, 'pgbouncer')) : [named];
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // It is not there, or not executable: the next candidate is tried.
    }
  }
  return null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilListening(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`PgBouncer has ended: ${said()}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`PgBouncer does not listen: ${said()}`);
}

/** Quotes a word as PgBouncer does. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

/**
 * Starts PgBouncer in transaction mode before a database, with a number of connections to the server. Its configuration is in a temporary
 * folder, and nothing of the system is touched.
 * @param preparedStatements the number of prepared statements that it keeps for a connection; with 0 it knows nothing of them
 */
export async function startPgbouncer(
  program: string,
  databaseUrl: string,
  serverConnections: number,
  preparedStatements: number,
): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const name = target.pathname.slice(1);
  const user = decodeURIComponent(target.username);
  const password = decodeURIComponent(target.password);
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-pgbouncer-'));
  const port = await freePort();
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]
${name} = host=${target.hostname} port=${target.port} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
stats_users = stats
pool_mode = transaction
default_pool_size = ${serverConnections}
max_db_connections = ${serverConnections}
max_client_conn = 500
max_prepared_statements = ${preparedStatements}
`,
  );
  await writeFile(join(folder, 'users.txt'), `${quoted(user)} ${quoted(password)}\n"stats" "stats"\n`);
  const asRoot = process.getuid?.() === 0;
  // PgBouncer refuses to run as root; the embedded server has made the user `postgres` in that case.
  if (asRoot) await chmod(folder, 0o755);
  const child = spawn(program, [...(asRoot ? ['-u', 'postgres'] : []), join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  await untilListening(port, child, () => said);
  target.host = `127.0.0.1:${port}`;
  return {
    url: target.href,
    show: async (what) => {
      const client = new pg.Client({
        connectionString: `postgresql://stats:stats@127.0.0.1:${port}/pgbouncer`,
      });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(`SHOW ${what}`)).rows;
      } finally {
        await client.end();
      }
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
