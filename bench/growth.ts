import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { fillTo } from './growth/fill.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { CASES_OF_A_PAGE, PAGE } from './page/question.js';
import { type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { copyOf, urlOf } from './support/copies.js';
import { createHttpClient } from './support/http.js';
import { type Contender, machine, measure, report } from './support/measure.js';

/** The numbers of cases in the databases. The first is that of the seeded county. */
const SIZES = [22_500, 200_000, 2_000_000] as const;
const ROUNDS = 15;
/** The number of workers who ask for their pages in turn, so that no page is always in the database's memory. */
const WORKERS = 40;

/** Returns the county's own database, or a copy with more cases. */
async function databaseOf(county: BenchCounty, cases: number): Promise<string> {
  if (cases === SIZES[0]) return 'cosmos';
  return copyOf(county, `growth_${cases}`, (url, onProgress) =>
    fillTo(url, cases, (made) =>
      onProgress(`${made.toLocaleString('en-GB')} of ${cases.toLocaleString('en-GB')} cases`),
    ),
  );
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
