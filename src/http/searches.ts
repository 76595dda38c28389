import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The cost of a search, which depends on the values of its arguments. It stands in the extensions of a field of `Query`. */
export type CostOfSearch = (args: Readonly<Record<string, unknown>>) => number;

interface Search {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  readonly costOf: CostOfSearch;
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const known = new WeakMap<OperationDefinitionNode, readonly Search[]>();

/** Lists the searches at the root of a query, one for each alias, behind fragments too. */
function searchesOf({ schema, document, operation }: Asked): readonly Search[] {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const fields = schema.getQueryType()?.getFields() ?? {};
  const searches: Search[] = [];
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet);
      else if (node.kind === Kind.FRAGMENT_SPREAD)
        for (const each of document.definitions)
          if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value)
            walk(each.selectionSet);
      if (node.kind !== Kind.FIELD) continue;
      const field = fields[node.name.value];
      const costOf = field?.extensions['costOfSearch'] as CostOfSearch | undefined;
      if (field !== undefined && costOf !== undefined) searches.push({ node, field, costOf });
    }
  };
  if (operation.operation === 'query') walk(operation.selectionSet);
  known.set(operation, searches);
  return searches;
}

/**
 * Returns what the searches of a document cost. They are weighed each time, since it depends on the hour and on values that the cost of
 * other fields does not depend on.
 */
export function costOfSearches(asked: Asked): number {
  const searches = searchesOf(asked);
  if (searches.length === 0) return 0;
  const { schema, operation, variables } = asked;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return searches.reduce(
    (sum, { node, field, costOf }) => sum + costOf(getArgumentValues(field, node, coerced)),
    0,
  );
}
