import { resolve } from 'node:path';
import leven from 'leven';
import { z } from 'zod';
import { DEVELOPMENT_ISSUER } from './auth/development-issuer.js';
import type { IssuerConfig } from './auth/token-verifier.js';
import { LOGIN_SECRET_BYTES } from './database/login-proof.js';
import { LINE_LIMITS } from './log/line-turns.js';
import { type MasterKey, parseMasterKeys } from './vault/local-keys.js';

/** The configuration of the process. This file is the only reader of the environment. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** An outside PostgreSQL; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The same role's URL at PostgreSQL itself, where `databaseUrl` is a pooler's. */
  readonly directDatabaseUrl: string | null;
  readonly migrationDatabaseUrl: string | null;
  readonly jobsDatabaseUrl: string | null;
  /** The gateway for text messages; null where the county has none. */
  readonly textGateway: { readonly url: string; readonly secret: string } | null;
  readonly mail: { readonly url: string; readonly from: string; readonly plain: boolean } | null;
  readonly poolSize: number;
  /** Whether connections prepare their statements. Behind a pooler they do not, unless it is said. */
  readonly preparesStatements: boolean;
  /** The access log lines that one login may cause in a minute; ten times as many at once. */
  readonly linesPerMinute: number;
  /** The name of the county on the documents that it issues: “Département de …”. */
  readonly county: string;
  /** The county's page where people book online; null where it has none. */
  readonly bookingUrl: string | null;
  /** What stands before the secret in the link of a message: the county's page where a person cancels; null if messages have no link. */
  readonly linkUrl: string | null;
  /** The number of the county's proxies in front, each of which adds to `X-Forwarded-For` where it had a request from. */
  readonly trustedProxies: number;
  readonly issuers: readonly IssuerConfig[];
  /** The master keys, the current one first; null for the development keys in the data folder. */
  readonly vaultKeys: readonly MasterKey[] | null;
  readonly fingerprintSecret: Buffer | null;
  /** The secrets by which the API proves logins to the database, the current one first; null for that of the embedded server. */
  readonly loginSecrets: readonly Buffer[] | null;
  /** The secret by which the jobs protect figures; the API has no use for it. */
  readonly statisticsSecret: Buffer | null;
  readonly allowedOrigins: readonly string[];
  /** True if npm started the process. npm's shell dies of a signal without passing it on. */
  readonly startedByNpm: boolean;
  /** True if the API serves only those who draft, advise on and publish the privacy notices. */
  readonly onlyNotices: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** The error that lists every fault of the configuration. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`Configuration refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const blankIsAbsent = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema);

const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must be a postgresql:// URL');

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const schema = z.object({
  NODE_ENV: blankIsAbsent(z.enum(['development', 'test', 'production']).default('development')),
  HOST: blankIsAbsent(z.string().optional()),
  PORT: blankIsAbsent(z.coerce.number('must be a number').int().min(0).max(65_535).default(4000)),
  COSMOS_DATA_DIR: blankIsAbsent(z.string().default('.data')),
  DATABASE_URL: blankIsAbsent(postgresUrl.optional()),
  DIRECT_DATABASE_URL: blankIsAbsent(postgresUrl.optional()),
  MIGRATION_DATABASE_URL: blankIsAbsent(postgresUrl.optional()),
  JOBS_DATABASE_URL: blankIsAbsent(postgresUrl.optional()),
  COSMOS_TEXT_GATEWAY_URL: blankIsAbsent(z.url({ protocol: /^https?$/ }).optional()),
  COSMOS_TEXT_GATEWAY_SECRET: blankIsAbsent(
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and at least 24 bytes in base64')
      .optional(),
  ),
  COSMOS_SMTP_URL: blankIsAbsent(
    z.url({ protocol: /^smtps?$/, error: 'must be an smtps:// or smtp:// URL' }).optional(),
  ),
  COSMOS_MAIL_FROM: blankIsAbsent(
    z
      .string()
      .regex(/^[^\r\n]*@[^\r\n]+$/, 'must be an address')
      .optional(),
  ),
  COSMOS_POOL_SIZE: blankIsAbsent(z.coerce.number('must be a number').int().min(1).max(200).default(10)),
  COSMOS_PREPARED_STATEMENTS: blankIsAbsent(
    z
      .enum(['yes', 'no'], 'must be yes or no')
      .transform((said) => said === 'yes')
      .optional(),
  ),
  COSMOS_LOG_LINES_PER_MINUTE: blankIsAbsent(
    z.coerce.number('must be a number').int().min(60).max(1_000_000).default(LINE_LIMITS.perMinute),
  ),
  COSMOS_COUNTY: blankIsAbsent(
    z
      .string()
      .regex(/^[^\p{Cc}]{2,100}$/u, 'must be a name on one line')
      .default('Département de démonstration'),
  ),
  COSMOS_BOOKING_URL: blankIsAbsent(
    z.url({ protocol: /^https$/, error: 'must be an https:// URL' }).optional(),
  ),
  COSMOS_LINK_URL: blankIsAbsent(z.url({ protocol: /^https$/, error: 'must be an https:// URL' }).optional()),
  COSMOS_TRUSTED_PROXIES: blankIsAbsent(z.coerce.number('must be a number').int().min(0).max(10).default(0)),
  COSMOS_ISSUERS: blankIsAbsent(
    json
      .pipe(
        z.array(
          z.strictObject({ issuer: z.url(), audience: z.string().min(1), jwksUrl: z.url() }),
          'must be a list of {issuer, audience, jwksUrl}',
        ),
      )
      .default([]),
  ),
  COSMOS_ONLY_NOTICES: blankIsAbsent(z.enum(['yes', 'no']).default('no')),
  COSMOS_VAULT_KEYS: blankIsAbsent(z.string().optional()),
  COSMOS_FINGERPRINT_SECRET: blankIsAbsent(z.base64().optional()),
  COSMOS_STATISTICS_SECRET: blankIsAbsent(z.base64().optional()),
  COSMOS_ALLOWED_ORIGINS: blankIsAbsent(z.string().default('')),
  LOG_LEVEL: blankIsAbsent(z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
});

/** The settings that the schema does not read: a message about a fault in one must not repeat its value. */
const SECRETS = [
  'COSMOS_LOGIN_SECRET',
  'COSMOS_VAULT_KEYS',
  'COSMOS_FINGERPRINT_SECRET',
  'COSMOS_STATISTICS_SECRET',
] as const;

/** Every setting that a process of Cosmos reads, by its name in the environment. */
export const SETTINGS: readonly string[] = [...new Set([...Object.keys(schema.shape), ...SECRETS])].sort();

/** Settings of the database's container, of the benchmarks and of the tests. An environment may have them; no process reads them. */
const OF_OTHERS = [
  'COSMOS_OWNER_PASSWORD',
  'COSMOS_APP_PASSWORD',
  'COSMOS_JOBS_PASSWORD',
  'COSMOS_BENCH_DIR',
  'COSMOS_TEST_SERVER',
];

/** Returns a fault, with the nearest name, for each setting of our prefix that nothing reads. Otherwise a misspelt setting would be its default. */
function unknownFaults(env: NodeJS.ProcessEnv): string[] {
  const ours = SETTINGS.filter((name) => name.startsWith('COSMOS_'));
  return Object.keys(env)
    .filter((name) => name.startsWith('COSMOS_') && !ours.includes(name) && !OF_OTHERS.includes(name))
    .map((name) => {
      const [nearest] = [...ours].sort((one, other) => leven(name, one) - leven(name, other));
      return `${name}: no setting has this name; the nearest is ${nearest}`;
    });
}

/**
 * Reads the whole environment.
 * @param overrides settings that a command decides itself, over the environment
 * @throws ConfigError with every fault, none of which repeats a secret
 */
export function readConfig(overrides: NodeJS.ProcessEnv = {}): Config {
  const env = { ...process.env, ...overrides };
  const parsed = schema.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  faults.push(...unknownFaults(env));
  let vaultKeys: readonly MasterKey[] | null = null;
  try {
    const text = env['COSMOS_VAULT_KEYS']?.trim();
    if (text) vaultKeys = parseMasterKeys(text);
  } catch (error) {
    faults.push(`COSMOS_VAULT_KEYS: ${(error as Error).message}`);
  }
  const secretOf = (name: string): Buffer | null => {
    const text = env[name]?.trim();
    const secret = text ? Buffer.from(text, 'base64') : null;
    if (secret !== null && secret.length < 32) faults.push(`${name}: must be at least 32 bytes in base64`);
    return secret;
  };
  const loginSecrets = loginSecretsOf(env['COSMOS_LOGIN_SECRET'], faults);
  const fingerprintSecret = secretOf('COSMOS_FINGERPRINT_SECRET');
  const statisticsSecret = secretOf('COSMOS_STATISTICS_SECRET');
  const production = env['NODE_ENV'] === 'production';
  if (production) faults.push(...productionFaults(env, parsed.success ? parsed.data.COSMOS_ISSUERS : null));
  // A command's own settings must not change this: confidential texts leave over TLS.
  const plain = process.env['NODE_ENV'] !== 'production';
  if (parsed.success) faults.push(...sendingFaults(parsed.data, plain));
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  const values = parsed.data;
  return {
    production,
    host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    dataDir: resolve(values.COSMOS_DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    directDatabaseUrl: values.DIRECT_DATABASE_URL ?? null,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL ?? null,
    jobsDatabaseUrl: values.JOBS_DATABASE_URL ?? null,
    textGateway:
      values.COSMOS_TEXT_GATEWAY_URL === undefined || values.COSMOS_TEXT_GATEWAY_SECRET === undefined
        ? null
        : { url: values.COSMOS_TEXT_GATEWAY_URL, secret: values.COSMOS_TEXT_GATEWAY_SECRET },
    mail:
      values.COSMOS_SMTP_URL === undefined || values.COSMOS_MAIL_FROM === undefined
        ? null
        : { url: values.COSMOS_SMTP_URL, from: values.COSMOS_MAIL_FROM, plain },
    poolSize: values.COSMOS_POOL_SIZE,
    preparesStatements: values.COSMOS_PREPARED_STATEMENTS ?? values.DIRECT_DATABASE_URL === undefined,
    linesPerMinute: values.COSMOS_LOG_LINES_PER_MINUTE,
    county: values.COSMOS_COUNTY,
    bookingUrl: values.COSMOS_BOOKING_URL ?? null,
    linkUrl: values.COSMOS_LINK_URL ?? null,
    trustedProxies: values.COSMOS_TRUSTED_PROXIES,
    issuers: values.COSMOS_ISSUERS,
    vaultKeys,
    fingerprintSecret,
    loginSecrets,
    statisticsSecret,
    allowedOrigins: values.COSMOS_ALLOWED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    startedByNpm: env['npm_lifecycle_event'] !== undefined,
    onlyNotices: values.COSMOS_ONLY_NOTICES === 'yes',
    logLevel: values.LOG_LEVEL,
  };
}

/** Returns the secrets of a comma-separated list, and adds their faults to `faults`; null if there is no list. */
function loginSecretsOf(text: string | undefined, faults: string[]): readonly Buffer[] | null {
  if (!text?.trim()) return null;
  const secrets = text.split(',').map((one) => Buffer.from(one.trim(), 'base64'));
  if (secrets.some(({ length }) => length < LOGIN_SECRET_BYTES || length > 64))
    faults.push(
      `COSMOS_LOGIN_SECRET: must be ${LOGIN_SECRET_BYTES} to 64 bytes in base64, or a list of such`,
    );
  return secrets;
}

/** Returns the faults of the senders of texts: a sender has both settings or none, and in production it uses TLS. */
function sendingFaults(values: z.output<typeof schema>, plain: boolean): string[] {
  const faults: string[] = [];
  for (const [one, other] of [
    ['COSMOS_TEXT_GATEWAY_URL', 'COSMOS_TEXT_GATEWAY_SECRET'],
    ['COSMOS_SMTP_URL', 'COSMOS_MAIL_FROM'],
  ] as const) {
    if ((values[one] === undefined) !== (values[other] === undefined))
      faults.push(`${one}: set together with ${other}, or not at all`);
  }
  if (!plain && values.COSMOS_TEXT_GATEWAY_URL?.startsWith('http:') === true)
    faults.push('COSMOS_TEXT_GATEWAY_URL: must be https in production');
  return faults;
}

/** Returns the faults of settings that production needs, or refuses. */
function productionFaults(env: NodeJS.ProcessEnv, issuers: readonly IssuerConfig[] | null): string[] {
  const faults: string[] = [];
  const needed = [
    'DATABASE_URL',
    'COSMOS_LOGIN_SECRET',
    'COSMOS_VAULT_KEYS',
    'COSMOS_FINGERPRINT_SECRET',
    'COSMOS_COUNTY',
  ];
  for (const name of needed) if (!env[name]?.trim()) faults.push(`${name}: required in production`);
  if (issuers?.length === 0) faults.push('COSMOS_ISSUERS: required in production');
  if (issuers?.some((issuer) => issuer.issuer === DEVELOPMENT_ISSUER)) {
    faults.push('COSMOS_ISSUERS: the development issuer is refused in production');
  }
  return faults;
}
