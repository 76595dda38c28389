import {
  defaultFieldResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  locatedError,
  responsePathAsArray,
  TypeNameMetaFieldDef,
} from 'graphql';
import { Deferred } from './deferred.js';
import type { FieldPlan, Plan, TypePlan } from './plan.js';

type Path = GraphQLResolveInfo['path'];
type Holder = Record<string | number, unknown>;

/** An object or a list of the answer, and where it stands in it. It is a path of GraphQL as well. */
class Place implements Path {
  constructor(
    /** The place around it; undefined for the data as a whole, which is no part of a path. */
    readonly outer: Place | undefined,
    readonly key: string | number,
    readonly typename: string | undefined,
    /** The object or the list that holds this value. */
    readonly holder: Holder,
    readonly nullable: boolean,
    readonly value: object,
  ) {}

  get prev(): Place | undefined {
    return this.outer?.outer === undefined ? undefined : this.outer;
  }
}

/** The result of an execution. Its data and errors are complete once `finish` has been called. */
export interface Unfinished {
  readonly data: ExecutionResult['data'];
  readonly errors: readonly GraphQLError[];
  /** Works out the values that resolvers have deferred, and writes them into their places. */
  finish(): void;
}

/** A deferred value, and its place in the answer. */
interface Left {
  readonly value: Deferred<string | number | boolean>;
  readonly field: FieldPlan;
  readonly type: TypePlan;
  readonly parent: Place;
  readonly key: string | number;
  readonly holder: Holder;
}

/** False once the place, or one around it, is null in the answer. */
function isInAnswer(place: Place | undefined): boolean {
  for (let at = place; at !== undefined; at = at.outer) if (at.holder[at.key] !== at.value) return false;
  return true;
}

/** What a resolver is told of its field. Most resolvers ask for nothing of it, so a path is made when it is asked for. */
class Info implements GraphQLResolveInfo {
  constructor(
    private readonly run: Run,
    private readonly field: FieldPlan,
    private readonly parent: Place,
  ) {}
  get fieldName() {
    return this.field.definition.name;
  }
  get fieldNodes() {
    return this.field.nodes;
  }
  get returnType() {
    return this.field.definition.type;
  }
  get parentType() {
    return this.field.parentType;
  }
  get path(): Path {
    return pathOf(this.parent, this.field);
  }
  get schema() {
    return this.run.schema;
  }
  get fragments() {
    return this.run.plan.fragments;
  }
  get rootValue() {
    return this.run.rootValue;
  }
  get operation() {
    return this.run.plan.operation;
  }
  get variableValues() {
    return this.run.variableValues;
  }
}

function pathOf(parent: Place, { key, parentType }: FieldPlan): Path {
  return { prev: parent.outer === undefined ? undefined : parent, key, typename: parentType.name };
}

const NO_ARGUMENTS = Object.freeze({});

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/**
 * One execution of a plan. A value that comes later is written into its place, so that nobody waits for a whole object or list: one
 * promise an answer, and not one for each object.
 */
export class Run implements Unfinished {
  readonly #errors: GraphQLError[] = [];
  readonly #arguments = new Map<FieldPlan, Readonly<Record<string, unknown>>>();
  /** Holds the data. The place of the root stands in it. */
  readonly #answer: Holder = { data: null };
  #pending = 0;
  #end: ((result: Unfinished) => void) | null = null;
  readonly #left: Left[] = [];

  constructor(
    readonly plan: Plan,
    readonly schema: GraphQLSchema,
    readonly context: unknown,
    readonly variableValues: Readonly<Record<string, unknown>>,
    readonly rootValue: unknown,
  ) {}

  execute(): Unfinished | Promise<Unfinished> {
    try {
      this.#answer['data'] = this.#object(
        this.plan.fields,
        this.rootValue,
        undefined,
        'data',
        undefined,
        this.#answer,
        true,
      );
    } catch (error) {
      this.#errors.push(error as GraphQLError);
    }
    if (this.#pending === 0) return this;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get data(): ExecutionResult['data'] {
    return this.#answer['data'] as Record<string, unknown> | null;
  }

  get errors(): readonly GraphQLError[] {
    return this.#errors;
  }

  finish(): void {
    for (const { value, field, type, parent, key, holder } of this.#left.splice(0)) {
      if (!isInAnswer(parent)) continue;
      try {
        this.#write(value.valueOf(), field, type, parent, key, holder);
      } catch (thrown) {
        this.#fail(thrown, field, type, parent, key, holder);
      }
    }
  }

  #object(
    fields: readonly FieldPlan[],
    source: unknown,
    parent: Place | undefined,
    key: string | number,
    typename: string | undefined,
    holder: Holder,
    nullable: boolean,
  ): object {
    const data: Holder = {};
    const place = new Place(parent, key, typename, holder, nullable, data);
    for (const field of fields) this.#field(field, source, place, data);
    return data;
  }

  #field(field: FieldPlan, source: unknown, place: Place, data: Holder): void {
    if (field.definition === TypeNameMetaFieldDef) {
      data[field.key] = field.parentType.name;
      return;
    }
    try {
      const result = this.#resolve(field, source, place);
      if (isPromise(result)) {
        // The key takes its place among the others.
        data[field.key] = null;
        this.#later(result, field, field.type, place, field.key, data);
      } else
        data[field.key] = this.#complete(
          field,
          field.type,
          result,
          place,
          field.key,
          field.parentType.name,
          data,
        );
    } catch (thrown) {
      data[field.key] = this.#handle(thrown, field, field.type, place, field.key);
    }
  }

  #resolve(field: FieldPlan, source: unknown, place: Place): unknown {
    const { definition } = field;
    const { resolve } = definition;
    if (resolve === undefined) {
      if (typeof source !== 'object' || source === null) return undefined;
      const value = (source as Record<string, unknown>)[definition.name];
      if (typeof value !== 'function') return value;
    }
    const given = definition.args.length === 0 ? NO_ARGUMENTS : this.#argumentsOf(field);
    return (resolve ?? defaultFieldResolver)(source, given, this.context, new Info(this, field, place));
  }

  /** The arguments of a field are the same for all rows. */
  #argumentsOf(field: FieldPlan): Readonly<Record<string, unknown>> {
    const known = this.#arguments.get(field);
    if (known !== undefined) return known;
    const [node] = field.nodes;
    if (node === undefined) throw new Error('a field without a node');
    const found = getArgumentValues(field.definition, node, this.variableValues);
    this.#arguments.set(field, found);
    return found;
  }

  /** Waits for a value, and writes it into its place. */
  #later(
    promise: Promise<unknown>,
    field: FieldPlan,
    type: TypePlan,
    parent: Place,
    key: string | number,
    holder: Holder,
  ): void {
    this.#pending += 1;
    // A promise of another make may call back at once, or twice. Nobody is shown what stands in a part that is null by now.
    Promise.resolve(promise).then(
      (value) => {
        if (isInAnswer(parent)) this.#write(value, field, type, parent, key, holder);
        this.#settle();
      },
      (thrown) => {
        if (isInAnswer(parent)) this.#fail(thrown, field, type, parent, key, holder);
        this.#settle();
      },
    );
  }

  /** Completes a value that came later, and writes it into its place. */
  #write(
    value: unknown,
    field: FieldPlan,
    type: TypePlan,
    parent: Place,
    key: string | number,
    holder: Holder,
  ): void {
    const typename = typeof key === 'string' ? field.parentType.name : undefined;
    try {
      holder[key] = this.#complete(field, type, value, parent, key, typename, holder);
    } catch (thrown) {
      this.#fail(thrown, field, type, parent, key, holder);
    }
  }

  /** Writes null into the place of a value that failed later, or into the nearest place around it that may be null. */
  #fail(
    thrown: unknown,
    field: FieldPlan,
    type: TypePlan,
    parent: Place,
    key: string | number,
    holder: Holder,
  ): void {
    try {
      holder[key] = this.#handle(thrown, field, type, parent, key);
    } catch (error) {
      this.#makeNull(parent, error as GraphQLError);
    }
  }

  #settle(): void {
    this.#pending -= 1;
    if (this.#pending > 0) return;
    const end = this.#end;
    this.#end = null;
    end?.(this);
  }

  /** Makes the nearest place that may be null so, from here outwards (section 6.4.4). */
  #makeNull(from: Place, error: GraphQLError): void {
    let at = from;
    while (!at.nullable && at.outer !== undefined) at = at.outer;
    at.holder[at.key] = null;
    this.#errors.push(error);
  }

  /**
   * Records the error of a field, or of an item of its list.
   * @returns null, for its place
   * @throws GraphQLError the error itself, if the place may not be null
   */
  #handle(thrown: unknown, field: FieldPlan, type: TypePlan, parent: Place, key: string | number): null {
    const path = typeof key === 'string' ? pathOf(parent, field) : { prev: parent, key, typename: undefined };
    const error = locatedError(thrown, field.nodes, responsePathAsArray(path));
    if (!type.nullable) throw error;
    this.#errors.push(error);
    return null;
  }

  /** @throws Error for a value that does not fit its type, and the error that stands in the place of a value */
  #complete(
    field: FieldPlan,
    type: TypePlan,
    value: unknown,
    parent: Place,
    key: string | number,
    typename: string | undefined,
    holder: Holder,
  ): unknown {
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) {
      if (type.nullable) return null;
      throw new Error(
        `Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`,
      );
    }
    if (type.kind === 'leaf') {
      if (value instanceof Deferred) {
        this.#left.push({ value, field, type, parent, key, holder });
        return null;
      }
      const serialized = type.serialize(value);
      if (serialized === null || serialized === undefined)
        throw new Error(
          `${String(type.type)} has no form for a value of ${field.parentType.name}.${field.definition.name}.`,
        );
      return serialized;
    }
    if (type.kind === 'object')
      return this.#object(type.fields, value, parent, key, typename, holder, type.nullable);
    return this.#list(field, type, value, parent, key, typename, holder);
  }

  #list(
    field: FieldPlan,
    type: TypePlan & { readonly kind: 'list' },
    value: unknown,
    parent: Place,
    key: string | number,
    typename: string | undefined,
    holder: Holder,
  ): unknown[] {
    if (
      typeof value !== 'object' ||
      typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function'
    )
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
      );
    const list: unknown[] = [];
    const place = new Place(parent, key, typename, holder, type.nullable, list);
    const items = list as unknown as Holder;
    let index = 0;
    for (const item of value as Iterable<unknown>) {
      const at = index;
      index += 1;
      try {
        if (isPromise(item)) {
          list[at] = null;
          this.#later(item, field, type.of, place, at, items);
        } else list[at] = this.#complete(field, type.of, item, place, at, undefined, items);
      } catch (thrown) {
        list[at] = this.#handle(thrown, field, type.of, place, at);
      }
    }
    return list;
  }
}
