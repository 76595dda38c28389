import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';
import type { Requester } from './app.js';

/** The schema as clients know it: by introspection. */
export async function clientSchema(requester: Requester): Promise<GraphQLSchema> {
  const { data, text } = await requester.send(getIntrospectionQuery());
  if (!data) throw new Error(text);
  return buildClientSchema(data as unknown as IntrospectionQuery);
}
