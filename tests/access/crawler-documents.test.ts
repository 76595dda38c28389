import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';
import { documentLimits, MAX_TOKENS, requireAffordable } from '../../src/http/limits.js';
import { placesOf, type Sources, unknownArguments } from '../support/crawler/arguments.js';
import { type CrawlDocument, mutationCalls, queryDocuments } from '../support/crawler/documents.js';
import { enrichCounty } from '../support/crawler/enrich/index.js';
import { harvest } from '../support/crawler/harvest.js';
import { knownRows } from '../support/crawler/rows.js';
import { coordinatesBelow } from '../support/crawler/selections.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What the crawler asks, by the schema alone: nothing that can be asked is left out without a word. */
let database: TestDatabase;
let sources: Sources;
let schema: GraphQLSchema;
let asked: CrawlDocument[];
let coordinates: Set<string>;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  await enrichCounty(database);
  schema = await buildCosmosSchema();
  sources = { schema, rows: await knownRows(schema, database), words: ['a word'], now: new Date() };
  asked = [...queryDocuments(sources)];
  coordinates = new Set(asked.flatMap(({ query }) => selected(query)));
});
afterAll(() => database.drop());

/** What a document selects: harvested from an answer in which every object has one of each. */
function selected(query: string): string[] {
  const everything: unknown = new Proxy(
    {},
    { get: (_, key) => (key === Symbol.iterator ? undefined : everything) },
  );
  return [...harvest(schema, query, everything as Record<string, unknown>)].map(
    ({ coordinate }) => coordinate,
  );
}

test('an argument for which no value is known is named, and there is none', () => {
  expect(unknownArguments(sources)).toEqual([]);
  const other = buildSchema(
    'type Query { found(colour: Colour, by: In): String } scalar Colour input In { shade: Colour }',
  );
  expect(unknownArguments({ ...sources, schema: other })).toEqual(['Query.found(colour:)', 'In.shade']);
});

test('every root field is asked, and every field of every object to depth 4 from it', () => {
  const query = schema.getQueryType();
  if (query == null) throw new Error('no queries');
  const reachable = coordinatesBelow(query, 5);
  expect([...reachable].filter((coordinate) => !coordinates.has(coordinate))).toEqual([]);
  expect(reachable.size).toBeGreaterThan(150);
});

describe('of each argument', () => {
  test('every value of an enum is given', () => {
    const given = JSON.stringify(asked.map(({ variables }) => variables));
    const enums = Object.values(schema.getQueryType()?.getFields() ?? {})
      .flatMap((field) => placesOf('Query', field))
      .map(({ type }) => getNamedType(type))
      .filter((type) => isEnumType(type));
    const missing = enums
      .flatMap((type) => type.getValues())
      .filter(({ name }) => !given.includes(`"${name}"`));
    expect(enums.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  test('every field of a filter is given alone, and every two of them at once', () => {
    const filters = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => {
        const type = getNamedType(arg.type);
        return isInputObjectType(type) && String(arg.type) === type.name ? [{ field, arg, type }] : [];
      }),
    );
    expect(filters.length).toBeGreaterThan(1);
    for (const { field, arg, type } of filters) {
      const given = new Set(
        asked
          .filter(({ root }) => root === field.name)
          .flatMap(({ variables }) => Object.entries(variables))
          .filter(([name]) => name.endsWith(`_${arg.name}`))
          .map(([, value]) =>
            Object.keys(value as object)
              .sort()
              .join(' '),
          ),
      );
      const names = Object.keys(type.getFields()).sort();
      const wanted = names.flatMap((one, index) => [
        one,
        ...names.slice(index + 1).map((other) => `${one} ${other}`),
      ]);
      expect(wanted.filter((keys) => !given.has(keys))).toEqual([]);
    }
  });

  test('cursors point at rows of every type that has a time, notes among them, below the root too', () => {
    const given = (name: RegExp): Set<string> =>
      new Set(
        asked
          .flatMap(({ variables }) => Object.entries(variables))
          .filter(([key]) => name.test(key))
          .map(([, value]) => Buffer.from(String(value), 'base64url').toString().split('|')[1] ?? ''),
      );
    const notes = (sources.rows.get('InterviewNote') ?? []).map((row) => String(row['id']));
    expect(notes.some((id) => given(/_after$/).has(id))).toBe(true);
    expect(notes.some((id) => given(/^nested$/).has(id))).toBe(true);
  });

  test('ids are asked of rows, of none, and of what is no id', () => {
    const given = asked
      .filter(({ root }) => root === 'case')
      .flatMap(({ variables }) => Object.values(variables));
    expect(new Set(given).size).toBeGreaterThan(10);
    expect(given).toContain('00000000-0000-4000-8000-000000000000');
    expect(given).toContain('no-id');
  });
});

test('every document is valid, and within the limits that the API sets', () => {
  const mutations = [...mutationCalls(sources)].flatMap(({ document }) =>
    [0, 1, 2].map((nth) => document({ nth, tried: nth, turns: new Map(), without: new Set() })),
  );
  expect(new Set(mutations.map(({ root }) => root))).toEqual(
    new Set(Object.keys(schema.getMutationType()?.getFields() ?? {})),
  );
  for (const [query, variables] of new Map(
    [...asked, ...mutations].map((one) => [one.query, one.variables]),
  )) {
    const document = parse(query, { maxTokens: MAX_TOKENS });
    expect(validate(schema, document, [...specifiedRules, documentLimits]).map(String)).toEqual([]);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    expect(() =>
      requireAffordable({ schema, document, operation, variables, operationName: undefined }),
    ).not.toThrow();
  }
});
