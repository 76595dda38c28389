import { type ExecutionResult, GraphQLError } from 'graphql';
import { CosmosError, ForbiddenError } from './errors.js';
import type { Operation } from './operation.js';

/** The most refused fields of an answer, unless given. Each has an error, so an answer with more would be errors for the most part. */
export const MAX_REFUSALS = 1_000;

/** What an operation answers: its data, and its errors. */
export interface Completed {
  readonly data: ExecutionResult['data'] | undefined;
  readonly errors: readonly GraphQLError[];
}

/**
 * Completes what graphql-js has executed. The refusals of a mutation's payload are added: its resolver has thrown only the first of them.
 * @returns no data, and DOCUMENT_TOO_COSTLY in the place of all refusals, if more than `maxRefusals` fields are refused. Of rules that
 * failed, the first error stays. Other errors stay: a transaction that must run again is found by them
 */
export function completed(
  { data, errors = [] }: { readonly data?: Completed['data']; readonly errors?: readonly GraphQLError[] },
  { refusals, maxRefusals }: Pick<Operation, 'refusals' | 'maxRefusals'>,
): Completed {
  if (refusals.size <= maxRefusals) return { data, errors: [...new Set([...errors, ...refusals])] };
  const originalError = new CosmosError('DOCUMENT_TOO_COSTLY', 'tooManyRefusals');
  const others = [...new Set(errors)].filter((error) => !(error.originalError instanceof ForbiddenError));
  // Where one rule fails in each row, one error says so.
  const failed = others.find((error) => refusals.has(error));
  return {
    data: null,
    errors: [
      new GraphQLError(originalError.message, { originalError }),
      ...others.filter((error) => error === failed || !refusals.has(error)),
    ],
  };
}
