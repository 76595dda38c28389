import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildCosmosSchema } from './index.js';

/** The contract as text: `schema/schema.graphql`, sorted, so that a change is read where it is. */
export async function printCosmosSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await buildCosmosSchema()))}\n`;
}
