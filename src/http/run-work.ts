import type { IncomingMessage } from 'node:http';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { type Environment, runOperation } from '../database/run-operation.js';
import type { Operation } from '../operation.js';
import { callerOfFile } from './caller.js';
import type { CallerTurns } from './caller-turns.js';

/** What is needed to work for who asks, in their turn. */
export interface WorkEnvironment extends Environment {
  readonly turns: CallerTurns;
  readonly trustedProxies: number;
}

/**
 * What the work answers, done as one operation outside GraphQL; a mutation that is refused is undone, and logged.
 * @throws what the work throws, and what `runOperation` and the caller's turn do
 */
export async function runWork<T>(
  environment: WorkEnvironment,
  req: IncomingMessage,
  request: { readonly kind: 'query' | 'mutation'; readonly token: VerifiedToken | null },
  work: (op: Operation) => Promise<T>,
): Promise<T> {
  const caller = callerOfFile(req, request.token, environment.trustedProxies);
  const { errors, done } = await environment.turns.take(caller, () =>
    runOperation(environment, { ...request, idempotencyKey: null }, async (op) => {
      try {
        return { errors: [], done: await work(op) };
      } catch (error) {
        return { errors: [error], done: null };
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
  return done as T;
}
