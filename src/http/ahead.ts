import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Operation } from '../operation.js';

/** What a mutation makes of its arguments before its transaction begins; it stands in its field's extensions. */
export type Ahead = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Whether the viewer may do this at all; it stands there too. */
export type Permits = (op: Operation) => boolean | Promise<boolean>;

/** What is to be made ahead, and who may have it made. */
export interface ToDoAhead {
  readonly permits: Permits;
  /** A fault is kept for the resolver, so that nobody learns of it who may not do this. */
  readonly make: () => Promise<PromiseSettledResult<unknown>>;
}

function rootOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): { readonly node: FieldNode; readonly field: GraphQLField<unknown, unknown> } | undefined {
  const [node] = operation.selectionSet.selections;
  if (operation.operation !== OperationTypeNode.MUTATION || node?.kind !== Kind.FIELD) return undefined;
  const field = schema.getMutationType()?.getFields()[node.name.value];
  return field && { node, field };
}

/**
 * What the mutation makes of its input ahead, when it takes long and needs no database: no connection waits for it.
 * @returns undefined for what makes nothing
 */
export function toDoAhead(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ToDoAhead | undefined {
  const root = rootOf(schema, operation);
  const ahead = root?.field.extensions['ahead'] as Ahead | undefined;
  const permits = root?.field.extensions['permits'] as Permits | undefined;
  if (root === undefined || ahead === undefined || permits === undefined) return undefined;
  const make = async (): Promise<PromiseSettledResult<unknown>> => {
    const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    const [made] = await Promise.allSettled([ahead(getArgumentValues(root.field, root.node, coerced))]);
    return made;
  };
  return { permits, make };
}
