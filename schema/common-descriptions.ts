import { type GraphQLSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';

type Descriptions = Readonly<Partial<Record<string, string>>>;

const TYPES: Descriptions = {
  Query: 'The questions that can be asked.',
  Mutation:
    'The actions that can be done. Sent again within 24 hours with the same header `Idempotency-Key`, an action happens once.',
  Subscription: 'The events that can be followed as they happen.',
};

const FIELDS: Descriptions = {
  id: 'A random identifier (UUID), which tells nothing of what it stands for.',
  version: 'Counts the changes, from 1. An update sends the number that was last read as `expectedVersion`.',
};

const INPUT_FIELDS: Descriptions = {
  expectedVersion:
    'The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
};

const ARGUMENTS: Descriptions = {
  first: 'The most rows to answer: 1 to 100; 20 unless given.',
  after: 'Where to begin: the `endCursor` of the page before. At the beginning of the list, unless given.',
};

/** Describes the fields and arguments that mean the same everywhere. A description that stands at the declaration stays. */
export function describeWhatIsCommon(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  for (const type of types) {
    type.description ??= TYPES[type.name];
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) field.description ??= INPUT_FIELDS[field.name];
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.description ??= FIELDS[field.name];
      for (const argument of field.args) {
        const given = getNamedType(argument.type);
        // An argument of an input type takes the description of that type.
        const ofInput = isInputObjectType(given) ? given.description : undefined;
        argument.description ??= ARGUMENTS[argument.name] ?? ofInput;
      }
    }
  }
}
