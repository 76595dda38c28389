import type { GraphQLError, GraphQLFieldResolver, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Operation } from '../../src/operation.js';
import { And, Chain, Not, Or, Race } from './operators.js';
import { refusalOf } from './refusal.js';
import { allow, deny, judgementOf, type Policy } from './rules.js';

/** Answers a rule for this viewer before there is a row. Undefined if the answer depends on the row. */
export type Ahead = (op: Operation) => boolean | undefined;

/** Finds the `Ahead` of a field, by its type and its name. */
export type AheadOf = (type: string, field: string) => Ahead;

type Resolver = GraphQLFieldResolver<unknown, Operation>;

function joined(parts: readonly Ahead[], settles: boolean): Ahead {
  return (op) => {
    const answers = parts.map((part) => part(op));
    if (answers.includes(settles)) return settles;
    return answers.includes(undefined) ? undefined : !settles;
  };
}

/** Asks a rule about the viewer before the field is reached. If the rule fails or is asynchronous, the field decides. */
function ofViewer(policy: Policy, judge: (viewer: Operation['viewer'], row: never) => unknown): Ahead {
  return (op) => {
    try {
      const verdict = op.verdicts.get(policy) ?? judge(op.viewer, undefined as never);
      return typeof verdict === 'boolean' ? verdict : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Compiles a rule tree into the part that can be decided before there is a row. */
export function compileAhead(policy: Policy): Ahead {
  if (policy === allow) return () => true;
  if (policy === deny) return () => false;
  const judgement = judgementOf(policy);
  if (judgement !== undefined) {
    const { judge, readsRow, ever } = judgement;
    return readsRow ? (op) => (ever(op.viewer) ? undefined : false) : ofViewer(policy, judge);
  }
  const parts = ((policy as unknown as { rules?: readonly Policy[] }).rules ?? []).map(compileAhead);
  switch (policy.constructor) {
    case And:
    case Chain:
      return joined(parts, false);
    case Or:
    case Race:
      return joined(parts, true);
    case Not:
      return (op) => {
        const answer = parts[0]?.(op);
        return answer === undefined ? undefined : !answer;
      };
    default:
      return () => undefined;
  }
}

/**
 * Finds the fields of the payload that the document asks for and that are refused to this viewer whatever the row, in the order of the
 * document.
 */
function refusedOf(
  payload: GraphQLObjectType,
  ahead: AheadOf,
  op: Operation,
  info: GraphQLResolveInfo,
): readonly GraphQLError[] {
  const asked = collectSubfields(info.schema, info.fragments, info.variableValues, payload, info.fieldNodes);
  return [...asked].flatMap(([key, fieldNodes]) => {
    const field = fieldNodes[0]?.name.value ?? '';
    if (ahead(payload.name, field)(op) !== false) return [];
    const path = { prev: info.path, key, typename: payload.name };
    return [refusalOf({ path, fieldNodes })];
  });
}

/**
 * Wraps a mutation's resolver. If a field of its payload will be refused whatever the row, nothing is written.
 *
 * The resolver runs all the same, so that the log has the attempt with its subject, and a row that is refused is answered as usual. It
 * ends at its first write, with the refusal of the payload: so the time that the rest would take, done and undone, tells nothing.
 * @throws GraphQLError the refusal of the first refused field of the payload
 */
export function refusingAhead(payload: GraphQLObjectType, ahead: AheadOf, resolve: Resolver): Resolver {
  return async (row, args, op, info) => {
    const refused = refusedOf(payload, ahead, op, info);
    const [first] = refused;
    if (first === undefined) return resolve(row, args, op, info);
    op.tx.refuseWrites(first);
    try {
      await resolve(row, args, op, info);
    } catch (error) {
      if (error !== first) throw error;
    }
    for (const refusal of refused) op.refusals.add(refusal);
    throw first;
  };
}
