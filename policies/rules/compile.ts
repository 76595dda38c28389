import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Operation } from '../../src/operation.js';
import { type Ahead, type AheadOf, compileAhead, refusingAhead } from './ahead.js';
import { And, Chain, Not, Or, Race } from './operators.js';
import { refuse } from './refusal.js';
import { allow, deny, judgementOf, type Policy, type Verdict } from './rules.js';

/** The rule of each field of a type. There is no wildcard. */
export type TypeRules = Readonly<Record<string, Policy>>;
/** The rules of each type, by its name. */
export type Policies = Readonly<Record<string, TypeRules>>;

type Resolver = GraphQLFieldResolver<unknown, Operation>;
type Check = (op: Operation, row: unknown) => Verdict;

/** Accepts true or false as a rule's answer. Anything else is a broken rule, and counts as one that threw. */
function answered(answer: unknown): boolean {
  if (typeof answer === 'boolean') return answer;
  throw new TypeError('a rule answered neither true nor false');
}

/** Asks the parts in their order and stops at the first that settles the answer. It returns a promise only if a part does. */
function inTurn(checks: readonly Check[], settles: boolean): Check {
  const from = (first: number, op: Operation, row: unknown): Verdict => {
    for (let at = first; at < checks.length; at += 1) {
      const verdict = (checks[at] as Check)(op, row);
      if (verdict === settles) return settles;
      if (typeof verdict !== 'boolean')
        return verdict.then((later) => (later === settles ? settles : from(at + 1, op, row)));
    }
    return !settles;
  };
  return (op, row) => from(0, op, row);
}

/** Asks a rule about the viewer alone once per operation, however many fields and rows it guards. */
function oncePerOperation(rule: Policy, ask: Check): Check {
  return (op) => {
    let verdict = op.verdicts.get(rule);
    if (verdict === undefined) {
      verdict = ask(op, undefined);
      op.verdicts.set(rule, verdict);
    }
    return verdict;
  };
}

/**
 * Compiles a rule tree into one function. The function is synchronous if its rules are, and keeps nothing from one row to the next.
 *
 * It is stricter than graphql-shield: a rule that throws grants nothing, not even under `not`, and a rule that was not made by
 * `policies/rules/rules.ts` does not compile.
 * @throws Error for such a rule, for an operator without rules, and for an unknown operator
 */
export function compileRule(policy: Policy, at: string): Check {
  if (policy === allow) return () => true;
  if (policy === deny) return () => false;
  const judgement = judgementOf(policy);
  if (judgement !== undefined) {
    const { judge, readsRow } = judgement;
    const ask: Check = (op, row) => {
      const answer: unknown = judge(op.viewer, row as never);
      return answer instanceof Promise ? answer.then(answered) : answered(answer);
    };
    return readsRow ? ask : oncePerOperation(policy, ask);
  }
  const parts = (policy as unknown as { rules?: readonly Policy[] } | undefined)?.rules;
  if (parts === undefined) throw new Error(`${at}: not a rule of policies/rules/rules.ts`);
  if (parts.length === 0) throw new Error(`${at}: joins no rules`);
  const checks = parts.map((part) => compileRule(part, at));
  switch (policy.constructor) {
    case And:
    case Chain:
      return inTurn(checks, false);
    case Or:
    case Race:
      return inTurn(checks, true);
    case Not: {
      const [check] = checks as [Check];
      return (op, row) => {
        const verdict = check(op, row);
        return typeof verdict === 'boolean' ? !verdict : verdict.then((later) => !later);
      };
    }
    default:
      throw new Error(`${at}: an operator that is not known`);
  }
}

/** Puts a check in front of a resolver. The resolver is called only after the check has granted. */
function guard(check: Check, resolve: Resolver): Resolver {
  return (row, args, op, info) => {
    let verdict: Verdict;
    try {
      verdict = check(op, row);
    } catch (cause) {
      return refuse(op, info, { cause });
    }
    if (verdict === true) return resolve(row, args, op, info);
    if (verdict === false) return refuse(op, info);
    return verdict.then(
      (granted) => (granted ? resolve(row, args, op, info) : refuse(op, info)),
      (cause) => refuse(op, info, { cause }),
    );
  };
}

/**
 * Judges a subscription and each of its events anew. An earlier decision does not hold for the next event, even if they share an
 * operation, as in graphql-js's own `subscribe`.
 */
function afresh(resolve: Resolver): Resolver {
  return (row, args, op, info) => {
    op.verdicts.clear();
    op.refusals.clear();
    return resolve(row, args, op, info);
  };
}

/**
 * Puts each field's rule in front of its resolver, in the schema that is executed. For a subscription the rule also stands in front of
 * `subscribe`, before any source of events is opened.
 *
 * For a mutation, the fields of the payload that are refused to this viewer whatever the row are found before anything is written. A
 * resolver that prepares something from its input first asks `extensions.permits`. Call the census first.
 * @throws Error for a field without a rule, or with one that does not compile
 */
export function compilePolicies(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  const aheads = new Map<string, Ahead>();
  const ahead: AheadOf = (type, field) => {
    const known = aheads.get(`${type}.${field}`) ?? compileAhead(policies[type]?.[field] ?? allow);
    aheads.set(`${type}.${field}`, known);
    return known;
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const at = `${type.name}.${field.name}`;
      const policy = policies[type.name]?.[field.name];
      if (policy === undefined) throw new Error(`${at} has no rule`);
      const check = compileRule(policy, at);
      const payload = getNamedType(field.type);
      if (type === schema.getMutationType() && isObjectType(payload))
        field.resolve = refusingAhead(payload, ahead, field.resolve ?? defaultFieldResolver);
      if (field.extensions['ahead'] !== undefined)
        field.extensions = { ...field.extensions, permits: (op: Operation) => check(op, undefined) };
      const guarded = (resolve: Resolver = defaultFieldResolver): Resolver =>
        policy === allow ? resolve : guard(check, resolve);
      if (type === schema.getSubscriptionType()) {
        field.subscribe = afresh(guarded(field.subscribe));
        field.resolve = afresh(guarded(field.resolve));
      } else if (policy !== allow) field.resolve = guarded(field.resolve);
    }
  }
  return schema;
}
