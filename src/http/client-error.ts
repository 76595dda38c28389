import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { classifyFailure } from '../database/failure.js';
import { CosmosError, type ErrorCode } from '../errors.js';
import { type Locale, messageText } from '../messages.js';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 200,
  NOT_FOUND: 200,
  INVALID_INPUT: 200,
  CONFLICT: 200,
  STATISTICS_REFUSED: 200,
  RATE_LIMITED: 200,
  INVALID_DOCUMENT: 400,
  DOCUMENT_TOO_COSTLY: 400,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Returns the HTTP status of an error code, for an answer that may have data. */
export function httpStatusOf(code: ErrorCode): number {
  return STATUS[code];
}

/** Returns the HTTP status of an answer without data: the request failed as a whole. */
export function failedStatusOf(code: ErrorCode): number {
  if (code === 'RATE_LIMITED') return 429;
  return STATUS[code] === 200 ? 400 : STATUS[code];
}

/** Returns any error as one of the closed codes. An error that is neither ours nor about the input is INTERNAL. */
export function toCosmosError(error: unknown): CosmosError {
  const original = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  if (original instanceof CosmosError) return original;
  if (classifyFailure(original) !== 'OTHER')
    return new CosmosError('UNAVAILABLE', 'unavailable', {}, { cause: original });
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  if (
    code === 'BAD_USER_INPUT' ||
    (error instanceof GraphQLError && error.originalError === undefined && code === undefined)
  ) {
    const field = /^Argument "([A-Za-z0-9_]+)"/.exec((error as GraphQLError).message)?.[1];
    return new CosmosError('INVALID_INPUT', 'invalidValue', field === undefined ? {} : { field });
  }
  if (
    code === 'GRAPHQL_PARSE_FAILED' ||
    code === 'GRAPHQL_VALIDATION_FAILED' ||
    code === 'BAD_REQUEST' ||
    code === 'OPERATION_RESOLUTION_FAILURE'
  ) {
    return new CosmosError('INVALID_DOCUMENT', 'invalidDocument');
  }
  return new CosmosError('INTERNAL', 'internal', {}, { cause: original });
}

/** What an error needs to know about the request that gets it. */
export interface Asker {
  readonly locale: Locale;
  readonly requestId: string;
}

/** Returns graphql-js's own message on a faulty document, without the literals that it quotes: they may be a person's data. */
function wordsOf(error: GraphQLError): string {
  if (error.extensions['code'] === 'GRAPHQL_PARSE_FAILED') {
    return error.message.replace(/((?:Block)?String|Name|Int|Float) "[\s\S]*"/, '$1');
  }
  const quotesLiteral = (error.nodes ?? []).some((node) => node.kind.endsWith('Value'));
  return quotesLiteral && !/^Field "[\w.]+" of required type /.test(error.message)
    ? ''
    : error.message.slice(0, 300);
}

/**
 * Gives an error the form that clients see; this is the only place that does. The form is a code of the closed union, a text in the
 * client's language, and what helps: the field, the next free slots, the place in the document. INTERNAL has the id of the request, by
 * which an operator finds the line in the log. graphql-js's own message on a faulty document is kept if it is about the document only.
 */
export function formatClientError(error: unknown, { locale, requestId }: Asker): GraphQLFormattedError {
  const cosmos = toCosmosError(error);
  const graphql = error instanceof GraphQLError ? error : undefined;
  const aboutDocument =
    cosmos.code === 'INVALID_DOCUMENT' && cosmos.messageKey === 'invalidDocument' && graphql !== undefined;
  const text = messageText(cosmos.messageKey, locale);
  return {
    message: aboutDocument ? `${text} ${wordsOf(graphql)}`.trim() : text,
    ...(graphql?.locations === undefined ? {} : { locations: graphql.locations }),
    ...(graphql?.path === undefined ? {} : { path: graphql.path }),
    extensions: {
      code: cosmos.code,
      ...cosmos.details,
      ...(cosmos.code === 'INTERNAL' ? { requestId } : {}),
    },
  };
}
