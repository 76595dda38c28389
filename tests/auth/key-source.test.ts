import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { createKeySource, type KeySource } from '../../src/auth/key-source.js';
import { UnauthenticatedError, UnavailableError } from '../../src/errors.js';
import { HANGS_MS, until } from '../support/until.js';

const URL = 'https://issuer.test/jwks';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let first: JWK;
let second: JWK;
let now: number;
let provider: Provider;
let source: KeySource;

/** An identity provider without a network: its keys, its mood, and how often it was asked. */
class Provider {
  fetches = 0;
  keys: JWK[] = [first];
  answer: () => Promise<Response> = () => Promise.resolve(Response.json({ keys: this.keys }));

  readonly fetch = (): Promise<Response> => {
    this.fetches += 1;
    return this.answer();
  };

  down(): void {
    this.answer = () => Promise.reject(new TypeError('fetch failed'));
  }

  up(): void {
    this.answer = () => Promise.resolve(Response.json({ keys: this.keys }));
  }
}

beforeAll(async () => {
  first = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'first' };
  second = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'second' };
});

beforeEach(() => {
  now = Date.parse('2026-03-02T08:00:00Z');
  provider = new Provider();
  source = createKeySource({ jwksUrl: URL }, { clock: () => new Date(now), fetch: provider.fetch });
});

async function verdict(kid: string, from: KeySource = source): Promise<'key' | 401 | 503> {
  try {
    await from.key(kid, 'ES256');
    return 'key';
  } catch (error) {
    if (error instanceof UnauthenticatedError) return 401;
    if (error instanceof UnavailableError && error.what === 'identity-provider') return 503;
    throw error;
  }
}

describe('the cache', () => {
  test('asks once for many requests at the same time, and not again while the set is fresh', async () => {
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => verdict('first')));
    expect(new Set(verdicts)).toEqual(new Set(['key']));
    now += 9 * MINUTE;
    expect(await verdict('first')).toBe('key');
    expect(provider.fetches).toBe(1);
  });

  test('renews a set older than ten minutes in the background: the request does not wait', async () => {
    await verdict('first');
    now += 11 * MINUTE;
    let release: (response: Response) => void = () => {};
    provider.answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    expect(await verdict('first')).toBe('key');
    expect(await verdict('first')).toBe('key');
    expect(provider.fetches).toBe(2);
    release(Response.json({ keys: [first] }));
  });

  test('renews a set older than an hour before it is used', async () => {
    await verdict('first');
    provider.keys = [second];
    now += 2 * HOUR;
    expect(await verdict('first')).toBe(401);
  });
});

describe('a rotation', () => {
  test('fails no request: the new key works at first sight, the old one while it is in the set', async () => {
    expect(await verdict('first')).toBe('key');
    provider.keys = [first, second];
    now += SECOND;
    expect(await Promise.all(['second', 'first', 'second'].map((kid) => verdict(kid)))).toEqual([
      'key',
      'key',
      'key',
    ]);
    expect(provider.fetches).toBe(2);
  });

  test('refuses a retired key once the set is renewed', async () => {
    provider.keys = [first, second];
    expect(await verdict('first')).toBe('key');
    provider.keys = [second];
    now += 11 * MINUTE;
    expect(await verdict('first')).toBe('key');
    // The set is fetched beside the request.
    await until('the end of the key', async () => (await verdict('first')) === 401);
    expect(await verdict('second')).toBe('key');
  });

  test('obeys an empty set', async () => {
    await verdict('first');
    provider.keys = [];
    now += 2 * HOUR;
    expect(await verdict('first')).toBe(401);
  });
});

describe('unknown kids', () => {
  const thousand = (): Promise<(string | number)[]> =>
    Promise.all(Array.from({ length: 1000 }, (_, index) => verdict(`made-up-${index}`)));

  test.each([
    ['with keys held', true],
    ['at the start', false],
  ])('a thousand of them make one fetch in 30 s, %s', async (_, warm) => {
    if (warm) await verdict('first');
    const before = provider.fetches;
    expect(new Set(await thousand())).toEqual(new Set([401]));
    now += 29 * SECOND;
    expect(new Set(await thousand())).toEqual(new Set([401]));
    expect(provider.fetches).toBe(before + 1);
    expect(await verdict('first')).toBe('key');
    now += 2 * SECOND;
    await thousand();
    expect(provider.fetches).toBe(before + 2);
  });

  test('do not keep a new key out for longer than that', async () => {
    await verdict('first');
    await verdict('made-up');
    provider.keys = [first, second];
    expect(await verdict('second')).toBe(401);
    now += 30 * SECOND;
    expect(await verdict('second')).toBe('key');
  });

  test('one fetch in 30 s in an outage as well, and the good keys go on', async () => {
    await verdict('first');
    provider.down();
    expect(new Set(await thousand())).toEqual(new Set([503]));
    now += 29 * SECOND;
    expect(new Set(await thousand())).toEqual(new Set([503]));
    expect(provider.fetches).toBe(2);
    expect(await verdict('first')).toBe('key');
  });
});

describe('an outage', () => {
  test('of a day is tolerated with the last good keys; then it is a 503, and over when it is over', async () => {
    expect(await verdict('first')).toBe('key');
    provider.down();
    for (let hour = 1; hour <= 24; hour += 1) {
      now += HOUR;
      expect(await verdict('first')).toBe('key');
    }
    now += 1;
    expect(await verdict('first')).toBe(503);
    expect(await verdict('made-up')).toBe(503);
    provider.up();
    now += 30 * SECOND;
    expect(await verdict('first')).toBe('key');
    expect(await verdict('made-up')).toBe(401);
  });

  test('is asked about at most once in 30 s', async () => {
    await verdict('first');
    provider.down();
    now += 2 * HOUR;
    for (let second = 0; second < 60; second += 1) {
      expect(await verdict('first')).toBe('key');
      now += SECOND;
    }
    expect(provider.fetches).toBe(3);
  });

  test('before any success is a 503, tried again after 5 s', async () => {
    provider.down();
    expect(await verdict('first')).toBe(503);
    provider.up();
    expect(await verdict('first')).toBe(503);
    expect(provider.fetches).toBe(1);
    now += 5 * SECOND;
    expect(await verdict('first')).toBe('key');
  });

  test('leaves an unknown kid unjudged: 503, not 401', async () => {
    await verdict('first');
    provider.down();
    expect(await verdict('second')).toBe(503);
    provider.up();
    provider.keys = [second];
    now += 30 * SECOND;
    expect(await verdict('second')).toBe('key');
  });
});

describe('an answer that is none', () => {
  const answers: [string, () => Response][] = [
    ['a 500 with keys', () => Response.json({ keys: [second] }, { status: 500 })],
    ['a 204', () => new Response(null, { status: 204 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://attacker.test' } })],
    ['no JSON', () => new Response('<html>maintenance</html>')],
    ['null', () => Response.json(null)],
    ['an array', () => Response.json([second])],
    ['keys that are no array', () => Response.json({ keys: { second } })],
    ['over 256 KiB', () => Response.json({ keys: [second], padding: 'x'.repeat(256 * 1024) })],
  ];

  test.each(answers)('changes nothing while good keys are held, and is a 503 else: %s', async (_, answer) => {
    await verdict('first');
    provider.answer = () => Promise.resolve(answer());
    now += 2 * HOUR;
    expect(await verdict('first')).toBe('key');
    expect(await verdict('second')).toBe(503);
    const cold = createKeySource({ jwksUrl: URL }, { fetch: provider.fetch });
    expect(await verdict('second', cold)).toBe(503);
  });

  test('a broken key takes no other down', async () => {
    provider.answer = () =>
      Promise.resolve(Response.json({ keys: [null, 7, { kty: 'XX', kid: 'odd' }, first] }));
    expect(await verdict('first')).toBe('key');
  });
});

describe('over a real socket', () => {
  test('a provider that is silent, or sends its keys a byte at a time, is down', async () => {
    const patience = { timeoutMs: 50 };
    expect(await against(() => {}, patience)).toBe(503);
    expect(await against((_, response) => void response.writeHead(200).write('{'), patience)).toBe(503);
  });

  test('a redirect is not followed, and an answer is read', async () => {
    const asked: (string | undefined)[] = [];
    const keys: RequestListener = (request, response) => {
      asked.push(request.url);
      if (request.url === '/elsewhere') response.end(JSON.stringify({ keys: [first] }));
      else response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect(await against(keys)).toBe(503);
    expect(asked).toEqual(['/jwks']);
    expect(await against(keys, { path: '/elsewhere' })).toBe('key');
  });

  test('a port where nobody listens is a 503', async () => {
    expect(await verdict('first', createKeySource({ jwksUrl: 'http://127.0.0.1:1/jwks' }))).toBe(503);
  });

  /** The verdict on a key of a provider that answers so. It is not given up, unless it is asked for. */
  async function against(
    listener: RequestListener,
    { path = '/jwks', timeoutMs = HANGS_MS } = {},
  ): Promise<unknown> {
    const server: Server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    try {
      return await verdict('first', createKeySource({ jwksUrl }, { timeoutMs }));
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
});
