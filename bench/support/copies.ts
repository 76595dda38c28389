import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { putLoginKeys } from '../../src/database/login-keys.js';
import { migrate } from '../../src/database/migrate.js';
import { BENCH_LOGIN_SECRET, type BenchCounty } from './app.js';

/** Returns the URL of another database on the same server. */
export function urlOf(url: string, database: string): string {
  return url.replace(/\/cosmos$/, `/${database}`);
}

/**
 * Makes a copy of the county's database, with the rows that `fill` adds. The copy is kept in the county's folder, and made only if it is
 * not there.
 * @param fill gets the superuser's URL, and a function that reports progress
 * @returns the name of the copy
 */
export async function copyOf(
  county: BenchCounty,
  name: string,
  fill: (url: string, onProgress: (done: string) => void) => Promise<void>,
): Promise<string> {
  const admin = new pg.Client({ connectionString: urlOf(county.url, 'postgres') });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    // As in a county: the owner of the tables owns the database.
    const own = (database: string) => admin.query(`alter database ${database} owner to cosmos_owner`);
    if (rowCount !== 0) {
      await own(name);
      await migrate(urlOf(county.url, name));
      await putLoginKeys(urlOf(county.url, name), [BENCH_LOGIN_SECRET]);
      return name;
    }
    const making = `${name}_making`;
    await admin.query(`drop database if exists ${making} with (force)`);
    // A database in use is no template.
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cosmos'`);
    await admin.query(`create database ${making} template cosmos`);
    await own(making);
    await admin.query(`grant connect on database ${making} to cosmos_app`);
    const started = performance.now();
    await fill(urlOf(county.url, making), (done) => {
      process.stderr.write(`${name}: ${done}, ${Math.round((performance.now() - started) / 1000)} s\n`);
    });
    await admin.query(`alter database ${making} rename to ${name}`);
    return name;
  } finally {
    await admin.end();
  }
}
