import type { GeneratorValue } from 'fast-check';
import { boolean, nat } from 'fast-check';
import type { Policies } from '../../policies/rules/compile.js';
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
  type Verdict,
  viewerRule,
} from '../../policies/rules/rules.js';
import { ANONYMOUS, type Viewer } from '../../src/viewer.js';

/** A field of a selection: its key in the answer, which is unique in its set, and what is asked below it. */
export interface Selected {
  readonly key: string;
  readonly type: string;
  readonly field: string;
  readonly below: readonly Selected[];
}

export interface Scenario {
  readonly sdl: string;
  readonly policies: Policies;
  readonly rootValue: object;
  readonly selection: readonly Selected[];
  readonly viewer: Viewer;
  /** Neither a rule nor a resolver answers a promise: errors then come in the order of the answer. */
  readonly synchronous: boolean;
}

interface FieldPlan {
  readonly name: string;
  /** The type below; null for a scalar. */
  readonly below: number | null;
  readonly list: boolean;
  readonly nonNull: boolean;
  readonly policy: Policy;
}

/** Rows carry the columns that rules compare beside the fields of their type. */
interface Row {
  readonly mine: boolean;
  readonly level: number;
}

const words = { fr: 'x', en: 'x' };

/** What a resolver that fails throws: not of the policies. */
export const RESOLVER_FAILED = 'the resolver failed';

/** Rules that answer true or false. */
const JUDGES: readonly ((viewer: Viewer, row: Row) => boolean)[] = [
  (viewer) => viewer.kind === 'WORKER',
  (viewer) => viewer.scopes.has('cases:read'),
  (_viewer, row) => row.mine,
  (viewer, row) => row.mine && viewer.workerId !== null,
  (_viewer, row) => row.level > 0,
  (viewer, row) => row.level > viewer.memberships.length,
];
const FIRST_ROW_JUDGE = 2;

/** Rules that fail: always, or for some rows; by throwing, or by an answer that is neither true nor false. */
const FAILURES: readonly ((row: Row) => unknown)[] = [
  () => {
    throw new Error('the rule is broken');
  },
  (row) => {
    if (row.level > 0) throw new Error('the rule is broken');
    return true;
  },
  () => undefined,
  () => 'yes',
  () => new Error('no'),
  () => 1,
  (row) => (row.mine ? true : null),
];

/** Draws one scenario after another from fast-check's `gen()`, so that a failing one is made smaller. */
export function drawScenario(draw: GeneratorValue): Scenario {
  const upTo = (max: number): number => draw(nat, { max });
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length - 1)] as T;
  const synchronous = draw(boolean);

  function leaf(mayFail: boolean): Policy {
    const kind = upTo(mayFail ? 9 : 7);
    if (kind === 0) return allow;
    if (kind === 1) return deny;
    const later = !synchronous && upTo(2) === 0;
    const promised = (answer: () => Verdict): Verdict => (later ? Promise.resolve().then(answer) : answer());
    if (kind >= 8) {
      const failure = pick(FAILURES);
      return rowRule<Row>(words, (_viewer, row) => promised(() => failure(row) as boolean));
    }
    const index = upTo(JUDGES.length - 1);
    const judge = JUDGES[index] as (viewer: Viewer, row: Row) => boolean;
    return index < FIRST_ROW_JUDGE
      ? viewerRule(words, (viewer) => promised(() => judge(viewer, { mine: false, level: 0 })))
      : rowRule<Row>(words, (viewer, row) => promised(() => judge(viewer, row)));
  }

  /** A rule that may fail stands neither under `not` nor before another in an `or`: there the two differ on purpose. */
  function tree(depth: number, mayFail: boolean): Policy {
    const kind = depth === 0 ? 0 : upTo(8);
    if (kind < 4) return leaf(mayFail);
    if (kind === 4) return not(tree(depth - 1, false));
    const parts = upTo(2) + 1;
    const alternatives = kind < 7;
    const rules = Array.from({ length: parts }, (_, at) =>
      tree(depth - 1, mayFail && (!alternatives || at === parts - 1)),
    );
    const join = kind === 5 ? or : kind === 6 ? race : kind === 7 ? and : chain;
    return join(...rules);
  }

  const typeCount = upTo(3) + 1;
  const nameOf = (type: number): string => (type === 0 ? 'Query' : `T${type}`);
  const types: readonly (readonly FieldPlan[])[] = Array.from({ length: typeCount }, (_, type) =>
    Array.from({ length: upTo(3) + 1 }, (_, at) => {
      // Only types further on, so that nothing is endless; and each type is reached from the one before it.
      const below =
        type + 1 < typeCount && (at === 0 || draw(boolean)) ? type + 1 + upTo(typeCount - type - 2) : null;
      const nonNull = upTo(4) === 0;
      // The census has it so: what may be refused is nullable.
      return { name: `f${at}`, below, list: draw(boolean), nonNull, policy: nonNull ? allow : tree(4, true) };
    }),
  );

  function value(plan: FieldPlan): unknown {
    const one = (): unknown => (plan.below === null ? `v${upTo(99)}` : row(plan.below));
    const made = plan.list ? Array.from({ length: upTo(3) }, one) : one();
    // A resolver that fails under a non-null field nulls more or less of the errors beside it, as time has it.
    const how = upTo(plan.nonNull ? 6 : 8);
    if (how === 7) return null;
    if (how === 8) return failing(!synchronous && draw(boolean));
    if (how === 6) return () => made;
    return how === 5 && !synchronous ? () => Promise.resolve(made) : made;
  }

  function failing(later: boolean): () => unknown {
    return () => {
      if (later) return Promise.reject(new Error(RESOLVER_FAILED));
      throw new Error(RESOLVER_FAILED);
    };
  }

  function row(type: number): Row {
    const fields = (types[type] ?? []).map((plan) => [plan.name, value(plan)]);
    return { mine: draw(boolean), level: upTo(2), ...Object.fromEntries(fields) };
  }

  function select(type: number): readonly Selected[] {
    const plans = types[type] ?? [];
    return Array.from({ length: upTo(3) + 1 }, (_, at): Selected => {
      const plan = pick(plans);
      return {
        key: `k${at}`,
        type: nameOf(type),
        field: plan.name,
        below: plan.below === null ? [] : select(plan.below),
      };
    });
  }

  const typeOf = (plan: FieldPlan): string => {
    const named = plan.below === null ? 'String' : nameOf(plan.below);
    return (plan.list ? `[${named}]` : named) + (plan.nonNull ? '!' : '');
  };
  const sdl = types.map(
    (plans, type) =>
      `type ${nameOf(type)} { ${plans.map((plan) => `${plan.name}: ${typeOf(plan)}`).join(' ')} }`,
  );
  return {
    sdl: sdl.join('\n'),
    policies: Object.fromEntries(
      types.map((plans, type) => [
        nameOf(type),
        Object.fromEntries(plans.map(({ name, policy }) => [name, policy])),
      ]),
    ),
    rootValue: row(0),
    selection: select(0),
    viewer: {
      ...ANONYMOUS,
      kind: draw(boolean) ? 'WORKER' : 'PERSON',
      workerId: draw(boolean) ? 'w' : null,
      scopes: new Set(draw(boolean) ? ['cases:read'] : []),
      memberships: draw(boolean) ? [{ role: 'RECEPTIONIST', districtId: 'd' }] : [],
    },
    synchronous,
  };
}
