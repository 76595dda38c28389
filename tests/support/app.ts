import type { IncomingHttpHeaders } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { AppOptions, startApp } from '../../app/app.js';
import { createHttpClient } from '../../bench/support/http.js';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { DEMO_CLIENTS, LOGINS } from '../../src/auth/logins.js';
import { SCOPES } from '../../src/auth/scopes.js';
import type { DatabaseLimits } from '../../src/database/limits.js';
import { createLogger } from '../../src/log/logger.js';
import type { NoteVault } from '../../src/vault/note-vault.js';
import type { TestDatabase } from './database.js';
import { TEST_LOGIN_SECRET } from './login.js';
import { HANGS_MS } from './until.js';
import { testVault } from './vault.js';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads an answer as JSON, and states in its assertion what it is.
  readonly data: Record<string, any> | null | undefined;
  readonly errors: readonly {
    message: string;
    path?: (string | number)[];
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    extensions: { code: string } & Record<string, any>;
  }[];
  /** The body as it came. */
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
  readonly codes: readonly string[];
}

export interface Requester {
  readonly token: string | null;
  send(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
}

/** On a busy machine nothing fails because it is slow. What tests the limits themselves asks for `DATABASE_LIMITS`. */
const PATIENT: DatabaseLimits = {
  statementMs: HANGS_MS,
  answerMs: HANGS_MS,
  connectionMs: HANGS_MS,
  unseenMs: HANGS_MS,
  turnMs: HANGS_MS,
};

declare global {
  /** The API as it was built, which `environment.js` loads once for all files of a worker. */
  var builtApi: { readonly startApp: typeof startApp; readonly MAX_COMPLEXITY: number };
}

/** What a test wants otherwise than `startTestApp` has it. */
export type TestAppOptions = Partial<AppOptions> & {
  /**
   * `own` takes the modules of the test file: a test that replaces a module, or spies on one, needs them. A guard or a vault is made of
   * these modules, and takes them too. Every other test takes the `built` API.
   */
  readonly modules?: 'built' | 'own';
};

async function starterOf({ modules, guard, vault }: TestAppOptions): Promise<typeof startApp> {
  const own = modules === 'own' || guard !== undefined || vault !== undefined;
  return own ? (await import('../../app/app.js')).startApp : builtApi.startApp;
}

export interface TestApp {
  readonly url: string;
  readonly vault: NoteVault;
  /** Someone with a token for this subject of the directory: a demo login, or a worker that a builder made. */
  as(subject: string, options?: { clientId?: string; scopes?: readonly string[] }): Promise<Requester>;
  readonly anonymous: Requester;
  token(
    subject: string,
    options?: {
      clientId?: string;
      scopes?: readonly string[];
      claims?: Record<string, unknown>;
      /** Seconds; fifty minutes unless given, since a crawl takes its time. */
      expiresIn?: number;
    },
  ): Promise<string>;
  withToken(token: string | null): Requester;
  close(): Promise<void>;
}

/** For crawls: they ask for every field of every row, and most of them are refused. */
export const ASKS_EVERYTHING: TestAppOptions = { maxRefusals: Number.MAX_SAFE_INTEGER };

/** The API over a test's database: real HTTP on a free port, real tokens signed by a key of this run. */
export async function startTestApp(database: TestDatabase, options: TestAppOptions = {}): Promise<TestApp> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const { modules: _, ...overrides } = options;
  const vault = overrides.vault ?? testVault();
  const start = await starterOf(options);
  const app = await start({
    databaseUrl: database.urlAs('cosmos_app'),
    poolSize: 10,
    vault,
    loginSecret: TEST_LOGIN_SECRET,
    issuers: [{ issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwks: { keys: [jwk] } }],
    allowedOrigins: [],
    graphiql: null,
    logger: createLogger('silent'),
    host: '127.0.0.1',
    port: 0,
    databaseLimits: PATIENT,
    // Tests ask in a minute what a desk asks in days. What tests the measure itself gives one.
    // They crawl without a token as deep as with one.
    anonymousComplexity: builtApi.MAX_COMPLEXITY,
    lookUpsPerHour: Number.MAX_SAFE_INTEGER,
    papersPerHour: Number.MAX_SAFE_INTEGER,
    logsPerDay: { workers: Number.MAX_SAFE_INTEGER, others: Number.MAX_SAFE_INTEGER },
    latelyLimits: { refusedMs: Number.MAX_SAFE_INTEGER, heavyMs: Number.MAX_SAFE_INTEGER, rest: 0 },
    lineLimits: { atOnce: Number.MAX_SAFE_INTEGER, perMinute: Number.MAX_SAFE_INTEGER },
    ...overrides,
    liveLimits: { initMs: HANGS_MS, pingMs: HANGS_MS, ...overrides.liveLimits },
  });
  const client = createHttpClient(`${app.url}/graphql`);
  const token: TestApp['token'] = async (subject, options = {}) => {
    const login = LOGINS.find((known) => known.login === subject);
    const clientId = options.clientId ?? login?.clientId ?? 'front.demo';
    const scopes = options.scopes ?? login?.scopes ?? SCOPES.filter((scope) => scope !== 'booking');
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      client_id: clientId,
      scope: scopes.join(' '),
      jti: crypto.randomUUID(),
      ...options.claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'test' })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(DEVELOPMENT_AUDIENCE)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + (options.expiresIn ?? 3_000))
      .sign(privateKey);
  };
  const withToken = (bearer: string | null): Requester => ({
    token: bearer,
    send: async (query, variables, headers = {}) => {
      const sent = JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) });
      const answer = await client.post(sent, {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...headers,
      });
      const { status, text } = answer;
      const body = JSON.parse(text) as { data?: Record<string, unknown>; errors?: Answer['errors'] };
      const errors = body.errors ?? [];
      return {
        status,
        data: body.data,
        errors,
        text,
        headers: answer.headers,
        codes: errors.map((error) => error.extensions.code),
      };
    },
  });
  return {
    url: app.url,
    vault,
    token,
    withToken,
    as: async (subject, options) => withToken(await token(subject, options)),
    anonymous: withToken(null),
    close: async () => {
      client.close();
      await app.close();
    },
  };
}

export { DEMO_CLIENTS };
