import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { type Closed, LiveClient } from '../support/live.js';
import { type BadTokenContext, badTokenNow, badTokens, goodToken } from './bad-tokens.js';

/** A socket is opened by the tokens that a request is answered by, and by no other. */
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const now = Math.floor(Date.now() / 1000);
const ctx: BadTokenContext = {
  privateKey,
  publicJwk: await exportJWK(publicKey),
  kid: 'own',
  issuer: DEVELOPMENT_ISSUER,
  audience: DEVELOPMENT_AUDIENCE,
  validClaims: {
    iss: DEVELOPMENT_ISSUER,
    aud: DEVELOPMENT_AUDIENCE,
    sub: 'reception.sevran',
    client_id: 'front.demo',
    jti: 'token-1',
    iat: now,
    exp: now + 300,
    scope: 'appointments:read',
  },
};
const keys = [{ ...ctx.publicJwk, kid: 'own', alg: 'ES256', use: 'sig' }];
const table = await badTokens(ctx);
const badToken = badTokenNow(ctx);

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, {
    issuers: [{ issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwks: { keys } }],
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** How a socket ends that shows this token; null if it is admitted. */
async function shown(url: string, token: string): Promise<Closed | null> {
  const client = await LiveClient.open(url);
  client.init({ authorization: `Bearer ${token}` });
  const first = await Promise.race([client.inbox.next(), client.closed]);
  if ('code' in first) return first;
  expect(first.type).toBe('connection_ack');
  await client.close();
  return null;
}

test('a good token, made by hand as the bad ones are, is admitted', async () => {
  expect(await shown(app.url, goodToken(ctx))).toBeNull();
});

test('bad ones come in at least forty kinds, those included that fit into no header', () => {
  expect(table.length).toBeGreaterThanOrEqual(40);
});

test.each(table.map(({ name }) => name))('refused: %s', async (name) => {
  expect(await shown(app.url, await badToken(name))).toEqual({ code: 4403, reason: 'Forbidden' });
});

describe('an identity provider that is down', () => {
  test('is said to those that it knows, to be tried again, and to nobody else', async () => {
    const closed = createServer();
    const port = await new Promise<number>((resolve) =>
      closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)),
    );
    await new Promise((resolve) => closed.close(resolve));
    const jwksUrl = `http://127.0.0.1:${port}/jwks`;
    const lonely = await startTestApp(database, {
      issuers: [{ issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwksUrl }],
    });
    try {
      expect(await shown(lonely.url, goodToken(ctx))).toEqual({ code: 1013, reason: 'Try again later' });
      expect(await shown(lonely.url, 'no.token.atall')).toEqual({ code: 4403, reason: 'Forbidden' });
    } finally {
      await lonely.close();
    }
  });
});
