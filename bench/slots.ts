import { performance } from 'node:perf_hooks';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { openAgendas } from './slots/fill.js';
import { type BenchCounty, tokenFor, withBenchCounty } from './support/app.js';
import { copyOf, urlOf } from './support/copies.js';
import { createHttpClient, type HttpClient } from './support/http.js';
import { machine, table } from './support/measure.js';

/** The numbers of workers who have an agenda of thirteen weeks. */
const SIZES = [100, 500, 2_000] as const;
const ROUNDS = 10;
/** The number of districts that are asked one after the other in each round. */
const DISTRICTS = 20;
/** The limits at 500 workers, in milliseconds: the 95th percentile for a district and for the county. */
const LIMITS: Readonly<Record<string, number>> = { district: 50, county: 150 };

const SEARCH = `query Recherche($filter: SlotFilter!) {
  slots(filter: $filter, first: 10) { slots { startsAt endsAt place modes district { name } workers { displayName } } whyNone }
}`;
/** The same search without the workers who are free: only colleagues may read them. */
const PUBLIC_SEARCH = SEARCH.replace(' workers { displayName }', '');

interface Question {
  readonly name: string;
  readonly query: string;
  /** True if a receptionist of the district asks, false if nobody is logged in. */
  readonly asDesk: boolean;
  readonly filter: (district: District) => Readonly<Record<string, unknown>>;
  /** A pattern that the answer must match. A measurement of errors or of empty answers would say nothing. */
  readonly answers: RegExp;
}

const QUESTIONS: readonly Question[] = [
  {
    name: 'district',
    query: SEARCH,
    asDesk: true,
    filter: ({ id }) => ({ typeCode: 'FIRST_RECEPTION', districtId: id }),
    answers: /"startsAt"/,
  },
  {
    name: 'county',
    query: PUBLIC_SEARCH,
    asDesk: false,
    filter: () => ({ typeCode: 'FIRST_RECEPTION' }),
    answers: /"startsAt"/,
  },
  {
    name: 'two workers together',
    query: SEARCH,
    asDesk: true,
    filter: ({ id, workers }) => ({
      typeCode: 'JOINT_MEETING',
      districtId: id,
      workerIds: workers.slice(0, 2),
      together: true,
    }),
    answers: /"startsAt"/,
  },
  {
    name: 'two in a row, 60 minutes each',
    query: SEARCH,
    asDesk: true,
    filter: ({ id }) => ({ typeCode: 'SOCIAL_ASSESSMENT', districtId: id, inARow: 2 }),
    answers: /"startsAt"/,
  },
  {
    name: 'why there is none',
    query: SEARCH,
    asDesk: true,
    // No free gap has room for four times in a row.
    filter: ({ id }) => ({ typeCode: 'SOCIAL_ASSESSMENT', districtId: id, inARow: 4 }),
    answers: /"NOT_IN_A_ROW"/,
  },
];

interface District {
  readonly id: string;
  readonly desk: string;
  readonly workers: readonly string[];
}

function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function ask(http: HttpClient, question: Question, district: District): Promise<number> {
  const body = JSON.stringify({ query: question.query, variables: { filter: question.filter(district) } });
  const headers: Record<string, string> = question.asDesk ? { authorization: `Bearer ${district.desk}` } : {};
  const started = performance.now();
  const { text } = await http.post(body, headers);
  const took = performance.now() - started;
  if (text.includes('"errors"') || !question.answers.test(text))
    throw new Error(`${question.name}: ${text.slice(0, 300)}`);
  return took;
}

/** Finds districts that have a desk, and two agendas at every size. */
async function districtsOf(county: BenchCounty, smallest: string): Promise<readonly District[]> {
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: urlOf(county.url, smallest) });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; desk: string; workers: string[] }>(
      `select d.id, (select w.subject from membership m join worker w on w.id = m.worker_id
          where m.district_id = d.id and m.role = 'RECEPTIONIST' and w.disabled_at is null limit 1) as desk,
        array(select distinct worker_id::text from availability v where v.district_id = d.id order by 1) as workers
       from district d order by d.id`,
    );
    const fit = rows.filter(({ desk, workers }) => desk !== null && workers.length > 1).slice(0, DISTRICTS);
    if (fit.length < DISTRICTS) throw new Error('too few districts with a desk and two agendas');
    return await Promise.all(fit.map(async (row) => ({ ...row, desk: await tokenFor(issuer, row.desk) })));
  } finally {
    await client.end();
  }
}

async function compareSizes(county: BenchCounty): Promise<void> {
  const databases: string[] = [];
  for (const workers of SIZES)
    databases.push(
      await copyOf(county, `slots_${workers}`, (url, onProgress) => openAgendas(url, workers, onProgress)),
    );
  const districts = await districtsOf(county, databases[0] ?? '');
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const servers: ServerProcess[] = [];
  const figures = SIZES.map(() => new Map(QUESTIONS.map(({ name }) => [name, [] as number[]])));
  try {
    const clients: HttpClient[] = [];
    for (const database of databases) {
      const databaseUrl = urlOf(county.appUrl, database);
      const server = await startServerProcess('cosmos-server', { databaseUrl, issuer: issuer.config });
      servers.push(server);
      clients.push(createHttpClient(`${server.url}/graphql`));
    }
    // Sizes take turns, question by question; the first rounds are not counted.
    for (let round = -2; round < ROUNDS; round += 1)
      for (const question of QUESTIONS)
        for (const [size, http] of clients.entries())
          for (const district of districts) {
            const took = await ask(http, question, district);
            if (round >= 0) figures[size]?.get(question.name)?.push(took);
          }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  const columns = SIZES.flatMap((workers) => [`${workers}: median`, 'p95']);
  console.log(`ms through HTTP, ${ROUNDS * DISTRICTS} requests each, by workers with an agenda`);
  console.log(
    table([
      ['', ...columns],
      ...QUESTIONS.map(({ name }) => [
        name,
        ...figures.flatMap((of) => {
          const own = of.get(name) ?? [];
          return [percentile(own, 0.5).toFixed(1), percentile(own, 0.95).toFixed(1)];
        }),
      ]),
    ]),
  );
  for (const [name, limit] of Object.entries(LIMITS)) {
    const p95 = percentile(figures[SIZES.indexOf(500)]?.get(name) ?? [], 0.95);
    if (!(p95 <= limit)) {
      console.error(`${name}: ${p95.toFixed(1)} ms at 500 workers, more than ${limit}`);
      process.exitCode = 1;
    }
  }
}

const folder = process.env['COSMOS_BENCH_DIR'];
console.log(machine());
await withBenchCounty(
  { folder, size: 'county', flags: ['-c', 'max_wal_size=8GB', '-c', 'synchronous_commit=off'] },
  compareSizes,
);
