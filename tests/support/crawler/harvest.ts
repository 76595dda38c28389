import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** A value of an answer, with the field that it is of and the object that it belongs to. */
export interface Harvested {
  /** `InterviewNote.body`. */
  readonly coordinate: string;
  /** The `id` of the object that has the field; null where it has none or was not asked for it. */
  readonly id: string | null;
  /** Null for a refused or empty field; for an object or a list, itself. */
  readonly value: unknown;
}

const parsed = new Map<string, OperationDefinitionNode>();

function operationOf(query: string): OperationDefinitionNode {
  let operation = parsed.get(query);
  if (operation === undefined) {
    const [definition] = parse(query, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('one operation, without fragments');
    operation = definition;
    if (parsed.size > 5_000) parsed.clear();
    parsed.set(query, operation);
  }
  return operation;
}

function* walk(
  type: GraphQLObjectType,
  selection: SelectionSetNode,
  data: Readonly<Record<string, unknown>>,
): Generator<Harvested> {
  const nodes = selection.selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
  const idNode = nodes.find((node) => node.name.value === 'id');
  const id = idNode === undefined ? null : ((data[idNode.alias?.value ?? 'id'] as string | null) ?? null);
  for (const node of nodes) {
    const field = type.getFields()[node.name.value];
    if (field === undefined) continue;
    const value = data[node.alias?.value ?? node.name.value];
    yield { coordinate: `${type.name}.${field.name}`, id, value: value ?? null };
    if (value != null && node.selectionSet !== undefined) yield* below(field.type, node.selectionSet, value);
  }
}

function* below(type: GraphQLOutputType, selection: SelectionSetNode, value: unknown): Generator<Harvested> {
  if (Array.isArray(value)) {
    for (const item of value) yield* below(type, selection, item);
    return;
  }
  const target = getNamedType(type);
  if (value !== null && isObjectType(target) && !isLeafType(target))
    yield* walk(target, selection, value as Record<string, unknown>);
}

/** Every value of an answer, object by object. A refused field and an empty one are both null here. */
export function* harvest(
  schema: GraphQLSchema,
  query: string,
  data: Readonly<Record<string, unknown>> | null | undefined,
): Generator<Harvested> {
  if (data == null) return;
  const operation = operationOf(query);
  const root = schema.getRootType(operation.operation);
  if (root != null) yield* walk(root, operation.selectionSet, data);
}
