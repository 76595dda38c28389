import { beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createTokenVerifier, type TokenVerifier } from '../../src/auth/token-verifier.js';
import { UnauthenticatedError } from '../../src/errors.js';
import { type BadTokenContext, badTokens, goodToken } from './bad-tokens.js';

const NOW = new Date('2026-03-02T08:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const ISSUER = 'https://issuer.test';
const AUDIENCE = 'https://api.test';

let ctx: BadTokenContext;
let jwks: { keys: JWK[] };
let verifier: TokenVerifier;
const pairs: Record<string, GenerateKeyPairResult> = {};

beforeAll(async () => {
  for (const alg of ['ES256', 'RS256', 'PS256', 'EdDSA', 'ES384']) pairs[alg] = await generateKeyPair(alg);
  const encryption = await generateKeyPair('ES256');
  const retired = await generateKeyPair('ES256');
  const { privateKey, publicKey } = pairs['ES256'] as GenerateKeyPairResult;
  const publicJwk = await exportJWK(publicKey);
  jwks = { keys: [{ ...(await exportJWK(encryption.publicKey)), kid: 'encryption', use: 'enc' }] };
  for (const [alg, pair] of Object.entries(pairs)) {
    jwks.keys.push({ ...(await exportJWK(pair.publicKey)), kid: alg, alg, use: 'sig' });
  }
  ctx = {
    privateKey,
    publicJwk,
    kid: 'ES256',
    issuer: ISSUER,
    audience: AUDIENCE,
    validClaims: {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'worker.sevran',
      client_id: 'front.demo',
      jti: 'token-1',
      iat: SECONDS,
      exp: SECONDS + 300,
      scope: 'cases:read notes:read',
    },
    encryptionKey: { privateKey: encryption.privateKey, kid: 'encryption' },
    retiredKey: { privateKey: retired.privateKey, kid: 'retired' },
  };
  verifier = createTokenVerifier({
    issuers: [{ issuer: ISSUER, audience: AUDIENCE, jwks }],
    clock: () => NOW,
  });
});

/** Why the token is refused; "accepted" if it is not, so that a test shows which one. */
async function verdict(token: string, by: TokenVerifier = verifier): Promise<string> {
  try {
    await by.verify(token);
    return 'accepted';
  } catch (error) {
    return error instanceof UnauthenticatedError ? error.why : `not a 401: ${String(error)}`;
  }
}

describe('a good token', () => {
  test('is the control of the table: made in the same way, it is accepted', async () => {
    expect(await verifier.verify(goodToken(ctx))).toEqual({
      issuer: ISSUER,
      subject: 'worker.sevran',
      clientId: 'front.demo',
      scopes: ['cases:read', 'notes:read'],
      tokenId: 'token-1',
      expiresAt: new Date((SECONDS + 300) * 1000),
    });
  });

  test.each<[string, object, object]>([
    ['typ with its full media type', {}, { typ: 'application/at+jwt' }],
    ['our audience, alone in an array', { aud: [AUDIENCE] }, {}],
    ['nbf in the past', { nbf: SECONDS - 1 }, {}],
    ['a lifetime at the cap', { exp: SECONDS + 3600 }, {}],
    ['expired within the tolerance', { iat: SECONDS - 300, exp: SECONDS - 4 }, {}],
    ['iat in the future within the tolerance', { iat: SECONDS + 5 }, {}],
    ['an identifier of 255 characters', { sub: 's'.repeat(255) }, {}],
    ['the same name in two objects', { act: { sub: 'a' }, sub: 'b' }, {}],
    ['braces and quotes in a string', { x: '{"sub":"a","sub":"b"}' }, {}],
    ['a string equal to a name', { x: 'sub', y: ['sub', 'sub'] }, {}],
    ['an unknown header parameter that is not critical', {}, { x: 1 }],
  ])('may have %s', async (_, claims, header) => {
    expect(await verdict(goodToken(ctx, { ...claims }, { ...header }))).toBe('accepted');
  });

  test.each([
    ['is absent', undefined, []],
    ['is empty', '', []],
    ['repeats itself', 'booking  booking', ['booking']],
  ])('whose scope %s', async (_, scope, scopes) => {
    expect((await verifier.verify(goodToken(ctx, { scope }))).scopes).toEqual(scopes);
  });

  test.each(['ES256', 'RS256', 'PS256', 'EdDSA'])('may be signed with %s', async (alg) => {
    expect(await verdict(await signed(alg))).toBe('accepted');
  });

  test('may not be signed with an algorithm outside the list, though its key is in the set', async () => {
    expect(await verdict(await signed('ES384'))).toBe('alg');
  });

  function signed(alg: string): Promise<string> {
    const { privateKey } = pairs[alg] as GenerateKeyPairResult;
    return new SignJWT({ ...ctx.validClaims })
      .setProtectedHeader({ alg, typ: 'at+jwt', kid: alg })
      .sign(privateKey);
  }
});

describe('the bad tokens', () => {
  test('are each refused as a 401, in a word that holds nothing of the token', async () => {
    const table = await badTokens(ctx);
    expect(table.length).toBeGreaterThanOrEqual(40);
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
    const verdicts = await Promise.all(
      table.map(async ({ name, token }) => [name, await verdict(token)] as const),
    );
    expect(verdicts.filter(([, why]) => why === 'accepted' || !/^[a-z0-9_-]{2,24}$/.test(why))).toEqual([]);
    // Pinned, so that a token which begins to be refused for another reason than its own is seen.
    expect(Object.fromEntries(verdicts)).toMatchSnapshot();
  });

  test('carry no cause either: the parsers quote their input', async () => {
    for (const { token } of await badTokens(ctx)) {
      await expect(verifier.verify(token)).rejects.not.toHaveProperty('cause');
    }
  });

  test('white space around a good one is not cut off', async () => {
    expect(await verdict(` ${goodToken(ctx)}`)).toBe('base64url');
    expect(await verdict(`${goodToken(ctx)}\n`)).toBe('base64url');
  });

  test('a key is not lent to another issuer', async () => {
    const both = createTokenVerifier({
      issuers: [
        { issuer: ISSUER, audience: AUDIENCE, jwks },
        { issuer: 'https://second.test', audience: 'https://second-api.test', jwks: { keys: [] } },
      ],
      clock: () => NOW,
    });
    expect(await verdict(goodToken(ctx), both)).toBe('accepted');
    const claims = { iss: 'https://second.test', aud: 'https://second-api.test' };
    expect(await verdict(goodToken(ctx, claims), both)).toBe('key-not-found');
  });

  test('a key of the set that is for something else is not used', async () => {
    const key = { ...ctx.publicJwk, kid: ctx.kid };
    const bySet = (member: object): Promise<string> =>
      verdict(
        goodToken(ctx),
        createTokenVerifier({
          issuers: [{ issuer: ISSUER, audience: AUDIENCE, jwks: { keys: [{ ...key, ...member }] } }],
          clock: () => NOW,
        }),
      );
    expect(await bySet({})).toBe('accepted');
    expect(await bySet({ key_ops: ['verify'] })).toBe('accepted');
    expect(await bySet({ key_ops: ['deriveBits'] })).toBe('key-not-found');
    expect(await bySet({ use: 'enc' })).toBe('key-not-found');
    expect(await bySet({ alg: 'ES384' })).toBe('key-not-found');
    expect(await bySet({ x: 'AAAA' })).toBe('key-unusable');
    expect(await bySet({ kty: 'oct', k: 'AAAA' })).toBe('key-not-found');
  });
});

describe('the configuration', () => {
  test.each([
    ['neither keys nor a URL', 'either jwks or jwksUrl', [{ issuer: ISSUER, audience: AUDIENCE }]],
    [
      'plain http',
      'must be https',
      [{ issuer: ISSUER, audience: AUDIENCE, jwksUrl: 'http://issuer.test/jwks' }],
    ],
    ['a URL that is none', 'Invalid URL', [{ issuer: ISSUER, audience: AUDIENCE, jwksUrl: 'jwks' }]],
    [
      'an issuer twice',
      'configured twice',
      [
        { issuer: ISSUER, audience: AUDIENCE, jwks: { keys: [] } },
        { issuer: ISSUER, audience: 'https://other.test', jwks: { keys: [] } },
      ],
    ],
  ])('is refused at the start: %s', (_, message, issuers) => {
    expect(() => createTokenVerifier({ issuers })).toThrow(message);
  });
});
