import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { migrate } from '../src/database/migrate.js';
import { fillTo } from './growth/fill.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { CASES_OF_A_PAGE, PAGE } from './page/question.js';
import { type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { createHttpClient } from './support/http.js';
import { type Contender, machine, measure, report } from './support/measure.js';

/** Cases in the database; the first are those of the seeded county. */
const SIZES = [22_500, 200_000, 2_000_000] as const;
const ROUNDS = 15;
/** Pages of so many workers, one after the other: none is always at hand in the database's memory. */
const WORKERS = 40;

function urlOf(url: string, database: string): string {
  return url.replace(/\/cosmos$/, `/${database}`);
}

/** A database beside the county's, with all that is in it and more; kept with the county's folder. */
async function databaseOf(county: BenchCounty, cases: number): Promise<string> {
  if (cases === SIZES[0]) return 'cosmos';
  const name = `growth_${cases}`;
  const admin = new pg.Client({ connectionString: urlOf(county.url, 'postgres') });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) {
      await migrate(urlOf(county.url, name));
      return name;
    }
    const making = `${name}_making`;
    await admin.query(`drop database if exists ${making} with (force)`);
    // A database in use is no template.
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cosmos'`);
    await admin.query(`create database ${making} template cosmos`);
    await admin.query(`grant connect on database ${making} to cosmos_app`);
    const started = performance.now();
    await fillTo(urlOf(county.url, making), cases, (made) => {
      const seconds = Math.round((performance.now() - started) / 1000);
      process.stderr.write(
        `${made.toLocaleString('en-GB')} of ${cases.toLocaleString('en-GB')} cases, ${seconds} s\n`,
      );
    });
    await admin.query(`alter database ${making} rename to ${name}`);
    return name;
  } finally {
    await admin.end();
  }
}

async function compareSizes(county: BenchCounty): Promise<void> {
  const databases: string[] = [];
  for (const cases of SIZES) databases.push(await databaseOf(county, cases));
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const workers = await county.sql<{ subject: string }>(
    `select w.subject from worker w join "case" c on c.assigned_worker_id = w.id and c.status = 'OPEN'
     group by w.id having count(*) > $1 order by w.subject limit $2`,
    [CASES_OF_A_PAGE, WORKERS],
  );
  const tokens = await Promise.all(workers.map(({ subject }) => tokenFor(issuer, subject)));
  if (tokens.length < WORKERS) throw new Error('too few workers with a page of cases');

  const body = JSON.stringify({ query: PAGE, variables: { first: CASES_OF_A_PAGE } });
  const servers: ServerProcess[] = [];
  try {
    const pages: ((worker: number) => Promise<string>)[] = [];
    for (const database of databases) {
      const databaseUrl = urlOf(county.appUrl, database);
      const server = await startServerProcess('cosmos-server', { databaseUrl, issuer: issuer.config });
      servers.push(server);
      const http = createHttpClient(`${server.url}/graphql`);
      pages.push(
        async (worker) =>
          (await http.post(body, { authorization: `Bearer ${tokens[worker % WORKERS]}` })).text,
      );
    }
    for (let worker = 0; worker < WORKERS; worker += 1) {
      const [first, ...others] = await Promise.all(pages.map((page) => page(worker)));
      if (first === undefined || first.includes('"errors"') || others.some((other) => other !== first))
        throw new Error(`${workers[worker]?.subject} gets another page from another size`);
    }
    const contenders = SIZES.map((cases, index): Contender => {
      let turn = 0;
      return {
        name: `${cases.toLocaleString('en-GB')} cases`,
        run: () => {
          turn += 1;
          return pages[index]?.(turn);
        },
      };
    });
    const options = { rounds: ROUNDS, samples: WORKERS, warmUp: 3 };
    console.log(
      report('The page of 25 cases, of 40 workers in turn', await measure(contenders, options), options),
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

const folder = process.env['COSMOS_BENCH_DIR'];
console.log(machine());
await withBenchCounty(
  { folder, size: 'county', flags: ['-c', 'max_wal_size=8GB', '-c', 'synchronous_commit=off'] },
  compareSizes,
);
