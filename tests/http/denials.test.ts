import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { guardSchema } from '../../policies/index.js';
import type { TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

/** The beat does not come while it is held up; how many wait for it since it was. */
let heldUp: Promise<void> | null = null;
let waiting = 0;
const real = await import('../../src/http/beat.js');
jest.unstable_mockModule('../../src/http/beat.js', () => ({
  ...real,
  nextBeat: async (...of: Parameters<typeof real.nextBeat>) => {
    waiting += 1;
    await heldUp;
    await real.nextBeat(...of);
  },
}));
const { startTestApp } = await import('../support/app.js');
const { county } = await import('../support/county.js');

/** Every question that can be answered with nothing is so answered on the beat; what is answered does not wait for it. */
const BEAT_MS = 10;
let database: TestDatabase;
let app: TestApp;
let schema: GraphQLSchema;

beforeAll(async () => {
  database = await cloneDatabase();
  const made = await county(database);
  await made.district('Sevran').worker('alice');
  await made.district('Gagny').worker('tom', 'TRAINEE');
  app = await startTestApp(database, {
    guard: (whole) => {
      schema = whole;
      return guardSchema(whole);
    },
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Something of the type: of an id, one that nothing has. */
function anything(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return anything(type.ofType);
  if (isListType(type)) return [anything(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, anything(field.type)]),
    );
  const examples: Readonly<Record<string, unknown>> = {
    ID: crypto.randomUUID(),
    Int: 1,
    Boolean: false,
    Date: '2026-01-05',
    DateTime: new Date(Date.now() + 86_400_000).toISOString(),
  };
  return examples[type.toString()] ?? 'x';
}

interface Question {
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Each root field that may be null, with what it requires. */
function questions(root: GraphQLObjectType | null | undefined, word: 'query' | 'mutation'): Question[] {
  return Object.values(root?.getFields() ?? {})
    .filter((field) => !isNonNullType(field.type))
    .map((field) => {
      const args = field.args.filter((arg) => isNonNullType(arg.type));
      const head = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
      const call = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      const named = getNamedType(field.type);
      return {
        name: field.name,
        query: `${word} ${head && `(${head})`} { ${field.name}${call && `(${call})`} ${isLeafType(named) ? '' : '{ __typename }'} }`,
        variables: Object.fromEntries(args.map((arg) => [arg.name, anything(arg.type)])),
      };
    });
}

async function timed(login: string | null, { query, variables }: Omit<Question, 'name'>) {
  const requester = login === null ? app.anonymous : await app.as(login);
  const startedAt = performance.now();
  const answer = await requester.send(query, variables);
  return { answer, took: performance.now() - startedAt };
}

describe('nothing leaves sooner than a beat', () => {
  test.each([null, 'tom', 'alice'])('as the answer to any question of %s', async (login) => {
    const all = [
      ...questions(schema.getQueryType(), 'query'),
      ...questions(schema.getMutationType(), 'mutation'),
    ];
    const denied = new Set<string>();
    for (const question of all) {
      const { answer, took } = await timed(login, question);
      const value = answer.data?.[question.name];
      if (value !== null && !(Array.isArray(value) && value.length === 0)) continue;
      denied.add(question.name);
      expect({ of: question.name, onTheBeat: took >= BEAT_MS }).toEqual({
        of: question.name,
        onTheBeat: true,
      });
    }
    // Whoever has not logged in is denied all of them but what is public.
    if (login === null)
      expect(all.map(({ name }) => name).filter((name) => !denied.has(name))).toEqual([
        'organisations',
        'sentenceForThirdParties',
      ]);
    expect(denied.size).toBeGreaterThan(all.length / 2);
  });

  test('beside an answer to another question', async () => {
    const query = 'query ($id: ID!) { viewer { kind } case(id: $id) { id } }';
    const { answer, took } = await timed('alice', { query, variables: { id: crypto.randomUUID() } });
    expect(answer.data).toEqual({ viewer: { kind: 'WORKER' }, case: null });
    expect(took).toBeGreaterThanOrEqual(BEAT_MS);
  });
});

describe('an answer does not wait', () => {
  test.each([
    ['with who one is', '{ viewer { kind } }'],
    ['with a list', '{ districts { name } }'],
  ])('%s: of a few, the first leaves before any denial could', async (_name, query) => {
    const alice = await app.as('alice');
    let goOn = (): void => undefined;
    heldUp = new Promise((resolve) => {
      goOn = resolve;
    });
    waiting = 0;
    const left: string[] = [];
    const denial = alice.send('query ($id: ID!) { case(id: $id) { id } }', { id: crypto.randomUUID() });
    const denied = denial.then(() => left.push('the denial'));
    await until('a denial that waits for the beat', () => waiting === 1);
    const answer = alice.send(query);
    const answered = answer.then(() => left.push('the answer'));
    await until('the answer, or that it waits as well', () => left.length > 0 || waiting > 1);
    expect({ left, waiting }).toEqual({ left: ['the answer'], waiting: 1 });
    goOn();
    await Promise.all([answered, denied]);
    expect((await answer).errors).toEqual([]);
    expect((await denial).data).toEqual({ case: null });
  });
});
