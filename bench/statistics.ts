import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { freezeNextSnapshot } from '../src/jobs/freeze-snapshots.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { BENCH_KEY, type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { createHttpClient } from './support/http.js';
import { machine, table } from './support/measure.js';

/**
 * Statistics of a whole county: how long a month and a year take to freeze, how long a question of three dimensions waits, and what
 * memory a year's file takes. The limits: a month in 60 s, a question in 20 ms at the 95th percentile.
 */
const LIMITS = { monthSeconds: 60, questionMs: 20, growthMiB: 40 };
const QUESTIONS = [
  { indicator: 'APPOINTMENTS', by: ['APPOINTMENT_OUTCOME', 'APPOINTMENT_TYPE', 'MODE'] },
  { indicator: 'OPEN_CASES', by: ['MISSION', 'CASE_AGE', 'ASSIGNED'] },
  { indicator: 'NEEDS', by: ['NEED_THEME', 'NEED_CODE', 'MISSION'] },
];
const ROUNDS = 100;
const QUERY = `query ($indicator: String!, $period: String!, $districtId: ID, $by: [String!]) {
  statistics(indicator: $indicator, period: $period, districtId: $districtId, by: $by) { version frozenOn indicator { code version definitionFr }
    dimensions { code categories { code labelFr } }
    cells(first: 100) { edges { node { value withheld yearBefore { value withheld } } } pageInfo { endCursor } } } }`;

const percentile = (figures: readonly number[], share: number): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length * share)] ?? Number.NaN;

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}

/** The county's catalogue, as adopted long ago, is in its seed. Freezes all that is due, and times each. */
async function freeze(county: BenchCounty): Promise<void> {
  const client = new pg.Client({ connectionString: county.jobsUrl });
  await client.connect();
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
  const lines = (['month', 'year'] as const).map((kind) => {
    const own = took
      .filter(({ period }) => (period.length === 4) === (kind === 'year'))
      .map(({ seconds }) => seconds);
    if (kind === 'month' && Math.max(...own) > LIMITS.monthSeconds)
      fail(`a month took ${Math.max(...own).toFixed(1)} s`);
    return [kind, String(own.length), percentile(own, 0.5).toFixed(2), Math.max(...own).toFixed(2)];
  });
  console.log(table([['freezing, seconds', 'how many', 'median', 'worst'], ...lines]));
  console.log(
    `${size?.tables} tables in ${size?.bytes}; the job's process at its largest: ${Math.round(peak / 2 ** 20)} MiB\n`,
  );
}

async function ask(county: BenchCounty): Promise<void> {
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const server = await startServerProcess('cosmos-server', {
    databaseUrl: county.appUrl,
    issuer: issuer.config,
  });
  const http = createHttpClient(`${server.url}/graphql`);
  try {
    const headers = { authorization: `Bearer ${await tokenFor(issuer, 'worker.sevran')}` };
    const districts = await county.sql<{ id: string; slug: string }>(
      'select id, slug from district order by id',
    );
    const year = new Date().getUTCFullYear() - 1;
    const figures = QUESTIONS.map(() => [] as number[]);
    for (let round = -10; round < ROUNDS; round += 1)
      for (const [nth, { indicator, by }] of QUESTIONS.entries()) {
        const variables = {
          indicator,
          by,
          period: String(year),
          districtId: round % 2 === 0 ? null : districts[Math.abs(round) % districts.length]?.id,
        };
        const started = performance.now();
        const { text } = await http.post(JSON.stringify({ query: QUERY, variables }), headers);
        const ms = performance.now() - started;
        if (!text.includes('"cells"')) throw new Error(text.slice(0, 300));
        if (round >= 0) figures[nth]?.push(ms);
      }
    console.log(
      table([
        ['three dimensions, ms through HTTP', 'median', 'p95'],
        ...QUESTIONS.map(({ indicator }, nth) => {
          const p95 = percentile(figures[nth] ?? [], 0.95);
          if (p95 > LIMITS.questionMs) fail(`${indicator}: ${p95.toFixed(1)} ms`);
          return [indicator, percentile(figures[nth] ?? [], 0.5).toFixed(1), p95.toFixed(1)];
        }),
      ]),
    );
    const by = 'by=NEED_THEME,NEED_CODE,MISSION';
    const files = [
      { name: 'a month of the county', path: `/statistics/${year}-11/NEEDS.csv?${by}` },
      { name: 'a year of the county', path: `/statistics/${year}/NEEDS.csv?every=month&${by}` },
      ...Array.from({ length: 4 }, () => ({
        name: 'a year of a district',
        path: `/statistics/${year}/NEEDS.csv?every=month&district=${districts[0]?.slug}&${by}`,
      })),
    ];
    const lines: string[][] = [];
    const before = (await server.state()).rss;
    for (const { name, path } of files) {
      const { bytes, lines: count, seconds, second, last } = await download(server, path, headers);
      const more = (rss: number): string => (rss === 0 ? '–' : String(Math.round((rss - before) / 2 ** 20)));
      const figures = [count.toLocaleString('en-GB'), (bytes / 2 ** 20).toFixed(2), seconds.toFixed(1)];
      lines.push([name, ...figures, more(second), more(last)]);
    }
    console.log(
      `\n${table([['export', 'lines', 'MiB', 'seconds', 'MiB more than at rest: second quarter', 'last quarter'], ...lines])}`,
    );
    const [first, last] = [Number(lines.at(-1)?.[4]), Number(lines.at(-1)?.[5])];
    if (last - first > LIMITS.growthMiB) fail('a file takes more memory towards its end');
  } finally {
    http.close();
    await server.stop();
  }
}

/** Reads a file and drops it, while the server's memory is looked at. */
async function download(server: ServerProcess, path: string, headers: Readonly<Record<string, string>>) {
  const started = performance.now();
  let [bytes, lines] = [0, 0];
  const samples: { readonly bytes: number; readonly rss: number }[] = [];
  let isReading = true;
  const looking = (async () => {
    while (isReading) {
      samples.push({ bytes, rss: (await server.state()).rss });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await new Promise<void>((resolve, reject) => {
    request(`${server.url}${path}`, { headers: { ...headers } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${response.statusCode}`));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        for (const byte of chunk) if (byte === 10) lines += 1;
      });
      response.on('end', () => (response.complete ? resolve() : reject(new Error('broken off'))));
    })
      .on('error', reject)
      .end();
  });
  isReading = false;
  await looking;
  /** At its most, while a part of the file was sent. */
  const within = (from: number, until: number): number =>
    Math.max(
      0,
      ...samples
        .filter((one) => one.bytes >= bytes * from && one.bytes < bytes * until)
        .map(({ rss }) => rss),
    );
  return {
    bytes,
    lines,
    seconds: (performance.now() - started) / 1_000,
    second: within(0.25, 0.5),
    last: within(0.75, 1),
  };
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
  },
);
