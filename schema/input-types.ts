import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  lexicographicSortSchema,
} from 'graphql';
import type { Maybe } from 'graphql/jsutils/Maybe.js';

/** What a scalar of the schema is once it is read. */
const SCALARS: Readonly<Record<string, string>> = {
  ID: 'string',
  String: 'string',
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'Date',
  DateTime: 'Date',
};

/** @throws Error for a scalar that is not listed: nobody knows yet what a service gets */
function typeOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return typeOf(type.ofType);
  if (isListType(type)) return `readonly ${typeOf(type.ofType)}[]`;
  if (isEnumType(type) || isInputObjectType(type)) return type.name;
  const scalar = SCALARS[type.name];
  if (scalar === undefined) throw new Error(`${type.name}: say in schema/input-types.ts what a service gets`);
  return scalar;
}

const docblock = (description: Maybe<string>, indent = ''): string =>
  description === null || description === undefined ? '' : `${indent}/** ${description} */\n`;

function fieldOf({ name, type, description }: GraphQLInputField): string {
  const [mark, orNothing] = isNonNullType(type) ? ['', ''] : ['?', ' | null'];
  return `${docblock(description, '  ')}  readonly ${name}${mark}: ${typeOf(type)}${orNothing};\n`;
}

const inputOf = (type: GraphQLInputObjectType): string =>
  `${docblock(type.description)}export interface ${type.name} {\n${Object.values(type.getFields())
    .map(fieldOf)
    .join('')}}\n`;

const enumOf = (type: GraphQLEnumType): string =>
  `${docblock(type.description)}export type ${type.name} =\n${type
    .getValues()
    .map(({ value }) => `  | '${value}'\n`)
    .join('')
    .trimEnd()};\n`;

/**
 * The inputs of the schema as TypeScript: `src/generated/inputs.ts`. An input is declared once, in `schema/`; the services that take it
 * have its type from here, and know nothing of GraphQL.
 */
export function printInputTypes(schema: GraphQLSchema): string {
  const inputs = Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(isInputObjectType);
  const fields = inputs.flatMap((type) => Object.values(type.getFields()));
  const enums = [...new Set(fields.map(({ type }) => getNamedType(type)))].filter(isEnumType);
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  return [
    '// Written by `npm run schema` from the input classes of schema/: not to be edited.\n',
    ...enums.sort(byName).map(enumOf),
    ...inputs.sort(byName).map(inputOf),
  ].join('\n');
}
