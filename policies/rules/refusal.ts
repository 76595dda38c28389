import { GraphQLError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import { CosmosError, ForbiddenError } from '../../src/errors.js';
import type { Operation } from '../../src/operation.js';

/** The place of a refusal: in the document, and in the answer. */
export type Place = Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>;

/** Compares by the place in the document, then by the path in the answer. */
function isBefore(info: Place, error: GraphQLError): boolean {
  const [start, other] = [info.fieldNodes[0]?.loc?.start ?? 0, error.positions?.[0] ?? 0];
  if (start !== other) return start < other;
  const path = responsePathAsArray(info.path);
  const known = error.path ?? [];
  const differs = path.findIndex((key, index) => key !== known[index]);
  const [key, otherKey] = [path[differs], known[differs]];
  return key !== undefined && otherKey !== undefined && key < otherKey;
}

/**
 * Refuses a field: one error per coordinate and kind, then null. So nobody learns how many rows are refused.
 *
 * The error stands at the first place in the document and in the answer, not at the first in time, which would tell what took longer to
 * load. A rule that failed is no refusal: the answer says UNAVAILABLE.
 * @returns null, for every refusal of the coordinate after the first
 * @throws GraphQLError for the first one
 */
export function refuse(at: string, op: Operation, info: Place, failure?: ErrorOptions): null {
  const kind = failure === undefined ? at : `${at} failed`;
  const told = op.refusals.get(kind);
  if (told !== undefined) {
    if (isBefore(info, told)) {
      const { path, nodes, positions, locations } = refusalAt(info, told.originalError as CosmosError);
      Object.assign(told, { path, nodes, positions, locations });
    }
    return null;
  }
  const refusal =
    failure === undefined
      ? refusalOf(info)
      : quietly(() => refusalAt(info, new CosmosError('UNAVAILABLE', 'unavailable', {}, failure)));
  op.refusals.set(kind, refusal);
  throw refusal;
}

/** Makes an error without a stack. Nobody reads a refusal's stack, and graphql-js writes it out, which takes longer than all the rest. */
function quietly<Made>(make: () => Made): Made {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Returns the error FORBIDDEN for this place, without a stack. */
export function refusalOf(info: Place): GraphQLError {
  return quietly(() => refusalAt(info, new ForbiddenError()));
}

function refusalAt(info: Place, originalError: CosmosError): GraphQLError {
  const path = responsePathAsArray(info.path);
  return new GraphQLError(originalError.message, { nodes: info.fieldNodes, path, originalError });
}
