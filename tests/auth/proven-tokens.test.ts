import { describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { createTokenVerifier } from '../../src/auth/token-verifier.js';
import { until } from '../support/until.js';
import { type BadTokenContext, goodToken } from './bad-tokens.js';

/** A signature is proven once; all else about a token is judged anew at each request. */
const START = Date.parse('2026-03-02T08:00:00Z');
const ISSUER = 'https://issuer.test';
const AUDIENCE = 'https://api.test';

async function setUp() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const publicJwk = await exportJWK(publicKey);
  const other = await exportJWK((await generateKeyPair('ES256')).publicKey);
  let now = START;
  let keys: JWK[] = [{ ...publicJwk, kid: 'one' }];
  const verifier = createTokenVerifier({
    issuers: [{ issuer: ISSUER, audience: AUDIENCE, jwksUrl: 'https://issuer.test/jwks' }],
    clock: () => new Date(now),
    fetch: () => Promise.resolve(Response.json({ keys })),
  });
  const context = {
    privateKey,
    publicJwk,
    kid: 'one',
    issuer: ISSUER,
    audience: AUDIENCE,
    validClaims: {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'worker.sevran',
      client_id: 'front.demo',
      jti: 'token-1',
      iat: START / 1000,
      exp: START / 1000 + 3_600,
      scope: 'cases:read',
    },
  } as BadTokenContext;
  return {
    verifier,
    token: goodToken(context),
    later: (ms: number) => {
      now += ms;
    },
    publish: (published: JWK[]) => {
      keys = published;
    },
    other,
    signatures: jest.spyOn(crypto.subtle, 'verify'),
  };
}

describe('a token that has been proven', () => {
  test('has its signature verified once, and says the same each time', async () => {
    const { verifier, token, signatures } = await setUp();
    const first = await verifier.verify(token);
    const before = signatures.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    expect(await verifier.verify(token)).toEqual(first);
    expect(signatures.mock.calls.length).toBe(before);
  });

  test('is refused once it has expired', async () => {
    const { verifier, token, later } = await setUp();
    await verifier.verify(token);
    later(3_700_000);
    await expect(verifier.verify(token)).rejects.toMatchObject({ why: 'expired' });
  });

  test.each([
    ['is withdrawn', () => []],
    ['is replaced under its name', (other: JWK) => [{ ...other, kid: 'one' }]],
  ])('is refused once its key %s', async (_what, published) => {
    const { verifier, token, later, publish, other } = await setUp();
    await verifier.verify(token);
    publish([...published(other), { ...other, kid: 'two' }]);
    // The set is old by then and fetched anew, beside this request; the token still has ten minutes.
    later(3_000_000);
    await until('its refusal', () =>
      verifier.verify(token).then(
        () => false,
        () => true,
      ),
    );
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('proves nothing for a token that differs in its signature', async () => {
    const { verifier, token } = await setUp();
    await verifier.verify(token);
    const [header, payload, signature = ''] = token.split('.');
    const swapped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    await expect(verifier.verify(`${header}.${payload}.${swapped}`)).rejects.toMatchObject({
      why: 'signature',
    });
  });
});
