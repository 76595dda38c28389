import type { IncomingMessage } from 'node:http';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { type Environment, runOperation } from '../database/run-operation.js';
import type { Operation } from '../operation.js';
import { callerOfFile } from './caller.js';
import type { CallerTurns } from './caller-turns.js';

/** The parts of the process that are needed to do work in a caller's turn. */
export interface WorkEnvironment extends Environment {
  readonly turns: CallerTurns;
  readonly trustedProxies: number;
}

/**
 * Waits for the caller's turn, and keeps it until the work is done.
 * @throws what the work throws, and what `CallerTurns` does
 */
export function inTurn<T>(
  { turns, trustedProxies }: WorkEnvironment,
  req: IncomingMessage,
  token: VerifiedToken | null,
  work: () => Promise<T>,
): Promise<T> {
  return turns.take(callerOfFile(req, token, trustedProxies), work);
}

interface WorkRequest {
  readonly kind: 'query' | 'mutation';
  readonly token: VerifiedToken | null;
}

/**
 * Does work as one operation outside GraphQL, for a caller who has their turn. A mutation that is refused is undone, and logged.
 * @returns what the work answers
 * @throws what the work throws, and what `runOperation` does
 */
export async function runInTurn<T>(
  environment: Environment,
  request: WorkRequest,
  work: (op: Operation) => Promise<T>,
): Promise<T> {
  const { errors, done } = await runOperation(
    environment,
    { ...request, idempotencyKey: null },
    async (op): Promise<{ errors: unknown[]; done: T | null }> => {
      try {
        return { errors: [], done: await work(op) };
      } catch (error) {
        return { errors: [error], done: null };
      }
    },
  );
  if (errors.length > 0) throw errors[0];
  return done as T;
}

/** As `runInTurn`, after waiting for the caller's turn. */
export function runWork<T>(
  environment: WorkEnvironment,
  req: IncomingMessage,
  request: WorkRequest,
  work: (op: Operation) => Promise<T>,
): Promise<T> {
  return inTurn(environment, req, request.token, () => runInTurn(environment, request, work));
}
