import {
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Coordinates of what offers a list: its field, its arguments, the fields of its filters and the values of its sorts. */
export function offered(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !/^__|^Mutation$|Connection$|Edge$/.test(type.name))
    .flatMap((type) =>
      isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : [],
    )
    .filter(({ field }) => {
      const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
      const named = getNamedType(field.type);
      return (isListType(bare) && isObjectType(named)) || named.name.endsWith('Connection');
    })
    .flatMap(({ type, field }) => [
      `${type.name}.${field.name}`,
      ...field.args.flatMap((argument) => {
        const named = getNamedType(argument.type);
        return [
          `${type.name}.${field.name}(${argument.name}:)`,
          ...(isInputObjectType(named)
            ? Object.keys(named.getFields()).map((name) => `${named.name}.${name}`)
            : []),
          ...(isEnumType(named) ? named.getValues().map(({ name }) => `${named.name}.${name}`) : []),
        ];
      }),
    ])
    .filter((coordinate) => !NO_LIST_OF_ROWS.includes(coordinate) && !coordinate.endsWith('(first:)'));
}

/** A page size is no condition; a handful of things in memory is no list of rows. */
const NO_LIST_OF_ROWS = ['Viewer.scopes'];

/** The same coordinates, as far as a document uses them. */
export function used(schema: GraphQLSchema, document: string): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      enter: (node) => {
        const field = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
        if (node.kind === Kind.FIELD) found.push(field);
        if (node.kind === Kind.ARGUMENT) found.push(`${field}(${node.name.value}:)`);
        if (node.kind === Kind.OBJECT_FIELD)
          found.push(`${getNamedType(info.getParentInputType())?.name}.${node.name.value}`);
        if (node.kind === Kind.ENUM) found.push(`${getNamedType(info.getInputType())?.name}.${node.value}`);
      },
    }),
  );
  return found;
}
