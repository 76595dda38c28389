import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let app: TestApp;
const ALLOWED = 'https://front.test';

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, { allowedOrigins: [ALLOWED] });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly codes: readonly string[];
  readonly headers: Headers;
}

/** A request as it is, with nothing of what a client library would put right. */
async function raw(init: RequestInit, path = '/graphql'): Promise<Sent> {
  const response = await fetch(`${app.url}${path}`, init);
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as { errors?: { extensions: { code: string } }[] });
  const codes = (body.errors ?? []).map((error) => error.extensions.code);
  return { status: response.status, text, codes, headers: response.headers };
}

function post(body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Sent> {
  return raw({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body ?? null,
  });
}

function json(value: unknown, headers: Record<string, string> = {}): Promise<Sent> {
  return post(JSON.stringify(value), headers);
}

const QUERY = '{ viewer { kind } }';

describe('the audits of graphql-http', () => {
  // Some ask for the schema, which is described to authenticated clients only.
  const fetchFn = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const authorization = `Bearer ${await app.token('worker.sevran')}`;
    return fetch(url, { ...init, headers: { ...init.headers, authorization } });
  };
  const audits = serverAudits({ url: () => `${app.url}/graphql`, fetchFn });
  const counts = { ok: 0, notice: 0, warn: 0 };
  const warnings: string[] = [];
  /** What a legacy client might expect; here a faulty request is a 4xx in either media type. */
  const KNOWN_WARNINGS = [
    'SHOULD use 200 status code on document parsing failure when accepting application/json',
    'SHOULD use 200 status code on document validation failure when accepting application/json',
    'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
  ];

  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
    const result = await audit.fn();
    const reason = 'reason' in result ? result.reason : '';
    expect([result.status, reason]).not.toEqual(['error', reason]);
    counts[result.status as keyof typeof counts] += 1;
    if (result.status === 'warn') warnings.push(result.name);
  });

  test('are all run, and warn of nothing but the status that legacy clients expect', () => {
    process.stdout.write(`graphql-http audits: ${JSON.stringify(counts)}\n`);
    expect(counts.ok + counts.notice + counts.warn).toBe(audits.length);
    expect(audits.length).toBeGreaterThan(50);
    expect(warnings).toEqual(KNOWN_WARNINGS);
  });
});

describe('a request that is no single operation in JSON is refused before GraphQL reads it', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };

  test.each<[string, number, () => Promise<Sent>]>([
    ['a batch', 400, () => json([{ query: QUERY }, { query: QUERY }])],
    ['an empty batch', 400, () => json([])],
    ['a string', 400, () => json(QUERY)],
    ['null', 400, () => post('null')],
    ['no body', 400, () => post('')],
    ['an empty object', 400, () => json({})],
    ['an empty query', 400, () => json({ query: '' })],
    ['a blank query', 400, () => json({ query: '   ' })],
    ['a query that is a number', 400, () => json({ query: 1 })],
    ['a query that is a parsed document', 400, () => json({ query: { kind: 'Document', definitions: [] } })],
    ['variables that are a list', 400, () => json({ query: QUERY, variables: [1] })],
    ['variables that are a string', 400, () => json({ query: QUERY, variables: '{}' })],
    ['an operation name that is a number', 400, () => json({ query: QUERY, operationName: 7 })],
    ['extensions that are a list', 400, () => json({ query: QUERY, extensions: [] })],
    [
      'a persisted query',
      400,
      () => json({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
    ],
    ['an unknown operation name', 400, () => json({ query: `query a ${QUERY}`, operationName: 'b' })],
    ['two operations and no name', 400, () => json({ query: `query a ${QUERY} query b ${QUERY}` })],
    ['fragments alone', 400, () => json({ query: 'fragment a on Query { viewer { kind } }' })],
    ['a subscription', 400, () => json({ query: 'subscription { viewer { kind } }' })],
    ['JSON with a byte order mark', 400, () => post(`\ufeff${JSON.stringify({ query: QUERY })}`)],
    ['JSON cut short', 400, () => post('{"query":"{ viewer { kind')],
    ['JSON with something after it', 400, () => post(`${JSON.stringify({ query: QUERY })}{}`)],
    ['bytes that are not UTF-8', 400, () => post(Buffer.from([0x7b, 0x22, 0x71, 0xff, 0xfe, 0x22, 0x7d]))],
    ['UTF-16', 400, () => post(Buffer.from(JSON.stringify({ query: QUERY }), 'utf16le'))],
    ['a form', 415, () => raw({ method: 'POST', headers: form, body: `query=${encodeURIComponent(QUERY)}` })],
    ['plain text', 415, () => post(JSON.stringify({ query: QUERY }), { 'content-type': 'text/plain' })],
    ['a multipart upload', 415, () => post('--x--', multipart)],
    ['a GraphQL body', 415, () => post(QUERY, { 'content-type': 'application/graphql' })],
    [
      'no content type',
      415,
      () => post(Buffer.from(JSON.stringify({ query: QUERY })), { 'content-type': '' }),
    ],
    [
      'another charset',
      415,
      () => json({ query: QUERY }, { 'content-type': 'application/json; charset=iso-8859-1' }),
    ],
    ['a compressed body', 415, () => json({ query: QUERY }, { 'content-encoding': 'gzip' })],
    ['a body over the limit', 413, () => json({ query: QUERY, extensions: { x: 'x'.repeat(300_000) } })],
    ['an answer that is not wanted in JSON', 406, () => json({ query: QUERY }, { accept: 'text/html' })],
    ['JSON refused by its weight', 406, () => json({ query: QUERY }, { accept: 'application/json;q=0' })],
  ])('%s', async (_, status, sending) => {
    const sent = await sending();
    expect([sent.status, sent.codes]).toEqual([status, ['INVALID_DOCUMENT']]);
    expect(sent.text).not.toContain('"data"');
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('another method: %s', async (method) => {
    for (const query of [
      QUERY,
      'mutation { disableWorker(input: { id: "x", expectedVersion: 1 }) { id } }',
    ]) {
      const sent = await raw({ method }, `/graphql?query=${encodeURIComponent(query)}`);
      expect([sent.status, sent.codes, sent.headers.get('allow')]).toEqual([
        405,
        ['INVALID_DOCUMENT'],
        'POST',
      ]);
    }
  });

  test('and one in JSON with a charset, as any Accept that JSON fits, is answered', async () => {
    for (const accept of [
      '*/*',
      'application/*',
      'application/graphql-response+json',
      'text/html, */*;q=0.1',
    ]) {
      const sent = await json(
        { query: QUERY },
        { accept, 'content-type': 'Application/JSON; charset="UTF-8"' },
      );
      expect([sent.status, sent.text]).toEqual([200, '{"data":{"viewer":{"kind":"ANONYMOUS"}}}\n']);
    }
  });
});

describe('a mutation has exactly one field at its root', () => {
  const register = 'registerPerson(input: { districtId: $district, chosenName: "Sam" }) { id }';
  const count = async (): Promise<unknown> => database.sql('select count(*) from person');

  test.each([
    ['two fields', `mutation ($district: ID!) { a: ${register} b: ${register} }`],
    ['one field and its type name', `mutation ($district: ID!) { __typename ${register} }`],
    ['two fields of one response name', `mutation ($district: ID!) { ${register} ${register} }`],
    ['an inline fragment of two', `mutation ($district: ID!) { ... { a: ${register} b: ${register} } }`],
    [
      'a fragment',
      `mutation ($district: ID!) { ...f } fragment f on Mutation { a: ${register} b: ${register} }`,
    ],
  ])('or nothing is done: %s', async (_, query) => {
    const before = await count();
    const [sevran] = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
    const desk = await app.as('reception.sevran');
    const refused = await desk.send(query, { district: sevran?.id });
    expect([refused.status, refused.codes, refused.data]).toEqual([400, ['INVALID_DOCUMENT'], undefined]);
    expect(await count()).toEqual(before);
    const done = await desk.send(`mutation ($district: ID!) { ${register} }`, { district: sevran?.id });
    expect([done.status, done.errors]).toEqual([200, []]);
    expect(await count()).not.toEqual(before);
  });
});

test('a mutation whose answer the client would not take is not done', async () => {
  const [before] = await database.sql('select count(*) from person');
  const [sevran] = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
  const query = `mutation { registerPerson(input: { districtId: "${sevran?.id}" }) { id } }`;
  const answer = await (await app.as('reception.sevran')).send(query, {}, { accept: 'text/html' });
  expect(answer.status).toBe(406);
  expect(await database.sql('select count(*) from person')).toEqual([before]);
});

describe('introspection', () => {
  const questions: [string, string][] = [
    ['the query of every tool', getIntrospectionQuery()],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['a type', '{ __type(name: "InterviewNote") { fields { name } } }'],
    ['under an alias', '{ kind: __schema { queryType { name } } }'],
    ['in an inline fragment', '{ ... { __schema { queryType { name } } } }'],
    ['in an inline fragment on the type', '{ ... on Query { ... { x: __type(name: "Case") { name } } } }'],
    ['in a fragment', '{ ...f } fragment f on Query { __schema { queryType { name } } }'],
    [
      'in an inline fragment in a fragment',
      '{ ...f } fragment f on Query { ... on Query { __schema { queryType { name } } } }',
    ],
    [
      'two fragments away',
      '{ ...f } fragment f on Query { ...g } fragment g on Query { __type(name: "Case") { name } }',
    ],
    [
      'beside what is public',
      '{ viewer { kind } ... @include(if: true) { __schema { queryType { name } } } }',
    ],
    ['from a mutation', 'mutation { ... { __schema { queryType { name } } } }'],
  ];

  test.each(questions)('is refused to who has no token: %s', async (_, query) => {
    const answer = await app.anonymous.send(query);
    expect([answer.status, answer.data]).toEqual(
      query.startsWith('mutation') ? [400, undefined] : [401, undefined],
    );
    expect(answer.codes).toEqual([query.startsWith('mutation') ? 'INVALID_DOCUMENT' : 'UNAUTHENTICATED']);
  });

  test.each(questions.slice(0, -1))('is answered to who has one: %s', async (_, query) => {
    const answer = await (await app.as('client.booking')).send(query);
    expect(answer.errors).toEqual([]);
    expect(answer.text).toMatch(/"(queryType|fields|name)"/);
  });

  test('leaves __typename to everybody', async () => {
    expect((await app.anonymous.send('{ __typename viewer { __typename } }')).data).toEqual({
      __typename: 'Query',
      viewer: { __typename: 'Viewer' },
    });
  });
});

describe('an error in a document suggests no name', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['of a field', '{ viewr { kind } }', {}],
    ['of a field deep down', '{ cases { edges { node { interviewNote { id } } } } }', {}],
    ['of an argument', '{ case(idd: "x") { id } }', {}],
    ['of a type', 'query ($x: CasFilter) { cases(filter: $x) { edges { cursor } } }', {}],
    ['of a fragment’s type', '{ ... on Quer { viewer { kind } } }', {}],
    ['of an input field', '{ cases(filter: { statu: OPEN }) { edges { cursor } } }', {}],
    ['of an enum value', '{ cases(filter: { status: OPENED }) { edges { cursor } } }', {}],
    ['of a directive', '{ viewer @includ(if: true) { kind } }', {}],
    [
      'of an input field, in variables',
      'query ($f: CaseFilter) { cases(filter: $f) { edges { cursor } } }',
      { f: { statu: 1 } },
    ],
    [
      'of an enum value, in variables',
      'query ($f: CaseFilter) { cases(filter: $f) { edges { cursor } } }',
      { f: { status: 'OPENED' } },
    ],
  ])('%s', async (_, query, variables) => {
    const answer = await (await app.as('worker.sevran')).send(query, variables);
    expect(answer.status).toBe(400);
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/did you mean/i);
    expect(answer.text).not.toMatch(/"OPEN"|"status"|interviewNotes/);
  });
});

describe('messages', () => {
  test.each<[string | undefined, string, string]>([
    [undefined, 'fr', 'Introuvable.'],
    ['fr', 'fr', 'Introuvable.'],
    ['en', 'en', 'Not found.'],
    ['en-GB,en;q=0.8,fr;q=0.5', 'en', 'Not found.'],
    ['en;q=0.5,fr;q=0.9', 'fr', 'Introuvable.'],
    ['de', 'fr', 'Introuvable.'],
    ['EN;q=1', 'en', 'Not found.'],
    ['*', 'fr', 'Introuvable.'],
    ['en;q=x, ;;,fr-', 'fr', 'Introuvable.'],
  ])('for Accept-Language %s are in %s', async (accepted, language, text) => {
    const desk = await app.as('reception.sevran');
    const query = 'mutation { updatePerson(input: { id: "x", expectedVersion: 1 }) { id } }';
    const answer = await desk.send(query, {}, accepted === undefined ? {} : { 'accept-language': accepted });
    expect(answer.errors.map((error) => error.message)).toEqual([text]);
    expect(answer.headers['content-language']).toBe(language);
  });

  test('are in the same language before GraphQL is reached', async () => {
    const refused = await app.withToken('x.y.z').send(QUERY, {}, { 'accept-language': 'en' });
    expect(refused.errors.map((error) => error.message)).toEqual(['Token missing or refused.']);
    const faulty = await app.anonymous.send('{', {}, { 'accept-language': 'en' });
    expect(faulty.errors[0]?.message).toMatch(/^Invalid GraphQL request\. Syntax Error/);
  });
});

describe('beside /graphql', () => {
  test('the process says that it lives and that it is ready, without a token', async () => {
    const live = await raw({}, '/health/live');
    expect([live.status, live.text]).toEqual([200, '{"status":"live"}\n']);
    const ready = await raw({}, '/health/ready');
    expect([ready.status, ready.text]).toEqual([200, '{"status":"ready"}\n']);
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['/', '/graphql/', '/GRAPHQL', '/graphiql', '/health', '/.env', '/graphql/../x', '/%00'])(
    '%s is not found, in JSON',
    async (path) => {
      const sent = await raw({}, path);
      expect([sent.status, sent.codes]).toEqual([404, ['NOT_FOUND']]);
      expect(sent.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );
});

describe('pages of other origins', () => {
  const preflight = (origin: string): Promise<Sent> =>
    raw({
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });

  test('may ask when their origin is allowed, with a token and without cookies', async () => {
    const asked = await preflight(ALLOWED);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST');
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const answered = await json({ query: QUERY }, { origin: ALLOWED });
    expect([answered.status, answered.headers.get('access-control-allow-origin')]).toEqual([200, ALLOWED]);
    expect(answered.headers.get('vary')).toMatch(/\bOrigin\b/);
  });

  test.each([
    'https://front.test.evil.example',
    'https://evil.example',
    'http://front.test',
    'https://front.test:8443',
    'null',
    'https://FRONT.test',
  ])('are told nothing when it is %s', async (origin) => {
    const asked = await preflight(origin);
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([405, null]);
    expect((await json({ query: QUERY }, { origin })).headers.get('access-control-allow-origin')).toBeNull();
  });
});
