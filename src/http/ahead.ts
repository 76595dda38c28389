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

/** Prepares something from a mutation's arguments before its transaction begins. It stands in the field's extensions. */
export type Ahead = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Whether the viewer may do this at all. It stands in the field's extensions, too. */
export type Permits = (op: Operation) => boolean | Promise<boolean>;

/** The preparation of a mutation, and the check of who may have it done. */
export interface ToDoAhead {
  readonly permits: Permits;
  /** Runs the preparation. An error is kept for the resolver, so that a viewer who may not do this does not learn of it. */
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
 * Returns the preparation of a mutation, which takes long and needs no database: so no connection waits for it.
 * @returns undefined for a mutation without a preparation
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
