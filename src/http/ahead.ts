import {
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

/** What a mutation makes of its arguments before its transaction begins; it stands in its field's extensions. */
export type Ahead = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * What the mutation makes of its input ahead, when it takes long and needs no database: no connection waits for it. A fault is kept for
 * the resolver, so that nobody learns of it who may not do this.
 * @returns undefined for a mutation that makes nothing
 */
export async function doAhead(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<PromiseSettledResult<unknown> | undefined> {
  const [root] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD) return undefined;
  const field = schema.getMutationType()?.getFields()[root.name.value];
  const ahead = field?.extensions['ahead'] as Ahead | undefined;
  if (field === undefined || ahead === undefined) return undefined;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const [made] = await Promise.allSettled([ahead(getArgumentValues(field, root, coerced))]);
  return made;
}
