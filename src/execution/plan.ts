import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  getOperationAST,
  isAbstractType,
  isLeafType,
  isListType,
  isNullableType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';

/** How a value of a type is completed (GraphQL specification, section 6.4.3). */
export type TypePlan = { readonly nullable: boolean } & (
  | {
      readonly kind: 'leaf';
      readonly type: GraphQLOutputType;
      readonly serialize: (value: unknown) => unknown;
    }
  | { readonly kind: 'list'; readonly of: TypePlan }
  | { readonly kind: 'object'; readonly fields: readonly FieldPlan[] }
);

/** A field of a selection set, with all that the rows have in common. */
export interface FieldPlan {
  /** The key in the answer: the alias, or the name. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly type: TypePlan;
}

/** What is worked out of a document once, and holds for all operations with it. */
export interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly fields: readonly FieldPlan[];
  /** The number of fields, those of objects below among them. */
  readonly size: number;
}

/** Thrown for a document that is left to graphql-js. */
class NotPlanned extends Error {}

class Planner {
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;

  readonly #schema: GraphQLSchema;
  /** The number of fields planned so far. */
  size = 0;

  constructor(schema: GraphQLSchema, fragments: Readonly<Record<string, FragmentDefinitionNode>>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /** Collects the fields of selection sets, those with the same key together (section 6.3.2). */
  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    into: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        // A key of this name would be no key of a plain object.
        if (key === '__proto__') throw new NotPlanned();
        const known = into.get(key);
        if (known === undefined) into.set(key, [selection]);
        else known.push(selection);
        continue;
      }
      let fragment: {
        readonly typeCondition?: { readonly name: { readonly value: string } } | undefined;
        readonly selectionSet: SelectionSetNode;
      } = selection as never;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const named = this.#fragments[name];
        if (visited.has(name) || named === undefined) continue;
        visited.add(name);
        fragment = named;
      }
      const condition = fragment.typeCondition?.name.value;
      if (condition !== undefined && isAbstractType(this.#schema.getType(condition))) throw new NotPlanned();
      if (condition === undefined || condition === type.name)
        this.#collect(type, fragment.selectionSet, into, visited);
    }
  }

  /** Plans the selection sets of these nodes, which share a key. */
  fieldsOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly FieldPlan[] {
    // A value that must be asked which type it has is left to graphql-js.
    if (type.isTypeOf != null) throw new NotPlanned();
    const collected = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.#collect(type, set, collected, visited);
    const known = type.getFields();
    return [...collected].flatMap(([key, nodes]) => {
      const name = nodes[0]?.name.value ?? '';
      if (name === '__schema' || name === '__type') throw new NotPlanned();
      const definition = name === '__typename' ? TypeNameMetaFieldDef : known[name];
      if (definition === undefined) return [];
      this.size += 1;
      return [{ key, nodes, parentType: type, definition, type: this.#typeOf(definition.type, nodes) }];
    });
  }

  #typeOf(type: GraphQLOutputType, nodes: readonly FieldNode[]): TypePlan {
    const nullable = isNullableType(type);
    const inner = getNullableType(type);
    if (isListType(inner)) return { nullable, kind: 'list', of: this.#typeOf(inner.ofType, nodes) };
    if (isLeafType(inner)) {
      return { nullable, kind: 'leaf', type: inner, serialize: (value) => inner.serialize(value) };
    }
    if (!isObjectType(inner)) throw new NotPlanned();
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    return { nullable, kind: 'object', fields: this.fieldsOf(inner, sets) };
  }
}

/** Whether a part of the document depends on a variable: `@skip` or `@include`. */
function isConditional(document: DocumentNode): boolean {
  let found = false;
  const look = ({ name }: DirectiveNode): void => {
    found ||= name.value === 'skip' || name.value === 'include';
  };
  visit(document, { [Kind.DIRECTIVE]: look });
  return found;
}

function plan(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Plan {
  const operation = getOperationAST(document, operationName);
  if (operation == null || operation.operation === 'subscription' || isConditional(document))
    throw new NotPlanned();
  const root = schema.getRootType(operation.operation);
  if (root == null) throw new NotPlanned();
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const planner = new Planner(schema, fragments);
  const fields = planner.fieldsOf(root, [operation.selectionSet]);
  // The root fields of a mutation are executed one after the other (section 6.2.2).
  if (operation.operation === 'mutation' && fields.length > 1) throw new NotPlanned();
  return { operation, fragments, fields, size: planner.size };
}

/**
 * Plans an operation of a document that is valid for the schema.
 * @returns null if it is left to graphql-js: a subscription, introspection, `@skip` and `@include`, several root fields of a mutation,
 * interfaces and unions
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): Plan | null {
  try {
    return plan(schema, document, operationName);
  } catch (error) {
    if (error instanceof NotPlanned) return null;
    throw error;
  }
}
