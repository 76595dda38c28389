import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphiqlAsset } from './graphiql/asset.js';
import { loadGraphiqlAssets } from './graphiql/assets.js';
import { GRAPHIQL_EXAMPLES } from './graphiql/examples.js';
import { renderPage } from './graphiql/page.js';

export { GRAPHIQL_EXAMPLES, type GraphiqlExample } from './graphiql/examples.js';

/** A demo login, and its description. */
export interface GraphiqlLogin {
  readonly login: string;
  readonly describes: { readonly fr: string; readonly en: string };
}

/** The options of `createGraphiqlHandler`. */
export interface GraphiqlOptions {
  /** The address to which the page sends its operations, `/graphql`. */
  readonly endpoint: string;
  /** The demo logins of the list, the first one chosen. Null: the page asks for an access token instead. */
  readonly logins: readonly GraphiqlLogin[] | null;
  /** Returns a token for a demo login, or null if there is no such login. Development only: null closes the route. */
  readonly issueToken: ((login: string) => Promise<string | null>) | null;
}

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type GraphiqlHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

const PAGE_PATH = '/graphiql';
const TOKEN_PATH = '/graphiql/token';
const MAX_BODY_BYTES = 1024;

function contentSecurityPolicy(endpoint: string): string {
  const origin = URL.canParse(endpoint) ? new URL(endpoint).origin : null;
  const remote = origin === null ? '' : ` ${origin} ${origin.replace(/^http/, 'ws')}`;
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    'font-src data:',
    `connect-src 'self'${remote}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function answer(
  res: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  res.writeHead(status, {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  res.end(body);
}

function answerJson(
  res: ServerResponse,
  status: number,
  value: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): void {
  const always = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  answer(res, status, { ...always, ...headers }, JSON.stringify(value));
}

function refuseMethod(res: ServerResponse, allow: string): void {
  answerJson(res, 405, { error: 'method not allowed' }, { Allow: allow });
}

/** True if the request comes from this site, as its browser says: a page of another site must not obtain a token. */
function isSameOrigin(req: IncomingMessage): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin, host } = req.headers;
  if (origin === undefined) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function isJson(req: IncomingMessage): boolean {
  const [type = ''] = (req.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() === 'application/json';
}

/** Returns the body as text; null when it is longer than a login can make it. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function loginIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('login' in value)) return null;
    return typeof value.login === 'string' && value.login !== '' ? value.login : null;
  } catch {
    return null;
  }
}

async function answerToken(
  req: IncomingMessage,
  res: ServerResponse,
  issueToken: (login: string) => Promise<string | null>,
): Promise<void> {
  if (req.method !== 'POST') return refuseMethod(res, 'POST');
  if (!isJson(req)) return answerJson(res, 415, { error: 'content-type must be application/json' });
  if (!isSameOrigin(req)) return answerJson(res, 403, { error: 'same origin only' });
  const body = await readBody(req);
  if (body === null) return answerJson(res, 413, { error: 'body too large' }, { Connection: 'close' });
  const login = loginIn(body);
  if (login === null) return answerJson(res, 400, { error: 'expected {"login": "..."}' });
  const token = await issueToken(login);
  if (token === null) return answerJson(res, 404, { error: 'unknown login' });
  return answerJson(res, 200, { token });
}

async function answerAsset(res: ServerResponse, asset: GraphiqlAsset, query: string): Promise<void> {
  const exact = new URLSearchParams(query).get('v') === asset.version;
  const headers = {
    'Content-Type': asset.contentType,
    'Cache-Control': exact ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  answer(res, 200, headers, await asset.read());
}

/**
 * Serves GraphiQL under `/graphiql`, from the installed packages: no CDN, no inline script. It rejects only on a fault that is not the
 * caller's (an asset that cannot be read, `issueToken` failing); nothing has been answered then.
 */
export function createGraphiqlHandler(options: GraphiqlOptions): GraphiqlHandler {
  const { endpoint, logins, issueToken } = options;
  const assets = loadGraphiqlAssets();
  const page = renderPage(
    {
      endpoint,
      // Without a way to obtain a token, a list of logins is no use: the page asks for a token then.
      logins:
        logins === null || issueToken === null
          ? null
          : logins.map(({ login, describes }) => ({ login, label: describes.fr })),
      tokenEndpoint: TOKEN_PATH,
      examples: GRAPHIQL_EXAMPLES,
    },
    assets.values(),
  );
  const pageHeaders = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': contentSecurityPolicy(endpoint),
    'X-Frame-Options': 'DENY',
  };

  return async (req, res) => {
    // The path is compared as it came, on purpose: `..` and %2e are not resolved, and so only make a path that is not in the list.
    const target = req.url ?? '';
    const mark = target.indexOf('?');
    const path = mark < 0 ? target : target.slice(0, mark);
    if (path !== PAGE_PATH && !path.startsWith(`${PAGE_PATH}/`)) return false;

    const asset = assets.get(path);
    if (path === TOKEN_PATH && issueToken !== null) {
      await answerToken(req, res, issueToken);
    } else if (path !== PAGE_PATH && path !== `${PAGE_PATH}/` && asset === undefined) {
      answerJson(res, 404, { error: 'not found' });
    } else if (req.method !== 'GET') {
      refuseMethod(res, 'GET');
    } else if (asset !== undefined) {
      await answerAsset(res, asset, mark < 0 ? '' : target.slice(mark));
    } else {
      answer(res, 200, pageHeaders, page);
    }
    return true;
  };
}
