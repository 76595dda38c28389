import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDatabase } from '../../src/database/prepare.js';
import { startBenchServer } from '../support/app.js';
import { urlOf } from '../support/copies.js';

export interface LanesOptions<L, R> {
  readonly lives: readonly L[];
  /** What a life is known by in the file `keep`. */
  readonly nameOf: (life: L) => string;
  /** Lives in an empty database of the product. */
  readonly live: (client: pg.Client, life: L) => Promise<R>;
  /** A file that keeps each result as it comes. A life that is there is not lived again. */
  readonly keep: string | undefined;
  /** How many are lived at the same time. */
  readonly together: number;
}

/** Lives each life in a database of its own, on a server that is thrown away. Returns the results by name. */
export async function liveAll<L, R>({
  lives,
  nameOf,
  live,
  keep,
  together,
}: LanesOptions<L, R>): Promise<Readonly<Record<string, R>>> {
  const kept: Record<string, R> =
    keep !== undefined && existsSync(keep) ? JSON.parse(await readFile(keep, 'utf8')) : {};
  const missing = lives.filter((life) => kept[nameOf(life)] === undefined);
  if (missing.length === 0) return kept;
  const all = missing.length;
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-year-'));
  const server = await startBenchServer(folder, {
    flags: [
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'autovacuum_naptime=15',
      // A year runs the same few statements again and again. To plan each anew takes a sixth of the time, and changes no figure.
      'plan_cache_mode=force_generic_plan',
    ].flatMap((set) => ['-c', set]),
  });
  try {
    await prepareDatabase(server.url, false);
    await withClient(server.url, async (template) => {
      // No jobs process reads the queue in these databases.
      await template.query('drop schema graphile_worker cascade');
    });
    await withClient(urlOf(server.url, 'postgres'), async (postgres) => {
      const liveSome = async (lane: number): Promise<void> => {
        for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
          const life = next;
          await postgres.query(`drop database if exists year_${lane}`);
          await postgres.query(`create database year_${lane} template cosmos`);
          kept[nameOf(life)] = await withClient(urlOf(server.url, `year_${lane}`), (client) =>
            live(client, life),
          );
          // At once, since the other lane writes it too.
          if (keep !== undefined) writeFileSync(keep, `${JSON.stringify(kept, null, 1)}\n`);
          process.stderr.write(`${all - missing.length} of ${all} years begun; lived: ${nameOf(life)}\n`);
        }
      };
      await Promise.all(Array.from({ length: together }, (_, lane) => liveSome(lane)));
    });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return kept;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
