import { performance } from 'node:perf_hooks';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { CASES_OF_A_PAGE, PAGE, WHOSE } from './page/question.js';
import { type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { createHttpClient } from './support/http.js';
import { machine, measure, report, table } from './support/measure.js';

const ROUNDS = 15;
const SAMPLES = 20;
const CONNECTIONS = 8;

/** Measures the requests per second over several connections at once. */
async function throughput(run: () => Promise<unknown>, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await run();
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return answered / seconds;
}

async function compare(plain: ServerProcess, cosmos: ServerProcess, token: string): Promise<void> {
  const ask = (url: string, body: object) => {
    const http = createHttpClient(url);
    const text = JSON.stringify(body);
    return async (): Promise<string> => (await http.post(text, { authorization: `Bearer ${token}` })).text;
  };
  const page = { first: CASES_OF_A_PAGE };
  const contenders = [
    { name: 'plain node:http and pg', run: ask(`${plain.url}/page`, page) },
    { name: 'the same, with the access log', run: ask(`${plain.url}/page-with-log`, page) },
    { name: 'Cosmos', run: ask(`${cosmos.url}/graphql`, { query: PAGE, variables: page }) },
  ] as const;

  const [expected, logged, answered] = await Promise.all(contenders.map(({ run }) => run()));
  if (expected === undefined || answered !== expected || logged !== expected)
    throw new Error(`the answers differ:\n${expected}\n${answered}`);
  const { data } = JSON.parse(expected) as { data: { cases: { edges: unknown[] } } };
  if (data.cases.edges.length !== CASES_OF_A_PAGE) throw new Error('less than a page');
  console.log(`The same ${expected.length} bytes from each: ${CASES_OF_A_PAGE} cases.\n`);

  const options = { rounds: ROUNDS, samples: SAMPLES, warmUp: 5 };
  const measured = await measure(contenders, options);
  console.log(report('The page of a worker, one request after the other', measured, options));

  const before = (await cosmos.state()).statements;
  await contenders[2].run();
  const messages = (await cosmos.state()).statements - before;
  const rates = [];
  for (const { name, run } of contenders) rates.push([name, (await throughput(run, 4)).toFixed(0)]);
  console.log(`${table([[`pages per second, ${CONNECTIONS} connections`, ''], ...rates])}\n`);
  const { rss } = await cosmos.state();
  console.log(
    `Cosmos sends ${messages} messages to PostgreSQL for the page, with BEGIN, login, log and COMMIT.`,
  );
  console.log(`Resident memory of its process afterwards: ${(rss / 1_048_576).toFixed(0)} MiB.`);
}

async function comparePages(county: BenchCounty): Promise<void> {
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const config = { databaseUrl: county.appUrl, issuer: issuer.config };
  const plain = await startServerProcess('plain-server', config);
  const cosmos = await startServerProcess('cosmos-server', config);
  try {
    await compare(plain, cosmos, await tokenFor(issuer, WHOSE));
  } finally {
    await Promise.all([plain.stop(), cosmos.stop()]);
  }
}

const folder = process.env['COSMOS_BENCH_DIR'];
console.log(machine());
await withBenchCounty({ folder, size: 'county' }, comparePages);
