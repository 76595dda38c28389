import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
} from 'graphql';
import { type Plan, planOf } from './plan.js';
import { Run, type Unfinished } from './run.js';

/** The most fields in all plans that are kept, of some 250 bytes each. */
const MOST_FIELDS = 100_000;

/** The plans of one schema, by document and name. Those that were asked for last are kept. */
class Plans {
  readonly #known = new Map<DocumentNode, Map<string, Plan | null>>();
  #fields = 0;

  of({ schema, document, operationName }: ExecutionArgs): Plan | null {
    const ofDocument = this.#known.get(document) ?? new Map<string, Plan | null>();
    // The last of the map is the one that was asked for last.
    this.#known.delete(document);
    this.#known.set(document, ofDocument);
    const name = operationName ?? '';
    let plan = ofDocument.get(name);
    if (plan === undefined) {
      plan = planOf(schema, document, operationName ?? undefined);
      ofDocument.set(name, plan);
      this.#fields += sizeOf(plan);
      this.#forgetOldest();
    }
    return plan;
  }

  #forgetOldest(): void {
    for (const [document, plans] of this.#known) {
      if (this.#fields <= MOST_FIELDS || this.#known.size === 1) return;
      this.#known.delete(document);
      for (const plan of plans.values()) this.#fields -= sizeOf(plan);
    }
  }
}

/** A document that is left to graphql-js counts as well: it is kept. */
const sizeOf = (plan: Plan | null): number => 10 + (plan?.size ?? 0);

const known = new WeakMap<GraphQLSchema, Plans>();

function knownPlan(args: ExecutionArgs): Plan | null {
  const plans = known.get(args.schema) ?? new Plans();
  known.set(args.schema, plans);
  return plans.of(args);
}

const finished = ({ data, errors = [] }: ExecutionResult): Unfinished => ({
  data,
  errors,
  finish: () => undefined,
});

/** Executes an operation as `executePlanned` does, but for the values that resolvers defer. */
export async function beginExecution(args: ExecutionArgs): Promise<Unfinished> {
  const { schema, contextValue, rootValue, variableValues } = args;
  const plan = knownPlan(args);
  if (plan === null) return finished(await execute(args));
  const { coerced, errors } = getVariableValues(
    schema,
    plan.operation.variableDefinitions ?? [],
    variableValues ?? {},
    { maxErrors: 50 },
  );
  if (coerced === undefined) return finished({ errors: errors ?? [] });
  return new Run(plan, schema, contextValue, coerced, rootValue).execute();
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
  const execution = await beginExecution(args);
  execution.finish();
  const { data, errors } = execution;
  return { ...(errors.length === 0 ? {} : { errors }), ...(data === undefined ? {} : { data }) };
}
