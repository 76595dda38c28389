import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
} from 'graphql';
import { type Plan, planOf } from './plan.js';
import { Run } from './run.js';

/** The plans of a document, by the name of the operation. */
type Plans = Map<string, Plan | null>;

const known = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Plans>>();

function plansOf(schema: GraphQLSchema, document: DocumentNode): Plans {
  const ofSchema = known.get(schema) ?? new WeakMap<DocumentNode, Plans>();
  known.set(schema, ofSchema);
  const plans = ofSchema.get(document) ?? new Map<string, Plan | null>();
  ofSchema.set(document, plans);
  return plans;
}

/** Returns the plan of an operation. It is made at the first use, and lives as long as the document. */
function knownPlan({ schema, document, operationName }: ExecutionArgs): Plan | null {
  const plans = plansOf(schema, document);
  const name = operationName ?? '';
  let plan = plans.get(name);
  if (plan === undefined) {
    plan = planOf(schema, document, operationName ?? undefined);
    plans.set(name, plan);
  }
  return plan;
}

/**
 * Executes an operation as graphql-js does, with the same answer: what a document says is worked out once, and not for each row. What has
 * no plan, graphql-js executes.
 *
 * There is one difference. If a field that may not be null has failed, what is still on its way in the same part of the answer is
 * waited for, and its errors are left out.
 * @param args a document that is valid for the schema
 */
export async function executePlanned(args: ExecutionArgs): Promise<ExecutionResult> {
  const { schema, contextValue, rootValue, variableValues } = args;
  const plan = knownPlan(args);
  if (plan === null) return execute(args);
  const { coerced, errors } = getVariableValues(
    schema,
    plan.operation.variableDefinitions ?? [],
    variableValues ?? {},
    { maxErrors: 50 },
  );
  if (coerced === undefined) return { errors: errors ?? [] };
  return new Run(plan, schema, contextValue, coerced, rootValue).execute();
}
