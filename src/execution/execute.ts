import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
} from 'graphql';
import { bytesOf } from './document-size.js';
import { type Plan, planOf } from './plan.js';
import { Run, type Unfinished } from './run.js';

/** The most bytes that plans keep in memory, with their documents. */
const MOST_BYTES = 30 * 2 ** 20;
/** The bytes of a planned field. */
const BYTES_PER_FIELD = 250;

interface Kept {
  readonly plans: Map<string, Plan | null>;
  bytes: number;
}

/** The plans of one schema, by document and name. Those that were asked for last are kept. */
class Plans {
  readonly #known = new Map<DocumentNode, Kept>();
  #bytes = 0;

  of({ schema, document, operationName }: ExecutionArgs): Plan | null {
    let kept = this.#known.get(document);
    if (kept === undefined) {
      kept = { plans: new Map(), bytes: 0 };
      // A document that is left to graphql-js counts as well: it is kept.
      this.#count(kept, bytesOf(document));
    }
    // The last of the map is the one that was asked for last.
    this.#known.delete(document);
    this.#known.set(document, kept);
    const name = operationName ?? '';
    let plan = kept.plans.get(name);
    if (plan === undefined) {
      plan = planOf(schema, document, operationName ?? undefined);
      kept.plans.set(name, plan);
      this.#count(kept, BYTES_PER_FIELD * (1 + (plan?.size ?? 0)));
      this.#forgetOldest();
    }
    return plan;
  }

  #count(kept: Kept, bytes: number): void {
    kept.bytes += bytes;
    this.#bytes += bytes;
  }

  #forgetOldest(): void {
    for (const [document, { bytes }] of this.#known) {
      if (this.#bytes <= MOST_BYTES || this.#known.size === 1) return;
      this.#known.delete(document);
      this.#bytes -= bytes;
    }
  }
}

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
