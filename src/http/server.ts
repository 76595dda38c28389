import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode } from 'graphql';
import type { TokenVerifier } from '../auth/token-verifier.js';
import type { Asking } from '../database/asking.js';
import type { ErrorCode } from '../errors.js';
import { bytesOf } from '../execution/document-size.js';
import { type Locale, localeOf, messageText } from '../messages.js';
import { authenticate } from './authenticate.js';
import { readInTurn } from './body-in-turn.js';
import type { BookingHandler } from './booking/handler.js';
import type { CalendarFeedHandler } from './calendar-feed.js';
import { callerOf } from './caller.js';
import type { CallerTurns } from './caller-turns.js';
import { failedStatusOf, toCosmosError } from './client-error.js';
import { gracefulClose } from './graceful-close.js';
import type { GraphiqlHandler } from './graphiql.js';
import { createGraphqlPlugin, logUnexpected, type RequestContext } from './graphql-plugin.js';
import { documentLimits, MAX_DOCUMENT_ERRORS, MAX_TOKENS } from './limits.js';
import type { LiveEnvironment } from './live/events.js';
import type { LiveLimits } from './live/limits.js';
import { isWebSocket, serveLive } from './live/sockets.js';
import type { ReportHandler } from './reports/handler.js';
import { acceptsJson, RequestRefusal } from './request-body.js';
import { REQUEST_ID, requestIdOf } from './request-id.js';
import type { ExportHandler } from './statistics/exports.js';
import type { PublicFileHandler } from './statistics/public-files.js';
import type { WhoSeesWhatHandler } from './who-sees-what.js';
import { textOf } from './written-ahead.js';

/** The options of `startServer`. */
export interface ServerOptions extends LiveEnvironment {
  readonly verifier: TokenVerifier;
  readonly graphiql: GraphiqlHandler | null;
  readonly whoSeesWhat: WhoSeesWhatHandler;
  readonly calendarFeed: CalendarFeedHandler;
  readonly exports: ExportHandler;
  readonly publicFiles: PublicFileHandler;
  readonly reports: ReportHandler;
  readonly booking: BookingHandler;
  readonly allowedOrigins: readonly string[];
  readonly turns: CallerTurns;
  /** The number of the county's proxies in front, each of which reports where it had a request from. */
  readonly trustedProxies: number;
  readonly liveLimits: LiveLimits;
  /** Asks the database why this process may not serve it. Returns the kinds of faults; none if all is well. */
  readonly faultsOf: (database: Asking) => Promise<readonly string[]>;
}

/** The running HTTP server. */
export interface RunningServer {
  readonly url: string;
  /** Accepts nothing new, lets requests in flight end, then closes. */
  close(): Promise<void>;
}

function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = `${JSON.stringify(body)}\n`;
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  res.end(text);
}

/** The most bytes that parsed documents keep in memory. */
const MOST_DOCUMENT_BYTES = 30 * 2 ** 20;

/** The milliseconds for which an answer about the database is kept. */
const READY_FOR_MS = 1_000;

/**
 * The most requests of a connection that are under way. A client may send its next request before the answer (RFC 9112 §9.3.2), and hardly
 * any does. A client that sends thousands would keep the process busy.
 */
const MOST_UNDER_WAY = 10;

const VARY = 'Accept, Accept-Language, Authorization, Origin';

/** Sends an error with the same bytes and headers as one that comes out of GraphQL: nobody learns how far a refused token got. */
function sendError(
  res: ServerResponse,
  status: number,
  code: ErrorCode,
  messageKey: string,
  locale: Locale,
  {
    retryAfter,
    requestId,
    closes = status === 413,
  }: {
    readonly retryAfter?: number | undefined;
    readonly requestId?: string | undefined;
    /** Whether the rest of the body is not read: the connection is closed. */
    readonly closes?: boolean;
  } = {},
): void {
  const headers: Record<string, string> = { 'content-language': locale, vary: VARY };
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  if (status === 401) headers['www-authenticate'] = 'Bearer error="invalid_token"';
  if (status === 405) headers['allow'] = 'POST';
  if (closes) headers['connection'] = 'close';
  sendJson(
    res,
    status,
    {
      errors: [
        {
          message: messageText(messageKey, locale),
          extensions: {
            code,
            ...(retryAfter === undefined ? {} : { retryAfter }),
            ...(requestId === undefined ? {} : { requestId }),
          },
        },
      ],
    },
    headers,
  );
}

/** True if a body is not read to its end only to keep the connection: reading it would cost more than another connection. */
function isLong({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 64 * 1024;
}

/** A question that everyone may ask. Asked three times, it has been through all that a question goes through. */
const PUBLIC_QUESTION = '{ needCodes { code labelFr } appointmentTypes { code publicLabelFr } }';

async function warmUp(apollo: ApolloServer<RequestContext>, { database }: ServerOptions): Promise<void> {
  await database.warmUp();
  for (let nth = 0; nth < 3; nth += 1)
    await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query: PUBLIC_QUESTION },
      },
      context: async () => ({
        token: null,
        locale: 'fr',
        requestId: 'warm-up',
        idempotencyKey: null,
        leaveTurn: () => undefined,
        isWaitedFor: () => true,
      }),
    });
}

/**
 * Starts the API over plain node:http: `POST /graphql` and its subscriptions, health, the policy matrix, calendars, files of statistics,
 * reports, the booking pages, and GraphiQL where it is wanted.
 */
export async function startServer(
  options: ServerOptions,
  host: string,
  port: number,
): Promise<RunningServer> {
  const apollo = new ApolloServer<RequestContext>({
    schema: options.schema,
    // Each request decides: introspection is for authenticated clients only.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // Apollo's own measure leaves out comments and white space, which a client may send without end.
    documentStore: new InMemoryLRUCache<DocumentNode>({
      maxSize: MOST_DOCUMENT_BYTES,
      sizeCalculation: bytesOf,
    }),
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [documentLimits],
    validationOptions: { maxErrors: MAX_DOCUMENT_ERRORS },
    stopOnTerminationSignals: false,
    stringifyResult: (result) => textOf(result),
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    plugins: [createGraphqlPlugin(options), ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  // Whoever asks first would wait for what is made once. Without a database there is nothing to make.
  await warmUp(apollo, options).catch(() => undefined);

  async function graphql(req: IncomingMessage, res: ServerResponse, locale: Locale): Promise<void> {
    if (req.method !== 'POST') throw new RequestRefusal(405);
    if (!acceptsJson(req.headers.accept)) throw new RequestRefusal(406);
    const token = await authenticate(req, options);
    const caller = callerOf(req, token, options.trustedProxies);
    const idempotencyKey = req.headers['idempotency-key'];
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(req.headers))
      if (typeof value === 'string') headers.set(name, value);
    const isWaitedFor = (): boolean => !res.destroyed;
    const { body, leaveTurn } = await readInTurn(options.turns, req, caller, isWaitedFor);
    const since = performance.now();
    const answer = await apollo
      .executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body },
        context: async () => ({
          token,
          locale,
          requestId: requestIdOf(req),
          idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : null,
          ...(caller.kind === 'BOOKING' ? { endUser: caller.member } : {}),
          leaveTurn,
          isWaitedFor,
        }),
      })
      .then((given) => {
        if (given.status === 400) options.turns.countRefusal(caller, performance.now() - since);
        return given;
      })
      .finally(leaveTurn);
    const text = answer.body.kind === 'complete' ? answer.body.string : '';
    res.writeHead(answer.status ?? 200, {
      ...Object.fromEntries(answer.headers),
      'cache-control': 'no-store',
      'content-length': Buffer.byteLength(text),
      'x-content-type-options': 'nosniff',
      'content-language': locale,
      vary: VARY,
    });
    res.end(text);
  }

  function allowOrigin(req: IncomingMessage, res: ServerResponse): boolean {
    const { origin } = req.headers;
    if (origin === undefined || !options.allowedOrigins.includes(origin)) return false;
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('access-control-expose-headers', REQUEST_ID);
    if (req.method !== 'OPTIONS') return false;
    res.writeHead(204, {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers':
        'authorization, content-type, accept-language, idempotency-key, x-request-id',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    res.end();
    return true;
  }

  /** Anyone may ask whether this process is ready, so the database is asked once a second at most. */
  let asked: { readonly at: number; readonly answer: Promise<readonly string[]> } | null = null;
  let told = '';
  async function faultsNow(): Promise<readonly string[]> {
    const faults = await options.faultsOf(options.database);
    if (faults.length > 0 && told !== faults.join())
      options.logger.error({ faults }, 'the database is not as this process needs it');
    told = faults.join();
    return faults;
  }
  function faultsLately(): Promise<readonly string[]> {
    const now = performance.now();
    if (asked === null || now - asked.at > READY_FOR_MS) asked = { at: now, answer: faultsNow() };
    return asked.answer;
  }

  async function ready(res: ServerResponse): Promise<void> {
    const faults = await faultsLately().catch(() => ['DATABASE']);
    if (faults.length === 0) sendJson(res, 200, { status: 'ready' });
    else sendJson(res, 503, { status: 'unavailable', faults });
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const locale = localeOf(req.headers['accept-language']);
    const path = (req.url ?? '/').split('?')[0];
    try {
      if (path === '/graphql') {
        if (allowOrigin(req, res)) return;
        await graphql(req, res, locale);
      } else if (path === '/health/live') sendJson(res, 200, { status: 'live' });
      else if (path === '/health/ready') await ready(res);
      else if (options.whoSeesWhat(req, res)) return;
      else if ((await options.calendarFeed(req, res)) || (await options.exports(req, res))) return;
      else if ((await options.publicFiles(req, res)) || (await options.reports(req, res))) return;
      else if (await options.booking(req, res)) return;
      else if (options.graphiql !== null && path === '/') res.writeHead(302, { location: '/graphiql' }).end();
      else if (options.graphiql !== null && (await options.graphiql(req, res))) return;
      else sendError(res, 404, 'NOT_FOUND', 'notFound', locale);
    } catch (error) {
      if (res.headersSent) {
        res.destroy();
      } else if (error instanceof RequestRefusal) {
        sendError(res, error.status, 'INVALID_DOCUMENT', 'invalidDocument', locale);
      } else {
        logUnexpected(options.logger, [error], requestIdOf(req));
        const { code, messageKey, details } = toCosmosError(error);
        const { retryAfter } = details;
        const requestId = code === 'INTERNAL' ? requestIdOf(req) : undefined;
        const closes = code === 'RATE_LIMITED' && isLong(req);
        sendError(res, failedStatusOf(code), code, messageKey, locale, { retryAfter, requestId, closes });
      }
    }
  }

  // Node before 22.21 does not know the last of these settings, and can answer other upgrades by a refusal only.
  const settings = {
    requestTimeout: 20_000,
    headersTimeout: 10_000,
    // This is longer than clients and proxies keep a connection: if we closed first, a request could be lost on its way.
    keepAliveTimeout: 75_000,
    shouldUpgradeCallback: isWebSocket,
  };
  const underWay = new WeakMap<Socket, number>();
  const server: Server = createServer(settings, (req, res) => {
    const { socket } = req;
    const requests = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, requests);
    if (requests > MOST_UNDER_WAY) {
      socket.destroy();
      return;
    }
    res.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    const startedAt = performance.now();
    res.setHeader(REQUEST_ID, requestIdOf(req));
    res.on('finish', () =>
      options.logger.debug(
        {
          requestId: requestIdOf(req),
          method: req.method,
          status: res.statusCode,
          ms: Math.round(performance.now() - startedAt),
        },
        'request',
      ),
    );
    void handle(req, res);
  });
  const closeServer = gracefulClose(server);
  const live = serveLive(server, { ...options, limits: options.liveLimits });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as { port: number };
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${shownHost}:${address.port}`,
    close: async () => {
      await Promise.all([live.close(), closeServer()]);
      await apollo.stop();
    },
  };
}
