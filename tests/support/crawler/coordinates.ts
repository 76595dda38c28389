import { type GraphQLSchema, isObjectType, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { remembered } from './remembered.js';

/** The fields that a document selects, each as `Case.version`: no resolver of another field can run for it. */
export function coordinatesIn(schema: GraphQLSchema, query: string): ReadonlySet<string> {
  return remembered(schema, `coordinates ${query}`, () => {
    const found = new Set<string>();
    const types = new TypeInfo(schema);
    visit(
      parse(query, { noLocation: true }),
      visitWithTypeInfo(types, {
        enter: (node) => {
          const parent = types.getParentType();
          if (node.kind === Kind.FIELD && isObjectType(parent))
            found.add(`${parent.name}.${node.name.value}`);
        },
      }),
    );
    return found;
  });
}
