import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let app: TestApp;
let token: string;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  token = await app.token('worker.sevran');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

function nested(count: number, open: string, inner: string, close: string): string {
  return open.repeat(count) + inner + close.repeat(count);
}

interface Hurtful {
  readonly status: number;
  readonly code: string;
  readonly query: string;
  /** As JSON text: some are too deep to be built as values. */
  readonly variables?: string;
  readonly operationName?: string;
}

const COSTLY = { status: 400, code: 'DOCUMENT_TOO_COSTLY' };
const INVALID = { status: 400, code: 'INVALID_DOCUMENT' };
const BAD_INPUT = { status: 400, code: 'INVALID_INPUT' };
const FILTERED = 'query ($f: CaseFilter) { cases(filter: $f) { edges { cursor } } }';
const OPEN_CASE = 'mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }';
const connection = (field: string, inner: string): string =>
  `${field}(first: 100) { edges { node { ${inner} } } }`;

const documents: Readonly<Record<string, Hurtful>> = {
  'a thousand aliases': { ...INVALID, query: `{ ${times(1000, (i) => `a${i}: viewer { kind }`)} }` },
  'comments, as many as a request may hold': { ...COSTLY, query: `{ __typename }${'#\n'.repeat(60_000)}` },
  'aliases over the limit by one': { ...COSTLY, query: `{ ${times(31, (i) => `a${i}: viewer { kind }`)} }` },
  'aliases of __typename': { ...COSTLY, query: `{ ${times(90, (i) => `a${i}: __typename`)} }` },
  'aliases spread over fragments': {
    ...COSTLY,
    query: `{ ${times(8, () => '...f')} } fragment f on Query { ${times(4, (i) => `a${i}: __typename`)} }`,
  },
  'the same field 8,000 times': { ...INVALID, query: `{ ${times(8000, () => '__typename')} }` },
  'the same field as often as the tokens allow': {
    ...COSTLY,
    query: `{ ${times(1990, () => '__typename')} }`,
  },
  'the same object as often as the tokens allow': {
    ...COSTLY,
    query: `{ ${times(490, () => 'viewer { kind }')} }`,
  },
  'the same fragment spread 600 times': {
    ...COSTLY,
    query: `{ ${times(600, () => '...f')} } fragment f on Query { viewer { kind } }`,
  },
  'two hundred levels': { ...COSTLY, query: `{ viewer ${nested(200, '{ worker ', '{ id }', ' }')} }` },
  'one level too many': {
    ...COSTLY,
    query: `{ cases { edges { node { persons { cases { persons { cases { persons { cases { persons { cases { persons { id } } } } } } } } } } } } }`,
  },
  'levels hidden in fragments': {
    ...COSTLY,
    query: `{ cases { edges { node { ...a } } } }
      fragment a on Case { persons { cases { ...b } } } fragment b on Case { persons { cases { ...c } } }
      fragment c on Case { persons { cases { ...d } } } fragment d on Case { persons { cases { persons { cases { id } } } } }`,
  },
  'aliases below 300 inline fragments': {
    ...COSTLY,
    query: `{ ${nested(
      300,
      '... { ',
      times(31, (i) => `a${i}: __typename`),
      ' }',
    )} }`,
  },
  'five hundred directives': {
    ...INVALID,
    query: `{ viewer ${times(500, () => '@include(if: true)')} { kind } }`,
  },
  'directives as many as the tokens allow': {
    ...COSTLY,
    query: `{ viewer ${times(270, () => '@include(if: true)')} { kind } }`,
  },
  'unknown directives': { ...COSTLY, query: `{ viewer ${times(600, (i) => `@d${i}`)} { kind } }` },
  'directives on the operation': {
    ...COSTLY,
    query: `query ${times(60, (i) => `@d${i}`)} { viewer { kind } }`,
  },
  'a fragment within itself': { ...INVALID, query: '{ ...a } fragment a on Query { viewer { kind } ...a }' },
  'fragments in a circle': {
    ...INVALID,
    query: `{ ...f0 } ${times(100, (i) => `fragment f${i} on Query { viewer { kind } ...f${(i + 1) % 100} }`)}`,
  },
  'fragments that double sixty times': {
    ...COSTLY,
    query: `{ ...f0 } ${times(60, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f60 on Query { __typename }`,
  },
  'fragments that double in two different ways': {
    ...COSTLY,
    query: `{ ...f0 } ${times(60, (i) => `fragment f${i} on Query { ...f${i + 1} ... { ...f${i + 1} } }`)} fragment f60 on Query { __typename }`,
  },
  'fragments that nobody spreads': {
    ...INVALID,
    query: `{ viewer { kind } } ${times(150, (i) => `fragment f${i} on Query { viewer { kind } }`)}`,
  },
  'ten thousand tokens': { ...INVALID, query: `{ ${times(10_000, () => 'x')} }` },
  'a name of 200,000 characters': { ...INVALID, query: `{ ${'x'.repeat(200_000)} }` },
  'an argument of 200,000 characters': { ...INVALID, query: `{ case(${'x'.repeat(200_000)}: 1) { id } }` },
  'a megabyte': {
    status: 413,
    code: 'INVALID_DOCUMENT',
    query: `{ viewer { kind } } #${'x'.repeat(1_000_000)}`,
  },
  'many operations': {
    ...INVALID,
    query: times(300, (i) => `query q${i} { viewer { kind } }`),
    operationName: 'q0',
  },
  'many anonymous operations': { ...INVALID, query: times(300, () => '{ viewer { kind } }') },
  'aliases spread over operations': {
    ...COSTLY,
    query: times(60, (i) => `query q${i} { a${i}: viewer { kind } }`),
    operationName: 'q0',
  },
  'many variables': { ...INVALID, query: `query (${times(380, (i) => `$v${i}: Int`)}) { viewer { kind } }` },
  'many unknown arguments': { ...INVALID, query: `{ case(${times(600, (i) => `x${i}: 1`)}) { id } }` },
  'many unknown input fields': {
    ...INVALID,
    query: `{ cases(filter: { ${times(600, (i) => `x${i}: 1`)} }) { edges { cursor } } }`,
  },
  'a list 900 deep': { ...INVALID, query: `{ case(id: ${nested(900, '[', '', ']')}) { id } }` },
  'an object 600 deep': {
    ...INVALID,
    query: `{ cases(filter: ${nested(600, '{ a: ', '1', ' }')}) { edges { cursor } } }`,
  },
  'a page of a million': {
    status: 200,
    code: 'INVALID_INPUT',
    query: '{ cases(first: 1000000) { edges { cursor } } }',
  },
  'a page of none': { status: 200, code: 'INVALID_INPUT', query: '{ cases(first: 0) { edges { cursor } } }' },
  'a page of less than none': {
    status: 200,
    code: 'INVALID_INPUT',
    query: '{ cases(first: -1) { edges { cursor } } }',
  },
  'pages in pages': { ...COSTLY, query: `{ ${connection('cases', connection('interviewNotes', 'id'))} }` },
  'pages in pages, by the size that variables give': {
    ...COSTLY,
    query:
      'query ($n: Int) { cases(first: $n) { edges { node { interviewNotes(first: $n) { edges { node { id } } } } } } }',
    variables: '{"n":100}',
  },
  'pages four levels down': {
    ...COSTLY,
    query: `{ ${connection('cases', connection('interviewNotes', `case { ${connection('appointments', `case { ${connection('interviewNotes', 'id')} }`)} }`))} }`,
  },
  'the whole directory again and again': {
    ...COSTLY,
    query:
      '{ districts { workers { memberships { district { workers { memberships { district { workers { id } } } } } } } } }',
  },
  'the schema in the schema': {
    ...INVALID,
    query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
  },
  'the schema ten times': {
    ...COSTLY,
    query: `{ ${times(31, (i) => `a${i}: __schema { types { fields { type { fields { name } } } } }`)} }`,
  },
  'a filter of 15,000 unknown fields': {
    ...BAD_INPUT,
    query: FILTERED,
    variables: `{"f":{${times(15_000, (i) => `"k${i}":1${i < 14_999 ? ',' : ''}`)}}}`,
  },
  'a list of 20,000 bad ids': {
    ...BAD_INPUT,
    query: OPEN_CASE,
    variables: JSON.stringify({
      input: { districtId: 'x', mission: 'RSA', personIds: Array.from({ length: 20_000 }, () => ({})) },
    }),
  },
  'a list of 60,000 ids that are none': {
    ...BAD_INPUT,
    query: OPEN_CASE,
    variables: JSON.stringify({
      input: { districtId: 'x', mission: 'RSA', personIds: Array.from({ length: 60_000 }, () => 'x') },
    }),
  },
  'lists 100,000 deep for a scalar': {
    ...BAD_INPUT,
    query: 'query ($id: ID!) { case(id: $id) { id } }',
    variables: `{"id":${nested(100_000, '[', '', ']')}}`,
  },
  'lists 100,000 deep for a list': {
    ...BAD_INPUT,
    query: OPEN_CASE,
    variables: `{"input":{"districtId":"x","mission":"RSA","personIds":${nested(100_000, '[', '', ']')}}}`,
  },
  'objects 40,000 deep': {
    ...BAD_INPUT,
    query: FILTERED,
    variables: `{"f":${nested(40_000, '{"a":', '1', '}')}}`,
  },
  'a prototype': {
    ...BAD_INPUT,
    query: FILTERED,
    variables: '{"f":{"__proto__":{"status":"OPEN"}},"__proto__":{"f":null}}',
  },
};

async function send({ query, variables, operationName }: Hurtful): Promise<{
  status: number;
  body: { data?: unknown; errors: { message: string; extensions: { code: string } }[] };
}> {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: `{"query":${JSON.stringify(query)},"variables":${variables ?? 'null'}${name}}`,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe('a document that would hurt', () => {
  test.each(Object.entries(documents))('is refused in a few words: %s', async (_, document) => {
    const { status, body } = await send(document);
    expect([status, body.errors[0]?.extensions.code]).toEqual([document.status, document.code]);
    expect(new Set(body.errors.map((error) => error.extensions.code)).size).toBe(1);
    expect(body.errors.length).toBeLessThanOrEqual(5);
    for (const error of body.errors) expect(error.message.length).toBeLessThan(400);
    if (status !== 200) expect(body.data).toBeUndefined();
  });

  test('is not confused with one that is as large as may be', async () => {
    const query = `{ ${times(30, (i) => `a${i}: viewer { kind }`)} ${times(50, () => 'viewer { kind }')} }`;
    const { status, body } = await send({ ...COSTLY, query });
    expect([status, body.errors]).toEqual([200, undefined]);
    const pages = await send({
      ...COSTLY,
      query: `{ cases(first: 20) { edges { node { id interviewNotes(first: 20) { edges { node { id } } } } } } }`,
    });
    expect(pages.status).toBe(200);
  });

  test('holds up nobody: while all of them come at once, the process answers that it lives, and then others', async () => {
    let flooding = true;
    const flood = Promise.all(Object.values(documents).map(send)).finally(() => {
      flooding = false;
    });
    const alive: number[] = [];
    while (flooding) alive.push((await fetch(`${app.url}/health/live`)).status);
    const answers = await flood;
    // Those that reach the database may find no turn there: it is said as such.
    const statuses = answers.map(({ status }, index) =>
      status === 503 ? Object.values(documents)[index]?.status : status,
    );
    expect(statuses).toEqual(Object.values(documents).map((document) => document.status));
    expect(
      answers
        .filter(({ status }) => status === 503)
        .every(({ body }) => body.errors[0]?.extensions.code === 'UNAVAILABLE'),
    ).toBe(true);
    expect(new Set(alive)).toEqual(new Set([200]));
    expect((await app.anonymous.send('{ viewer { kind } }')).status).toBe(200);
  });

  test('that needs no reading of the database leaves the pool alone: readiness follows at once', async () => {
    await Promise.all(Object.values(documents).map(send));
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  });
});
