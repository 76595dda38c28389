import type { Policies } from '../../../policies/rules/compile.js';
import { compileRule } from '../../../policies/rules/compile.js';
import {
  allow,
  and,
  chain,
  deny,
  not,
  or,
  type Policy,
  race,
  rowRule,
} from '../../../policies/rules/rules.js';
import { partsOf } from '../../../policies/sentences.js';
import type { Operation } from '../../../src/operation.js';
import type { Viewer } from '../../../src/viewer.js';

/** A change to one coordinate: its decision turned round, or another rule in its place. */
export interface Mutant {
  readonly coordinate: string;
  /** 'flip', or which of the coordinate’s mutated rules. */
  readonly change: 'flip' | number;
}

/** Mutants by the row that carries them; and one for what has no row, for the length of one call. */
const onRow = new WeakMap<object, Mutant>();
let onRoot: Mutant | null = null;

/** The row as a mutant’s own: the rules turned round for it are turned for no other row. */
export function marked<R extends object>(row: R, mutant: Mutant | null): R {
  const copy = { ...row };
  if (mutant !== null) onRow.set(copy, mutant);
  return copy;
}

/** Decides a root field under a mutant: rules are asked before the first await. */
export function withRootMutant<T>(mutant: Mutant | null, run: () => T): T {
  onRoot = mutant;
  try {
    return run();
  } finally {
    onRoot = null;
  }
}

const REJOIN = new Map<unknown, (...parts: Policy[]) => Policy>([
  [and(allow).constructor, and],
  [or(allow).constructor, or],
  [chain(allow).constructor, chain],
  [race(allow).constructor, race],
]);
const NOT = not(allow).constructor;

/** The rule with one node replaced by allow or by deny, or one operand of an operator dropped. */
export function mutatedRules(policy: Policy): { readonly name: string; readonly policy: Policy }[] {
  const found: { name: string; policy: Policy }[] = [];
  if (policy !== allow) found.push({ name: 'always allowed', policy: allow });
  if (policy !== deny) found.push({ name: 'always denied', policy: deny });
  const parts = partsOf(policy);
  if (parts.length === 0) return found;
  if (policy.constructor === NOT) return [...found, { name: 'without its not', policy: parts[0] as Policy }];
  const rejoin = REJOIN.get(policy.constructor);
  if (rejoin === undefined) throw new Error('an operator that is not known');
  for (const [index, part] of parts.entries()) {
    const others = parts.filter((_part, at) => at !== index);
    if (others.length > 0)
      found.push({
        name: `without operand ${index + 1}`,
        policy: others.length === 1 ? (others[0] as Policy) : rejoin(...others),
      });
    for (const mutated of mutatedRules(part)) {
      const whole = parts.map((other, at) => (at === index ? mutated.policy : other));
      found.push({ name: `operand ${index + 1} ${mutated.name}`, policy: rejoin(...whole) });
    }
  }
  return found;
}

const decide = (check: ReturnType<typeof compileRule>, viewer: Viewer, row: unknown): boolean =>
  check({ viewer, refusals: new Set(), verdicts: new Map() } as unknown as Operation, row) === true;

/** Every policy once behind a switch that is read when it is asked: as it stands, unless a mutant of its coordinate is on. */
export function switchable(policies: Policies): {
  readonly policies: Policies;
  /** The names of a coordinate’s mutated rules. */
  readonly mutants: ReadonlyMap<string, readonly string[]>;
} {
  const mutants = new Map<string, string[]>();
  const wrap = (coordinate: string, policy: Policy): Policy => {
    const rules = mutatedRules(policy);
    mutants.set(
      coordinate,
      rules.map(({ name }) => name),
    );
    const check = compileRule(policy, coordinate);
    const changed = rules.map((rule) => compileRule(rule.policy, coordinate));
    return rowRule<object | undefined>({ fr: 'x', en: 'x' }, (viewer, row) => {
      const mutant = (row === undefined ? null : onRow.get(row)) ?? onRoot;
      if (mutant?.coordinate !== coordinate) return decide(check, viewer, row);
      if (mutant.change === 'flip') return !decide(check, viewer, row);
      const other = changed[mutant.change];
      if (other === undefined) throw new Error(`${coordinate} has no such mutant`);
      return decide(other, viewer, row);
    });
  };
  return {
    mutants,
    policies: Object.fromEntries(
      Object.entries(policies).map(([type, fields]) => [
        type,
        Object.fromEntries(
          Object.entries(fields).map(([field, policy]) => [field, wrap(`${type}.${field}`, policy)]),
        ),
      ]),
    ),
  };
}
