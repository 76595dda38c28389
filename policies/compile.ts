import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { CosmosError, ForbiddenError } from '../src/errors.js';
import type { Operation } from '../src/operation.js';
import { allow, and, chain, deny, judgementOf, not, or, type Policy, race } from './rules.js';

/** Every field of a type, each with its rule; no wildcard. */
export type TypePolicy = Readonly<Record<string, Policy>>;
export type Policies = Readonly<Record<string, TypePolicy>>;

type Check = (op: Operation, row: unknown) => boolean;

/** graphql-shield does not export its classes: one of each operator tells them. */
const And = and(allow).constructor;
const Or = or(allow).constructor;
const Chain = chain(allow).constructor;
const Race = race(allow).constructor;
const Not = not(allow).constructor;

/**
 * A rule tree as one synchronous function, with nothing cached across rows. Where graphql-shield leaves a door open,
 * this one is shut: `not` of a rule that throws throws, and what is no rule of ours does not compile.
 */
export function compileRule(policy: Policy, at: string): Check {
  if (policy === allow) return () => true;
  if (policy === deny) return () => false;
  const judgement = judgementOf(policy);
  if (judgement !== undefined) return (op, row) => judgement.judge(op.viewer, row as never) === true;
  const parts = (policy as unknown as { rules?: readonly Policy[] } | undefined)?.rules;
  if (parts === undefined) throw new Error(`${at}: not a rule of policies/rules.ts`);
  const checks = parts.map((part) => compileRule(part, at));
  switch (policy.constructor) {
    case And:
    case Chain:
      return (op, row) => checks.every((check) => check(op, row));
    case Or:
    case Race:
      return (op, row) => checks.some((check) => check(op, row));
    case Not:
      return (op, row) => checks.every((check) => !check(op, row));
    default:
      throw new Error(`${at}: an operator that is not known`);
  }
}

/** A rule that throws grants nothing, and is no refusal either: the answer says unavailable. */
function decide(check: Check, op: Operation, row: unknown): boolean {
  try {
    return check(op, row);
  } catch (error) {
    throw new CosmosError('UNAVAILABLE', 'unavailable', {}, { cause: error });
  }
}

function guard(
  coordinate: string,
  check: Check,
  resolve: GraphQLFieldResolver<unknown, Operation>,
): GraphQLFieldResolver<unknown, Operation> {
  return (row, args, op, info) => {
    if (decide(check, op, row)) return resolve(row, args, op, info);
    // One error per coordinate, at its first path: how many rows are refused is nobody's knowledge.
    if (op.refusals.has(coordinate)) return null;
    op.refusals.add(coordinate);
    throw new ForbiddenError();
  };
}

/** Puts each field's rule in front of its resolver, in the schema that is executed. Call the census first. */
export function compilePolicies(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const policy = policies[type.name]?.[field.name];
      if (policy === undefined) throw new Error(`${coordinate} has no rule`);
      if (policy === allow) continue;
      const check = compileRule(policy, coordinate);
      field.resolve = guard(coordinate, check, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}
