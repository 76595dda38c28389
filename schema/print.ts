import { type GraphQLSchema, isInputObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { buildCosmosSchema } from './index.js';

/** The contract as text: `schema/schema.graphql`, sorted, so that a change is read where it is. */
export async function printCosmosSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await buildCosmosSchema()))}\n`;
}

const inputsOf = (schema: GraphQLSchema) =>
  Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(isInputObjectType);

/**
 * The list of input fields as text: `policies/generated/inputs.ts`. The server starts with these and no other: a new one is read where the list is
 * reviewed, which asks whether it is collected at all (rule 6) and whether it names a worker for a count (rule 3).
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
