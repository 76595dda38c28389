import type { GraphQLSchema } from 'graphql';
import { guardSchema } from '../policies/index.js';
import { publishMatrix } from '../policies/published.js';
import { buildCosmosSchema } from '../schema/index.js';
import { readsNoticeDrafts } from '../src/access/data-protection/privacy-notice.js';
import { createTokenVerifier, type IssuerConfig } from '../src/auth/token-verifier.js';
import type { Asking } from '../src/database/asking.js';
import { ChangeListener, NothingComesThrough } from '../src/database/change-listener.js';
import { Database } from '../src/database/client.js';
import { KnownLogins } from '../src/database/known-logins.js';
import type { DatabaseLimits } from '../src/database/limits.js';
import { LoginProver } from '../src/database/login-proof.js';
import type { LoginRow } from '../src/database/run-operation.js';
import { createBookingHandler } from '../src/http/booking/handler.js';
import { createCalendarFeedHandler } from '../src/http/calendar-feed.js';
import { SHARES, type Shares } from '../src/http/caller.js';
import { CallerTurns } from '../src/http/caller-turns.js';
import type { GraphiqlHandler } from '../src/http/graphiql.js';
import { Lately, type LatelyLimits } from '../src/http/lately.js';
import { MAX_ANONYMOUS_COMPLEXITY } from '../src/http/limits.js';
import { LIVE_LIMITS, type LiveLimits } from '../src/http/live/limits.js';
import { createReportHandler } from '../src/http/reports/handler.js';
import { type RunningServer, startServer } from '../src/http/server.js';
import { createExportHandler } from '../src/http/statistics/exports.js';
import { createPublicFileHandler } from '../src/http/statistics/public-files.js';
import { createWhoSeesWhatHandler } from '../src/http/who-sees-what.js';
import { type LineLimits, LineTurns } from '../src/log/line-turns.js';
import { describeError, type Logger } from '../src/log/logger.js';
import { Nomenclatures } from '../src/nomenclatures.js';
import type { LogsPerDay } from '../src/operation.js';
import type { NoteVault } from '../src/vault/note-vault.js';

/** Asks the database only whether it answers. */
const answers: NonNullable<AppOptions['faultsOf']> = async (database) => {
  await database.query('select 1');
  return [];
};

/** The options of `startApp`. */
export interface AppOptions {
  /** The URL for the role `cosmos_app`. */
  readonly databaseUrl: string;
  /** The same role's URL at PostgreSQL itself, for listening; `databaseUrl` unless given. */
  readonly directDatabaseUrl?: string | null;
  readonly poolSize: number;
  /** Whether statements are prepared; true unless given. */
  readonly preparesStatements?: boolean;
  readonly vault: NoteVault;
  /** The secret by which this process proves to the database who makes a request (`LoginProver`). */
  readonly loginSecret: Buffer;
  readonly issuers: readonly IssuerConfig[];
  readonly allowedOrigins: readonly string[];
  readonly graphiql: GraphiqlHandler | null;
  readonly logger: Logger;
  readonly host: string;
  readonly port: number;
  readonly databaseLimits?: Partial<DatabaseLimits>;
  readonly liveLimits?: Partial<LiveLimits>;
  /** The name of the county on the documents that it issues; “Département” unless given. */
  readonly county?: string;
  /** The address where people book online; none unless given. */
  readonly bookingUrl?: string | null;
  readonly lookUpsPerHour?: number;
  readonly papersPerHour?: number;
  readonly logsPerDay?: LogsPerDay;
  /** `MAX_REFUSALS` unless given. */
  readonly maxRefusals?: number;
  /** True if everyone but the administrator and the data protection officer is refused, until the notices are published. */
  readonly onlyNotices?: boolean;
  /** `LINE_LIMITS` unless given. */
  readonly lineLimits?: LineLimits;
  /** `MAX_ANONYMOUS_COMPLEXITY` unless given. */
  readonly anonymousComplexity?: number;
  /** `SHARES` unless given. */
  readonly shares?: Shares;
  /** `LATELY_LIMITS` unless given. */
  readonly latelyLimits?: LatelyLimits;
  /** None unless given. */
  readonly trustedProxies?: number;
  /** Asks the database why this process may not serve it, for `/health/ready`. By default it asks only whether the database answers. */
  readonly faultsOf?: (database: Asking) => Promise<readonly string[]>;
  /** The function that guards the schema; tests of the other locks leave the schema open. */
  readonly guard?: typeof guardSchema;
}

/** One schema for every API of a process: a county runs one API, its tests hundreds. */
let guardedSchema: Promise<GraphQLSchema> | null = null;

/** Starts the API. It is the composition root: the only place that knows both the schema and its policies. */
export async function startApp(options: AppOptions): Promise<RunningServer> {
  const matrix = publishMatrix();
  const guardedBy = (guard: typeof guardSchema) => buildCosmosSchema(matrix).then(guard);
  const making =
    options.guard === undefined ? (guardedSchema ?? guardedBy(guardSchema)) : guardedBy(options.guard);
  if (options.guard === undefined) guardedSchema = making;
  const schema = await making;
  const database = new Database({
    url: options.databaseUrl,
    poolSize: options.poolSize,
    onIdleError: () => options.logger.warn('an idle database connection was lost'),
    limits: options.databaseLimits ?? {},
    prepares: options.preparesStatements ?? true,
    onUnprepared: () =>
      options.logger.warn('the pooler keeps no prepared statements: none is prepared for an hour'),
  });
  const liveLimits = { ...LIVE_LIMITS, ...options.liveLimits };
  const changes = new ChangeListener({
    url: options.directDatabaseUrl ?? options.databaseUrl,
    quietMs: liveLimits.quietMs,
    onLost: (error) =>
      options.logger.warn(
        describeError(error),
        error instanceof NothingComesThrough
          ? 'no notification comes through: DIRECT_DATABASE_URL must lead to PostgreSQL itself'
          : 'the listening connection was lost',
      ),
  });
  const verifier = createTokenVerifier({ issuers: options.issuers });
  const work = {
    database,
    prover: new LoginProver(options.loginSecret),
    vault: options.vault,
    lineTurns: new LineTurns(options.lineLimits),
    nomenclatures: new Nomenclatures(),
    logins: new KnownLogins<LoginRow>(),
    turns: new CallerTurns(options.shares ?? SHARES, () => database.isOut, new Lately(options.latelyLimits)),
    trustedProxies: options.trustedProxies ?? 0,
    ...(options.county === undefined ? {} : { county: options.county }),
    ...(options.onlyNotices === true ? { admits: readsNoticeDrafts } : {}),
  };
  const server = await startServer(
    {
      ...options,
      ...work,
      schema,
      anonymousComplexity: options.anonymousComplexity ?? MAX_ANONYMOUS_COMPLEXITY,
      changes,
      liveLimits,
      whoSeesWhat: createWhoSeesWhatHandler(matrix),
      calendarFeed: createCalendarFeedHandler(work),
      exports: createExportHandler({ ...work, verifier }),
      publicFiles: createPublicFileHandler(work),
      reports: createReportHandler(work),
      booking: createBookingHandler(work, options.bookingUrl ?? null),
      verifier,
      faultsOf: options.faultsOf ?? answers,
    },
    options.host,
    options.port,
  );
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await changes.close();
      await database.close();
    },
  };
}
