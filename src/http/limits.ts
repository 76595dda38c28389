import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getVariableValues,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type ValidationRule,
  visit,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { CosmosError } from '../errors.js';
import { tokensOf } from '../execution/document-size.js';
import { costOfSearches } from './searches.js';

/** The most bytes of a request body: a note of 50,000 characters, with room. */
export const MAX_BODY_BYTES = 256 * 1024;
/** The most tokens of a document, its comments among them. */
export const MAX_TOKENS = 2_000;
/** The greatest depth of a document. */
export const MAX_DEPTH = 12;
/** The most selections side by side: no type has that many fields, and comparing them is quadratic. */
export const MAX_SELECTIONS = 100;
/** The most aliases of a document. */
export const MAX_ALIASES = 30;
/** The most directives of a document. */
export const MAX_DIRECTIVES = 50;
/** The most fields that an answer may have, as estimated from `first`. */
export const MAX_COMPLEXITY = 20_000;
/** The same for a request without a token, without the policy matrix: slots, the directory, statistics and reports take less. */
export const MAX_ANONYMOUS_COMPLEXITY = 5_000;
/** The most items of a list in variables; services take fewer. */
export const MAX_LIST_ITEMS = 1_000;
/** The most errors in an answer to a faulty document. */
export const MAX_DOCUMENT_ERRORS = 5;

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

function tooCostly(): GraphQLError {
  return new GraphQLError('too costly', { originalError: new CosmosError('DOCUMENT_TOO_COSTLY', 'costly') });
}

/**
 * Returns the depth of a selection. Introspection goes deeper than data does, in the query that every tool sends; graphql-js has a rule
 * of its own for it.
 */
function deeper(selection: FieldNode | InlineFragmentNode, depth: number): number {
  if (selection.kind !== Kind.FIELD) return depth;
  return INTROSPECTION.has(selection.name.value) ? depth - 6 : depth + 1;
}

/**
 * Counts tokens, comments too, then aliases, those of `__typename` too, directives and depth in one walk. Fragments count where they are
 * spread.
 */
export const documentLimits: ValidationRule = (context) => ({
  Document: {
    enter(document) {
      const fragments = new Map(
        document.definitions.flatMap((node) =>
          node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
        ),
      );
      let aliases = 0;
      let directives = 0;
      let visits = 0;
      type WithSelections = { readonly selectionSet?: DocumentSelections | undefined };
      type DocumentSelections = OperationDefinitionNode['selectionSet'];
      const walk = (node: WithSelections, depth: number, spread: ReadonlySet<string>): boolean => {
        const selections = node.selectionSet?.selections ?? [];
        if (depth > MAX_DEPTH || selections.length > MAX_SELECTIONS) return false;
        for (const selection of selections) {
          visits += 1;
          directives += selection.directives?.length ?? 0;
          if (selection.kind === Kind.FIELD && selection.alias) aliases += 1;
          if (aliases > MAX_ALIASES || directives > MAX_DIRECTIVES || visits > MAX_TOKENS) return false;
          if (selection.kind === Kind.FRAGMENT_SPREAD) {
            const name = selection.name.value;
            const fragment = fragments.get(name);
            // A fragment that spreads itself is another rule's error.
            if (fragment === undefined || spread.has(name)) continue;
            if (!walk(fragment, depth, new Set([...spread, name]))) return false;
          } else if (!walk(selection, deeper(selection, depth), spread)) return false;
        }
        return true;
      };
      const isWithinLimits = (node: OperationDefinitionNode): boolean => {
        directives += node.directives?.length ?? 0;
        return walk(node, 0, new Set());
      };
      const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
      if (tokensOf(document) <= MAX_TOKENS && operations.every(isWithinLimits)) return undefined;
      // One error more than are listed ends the validation: so the other rules do not run on such a document.
      for (let count = 0; count <= MAX_DOCUMENT_ERRORS; count += 1) context.reportError(tooCostly());
      return undefined;
    },
  },
});

/** The cost of the policy matrix, which has some three hundred rules of 29 standpoints: one is affordable, with little else. */
const COST_OF_THE_MATRIX = 12_000;

/** Estimates the cost. A page costs its size times its nodes; any other list, five times its nodes. */
const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (field.name === 'policyMatrix') return COST_OF_THE_MATRIX + childComplexity;
  if (INTROSPECTION.has(field.name) || type.name.startsWith('__')) return 1 + childComplexity;
  const own: unknown = field.extensions['complexity'];
  if (typeof own === 'number') return own + childComplexity;
  const first = (args as { first?: number | null }).first;
  if (field.args.some((arg) => arg.name === 'first'))
    return 1 + Math.min(Math.max(first ?? 20, 1), 100) * childComplexity;
  if (/^\[/.test(String(field.type)) && field.name !== 'edges') return 1 + 5 * childComplexity;
  return 1 + childComplexity;
};

/** Estimates the cost without the matrix, which is public and always the same: it does not count toward the limit without a token. */
const estimateBesideMatrix: ComplexityEstimator = (asked) =>
  asked.field.name === 'policyMatrix' ? asked.childComplexity : estimate(asked);

/** The types that the access log names each time they are answered; for a case's notes, once for the page. */
const LOGGED: ReadonlySet<string> = new Set([
  'Case',
  'Encounter',
  'IncomingRequest',
  'InterviewNoteConnection',
  'Person',
  'PersonMatch',
  'Referral',
]);

/** The most places of a collective appointment: an action on it, or an attempt, is a line for each person. */
const PLACES = 200;

/** The most bookings of a client that are cancelled together, and taken back. */
const BOOKINGS = 600;

/**
 * The fields that name more persons than their type says: a day list names all persons of the day, and clearing time off names all
 * persons booked in it.
 */
const NAMES: Readonly<Record<string, number>> = {
  cancelAppointment: PLACES,
  cancelBookingsOfClient: BOOKINGS,
  casesOfPerson: 20,
  // A list counts five times: so it is the 500 that the list has at most.
  changesOfDay: 100,
  clearUnavailability: 100 + PLACES,
  confirmAppointment: PLACES,
  dayList: 100,
  expectReturn: PLACES,
  moveAppointment: PLACES,
  previewReassignments: 50,
  reassignCases: 50,
  recordOutcome: PLACES,
  recordReturn: PLACES,
  setParticipants: PLACES,
  takeBackActs: BOOKINGS,
};

/** Estimates the lines of the access log, by the same sizes as the cost. */
const estimateLines: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const own = NAMES[field.name] ?? (LOGGED.has(getNamedType(field.type).name) ? 1 : 0);
  const { first } = args as { first?: number | null };
  const pages = field.args.some((arg) => arg.name === 'first');
  const isList = /^\[/.test(String(field.type)) && field.name !== 'edges';
  const lines = pages
    ? own + Math.min(Math.max(first ?? 20, 1), 100) * childComplexity
    : (isList ? 5 : 1) * (own + childComplexity);
  return /^(Query|Mutation|Subscription)$/.test(type.name) ? Math.max(lines, 1) : lines;
};

interface Weight {
  readonly cost: number;
  /** The cost without the policy matrix. */
  readonly besideMatrix: number;
  readonly lines: number;
}

/** The costs of documents that were found before. Apollo keeps a document parsed, and gives the same object for the same text. */
const weights = new WeakMap<DocumentNode, Map<string, Weight>>();
/** Few, since a client may send as many documents as it likes, each with as many values. */
const WEIGHTS_OF_A_DOCUMENT = 20;

const LONGEST_KEY = 200;

/** The values on which a document's cost depends: numbers (`first`), booleans (`@include`), and whether they are null. */
interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** Returns the key of a cost, from the variables that the operation declares, with their defaults. A name or a text is not kept here. */
function costKey({ schema, operation, variables }: Asked): string {
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const counted = Object.entries(coerced).filter(
    ([, value]) => value === null || typeof value === 'number' || typeof value === 'boolean',
  );
  return JSON.stringify([operation.name?.value, counted]);
}

function weigh(asked: Asked): Weight {
  const { schema, document, variables, operationName } = asked;
  const known = weights.get(document) ?? new Map<string, Weight>();
  weights.set(document, known);
  const key = costKey(asked);
  const before = known.get(key);
  if (before !== undefined) return before;
  const [cost = 0, besideMatrix = 0, lines = 0] = [estimate, estimateBesideMatrix, estimateLines].map(
    (estimator) =>
      getComplexity({
        schema,
        query: document,
        variables,
        ...(operationName === undefined ? {} : { operationName }),
        estimators: [estimator],
      }),
  );
  const weight = { cost, besideMatrix, lines };
  if (known.size < WEIGHTS_OF_A_DOCUMENT && key.length <= LONGEST_KEY) known.set(key, weight);
  return weight;
}

/**
 * Checks the cost of a document.
 * @param most the most that the document may cost, without the policy matrix
 * @throws CosmosError DOCUMENT_TOO_COSTLY before anything is executed
 */
export function requireAffordable(asked: Asked, most = MAX_COMPLEXITY): void {
  const { cost, besideMatrix } = weigh(asked);
  const searched = costOfSearches(asked);
  if (cost + searched > MAX_COMPLEXITY || besideMatrix + searched > most)
    throw new CosmosError('DOCUMENT_TOO_COSTLY', 'costly');
}

/** Returns the number of access log lines that an operation may write, as estimated from `first`. */
export function foreseeLines(asked: Asked): number {
  return weigh(asked).lines;
}

/**
 * Checks that a mutation has exactly one root field, so that it succeeds or fails as a whole.
 * @throws CosmosError INVALID_DOCUMENT
 */
export function requireOneRootField(operation: OperationDefinitionNode): void {
  const [only, ...more] = operation.selectionSet.selections;
  if (more.length > 0 || only?.kind !== Kind.FIELD) throw new CosmosError('INVALID_DOCUMENT', 'oneRootField');
}

/** True if the document asks for the schema, anywhere: behind fragments and aliases too. */
export function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    enter(node) {
      if (node.kind !== Kind.FIELD || !INTROSPECTION.has(node.name.value)) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
