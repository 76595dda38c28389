import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { PAGE_SCRIPT } from '../../src/http/graphiql/page.js';
import { createGraphiqlHandler, GRAPHIQL_EXAMPLES, type GraphiqlOptions } from '../../src/http/graphiql.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const LOGINS = [
  { login: 'worker.sevran', describes: { fr: 'Assistante sociale, Sevran', en: 'Social worker, Sevran' } },
  { login: 'agent"><script>x</script>', describes: { fr: "Agent d'accueil & <b>", en: 'Reception agent' } },
];

async function issueToken(login: string): Promise<string | null> {
  return login === 'worker.sevran' ? 'a.b.c' : null;
}

async function serve(options: GraphiqlOptions): Promise<Server> {
  const handler = createGraphiqlHandler(options);
  const server = createServer((req, res) => {
    handler(req, res).then(
      (answered) => {
        if (answered) return;
        res.setHeader('Content-Type', 'application/json');
        res.end(JSON.stringify({ data: { __typename: 'Query' } }));
      },
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** node:http and not fetch: the path must leave as it is written, `..` included. */
function ask(
  server: Server,
  path: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(
      { host: '127.0.0.1', port: portOf(server), path, method, headers, agent: false },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text });
        });
      },
    );
    req.on('error', reject);
    req.end(body);
  });
}

function urlsIn(html: string): string[] {
  return [...html.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, url]) => url ?? '');
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

describe('GraphiQL', () => {
  let server: Server;
  let production: Server;

  beforeAll(async () => {
    server = await serve({ endpoint: '/graphql', logins: LOGINS, issueToken });
    production = await serve({ endpoint: '/graphql', logins: null, issueToken: null });
  });

  afterAll(async () => {
    await Promise.all([close(server), close(production)]);
  });

  describe('the page', () => {
    it('is HTML in French, with the headers that contain it', async () => {
      const page = await ask(server, '/graphiql?login=worker.sevran');
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['referrer-policy']).toBe('no-referrer');
      expect(page.body).toContain('<html lang="fr">');
      const policy = (page.headers['content-security-policy'] as string).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining(["default-src 'self'", "script-src 'self'", "style-src 'self'"]),
      );
      expect(policy).toEqual(expect.arrayContaining(["connect-src 'self'", "frame-ancestors 'none'"]));
      expect(policy.join()).not.toContain('unsafe');
    });

    it('loads nothing from elsewhere and holds no inline script, style or handler', async () => {
      const { body } = await ask(server, '/graphiql');
      const urls = urlsIn(body);
      expect(urls.length).toBeGreaterThan(5);
      for (const url of urls) expect(url).toMatch(/^(\/graphiql\/|data:,$)/);
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/);
      expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/);
    });

    it('lists the logins in French, escaped, then the anonymous', async () => {
      const { body } = await ask(server, '/graphiql');
      expect(body).toContain('<label for="login">Se connecter en tant que</label>');
      const options = [...body.matchAll(/<option value="([^"]*)">([^<]*)<\/option>/g)].map(
        ([, value, text]) => [value, text],
      );
      expect(options).toEqual([
        ['worker.sevran', 'worker.sevran — Assistante sociale, Sevran'],
        [
          'agent&quot;&gt;&lt;script&gt;x&lt;/script&gt;',
          expect.stringContaining('Agent d&#39;accueil &amp; &lt;b&gt;'),
        ],
        ['', 'Anonyme'],
      ]);
    });

    it('asks for a token instead where no login can be chosen', async () => {
      const { body } = await ask(production, '/graphiql');
      expect(body).not.toContain('<select');
      expect(body).toContain('<label for="token">');
    });

    it('lets the page reach an endpoint of another origin, and that one only', async () => {
      const other = await serve({
        endpoint: 'https://api.example.org/graphql',
        logins: null,
        issueToken: null,
      });
      const page = await ask(other, '/graphiql');
      await close(other);
      expect(page.headers['content-security-policy']).toContain(
        "connect-src 'self' https://api.example.org wss://api.example.org;",
      );
    });

    it('leaves other paths to others', async () => {
      for (const path of ['/graphql', '/', '/graphiqlx', '/x/graphiql']) {
        expect((await ask(server, path)).body).toContain('__typename');
      }
    });
  });

  describe('the assets', () => {
    it('are all there, typed, and cached for ever under their version', async () => {
      const urls = urlsIn((await ask(server, '/graphiql')).body).filter((url) => url.startsWith('/'));
      expect(urls).toHaveLength(7);
      for (const url of urls) {
        const asset = await ask(server, url);
        expect(asset.status).toBe(200);
        expect(asset.body.length).toBeGreaterThan(500);
        expect(asset.headers['content-type']).toMatch(
          url.includes('.css') ? /^text\/css/ : /^text\/javascript/,
        );
        expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
        expect(asset.headers['x-content-type-options']).toBe('nosniff');
      }
    });

    it('are not cached under another version, or none', async () => {
      for (const query of ['', '?v=0.0.0']) {
        const asset = await ask(server, `/graphiql/assets/react.production.min.js${query}`);
        expect(asset.status).toBe(200);
        expect(asset.headers['cache-control']).toBe('no-cache');
      }
    });

    it.each([
      '/graphiql/assets/../../package.json',
      '/graphiql/assets/..%2f..%2fpackage.json',
      '/graphiql/assets/%2e%2e/%2e%2e/package.json',
      '/graphiql/assets/..\\..\\package.json',
      '/graphiql/assets//etc/passwd',
      '/graphiql/assets/package.json',
      '/graphiql/assets/graphiql.min.js.map',
      '/graphiql/assets/',
      '/graphiql/assets/constructor',
    ])('%s is not one', async (path) => {
      expect((await ask(server, path)).status).toBe(404);
    });

    it('and the page are read with GET only', async () => {
      for (const path of ['/graphiql', '/graphiql/page.js', '/graphiql/assets/graphiql.min.css']) {
        for (const method of ['POST', 'PUT', 'DELETE']) {
          const refused = await ask(server, path, { method });
          expect(refused.status).toBe(405);
          expect(refused.headers.allow).toBe('GET');
        }
      }
    });
  });

  describe('the token', () => {
    const post = (target: Server, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
      ask(target, '/graphiql/token', {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', ...headers },
      });
    const known = JSON.stringify({ login: 'worker.sevran' });

    it('is issued to a known login and never cached', async () => {
      const issued = await post(server, known);
      expect(issued.status).toBe(200);
      expect(JSON.parse(issued.body)).toEqual({ token: 'a.b.c' });
      expect(issued.headers['cache-control']).toBe('no-store');
    });

    it('is issued to the page itself', async () => {
      const origin = `http://127.0.0.1:${portOf(server)}`;
      const issued = await post(server, known, { Origin: origin, 'Sec-Fetch-Site': 'same-origin' });
      expect(issued.status).toBe(200);
    });

    it('is refused to other sites', async () => {
      for (const headers of [
        { Origin: 'https://evil.example' },
        { Origin: 'http://127.0.0.1:1' },
        { Origin: 'null' },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'Sec-Fetch-Site': 'none' },
      ]) {
        expect((await post(server, known, headers as Record<string, string>)).status).toBe(403);
      }
    });

    it('is refused to what an HTML form can send', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'text/plain; x=application/json',
      ]) {
        expect((await post(server, known, { 'Content-Type': type })).status).toBe(415);
      }
      expect((await ask(server, '/graphiql/token', { method: 'POST', body: known })).status).toBe(415);
      expect((await post(server, known, { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(
        200,
      );
    });

    it('is not issued to an unknown login, nor to no login', async () => {
      expect((await post(server, JSON.stringify({ login: 'nobody' }))).status).toBe(404);
      for (const body of ['', '{', 'null', '[]', '{}', '{"login":1}', '{"login":""}']) {
        expect((await post(server, body)).status).toBe(400);
      }
      expect((await post(server, JSON.stringify({ login: 'x'.repeat(5000) }))).status).toBe(413);
    });

    it('is asked for with POST only', async () => {
      const refused = await ask(server, '/graphiql/token');
      expect(refused.status).toBe(405);
      expect(refused.headers.allow).toBe('POST');
    });

    it('has no route outside development', async () => {
      expect((await post(production, known)).status).toBe(404);
      expect((await ask(production, '/graphiql/token')).status).toBe(404);
    });
  });

  it('has a script that parses, and stores nothing in the browser', () => {
    expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
    expect(PAGE_SCRIPT).not.toMatch(/localStorage|sessionStorage|document\.cookie|innerHTML|\beval\b/);
  });

  it('opens on examples that are each one named operation', () => {
    expect(GRAPHIQL_EXAMPLES.length).toBeGreaterThan(0);
    for (const { name, query } of GRAPHIQL_EXAMPLES) {
      const { definitions } = parse(query);
      expect(definitions).toEqual([
        expect.objectContaining({ name: expect.objectContaining({ value: name }) }),
      ]);
    }
  });
});
