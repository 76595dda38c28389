import {
  type FieldNode,
  GraphQLError,
  type GraphQLResolveInfo,
  getLocation,
  responsePathAsArray,
  type SourceLocation,
} from 'graphql';
import { CosmosError, ForbiddenError } from '../../src/errors.js';
import type { Operation } from '../../src/operation.js';

/** The place of a refusal: in the document, and in the answer. */
export type Place = Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>;

/**
 * Refuses a field: it is null, and the answer has an error at its path (GraphQL specification, section 6.4.4).
 *
 * A rule that failed is no refusal: the answer says UNAVAILABLE. Past `maxRefusals` the whole answer is refused (`completed`), so the
 * first error stands for all that come.
 * @throws GraphQLError always
 */
export function refuse(op: Operation, info: Place, failure?: ErrorOptions): never {
  if (op.refusals.size > op.maxRefusals) throw first(op.refusals);
  const refusal =
    failure === undefined
      ? refusalOf(info)
      : quietly(() => refusalAt(info, new CosmosError('UNAVAILABLE', 'unavailable', {}, failure)));
  op.refusals.add(refusal);
  throw refusal;
}

function first<T>(all: ReadonlySet<T>): T | undefined {
  for (const one of all) return one;
  return undefined;
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

/** Where each field stands in its document. It is looked for once: graphql-js gives the same nodes for each row, and a document is long. */
const places = new WeakMap<readonly FieldNode[], readonly SourceLocation[]>();

function locationsOf(nodes: readonly FieldNode[]): readonly SourceLocation[] {
  const known = places.get(nodes);
  if (known !== undefined) return known;
  const loc = nodes[0]?.loc;
  const found = loc === undefined ? [] : [getLocation(loc.source, loc.start)];
  places.set(nodes, found);
  return found;
}

function refusalAt(info: Place, originalError: CosmosError): GraphQLError {
  const path = responsePathAsArray(info.path);
  const error = new GraphQLError(originalError.message, { path, originalError });
  // Given the nodes, the error would look for each of them.
  return Object.assign(error, { locations: locationsOf(info.fieldNodes) });
}
