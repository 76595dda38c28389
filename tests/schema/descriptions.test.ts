import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';

/** What of a schema is to be described, by its schema coordinate. */
interface Part {
  readonly coordinate: string;
  readonly name: string;
  readonly description?: string | null | undefined;
}

function partsOf(schema: GraphQLSchema): Part[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return types.flatMap((type) => {
    const part = (of: Omit<Part, 'coordinate'>, rest: string): Part => ({
      coordinate: `${type.name}${rest}`,
      name: of.name,
      description: of.description,
    });
    const within = (): Part[] => {
      if (isEnumType(type)) return type.getValues().map((value) => part(value, `.${value.name}`));
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((field) => part(field, `.${field.name}`));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => [
        part(field, `.${field.name}`),
        ...field.args.map((argument) => part(argument, `.${field.name}(${argument.name}:)`)),
      ]);
    };
    return [part(type, ''), ...within()];
  });
}

/** Words that say nothing beside a name. */
const SMALL = new Set(
  (
    'a all an and any are as at be been by each every for from had has have how in is it its not of on or that the their them ' +
    'there they this to was were what when where whether which who whose with'
  ).split(' '),
);

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '' && !SMALL.has(word))
    .map((word) => word.replace(/s$/, ''));
}

/** What is wrong with a description; null where nothing is. */
function faultOf({ name, description }: Part): string | null {
  if (description == null || description.trim() === '') return 'is not described';
  if (!/^[\p{Lu}\d`]/u.test(description) || !description.endsWith('.')) return 'is described in no sentence';
  if (/\bwhom\b|\bas before\b/i.test(description)) return 'has to be read twice';
  const known = new Set(wordsOf(name));
  return wordsOf(description).every((word) => known.has(word)) ? 'is described by its name alone' : null;
}

const faultsOf = (schema: GraphQLSchema): string[] =>
  partsOf(schema).flatMap((part) => {
    const fault = faultOf(part);
    return fault === null ? [] : [`${part.coordinate} ${fault}`];
  });

describe('the descriptions of the schema', () => {
  test('say something of every type, field, argument, input field and enum value', async () => {
    const schema = await buildCosmosSchema();
    expect(partsOf(schema).length).toBeGreaterThan(2_000);
    expect(faultsOf(schema)).toEqual([]);
  });

  test('would be missed in each place', () => {
    const bare = buildSchema(`
      type Query { case(id: ID, filter: Filter): Kind }
      input Filter { from: Date }
      enum Kind { OPEN }
      scalar Date
    `);
    expect(faultsOf(bare)).toEqual([
      'Query is not described',
      'Query.case is not described',
      'Query.case(id:) is not described',
      'Query.case(filter:) is not described',
      'Filter is not described',
      'Filter.from is not described',
      'Kind is not described',
      'Kind.OPEN is not described',
      'Date is not described',
    ]);
  });

  test.each([
    ['When it ends.', 'is described by its name alone'],
    ['The end.', 'is described by its name alone'],
    ['The first instant after it', 'is described in no sentence'],
    ['the first instant after it.', 'is described in no sentence'],
    ['For whom it ends, and when.', 'has to be read twice'],
    ['Left out, it stays as before.', 'has to be read twice'],
    ['The first instant after it.', null],
  ])('would be refused if one said “%s”, or not', (description, fault) => {
    expect(faultOf({ coordinate: 'Slot.endsAt', name: 'endsAt', description })).toBe(fault);
  });
});
