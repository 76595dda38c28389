import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type AppOptions, startApp } from '../../app/app.js';
import { ProgressBar } from '../../prisma/seed/progress-bar.js';
import { isEmpty, seedCounty } from '../../prisma/seed/seed.js';
import { type DevelopmentIssuer, loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { LOGINS } from '../../src/auth/logins.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.js';
import { prepareDatabase } from '../../src/database/prepare.js';
import { derivedLoginSecret } from '../../src/database/roles.js';
import { createLogger } from '../../src/log/logger.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey, type NoteVault } from '../../src/vault/note-vault.js';
import { createHttpClient, type HttpClient } from './http.js';
import { measuresOfActs } from './measures.js';

/** The vault key of the benchmarks. It protects only a fictional county, which is thrown away. */
export const BENCH_KEY = Buffer.alloc(32, 7);
const PASSWORD = 'bench';
/** The secret that the databases of the benches know. */
export const BENCH_LOGIN_SECRET = derivedLoginSecret(PASSWORD);

export interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly codes: readonly string[];
  /** The body as it was received. */
  readonly text: string;
}

/** A sender of requests, with a token or without. */
export interface Requester {
  readonly login: string;
  /** The headers of each request, for callers who post bodies of their own. */
  readonly headers: Readonly<Record<string, string>>;
  send(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

export interface BenchApp {
  readonly url: string;
  /** Returns a sender for a demo login, or for any other subject of the directory, with the rights of the front end. */
  as(login: string): Promise<Requester>;
  readonly anonymous: Requester;
  close(): Promise<void>;
}

export interface BenchCounty {
  /** The URL of the superuser. Row-level security does not bind the superuser. */
  readonly url: string;
  /** The URL of `cosmos_app`. */
  readonly appUrl: string;
  /** The URL of `cosmos_jobs`. */
  readonly jobsUrl: string;
  /** The folder in which the server keeps its data, below `postgres/`, and the issuer its key. */
  readonly folder: string;
  readonly vault: NoteVault;
  /** Starts an API over this county. It may be called several times. */
  startApp(overrides?: Partial<AppOptions>): Promise<BenchApp>;
  /** Runs one statement as the superuser. */
  sql<R extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<R[]>;
  /** Stops the API and the server. The data is deleted, unless a folder was named. */
  close(): Promise<void>;
}

export interface BenchCountyOptions {
  /** A folder that is kept, and seeded only when it is new. Unless given, a temporary folder. */
  readonly folder?: string | undefined;
  /** The size of the county when it is seeded: that of the demonstration unless given. */
  readonly size?: 'demo' | 'county';
  /** The secret by which figures are frozen when the county is seeded. Without it none are frozen. */
  readonly statisticsSecret?: Buffer;
  /** `real` for the measures of acts that the product has. Unless given, a login may do as many acts as it likes. */
  readonly measures?: 'real' | 'none';
  /** Settings of PostgreSQL, as `['-c', 'name=value']`. Unless given, its own durable settings. */
  readonly flags?: readonly string[];
}

export function benchVault(): NoteVault {
  return createNoteVault(
    createLocalKeyService([{ id: 'bench', key: BENCH_KEY }]),
    deriveFingerprintKey(BENCH_KEY),
  );
}

/** Starts the embedded server on this folder, as `startBenchCounty` does. */
export function startBenchServer(
  folder: string,
  options: { readonly flags?: readonly string[]; readonly port?: number } = {},
): Promise<EmbeddedServer> {
  return startEmbeddedServer(folder, {
    password: PASSWORD,
    flags: options.flags ?? [],
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}

/** Starts a server of its own with the fictional county in it. */
export async function startBenchCounty(options: BenchCountyOptions = {}): Promise<BenchCounty> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'cosmos-bench-')));
  const vault = benchVault();
  const server = await startBenchServer(folder, options);
  const { appUrl, ownerUrl, jobsUrl } = await prepareDatabase(server.url, false);
  if (jobsUrl === null) throw new Error('a development database has the jobs’ role');
  if (ownerUrl !== null && (await isEmpty(ownerUrl))) {
    const bar = new ProgressBar(process.stderr);
    await seedCounty({
      url: ownerUrl,
      vault,
      today: new Date(),
      size: options.size ?? 'demo',
      statisticsSecret: options.statisticsSecret ?? null,
      onProgress: (step, _done, _total, overall) => bar.tell(step, overall),
    });
    bar.end();
  }
  const issuer = await loadOrCreateDevelopmentIssuer(folder);
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  pool.on('error', () => undefined);
  await pool.query(measuresOfActs(options.measures ?? 'none'));
  const apps = new Set<BenchApp>();
  return {
    url: server.url,
    appUrl,
    jobsUrl,
    folder,
    vault,
    startApp: async (overrides = {}) => {
      const app = await startBenchApp({ databaseUrl: appUrl, vault, issuer, ...overrides });
      apps.add(app);
      const close = async (): Promise<void> => {
        if (apps.delete(app)) await app.close();
      };
      return { ...app, close };
    },
    sql: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<R>(text, [...values])).rows,
    close: async () => {
      await Promise.all([...apps].map((app) => app.close()));
      await pool.end();
      await server.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Provides a county for as long as `work` lasts, however it ends. */
export async function withBenchCounty<T>(
  options: BenchCountyOptions,
  work: (county: BenchCounty) => Promise<T>,
): Promise<T> {
  const county = await startBenchCounty(options);
  try {
    return await work(county);
  } finally {
    await county.close();
  }
}

/** Starts the API on a free port. It trusts the tokens of this issuer. */
async function startBenchApp({
  issuer,
  ...options
}: { readonly issuer: DevelopmentIssuer } & Pick<AppOptions, 'databaseUrl' | 'vault'> &
  Partial<AppOptions>): Promise<BenchApp> {
  const app = await startApp({
    loginSecret: BENCH_LOGIN_SECRET,
    lookUpsPerHour: Number.MAX_SAFE_INTEGER,
    papersPerHour: Number.MAX_SAFE_INTEGER,
    logsPerDay: { workers: Number.MAX_SAFE_INTEGER, others: Number.MAX_SAFE_INTEGER },
    lineLimits: { atOnce: Number.MAX_SAFE_INTEGER, perMinute: Number.MAX_SAFE_INTEGER },
    poolSize: 10,
    issuers: [issuer.config],
    allowedOrigins: [],
    graphiql: null,
    logger: createLogger('silent'),
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  const http = createHttpClient(`${app.url}/graphql`);
  return {
    url: app.url,
    as: async (login) => requesterOf(http, login, await tokenFor(issuer, login)),
    anonymous: requesterOf(http, 'anonymous', null),
    close: async () => {
      http.close();
      await app.close();
    },
  };
}

/** Returns a token of an hour, which is the longest that the API takes. */
export function tokenFor(issuer: DevelopmentIssuer, login: string): Promise<string> {
  const known = LOGINS.find((each) => each.login === login);
  const front = { clientId: 'front.demo', scopes: SCOPES.filter((scope) => scope !== 'booking') };
  return issuer.sign({ subject: login, ...(known ?? front) }, { lifetimeSeconds: 3_600 });
}

/** Returns a sender with this token over this client. */
export function requesterOf(http: HttpClient, login: string, token: string | null): Requester {
  const own: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return {
    login,
    headers: own,
    send: async (query, variables, headers = {}) => {
      const body = JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) });
      const { status, text } = await http.post(body, { ...own, ...headers });
      const parsed = JSON.parse(text) as {
        data?: Record<string, unknown> | null;
        errors?: readonly { readonly extensions: { readonly code: string } }[];
      };
      return {
        status,
        data: parsed.data,
        codes: (parsed.errors ?? []).map(({ extensions }) => extensions.code),
        text,
      };
    },
  };
}
