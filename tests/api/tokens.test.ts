import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { type BadTokenContext, badTokenNow, badTokens, fitsInHeader, goodToken } from '../auth/bad-tokens.js';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const encryption = await generateKeyPair('ES256', { extractable: true });
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
    sub: 'worker.sevran',
    client_id: 'front.demo',
    jti: 'token-1',
    iat: now,
    // Nearly as long as one may last: so is this file, on a busy machine.
    exp: now + 3_500,
    scope: 'cases:read directory:read',
  },
  encryptionKey: { privateKey: encryption.privateKey, kid: 'encryption' },
};
const keys = [
  { ...ctx.publicJwk, kid: 'own', alg: 'ES256', use: 'sig' },
  { ...(await exportJWK(encryption.publicKey)), kid: 'encryption', use: 'enc' },
];
const table = (await badTokens(ctx)).filter(fitsInHeader);
const badToken = badTokenNow(ctx);

const WHO = '{ viewer { kind scopes memberships { role } } }';

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, {
    issuers: [{ issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwks: { keys } }],
  });
  const make = rowsOf(database);
  await make.worker({ subject: 'worker.left', familyName: 'Parti', disabledAt: ago(0) });
  await make.client({
    clientId: 'front.closed',
    scopes: SCOPES.filter((scope) => scope !== 'booking'),
    disabledAt: ago(0),
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** What every refusal must look like, byte for byte: it says nothing of why. */
function expectRefused(answer: Answer): void {
  expect(answer.status).toBe(401);
  expect(answer.text).toBe(
    '{"errors":[{"message":"Jeton absent ou refusé.","extensions":{"code":"UNAUTHENTICATED"}}]}\n',
  );
  const { date: _date, 'x-request-id': id, ...headers } = answer.headers;
  // It is new each time, and says nothing of the token.
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers).toEqual({
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'content-language': 'fr',
    'content-length': String(Buffer.byteLength(answer.text)),
    'content-type': 'application/json; charset=utf-8',
    'keep-alive': 'timeout=75',
    vary: 'Accept, Accept-Language, Authorization, Origin',
    'www-authenticate': 'Bearer error="invalid_token"',
    'x-content-type-options': 'nosniff',
  });
}

function send(claims: Record<string, unknown>): Promise<Answer> {
  return app.withToken(goodToken(ctx, claims)).send(WHO);
}

describe('a token by a key of the set', () => {
  test('is the control of the table: made in the same way, it is answered 200', async () => {
    const answer = await send({});
    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([]);
    expect(answer.data?.['viewer']).toEqual({
      kind: 'WORKER',
      scopes: ['cases:read', 'directory:read'],
      memberships: [{ role: 'SOCIAL_WORKER' }],
    });
  });

  test('is taken with the scheme in any case', async () => {
    const answer = await app.anonymous.send(WHO, {}, { authorization: `bEARER ${goodToken(ctx)}` });
    expect(answer.data?.['viewer'].kind).toBe('WORKER');
  });

  test('has its scopes that are not of this API left aside', async () => {
    const answer = await send({ scope: 'openid cases:read profile' });
    expect(answer.data?.['viewer'].scopes).toEqual(['cases:read']);
  });

  test('for a person, makes a person of the request and no worker', async () => {
    const answer = await send({ sub: 'person.sevran', client_id: 'front.person', scope: 'cases:read' });
    expect(answer.data?.['viewer']).toEqual({ kind: 'PERSON', scopes: ['cases:read'], memberships: [] });
  });
});

describe('a bad token over HTTP', () => {
  test('comes in at least forty kinds, each named once', () => {
    expect(table.length).toBeGreaterThanOrEqual(40);
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
  });

  test.each(table.map(({ name }) => name))('is refused: %s', async (name) => {
    expectRefused(await app.withToken(await badToken(name)).send(WHO));
  });
});

describe('a good signature over rights that the directory does not have', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an unknown subject', { sub: 'nobody.knows' }],
    ['a subject in another case', { sub: 'Worker.Sevran' }],
    ['a disabled worker', { sub: 'worker.left' }],
    ['a disabled client', { client_id: 'front.closed' }],
    ['an unknown client', { client_id: 'front.unknown' }],
    ['a scope that the client was not granted', { scope: 'cases:read booking' }],
    [
      'a person’s token with a scope that their client was not granted',
      { sub: 'person.sevran', client_id: 'front.person', scope: 'notes:read' },
    ],
    ['a front-end as its own subject', { sub: 'front.demo' }],
    [
      'a worker through a client that has no users',
      { client_id: 'client.integration', scope: 'directory:read' },
    ],
    [
      'a person through a client that has no users',
      { sub: 'person.sevran', client_id: 'client.reporting', scope: 'statistics:read' },
    ],
    [
      'a client as another’s subject',
      { sub: 'client.booking', client_id: 'client.integration', scope: 'directory:read' },
    ],
    ['a subject made of SQL', { sub: `worker.sevran' or '1'='1` }],
  ])('is refused: %s', async (_, claims) => {
    expectRefused(await send(claims));
  });

  test('is refused for a mutation too, and nothing is done', async () => {
    const [before] = await database.sql<{ count: string }>('select count(*) from person');
    const [sevran] = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
    const mutation = 'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id } }';
    const token = goodToken(ctx, { sub: 'worker.left', scope: 'persons:write persons:read' });
    expectRefused(await app.withToken(token).send(mutation, { input: { districtId: sevran?.id } }));
    expect(await database.sql('select count(*) from person')).toEqual([before]);
  });
});

describe('an Authorization header that is no bearer token', () => {
  test.each([
    ['another scheme', 'Basic d29ya2VyOnNldnJhbg=='],
    ['no token', 'Bearer'],
    ['a token without a scheme', goodToken(ctx)],
    ['two tokens in one header', `Bearer ${goodToken(ctx)}, Bearer ${goodToken(ctx)}`],
    ['a token and parameters', `Bearer ${goodToken(ctx)}; scope="x"`],
  ])('is refused rather than taken for anonymous: %s', async (_, authorization) => {
    expectRefused(await app.anonymous.send(WHO, {}, { authorization }));
  });
});

describe('an identity provider that is down', () => {
  test('makes the API unavailable to those it knows, and to nobody else', async () => {
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
      const answer = await lonely.withToken(goodToken(ctx)).send(WHO);
      expect([answer.status, answer.codes]).toEqual([503, ['UNAVAILABLE']]);
      expect(answer.text).not.toContain(String(port));
      expect(answer.headers['www-authenticate']).toBeUndefined();
      expectRefused(await lonely.withToken('no.token.atall').send(WHO));
      expect((await lonely.anonymous.send(WHO)).data?.['viewer'].kind).toBe('ANONYMOUS');
    } finally {
      await lonely.close();
    }
  });
});

describe('rights that the administrator revokes are gone on the first request after the commit', () => {
  const ADMIN = { sub: 'admin', scope: 'directory:read directory:write' };
  const worker = goodToken(ctx, { scope: 'cases:read directory:read notes:read' });

  async function revoke(mutation: string, type: string, input: Record<string, unknown>): Promise<void> {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { id version } }`;
    const answer = await app.withToken(goodToken(ctx, ADMIN)).send(query, { input });
    expect(answer.errors).toEqual([]);
    expect(answer.data?.[mutation]).toEqual({
      id: input['id'],
      version: (input['expectedVersion'] as number) + 1,
    });
  }

  async function one(sql: string): Promise<{ id: string; expectedVersion: number }> {
    const [row] = await database.sql<{ id: string; version: number }>(sql);
    if (row === undefined) throw new Error('the seed has no such row');
    return { id: row.id, expectedVersion: row.version };
  }

  /** As if an adviser had confirmed that the client stays shut. */
  const confirm = (clientId: string) =>
    database.sql(
      `update suspension set confirmed_at = suspended_at,
         confirmed_by_id = (select worker_id from membership where role = 'TECHNICAL_ADVISER' limit 1) where client_id = $1`,
      [clientId],
    );

  test('an ended membership', async () => {
    const CASES = '{ cases(first: 5) { edges { node { id } } } }';
    expect((await app.withToken(worker).send(CASES)).data?.['cases'].edges).toHaveLength(5);
    const membership = await one(`select m.id, m.version from membership m join worker w on w.id = m.worker_id
      where w.subject = 'worker.sevran' and m.ends_at is null`);
    await revoke('endMembership', 'VersionedInput', membership);
    expect((await app.withToken(worker).send(WHO)).data?.['viewer'].memberships).toEqual([]);
    const after = await app.withToken(worker).send(CASES);
    expect(after.data).toEqual({ cases: { edges: [] } });
  });

  test('a withdrawn scope: while it is suspended, tokens count without it; then those that carry it are refused', async () => {
    const scopes = async () => (await app.withToken(worker).send(WHO)).data?.['viewer'].scopes;
    expect(await scopes()).toEqual(['cases:read', 'directory:read', 'notes:read']);
    const client = await one(`select id, version from client where client_id = 'front.demo'`);
    await revoke('withdrawScope', 'WithdrawScopeInput', { ...client, scope: 'notes:read' });
    expect(await scopes()).toEqual(['cases:read', 'directory:read']);
    await confirm(client.id);
    expectRefused(await app.withToken(worker).send(WHO));
    expect((await send({})).status).toBe(200);
  });

  test('a disabled worker', async () => {
    expect((await send({ sub: 'worker2.sevran' })).status).toBe(200);
    const target = await one(`select id, version from worker where subject = 'worker2.sevran'`);
    await revoke('disableWorker', 'VersionedInput', target);
    expectRefused(await send({ sub: 'worker2.sevran' }));
    expect((await send({})).status).toBe(200);
  });

  test('a disabled client: nobody gets in through it, except those who may end its suspension', async () => {
    // An administrator suspends a front end once in thirty days.
    await database.sql('delete from suspension');
    await database.sql('update client set suspended_until = null');
    expect((await send({})).status).toBe(200);
    const client = await one(`select id, version from client where client_id = 'front.demo'`);
    await revoke('disableClient', 'VersionedInput', client);
    expectRefused(await send({}));
    expect((await send(ADMIN)).data?.['viewer']).toEqual({
      kind: 'WORKER',
      scopes: ['directory:read'],
      memberships: [{ role: 'ADMINISTRATOR' }],
    });
    await confirm(client.id);
    expectRefused(await send(ADMIN));
    expect(
      (await send({ sub: 'person.sevran', client_id: 'front.person', scope: 'cases:read' })).status,
    ).toBe(200);
  });
});
