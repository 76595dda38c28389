import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { startServerProcess } from './page/child.js';
import { startPostgraphile } from './page/postgraphile.js';
import { CASES_OF_A_PAGE, PAGE, WHOSE } from './page/question.js';
import { measurePages, type PageContender, type PageFigures } from './page/turns.js';
import { type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { createHttpClient } from './support/http.js';
import { machine, table } from './support/measure.js';
import { OPERATOR_FLAGS } from './support/operator-flags.js';

/** The numbers of connections at once, with the rounds and the pages of a turn. */
const LEVELS = [
  { connections: 1, warmUp: 12, rounds: 60, pages: 20 },
  { connections: 8, warmUp: 2, rounds: 15, pages: 120 },
  { connections: 32, warmUp: 1, rounds: 11, pages: 240 },
] as const;

function reportOf(connections: number, figures: readonly PageFigures[]): string {
  const ms = (figure: number): string => figure.toFixed(2);
  return table([
    [
      `${connections} at once`,
      'ms a page',
      'quartiles',
      ...figures.map(({ name }) => `ratio to ${name}`),
      'pages/s',
      'ms of Node.js',
      'ms of PostgreSQL',
    ],
    ...figures.map(({ name, time, ratios, nodeMs, postgresMs }) => [
      name,
      ms(time.median),
      `${ms(time.q1)}–${ms(time.q3)}`,
      ...ratios.map(({ median }) => ms(median)),
      (1_000 / time.median).toFixed(0),
      ms(nodeMs),
      ms(postgresMs),
    ]),
  ]);
}

async function compare(contenders: readonly PageContender[], folder: string): Promise<void> {
  for (const { connections, ...options } of LEVELS)
    console.log(`${reportOf(connections, await measurePages(contenders, connections, options, folder))}\n`);
}

/**
 * Checks that Cosmos answers what the hand-written server answers, byte for byte, and a whole page.
 * @throws Error if not
 */
async function requireSame(plain: PageContender, cosmos: PageContender): Promise<void> {
  const [expected, answered] = [await plain.ask(), await cosmos.ask()];
  if (answered !== expected) throw new Error(`the answers differ:\n${expected}\n${answered}`);
  const { data } = JSON.parse(expected) as { data: { cases: { edges: unknown[] } } };
  if (data.cases.edges.length !== CASES_OF_A_PAGE) throw new Error('less than a page');
  console.log(`The same ${expected.length} bytes from both: ${CASES_OF_A_PAGE} cases.\n`);
}

/**
 * Checks that PostGraphile's page has the same cases in the same order, and the same number of notes.
 * @throws Error if not
 */
function requireSameCases(ours: string, theirs: string): void {
  const { data } = JSON.parse(ours) as {
    data: { cases: { edges: { node: { id: string; interviewNotes: { edges: unknown[] } } }[] } };
  };
  const peer = JSON.parse(theirs) as {
    data: { allCases: { nodes: { id: string; interviewNotesByCaseId: { nodes: unknown[] } }[] } };
  };
  const expected = data.cases.edges.map(({ node }) => [node.id, node.interviewNotes.edges.length]);
  const found = peer.data.allCases.nodes.map((node) => [node.id, node.interviewNotesByCaseId.nodes.length]);
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error('PostGraphile has another page');
}

/** The pages that are profiled, after as many that are not. */
const PROFILED = 400;

/** Prints what Cosmos spends the time of Node.js on, by category. */
async function printProfile({ server, ask }: PageContender): Promise<void> {
  const work = async (): Promise<void> => {
    for (let page = 0; page < PROFILED; page += 1) await ask();
  };
  await work();
  const spent = await server.profile(work);
  const all = spent.reduce((sum, [, ms]) => sum + ms, 0);
  const rows = spent.map(([category, ms]) => [
    category,
    (ms / PROFILED).toFixed(2),
    `${((100 * ms) / all).toFixed(1)} %`,
  ]);
  console.log(table([['Cosmos, one page after the other', 'ms a page', 'share'], ...rows]));
}

async function comparePages(county: BenchCounty): Promise<void> {
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const token = await tokenFor(issuer, WHOSE);
  const config = { databaseUrl: county.appUrl, issuer: issuer.config };
  const plain = await startServerProcess('plain-server', config);
  const cosmos = await startServerProcess('cosmos-server', config, OPERATOR_FLAGS);
  const peer = await startPostgraphile(county, config);
  const ask = (url: string, body: object) => {
    const http = createHttpClient(url);
    const text = JSON.stringify(body);
    return async (): Promise<string> => (await http.post(text, { authorization: `Bearer ${token}` })).text;
  };
  const page = { first: CASES_OF_A_PAGE };
  const contenders: readonly PageContender[] = [
    { name: 'written by hand', server: plain, ask: ask(`${plain.url}/page`, page) },
    { name: 'Cosmos', server: cosmos, ask: ask(`${cosmos.url}/graphql`, { query: PAGE, variables: page }) },
    ...(peer === null
      ? []
      : [{ name: 'PostGraphile', server: peer.server, ask: ask(`${peer.server.url}/graphql`, peer.body) }]),
  ];
  try {
    const [first, second, third] = contenders;
    if (first !== undefined && second !== undefined) await requireSame(first, second);
    if (second !== undefined && third !== undefined) requireSameCases(await second.ask(), await third.ask());
    if (process.argv.includes('--profile')) {
      if (second !== undefined) await printProfile(second);
      return;
    }
    await compare(contenders, county.folder);
    const before = (await cosmos.state()).waits;
    await second?.ask();
    const { waits, rss } = await cosmos.state();
    console.log(
      `Cosmos waits for PostgreSQL ${waits - before} times for the page, with BEGIN, login, log and COMMIT.`,
    );
    console.log(`Resident memory of its process afterwards: ${(rss / 1_048_576).toFixed(0)} MiB.`);
  } finally {
    await Promise.all([plain.stop(), cosmos.stop(), peer?.server.stop()]);
  }
}

const folder = process.env['COSMOS_BENCH_DIR'];
console.log(machine());
await withBenchCounty({ folder, size: 'county' }, comparePages);
