import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  visit,
} from 'graphql';
import { InvalidInputError } from '../errors.js';
import { MAX_DOCUMENT_ERRORS, MAX_LIST_ITEMS } from './limits.js';

/** Ends graphql-js's walk over a value, which would report each of ten thousand faults. */
class EnoughFaults extends Error {}

const known = new WeakMap<OperationDefinitionNode, ReadonlyMap<string, string>>();

/** Returns the argument that each variable stands for: the client knows `input.startsAt`, whatever its variable's name. */
function argumentsOf(operation: OperationDefinitionNode): ReadonlyMap<string, string> {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const names = new Map<string, string>();
  known.set(operation, names);
  visit(operation, {
    enter(node) {
      if (node.kind !== Kind.ARGUMENT || node.value.kind !== Kind.VARIABLE) return;
      const variable = node.value.name.value;
      if (!names.has(variable)) names.set(variable, node.name.value);
    },
  });
  return names;
}

/** True if a list is longer than any service takes. The API's inputs hold lists at their first level only. */
function holdsTooLongList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const lists = Array.isArray(value) ? [value] : Object.values(value).filter(Array.isArray);
  return lists.some((list) => list.length > MAX_LIST_ITEMS);
}

/** Returns the field of a fault, as `input.personIds.2`; for a missing field, its name. It has nothing of the value. */
function fieldAt(root: string, path: readonly (string | number)[], error: GraphQLError): string {
  const missing = /^Field "([A-Za-z0-9_]+)" of required type/.exec(error.message)?.[1];
  return [root, ...path, ...(missing === undefined ? [] : [missing])].join('.');
}

/**
 * Returns the faults of the variables, a few at most, each with its field. graphql-js's own coercion, which would run next, quotes the
 * values and prints the whole input once per fault.
 */
export function variableFaults(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly InvalidInputError[] {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return [];
  const argumentNames = argumentsOf(operation);
  const faults: InvalidInputError[] = [];
  const report = (field: string, missing: boolean): void => {
    faults.push(new InvalidInputError(field, missing ? 'required' : 'invalidValue'));
    if (faults.length >= MAX_DOCUMENT_ERRORS) throw new EnoughFaults();
  };
  try {
    for (const { variable, type: node, defaultValue } of definitions) {
      const name = variable.name.value;
      const type = typeFromAST(schema, node);
      // A type that is no input type is a fault of the document, and was refused before.
      if (!isInputType(type)) continue;
      const root = argumentNames.get(name) ?? name;
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined || value === null) {
        if (isNonNullType(type) && (value === null || defaultValue === undefined)) report(root, true);
        continue;
      }
      if (holdsTooLongList(value)) {
        report(root, false);
        continue;
      }
      const onFault = (path: readonly (string | number)[], invalid: unknown, error: GraphQLError): void =>
        report(fieldAt(root, path, error), invalid === null || / of required type /.test(error.message));
      // Suggestions are left out: they would compare each unknown name with every known one.
      coerceInputValue(value, type, onFault, true);
    }
  } catch (error) {
    if (!(error instanceof EnoughFaults)) throw error;
  }
  return faults;
}
