import type { VerifiedToken } from '../auth/token-verifier.js';
import { type Environment, runOperation } from '../database/run-operation.js';
import type { Operation } from '../operation.js';

/**
 * What the work answers, done as one operation outside GraphQL; a mutation that is refused is undone, and logged.
 * @throws what the work throws, and what `runOperation` does
 */
export async function runWork<T>(
  environment: Environment,
  request: { readonly kind: 'query' | 'mutation'; readonly token: VerifiedToken | null },
  work: (op: Operation) => Promise<T>,
): Promise<T> {
  const { errors, done } = await runOperation(
    environment,
    { ...request, idempotencyKey: null },
    async (op) => {
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
