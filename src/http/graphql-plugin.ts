import {
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { type Environment, type LeftWork, runOperation } from '../database/run-operation.js';
import { CosmosError, type ErrorCode, UnavailableError } from '../errors.js';
import { beginExecution } from '../execution/execute.js';
import { alikeOf } from '../log/alike.js';
import { describeError, type Logger } from '../log/logger.js';
import type { Locale } from '../messages.js';
import { completed } from '../refusals.js';
import { type ToDoAhead, toDoAhead } from './ahead.js';
import { beatOf, nextBeat } from './beat.js';
import { callerOfAhead } from './caller.js';
import type { CallerTurns } from './caller-turns.js';
import { failedStatusOf, formatClientError, httpStatusOf, toCosmosError } from './client-error.js';
import { doLeftWork } from './left-work.js';
import {
  foreseeLines,
  introspects,
  MAX_DOCUMENT_ERRORS,
  requireAffordable,
  requireOneRootField,
} from './limits.js';
import { variableFaults } from './variables.js';
import { type Data, writeAhead } from './written-ahead.js';

/** The facts about a request that the HTTP layer knows before it reads a document. */
export interface RequestContext {
  readonly token: VerifiedToken | null;
  readonly locale: Locale;
  /** `requestIdOf` */
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** The address of the end user of a booking client; absent for any other caller. */
  readonly endUser?: string;
  /** Ends the caller's turn: the work that is left needs none. */
  readonly leaveTurn: () => void;
  /** Whether the client still waits for the answer. */
  readonly isWaitedFor: () => boolean;
}

/** The parts of the process on which GraphQL runs. */
export interface GraphqlEnvironment extends Environment {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly turns: CallerTurns;
  /** The most that a document may cost without a token. */
  readonly anonymousComplexity: number;
}

function respond(
  body: { data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] },
  status: number,
  { extensions }: Pick<GraphQLFormattedError, 'extensions'> = {},
): GraphQLResponse {
  const headers = new HeaderMap();
  const retryAfter = extensions?.['retryAfter'];
  if (status === 429 && typeof retryAfter === 'number') headers.set('retry-after', String(retryAfter));
  if (status === 401) headers.set('www-authenticate', 'Bearer error="invalid_token"');
  return { http: { status, headers }, body: { kind: 'single', singleResult: body } };
}

function withoutValues(
  data: Record<string, unknown> | null | undefined,
): Record<string, null> | null | undefined {
  return data && Object.fromEntries(Object.keys(data).map((key) => [key, null]));
}

/** Sorts errors by their place in the document and their path: the order in which they came would tell the time each took. */
export function inOrder(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const placeOf = ({ locations, path }: GraphQLFormattedError): string =>
    JSON.stringify([
      locations?.map(({ line, column }) => [line + 1e6, column + 1e6]),
      path?.map((step) => (typeof step === 'number' ? step + 1e6 : step)),
    ]);
  return errors
    .map((error) => ({ error, place: placeOf(error) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ error }) => error);
}

/** Does the work that was left until the transaction was over. A part that fails is null in the answer, with an error at its path. */
export async function failuresOf(data: unknown, left: LeftWork): Promise<readonly GraphQLError[]> {
  const failed = await doLeftWork(data, left);
  return failed.map(({ error, path }) => new GraphQLError('', { path, originalError: error as Error }));
}

/** Logs the errors of an operation that are the server's own affair. Of refusals and outages that are alike, one line a second. */
export function logUnexpected(logger: Logger, errors: readonly unknown[], requestId: string): void {
  const causes = new Set<unknown>();
  for (const error of errors) {
    const cosmos = toCosmosError(error);
    // A rule that fails may fail in each row. Its cause is told once.
    const cause = String(cosmos.cause ?? cosmos.code);
    if (causes.has(cause)) continue;
    causes.add(cause);
    if (cosmos instanceof UnavailableError && cosmos.what === 'client') continue;
    if (cosmos.code === 'INTERNAL')
      logger.error({ requestId, ...describeError(cosmos.cause) }, 'internal error');
    else if (cosmos.code === 'UNAVAILABLE') {
      const cause = describeError(cosmos.cause);
      alikeOf(logger).say(JSON.stringify(cause), (count) =>
        logger.warn({ requestId, count, ...cause }, 'unavailable'),
      );
    } else if (cosmos.code === 'UNAUTHENTICATED') {
      const { why } = cosmos as { why?: string };
      alikeOf(logger).say(`token ${why}`, (count) => logger.info({ requestId, count, why }, 'token refused'));
    }
  }
}

/**
 * Executes each operation in its transaction, in Apollo's place, so that the answer leaves after the commit and a serialization failure
 * runs the whole operation again. It also gives every error its one form.
 */
export function createGraphqlPlugin(environment: GraphqlEnvironment): ApolloServerPlugin<RequestContext> {
  const { schema, logger } = environment;

  /**
   * Runs the preparation of a mutation, if the viewer may do it at all, and one at a time for each login: otherwise refused viewers could
   * fill the workshop for everyone.
   */
  async function madeAhead(
    { contextValue }: GraphQLRequestContext<RequestContext>,
    todo: ToDoAhead | undefined,
  ): Promise<PromiseSettledResult<unknown> | undefined> {
    const { token, isWaitedFor } = contextValue;
    if (todo === undefined || token === null) return undefined;
    const asking = { kind: 'query', lines: 0, ...contextValue } as const;
    const { isPermitted } = await runOperation(environment, asking, async (op) => ({
      errors: [],
      isPermitted: await todo.permits(op),
    }));
    return isPermitted ? environment.turns.take(callerOfAhead(token), todo.make, isWaitedFor) : undefined;
  }

  async function answer(rc: GraphQLRequestContext<RequestContext>): Promise<GraphQLResponse | null> {
    const startedAt = performance.now();
    const { operation, document, request, contextValue } = rc;
    if (!operation || !document) return null;
    if (contextValue.token === null && introspects(document))
      throw new CosmosError('UNAUTHENTICATED', 'introspection');
    // A subscription goes over the socket.
    if (operation.operation === 'subscription') throw new CosmosError('INVALID_DOCUMENT', 'invalidDocument');
    const variables = request.variables ?? {};
    const kind = operation.operation === 'mutation' ? 'mutation' : 'query';
    if (kind === 'mutation') requireOneRootField(operation);
    const faults = variableFaults(schema, operation, variables);
    // Nothing is executed then: it is a fault of the request (GraphQL over HTTP, section 7).
    if (faults.length > 0)
      return respond({ errors: faults.map((fault) => formatClientError(fault, contextValue)) }, 400);
    const asked = { schema, document, operation, variables, operationName: request.operationName };
    requireAffordable(asked, contextValue.token === null ? environment.anonymousComplexity : undefined);
    const lines = foreseeLines(asked);
    const ahead = await madeAhead(rc, toDoAhead(schema, operation, variables));
    const asking = { kind, lines, ahead, ...contextValue } as const;
    const result = await runOperation(environment, asking, async (op, left) => {
      const execution = await beginExecution({
        schema,
        document,
        contextValue: op,
        variableValues: variables,
        operationName: request.operationName,
      });
      // Whatever fails undoes a mutation, so nothing of it is left for later.
      if (kind === 'mutation') execution.finish();
      const whole = () => completed(execution, op);
      let written: Data | null = null;
      const meanwhile = () => {
        execution.finish();
        // Work that is left still changes the data.
        if (execution.data && left.size === 0) written = writeAhead(execution.data);
      };
      const asWritten = (data: Data | null) => (data === execution.data ? (written ?? data) : data);
      return { errors: whole().errors, whole, left, meanwhile, asWritten };
    });
    const answered = result.whole();
    logUnexpected(logger, answered.errors, contextValue.requestId);
    // A mutation that fails anywhere was undone as a whole, so its answer has no values that it had read on its way.
    const data =
      kind === 'mutation' && answered.errors.length > 0 ? withoutValues(answered.data) : answered.data;
    const failed = await failuresOf(data, result.left);
    logUnexpected(logger, failed, contextValue.requestId);
    contextValue.leaveTurn();
    const errors = inOrder(
      [...answered.errors, ...failed].map((error) => formatClientError(error, contextValue)),
    );
    const beat = beatOf(operation, data);
    if (beat !== null) await nextBeat(startedAt, beat);
    const status = data === undefined ? 400 : 200;
    return respond(
      {
        ...(data === undefined ? {} : { data: result.asWritten(data) }),
        ...(errors.length > 0 ? { errors } : {}),
      },
      status,
    );
  }

  return {
    async requestDidStart() {
      return {
        async responseForOperation(rc) {
          try {
            return await answer(rc as GraphQLRequestContext<RequestContext>);
          } catch (error) {
            logUnexpected(logger, [error], rc.contextValue.requestId);
            const formatted = formatClientError(error, rc.contextValue);
            const code = formatted.extensions?.['code'] as ErrorCode;
            return respond({ errors: [formatted] }, failedStatusOf(code), formatted);
          }
        },
        async willSendResponse(rc) {
          const { body, http } = rc.response;
          if (rc.errors === undefined || body.kind !== 'single') return;
          const all = rc.errors.map((error) => formatClientError(error, rc.contextValue));
          const tooCostly = all.find((error) => error.extensions?.['code'] === 'DOCUMENT_TOO_COSTLY');
          const errors = tooCostly === undefined ? all.slice(0, MAX_DOCUMENT_ERRORS) : [tooCostly];
          body.singleResult.errors = errors;
          http.status = http.status ?? httpStatusOf(errors[0]?.extensions?.['code'] as ErrorCode);
        },
      };
    },
  };
}
