import { type GraphQLSchema, isInputObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { buildCosmosSchema } from './index.js';

/** Returns the contract as the text of `schema/schema.graphql`. It is sorted, so that a difference shows only what has changed. */
export async function printCosmosSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await buildCosmosSchema()))}\n`;
}

const inputsOf = (schema: GraphQLSchema) =>
  Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(isInputObjectType);

/**
 * Returns the list of input fields as the text of `policies/generated/inputs.ts`. The server starts with these fields and no other. So a
 * reviewer sees each new field in this list, and asks two things: may it be collected at all (rule 6), and does it name a worker for a count
 * (rule 3)?
 */
export async function printInputs(): Promise<string> {
  const lines = inputsOf(await buildCosmosSchema()).map(
    (type) =>
      `  ${type.name}: [\n${Object.keys(type.getFields())
        .map((field) => `    '${field}',\n`)
        .join('')}  ],\n`,
  );
  return `// Written by \`npm run schema\`: not to be edited.

/** The input fields that the server starts with. */
export const INPUTS: Readonly<Record<string, readonly string[]>> = {
${lines.join('')}};
`;
}
