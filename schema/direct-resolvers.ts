import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Instance = Record<string, (...values: unknown[]) => unknown>;
type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Metadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];
type Parameter = NonNullable<Metadata['params']>[number];
type Pick = (row: unknown, given: Readonly<Record<string, unknown>>, op: unknown) => unknown;

/** Returns where the value of a parameter comes from; null if type-graphql makes something else of it. */
function pickOf(parameter: Parameter): Pick | null {
  switch (parameter.kind) {
    case 'root':
      return parameter.getType === undefined && parameter.propertyName === undefined ? (row) => row : null;
    case 'context':
      return parameter.propertyName === undefined ? (_row, _given, op) => op : null;
    case 'args':
      return (_row, given) => given;
    case 'arg':
      return (_row, given) => given[parameter.name];
    default:
      return null;
  }
}

const nothing: Pick = () => undefined;

/** Returns a resolver that calls the method; null if one of its parameters is something else than it was given. */
function directly(
  { params = [], methodName, middlewares = [] }: Metadata,
  field: GraphQLField<unknown, unknown>,
  instance: Instance,
): Resolver | null {
  // An input becomes an instance of its class.
  const takesInput = field.args.some(({ type }) => isInputObjectType(getNamedType(type)));
  const picks = [...params].sort((a, b) => a.index - b.index).map(pickOf);
  if (takesInput || middlewares.length > 0 || picks.length > 3 || picks.includes(null)) return null;
  const method = instance[methodName];
  if (method === undefined) throw new Error(`${field.name}: its resolver has no method ${methodName}`);
  const [first, second, third] = picks.map((pick) => pick ?? nothing);
  const [one, two, three] = [first ?? nothing, second ?? nothing, third ?? nothing];
  return (row, given, op) =>
    method.call(instance, one(row, given, op), two(row, given, op), three(row, given, op));
}

/**
 * Lets the fields of objects call their methods directly, on one instance of each resolver. type-graphql would make an instance, and sort
 * the parameters, anew for each row.
 */
export function callMethodsDirectly(
  schema: GraphQLSchema,
  instanceOf: (resolver: new () => Record<string, unknown>) => unknown,
): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const names = new Map(objectTypes.map(({ target, name }) => [target, name]));
  const instances = new Map<unknown, Instance>();
  for (const metadata of fieldResolvers) {
    const type = schema.getType(names.get(metadata.getObjectType?.() as never) ?? '');
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    if (field === undefined || metadata.kind !== 'external') continue;
    const instance = instances.get(metadata.target) ?? (instanceOf(metadata.target as never) as Instance);
    instances.set(metadata.target, instance);
    field.resolve = directly(metadata, field, instance) ?? (field.resolve as Resolver);
  }
}
