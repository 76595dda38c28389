import { describe, expect, test } from '@jest/globals';
import { buildSchema, execute, parse } from 'graphql';
import { Deferred } from '../../src/execution/deferred.js';
import { beginExecution, executePlanned } from '../../src/execution/execute.js';
import { planOf } from '../../src/execution/plan.js';
import { answersLikeGraphqlJs } from './like-graphql-js.js';

describe('a planned execution answers as graphql-js does', () => answersLikeGraphqlJs(120));

describe('a part of the answer that is null', () => {
  test('is waited for, and has one error', async () => {
    let isOver = false;
    const failing = buildSchema('type Query { item: Item } type Item { soon: Int! late: Int! maybe: Int }');
    const later = async (ticks: number, message: string): Promise<never> => {
      for (let tick = 0; tick < ticks; tick += 1) await null;
      isOver = ticks > 10;
      throw new Error(message);
    };
    const rootValue = {
      item: { soon: () => later(1, 'soon'), late: () => later(20, 'late'), maybe: () => later(10, 'maybe') },
    };
    const document = parse('{ item { soon late maybe } }');
    const { data, errors } = await executePlanned({ schema: failing, document, rootValue });
    expect({ data, isOver }).toEqual({ data: { item: null }, isOver: true });
    expect(errors?.map(({ message }) => message)).toEqual(['soon']);
  });
});

describe('a deferred value', () => {
  const schema = buildSchema('type Query { items: [Item!]! } type Item { text: String sure: String! }');
  const document = parse('{ items { text sure } }');
  const begun = (sure: () => string) =>
    beginExecution({
      schema,
      document,
      rootValue: {
        items: [1, 2].map((nth) => ({ text: new Deferred(() => `text ${nth}`), sure: new Deferred(sure) })),
      },
    });

  test('is worked out when the execution is finished, once, and not before', async () => {
    let times = 0;
    const execution = await begun(() => {
      times += 1;
      return `sure ${times}`;
    });
    expect(times).toBe(0);
    execution.finish();
    execution.finish();
    expect(times).toBe(2);
    expect(execution.data).toEqual({
      items: [
        { text: 'text 1', sure: 'sure 1' },
        { text: 'text 2', sure: 'sure 2' },
      ],
    });
  });

  test('that fails where nothing may be null makes the answer null, as it would have at once', async () => {
    const execution = await begun(() => {
      throw new Error('no');
    });
    execution.finish();
    expect(execution.data).toBeNull();
    expect(execution.errors.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: 'no', path: ['items', 0, 'sure'] },
    ]);
  });
});

describe('what has no plan', () => {
  const schema = buildSchema(
    `type Query { a: Int } type Mutation { a: Int b: Int } type Subscription { a: Int }`,
  );

  test.each([
    ['a subscription', 'subscription { a }'],
    ['several root fields of a mutation', 'mutation { a b }'],
    ['a condition', 'query ($yes: Boolean!) { a @include(if: $yes) }'],
    ['introspection', '{ __schema { description } }'],
    ['a key that no plain object may have', '{ __proto__: a }'],
  ])('%s', (_what, text) => {
    expect(planOf(schema, parse(text), undefined)).toBeNull();
  });

  test('is executed all the same', async () => {
    const rootValue = { a: 1, b: () => 2 };
    const ask = async (text: string, variableValues = {}) =>
      JSON.stringify(
        (await executePlanned({ schema, document: parse(text), rootValue, variableValues })).data,
      );
    expect(await ask('mutation { a b }')).toBe('{"a":1,"b":2}');
    expect(await ask('query ($yes: Boolean!) { a @include(if: $yes) }', { yes: true })).toBe('{"a":1}');
    expect(await ask('{ __proto__: a }')).toBe('{"__proto__":1}');
  });

  test('variables of a wrong type are errors, without data', async () => {
    const taking = buildSchema('type Query { a(by: Int!): Int }');
    const document = parse('query ($by: Int!) { a(by: $by) }');
    const args = { schema: taking, document, variableValues: { by: 'x' } };
    expect(JSON.stringify(await executePlanned(args))).toBe(JSON.stringify(await execute(args)));
  });

  test('an operation is chosen by its name', async () => {
    const document = parse('query One { a } query Two { b: a }');
    const ask = async (operationName: string) =>
      JSON.stringify((await executePlanned({ schema, document, operationName, rootValue: { a: 1 } })).data);
    expect([await ask('One'), await ask('Two')]).toEqual(['{"a":1}', '{"b":1}']);
  });
});
