import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type OperationResult } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { bearerToken } from '../../auth/bearer.js';
import type { TokenVerifier, VerifiedToken } from '../../auth/token-verifier.js';
import { CosmosError, UnauthenticatedError } from '../../errors.js';
import { alikeOf } from '../../log/alike.js';
import { describeError } from '../../log/logger.js';
import { type Locale, localeOf } from '../../messages.js';
import { judgeToken } from '../authenticate.js';
import { addressOf, type Caller, callerOfLive, callerOfProof } from '../caller.js';
import { REFUSED_AFTER_MS, RETRY_AFTER, refuseLater } from '../caller-turns.js';
import { formatClientError, toCosmosError } from '../client-error.js';
import { logUnexpected } from '../graphql-plugin.js';
import { REQUEST_ID, requestIdOf } from '../request-id.js';
import { DocumentRefusal, type LiveDocument, type LivePayload, readLiveDocument } from './document.js';
import { type LiveEnvironment, type LiveEvents, openEvents, type Told } from './events.js';
import { takeInOrder } from './inbox.js';
import type { LiveLimits } from './limits.js';
import { SharedReads } from './shared-reads.js';
import { Strangers } from './strangers.js';

/** The options of `serveLive`. */
export interface LiveOptions extends LiveEnvironment {
  readonly verifier: TokenVerifier;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: number;
  readonly limits: LiveLimits;
}

/** RFC 6455 §7.4.1, and the registry of its codes. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
/** The milliseconds that a client may take to close. */
const GOOD_BYE_MS = 1_000;

/** The data that is kept of a socket, from the handshake on. */
interface Connection {
  readonly socket: WebSocket;
  readonly locale: Locale;
  /** The id of the request that opened the socket. */
  readonly requestId: string;
  /** Whose turn it is while the token is judged. */
  readonly proof: Caller;
  /** The token of the socket; null until it was shown. */
  bearer: string | null;
  /** The login of the token, whose turns the socket takes; null until the token was shown. */
  login: Caller | null;
  /** Ends when it is decided whether the last subscription may be opened. */
  decided: Promise<unknown>;
  /** The number of documents that were refused one after the other. */
  refusals: number;
  /** The key by which the sockets of one subject are counted; null until the token was shown. */
  subject: string | null;
  expiry: NodeJS.Timeout | null;
}

type Params = { readonly [name: string]: unknown };
type Ctx = Context<Params, Connection>;

/**
 * Returns the token in the payload of `connection_init`, as in a header: it is never in the address.
 * @throws UnauthenticatedError
 */
function bearerOf(params: Params | undefined): string | null {
  const given = Object.entries(params ?? {}).filter(([name]) => name.toLowerCase() === 'authorization');
  if (given.length > 1) throw new UnauthenticatedError('several-headers');
  const [header] = given.map(([, value]) => value);
  if (header !== undefined && typeof header !== 'string')
    throw new UnauthenticatedError('authorization-header');
  return bearerToken(header);
}

/** True if a request asks for a WebSocket. Clients that ask for other upgrades (h2c) go on without. */
export function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** True if the origin may connect: a page of another site may not. A client that sends no origin is no page. */
function isAllowedOrigin({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function refuse(
  socket: Duplex,
  status:
    | '403 Forbidden'
    | '404 Not Found'
    | '426 Upgrade Required'
    | '429 Too Many Requests'
    | '503 Service Unavailable',
): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\n${status.startsWith('429') ? `retry-after: ${RETRY_AFTER}\r\n` : ''}content-length: 0\r\n\r\n`,
  );
}

/** The server of subscriptions over WebSocket, at `/graphql`. */
export interface LiveServer {
  /** Tells every socket that the server goes away, and ends its subscriptions. */
  close(): Promise<void>;
}

/**
 * Serves subscriptions at `/graphql` by the subprotocol graphql-transport-ws: the token first, then only subscriptions, within the limits
 * of documents over HTTP and those of `LiveLimits`. A socket ends with its token.
 */
export function serveLive(server: Server, options: LiveOptions): LiveServer {
  const { limits, logger, verifier } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  sockets.on('headers', (headers, req) => headers.push(`${REQUEST_ID}: ${requestIdOf(req)}`));
  const bySubject = new Map<string, number>();
  const strangers = new Strangers<WebSocket>(limits);
  const shared = new SharedReads<Told>();
  const admitted = new Set<WebSocket>();
  const ends = new Set<Promise<unknown>>();
  let closing = false;

  function count(connection: Connection, token: VerifiedToken): boolean {
    const subject = JSON.stringify([token.issuer, token.subject, token.clientId]);
    const open = bySubject.get(subject) ?? 0;
    if (open >= limits.socketsOfOne) return false;
    bySubject.set(subject, open + 1);
    connection.subject = subject;
    return true;
  }

  function forget({ subject, expiry }: Connection): void {
    if (expiry !== null) clearTimeout(expiry);
    if (subject === null) return;
    const left = (bySubject.get(subject) ?? 1) - 1;
    if (left > 0) bySubject.set(subject, left);
    else bySubject.delete(subject);
  }

  /** @returns false to refuse: a missing token and one refused for any reason answer alike */
  async function admit({ extra, connectionParams }: Ctx): Promise<boolean> {
    try {
      const shown = await judgeToken(options, extra.proof, async (verify) => {
        const bearer = bearerOf(connectionParams);
        return bearer === null ? null : { bearer, token: await verify(bearer) };
      });
      if (shown === null) return false;
      const { bearer, token } = shown;
      // The client has gone meanwhile: there is nothing to count.
      if (extra.socket.readyState !== extra.socket.OPEN) return false;
      if (admitted.size >= limits.sockets) {
        extra.socket.close(TRY_AGAIN_LATER, 'Try again later');
        return false;
      }
      if (!count(extra, token)) {
        extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many connections');
        return false;
      }
      strangers.delete(extra.socket);
      admitted.add(extra.socket);
      extra.bearer = bearer;
      extra.login = callerOfLive(token);
      extra.expiry = setTimeout(
        () => bid(extra.socket, CloseCode.Forbidden, 'Forbidden'),
        Math.max(0, token.expiresAt.getTime() - Date.now()),
      );
      return true;
    } catch (error) {
      logUnexpected(logger, [error], extra.requestId);
      const { code } = toCosmosError(error);
      if (code === 'UNAVAILABLE') extra.socket.close(TRY_AGAIN_LATER, 'Try again later');
      return false;
    }
  }

  function opened({ extra, subscriptions }: Ctx, id: string, live: LiveDocument): LiveEvents {
    const { socket, locale, requestId, bearer } = extra;
    if (bearer === null) throw new Error('not admitted');
    return openEvents(options, shared, live, {
      locale,
      requestId,
      sameAs: JSON.stringify([bearer, locale]),
      verify: () => verifier.verify(bearer),
      isWaitedFor: () => socket.readyState === socket.OPEN && id in subscriptions,
    });
  }

  /** Reads a document in its login's turn. A refusal counts for the login; a socket that goes on being refused is closed. */
  async function readInTurn(
    { extra, subscriptions }: Ctx,
    id: string,
    payload: LivePayload,
  ): Promise<LiveDocument> {
    const { login, socket } = extra;
    if (login === null) throw new Error('not admitted');
    const { turns } = options;
    const spent = turns.spent(login);
    if (spent !== null) await refuseLater(spent);
    return turns.take(
      login,
      async () => {
        const since = performance.now();
        try {
          if (Object.keys(subscriptions).length > limits.subscriptions)
            throw new DocumentRefusal([new CosmosError('DOCUMENT_TOO_COSTLY', 'costly')]);
          const live = readLiveDocument(options.schema, payload);
          extra.refusals = 0;
          return live;
        } catch (error) {
          turns.countRefusal(login, performance.now() - since);
          extra.refusals += 1;
          // The errors are sent before the socket closes.
          if (extra.refusals >= limits.refusals)
            setImmediate(() => bid(socket, CloseCode.BadRequest, 'Too many refusals'));
          throw error;
        }
      },
      () => socket.readyState === socket.OPEN && id in subscriptions,
    );
  }

  /** Returns the subscription that is to be opened, or why it may not be. */
  async function decide(ctx: Ctx, id: string, payload: LivePayload) {
    try {
      const live = await readInTurn(ctx, id, payload);
      const { document, operationName } = live;
      return { schema: options.schema, document, operationName, contextValue: opened(ctx, id, live) };
    } catch (error) {
      const faults = error instanceof DocumentRefusal ? error.errors : [error];
      return faults.map((fault) =>
        fault instanceof GraphQLError ? fault : new GraphQLError('', { originalError: fault as Error }),
      );
    }
  }

  const graphql = makeServer<Params, Connection>({
    connectionInitWaitTimeout: limits.initMs,
    onConnect: admit,
    onSubscribe: (ctx, id, payload) => {
      const decision = decide(ctx, id, payload);
      ctx.extra.decided = decision;
      return decision;
    },
    subscribe: ({ contextValue }) => contextValue as OperationResult,
    // The result is formatted already, where the locale is known.
    onNext: (_ctx, _id, _payload, _args, result) => result as never,
    onError: ({ extra }, _id, _payload, errors) => {
      logUnexpected(logger, errors, extra.requestId);
      const formatted = errors.map((error) => formatClientError(error, extra));
      // A client whose token is refused has nothing left to follow; the error is sent before the socket closes.
      if (formatted.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED'))
        setImmediate(() => bid(extra.socket, CloseCode.Forbidden, 'Forbidden'));
      return formatted;
    },
  });

  /** Closes a socket, and cuts it if the client does not answer. */
  function bid(socket: WebSocket, code: number, reason: string): void {
    socket.close(code, reason);
    const cut = setTimeout(() => socket.terminate(), GOOD_BYE_MS);
    socket.once('close', () => clearTimeout(cut));
  }

  function send({ socket, requestId }: Connection, data: string): Promise<void> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > limits.waitingBytes) {
      alikeOf(logger).say('slow', (times) =>
        logger.info({ requestId, count: times }, 'a socket was closed that reads too slowly'),
      );
      socket.terminate();
      return Promise.resolve();
    }
    // The next event waits until this one is sent.
    return new Promise((resolve) => socket.send(data, () => resolve()));
  }

  function keepAlive(socket: WebSocket): NodeJS.Timeout {
    let isThere = true;
    socket.on('pong', () => {
      isThere = true;
    });
    return setInterval(() => {
      if (!isThere) return socket.terminate();
      isThere = false;
      socket.ping();
    }, limits.pingMs);
  }

  function serve(socket: WebSocket, req: IncomingMessage): void {
    strangers.add(socket, addressOf(req, options.trustedProxies))?.terminate();
    const connection: Connection = {
      socket,
      locale: localeOf(req.headers['accept-language']),
      requestId: requestIdOf(req),
      proof: callerOfProof(req, options.trustedProxies),
      bearer: null,
      login: null,
      decided: Promise.resolve(),
      refusals: 0,
      subject: null,
      expiry: null,
    };
    const ping = keepAlive(socket);
    // ws itself closes the socket, with its code, for a malformed or too long frame.
    socket.on('error', () => undefined);
    const closed = graphql.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(connection, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          takeInOrder(socket, limits, (message) => {
            const taken = take(message).catch((error: unknown) => {
              logger.error({ requestId: connection.requestId, ...describeError(error) }, 'a message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
            ends.add(taken);
            void taken.finally(() => ends.delete(taken));
            // A subscription ends when its client leaves it: the next message waits for its beginning alone.
            return connection.decided;
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      clearInterval(ping);
      strangers.delete(socket);
      admitted.delete(socket);
      forget(connection);
      void closed(code, String(reason));
    });
  }

  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isWebSocket(req)) refuse(socket, '426 Upgrade Required');
    else if ((req.url ?? '').split('?')[0] !== '/graphql') refuse(socket, '404 Not Found');
    else if (!isAllowedOrigin(req, options.allowedOrigins)) refuse(socket, '403 Forbidden');
    else if (closing || admitted.size >= limits.sockets) refuse(socket, '503 Service Unavailable');
    else if (!strangers.takesFrom(addressOf(req, options.trustedProxies)))
      setTimeout(() => refuse(socket, '429 Too Many Requests'), REFUSED_AFTER_MS).unref();
    else sockets.handleUpgrade(req, socket, head, serve);
  });

  return {
    close: async () => {
      closing = true;
      const gone = [...sockets.clients].map(
        (socket) => new Promise((resolve) => socket.once('close', resolve)),
      );
      for (const socket of sockets.clients) bid(socket, GOING_AWAY, 'Going away');
      await Promise.all(gone);
      await Promise.all(ends);
      sockets.close();
    },
  };
}
