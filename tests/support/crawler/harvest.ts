import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
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

interface Parsed {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, SelectionSetNode>;
}

const parsed = new Map<string, Parsed>();

function read(query: string): Parsed {
  let known = parsed.get(query);
  if (known === undefined) {
    const { definitions } = parse(query, { noLocation: true });
    const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (operation === undefined) throw new Error('a document without an operation');
    const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    known = {
      operation,
      fragments: new Map(fragments.map((node) => [node.name.value, node.selectionSet])),
    };
    if (parsed.size > 5_000) parsed.clear();
    parsed.set(query, known);
  }
  return known;
}

function fieldsOf(
  selection: SelectionSetNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
): readonly FieldNode[] {
  return selection.selections.flatMap((node): readonly FieldNode[] => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node.selectionSet;
    return inner === undefined ? [] : fieldsOf(inner, fragments);
  });
}

function* walk(
  type: GraphQLObjectType,
  selection: SelectionSetNode,
  data: Readonly<Record<string, unknown>>,
  fragments: Parsed['fragments'],
): Generator<Harvested> {
  const nodes = fieldsOf(selection, fragments);
  // It may be asked for in another selection of the same object.
  const idNode = nodes.find((node) => node.name.value === 'id');
  const id = (data[idNode?.alias?.value ?? 'id'] as string | null | undefined) ?? null;
  for (const node of nodes) {
    const field = type.getFields()[node.name.value];
    if (field === undefined) continue;
    const value = data[node.alias?.value ?? node.name.value];
    yield { coordinate: `${type.name}.${field.name}`, id, value: value ?? null };
    if (value != null && node.selectionSet !== undefined)
      yield* below(field.type, node.selectionSet, value, fragments);
  }
}

function* below(
  type: GraphQLOutputType,
  selection: SelectionSetNode,
  value: unknown,
  fragments: Parsed['fragments'],
): Generator<Harvested> {
  if (Array.isArray(value)) {
    for (const item of value) yield* below(type, selection, item, fragments);
    return;
  }
  const target = getNamedType(type);
  if (value !== null && isObjectType(target))
    yield* walk(target, selection, value as Record<string, unknown>, fragments);
}

/** Every value of an answer, object by object. A refused field and an empty one are both null here. */
export function* harvest(
  schema: GraphQLSchema,
  query: string,
  data: Readonly<Record<string, unknown>> | null | undefined,
): Generator<Harvested> {
  if (data == null) return;
  const { operation, fragments } = read(query);
  const root = schema.getRootType(operation.operation);
  if (root != null) yield* walk(root, operation.selectionSet, data, fragments);
}
