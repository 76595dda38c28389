import { expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';
import { GRAPHIQL_EXAMPLES } from '../../src/http/graphiql.js';

test.each(GRAPHIQL_EXAMPLES.map((example) => [example.name, example.query] as const))(
  'the example %s of GraphiQL fits the schema',
  async (_name, query) => {
    expect(validate(await buildCosmosSchema(), parse(query))).toEqual([]);
  },
);
