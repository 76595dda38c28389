import { buildSchema, type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import type { IRules } from 'graphql-shield';
import { compilePolicies, type Policies } from '../../policies/rules/compile.js';
import { deny } from '../../policies/rules/rules.js';
import { applyMiddleware, shield } from '../../policies/rules/shield.js';
import type { Operation } from '../../src/operation.js';
import { ANONYMOUS, type Viewer } from '../../src/viewer.js';

/** What of an operation the compiled policies read. */
export function operationOf(viewer: Viewer = ANONYMOUS): Operation {
  return { viewer, refusals: new Set(), verdicts: new Map() } as unknown as Operation;
}

/** The same rules in front of the same schema, once compiled and once by graphql-shield's own run-time. */
export function bothGuarded(
  sdl: string,
  policies: Policies,
): { compiled: GraphQLSchema; shielded: GraphQLSchema } {
  return {
    compiled: compilePolicies(buildSchema(sdl), policies),
    shielded: shieldedSchema(buildSchema(sdl), policies),
  };
}

export function shieldedSchema(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  const options = { fallbackRule: deny, allowExternalErrors: true };
  return applyMiddleware(schema, shield(policies as unknown as IRules, options));
}

export async function ask(
  schema: GraphQLSchema,
  source: string,
  rootValue: unknown = {},
  viewer: Viewer = ANONYMOUS,
): Promise<ExecutionResult> {
  const contextValue = operationOf(viewer);
  const result = await execute({ schema, document: parse(source), rootValue, contextValue });
  // Objects without a prototype become plain ones.
  return { ...result, data: JSON.parse(JSON.stringify(result.data ?? null)) };
}
