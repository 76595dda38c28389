import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { logInJobs } from '../src/database/jobs-pool.js';
import { LoginProver } from '../src/database/login-proof.js';
import { freezeNextSnapshot } from '../src/jobs/freeze-snapshots.js';
import { startServerProcess } from './page/child.js';
import { BENCH_KEY, BENCH_LOGIN_SECRET, type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { createHttpClient } from './support/http.js';
import { machine, table } from './support/measure.js';

/**
 * Measures the statistics of a whole county: how long a month and a year take to freeze, how long a question of the programme waits (the
 * largest table of a year among them), and how long the trial count of an adoption takes. The limits: a month in 60 s, a question in 10 ms at
 * the 95th percentile, a trial in 1.5 s.
 */
const LIMITS = { monthSeconds: 60, questionMs: 10, trialMs: 1_500 };
/** A question to the county, and one to the districts in turn. */
interface Question {
  readonly indicator: string;
  readonly county: readonly string[];
  /** Undefined if the districts are not asked. */
  readonly by?: readonly string[];
}

const QUESTIONS: readonly Question[] = [
  { indicator: 'APPOINTMENTS', by: ['APPOINTMENT_OUTCOME'], county: ['APPOINTMENT_OUTCOME', 'MODE'] },
  { indicator: 'OPEN_CASES', by: ['CASE_AGE'], county: ['MISSION', 'CASE_AGE'] },
  { indicator: 'NEEDS', by: ['NEED_THEME'], county: ['NEED_THEME', 'MISSION'] },
];
const TRIALS = ['APPOINTMENTS', 'VISITS', 'OPEN_CASES', 'NEEDS', 'PERSONS_HELPED', 'FIRST_RECEPTIONS'];
const ROUNDS = 100;
const QUERY = `query ($indicator: String!, $period: String!, $districtId: ID, $by: [String!]) {
  statistics(indicator: $indicator, period: $period, districtId: $districtId, by: $by) { frozenOn indicator { code version definitionFr }
    dimensions { code categories { code labelFr } }
    cells(first: 100) { edges { node { value low high withheld yearBefore { value withheld } } } pageInfo { endCursor } } } }`;

const percentile = (figures: readonly number[], share: number): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length * share)] ?? Number.NaN;

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}

/** Freezes all periods that are due, and times each. The seed has the county's catalogue, as if it had been adopted long ago. */
async function freeze(county: BenchCounty): Promise<void> {
  const client = new pg.Client({ connectionString: county.jobsUrl });
  await client.connect();
  await logInJobs(client, new LoginProver(BENCH_LOGIN_SECRET));
  const took: { period: string; seconds: number }[] = [];
  let peak = 0;
  for (;;) {
    const started = performance.now();
    await client.query('begin isolation level repeatable read');
    const found = await freezeNextSnapshot(client, BENCH_KEY);
    await client.query('commit');
    peak = Math.max(peak, process.memoryUsage().rss);
    if (!found) break;
    const [last] = await county.sql<{ period: string }>(
      'select period from snapshot order by ctid desc limit 1',
    );
    took.push({ period: last?.period ?? '', seconds: (performance.now() - started) / 1_000 });
    process.stderr.write(`\r${took.length} snapshots, ${last?.period}   `);
  }
  process.stderr.write('\n');
  await client.end();
  const [size] = await county.sql<{ tables: string; bytes: string }>(
    `select count(*)::text as tables, pg_size_pretty(pg_total_relation_size('snapshot_table')) as bytes from snapshot_table`,
  );
  const formOf = { month: /^\d{4}-\d\d$/, quarter: /Q/, year: /^\d{4}$/ };
  const lines = (['month', 'quarter', 'year'] as const).map((kind) => {
    const own = took.filter(({ period }) => formOf[kind].test(period)).map(({ seconds }) => seconds);
    if (kind === 'month' && Math.max(...own) > LIMITS.monthSeconds)
      fail(`a month took ${Math.max(...own).toFixed(1)} s`);
    return [kind, String(own.length), percentile(own, 0.5).toFixed(2), Math.max(...own).toFixed(2)];
  });
  console.log(table([['freezing, seconds', 'how many', 'median', 'worst'], ...lines]));
  console.log(
    `${size?.tables} tables in ${size?.bytes}; the job's process at its largest: ${Math.round(peak / 2 ** 20)} MiB\n`,
  );
}

/** Returns the question for the table of a year that has the most cells. */
async function largestTable(
  county: BenchCounty,
  year: string,
): Promise<Question & { readonly cells: number }> {
  const [largest] = await county.sql<{ indicator: string; county: string[]; cells: number }>(
    `select i.code as indicator, t.dimensions as county, cardinality(t.cells) as cells
       from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id
      where s.period = '${year}' and t.district_id is null order by 3 desc, 1, 2 limit 1`,
  );
  if (largest === undefined) throw new Error(`no table of ${year}`);
  return largest;
}

async function ask(bench: BenchCounty): Promise<void> {
  const year = String(new Date().getUTCFullYear() - 1);
  const largest = await largestTable(bench, year);
  const questions = [...QUESTIONS, largest];
  console.log(
    `the largest table: ${largest.indicator} by ${largest.county.join(', ')}, ${largest.cells} cells\n`,
  );
  const issuer = await loadOrCreateDevelopmentIssuer(bench.folder);
  const server = await startServerProcess('cosmos-server', {
    databaseUrl: bench.appUrl,
    issuer: issuer.config,
  });
  const http = createHttpClient(`${server.url}/graphql`);
  try {
    const headers = { authorization: `Bearer ${await tokenFor(issuer, 'worker.sevran')}` };
    const districts = await bench.sql<{ id: string }>('select id from district order by id');
    const figures = questions.map(() => [] as number[]);
    for (let round = -10; round < ROUNDS; round += 1)
      for (const [nth, { indicator, by, county }] of questions.entries()) {
        const isOfCounty = by === undefined || round % 2 === 0;
        const variables = {
          indicator,
          by: isOfCounty ? county : by,
          period: year,
          districtId: isOfCounty ? null : districts[Math.abs(round) % districts.length]?.id,
        };
        const started = performance.now();
        const { text } = await http.post(JSON.stringify({ query: QUERY, variables }), headers);
        const ms = performance.now() - started;
        if (!text.includes('"cells"')) throw new Error(text.slice(0, 300));
        if (round >= 0) figures[nth]?.push(ms);
      }
    console.log(
      table([
        ['a question, ms through HTTP', 'median', 'p95'],
        ...questions.map((question, nth) => {
          const name = question === largest ? 'the largest table' : question.indicator;
          const p95 = percentile(figures[nth] ?? [], 0.95);
          if (p95 > LIMITS.questionMs) fail(`${name}: ${p95.toFixed(1)} ms`);
          return [name, percentile(figures[nth] ?? [], 0.5).toFixed(1), p95.toFixed(1)];
        }),
      ]),
    );
  } finally {
    http.close();
    await server.stop();
  }
}

/** Times the trial count of an adoption, which reads three months of records in one statement. */
async function tryOut(county: BenchCounty): Promise<void> {
  const lines: string[][] = [];
  for (const measure of TRIALS) {
    const started = performance.now();
    const [row] = await county.sql<{ given: string | null }>('select indicator_given_by($1)::text as given', [
      measure,
    ]);
    const ms = performance.now() - started;
    if (ms > LIMITS.trialMs) fail(`the trial of ${measure} took ${ms.toFixed(0)} ms`);
    lines.push([measure, row?.given ?? 'too few', ms.toFixed(0)]);
  }
  console.log(`\n${table([['a trial count', 'given by', 'ms'], ...lines])}`);
}

console.log(machine());
await withBenchCounty(
  {
    folder: process.env['COSMOS_BENCH_DIR'],
    size: 'county',
    flags: ['-c', 'max_wal_size=8GB', '-c', 'synchronous_commit=off'],
  },
  async (county) => {
    await freeze(county);
    await ask(county);
    await tryOut(county);
  },
);
