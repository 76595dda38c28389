import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { CosmosError } from '../../errors.js';
import { documentLimits, MAX_DOCUMENT_ERRORS, MAX_TOKENS, requireAffordable } from '../limits.js';
import { variableFaults } from '../variables.js';

/** A subscription whose document may be executed. */
export interface LiveDocument {
  /** The text of the document. */
  readonly query: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The payload that a client sends to subscribe; graphql-ws has checked these types. */
export interface LivePayload {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** The faults of a document, as Apollo names them over HTTP. */
export class DocumentRefusal extends Error {
  override readonly name = 'DocumentRefusal';
  constructor(readonly errors: readonly unknown[]) {
    super('document refused');
  }
}

function marked(error: GraphQLError, code: string): GraphQLError {
  if (error.originalError instanceof CosmosError) return error;
  const { nodes, source, positions, path, message } = error;
  return new GraphQLError(message, nodes, source, positions, path, undefined, { code });
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    throw new DocumentRefusal([marked(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')]);
  }
}

const RULES = [...specifiedRules, documentLimits];

/**
 * Reads one subscription within the limits that hold over HTTP: tokens, depth, aliases, cost, the types of its variables. Queries and
 * mutations are for HTTP.
 * @throws DocumentRefusal
 */
export function readLiveDocument(schema: GraphQLSchema, payload: LivePayload): LiveDocument {
  const document = parsed(payload.query);
  const faults = validate(schema, document, RULES, { maxErrors: MAX_DOCUMENT_ERRORS, hideSuggestions: true });
  if (faults.length > 0) {
    const costly = faults.find(({ originalError }) => originalError instanceof CosmosError);
    const listed = costly === undefined ? faults.slice(0, MAX_DOCUMENT_ERRORS) : [costly];
    throw new DocumentRefusal(listed.map((fault) => marked(fault, 'GRAPHQL_VALIDATION_FAILED')));
  }
  const operationName = payload.operationName ?? undefined;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription')
    throw new DocumentRefusal([new CosmosError('INVALID_DOCUMENT', 'invalidDocument')]);
  const [field] = operation.selectionSet.selections;
  // So an answer is an event, and null is no event. A root field with a directive could be left out, and would have no event.
  if (field?.kind !== Kind.FIELD || (field.directives ?? []).length > 0)
    throw new DocumentRefusal([new CosmosError('INVALID_DOCUMENT', 'plainRootField')]);
  const variables = payload.variables ?? {};
  const wrong = variableFaults(schema, operation, variables);
  if (wrong.length > 0) throw new DocumentRefusal(wrong);
  try {
    requireAffordable({ schema, document, operation, variables, operationName });
  } catch (error) {
    throw new DocumentRefusal([error]);
  }
  return { query: payload.query, document, operation, operationName, variables };
}
