import type { Operation } from '../src/operation.js';
import type { Viewer } from '../src/viewer.js';
import { allow, and, chain, deny, not, or, race, rule } from './shield.js';

/** Why a rule grants, in words for the people it concerns. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** A graphql-shield rule, or rules joined by its operators. */
export type Policy = typeof allow | ReturnType<typeof and> | ReturnType<ReturnType<typeof rule>>;

/** What a rule answers; a promise makes every field that it guards wait, so it is for rules that must ask elsewhere. */
export type Verdict = boolean | Promise<boolean>;

type Judge = (viewer: Viewer, row: never) => Verdict;

interface Judged {
  readonly judge: Judge;
  readonly readsRow: boolean;
  readonly sentence: Sentence;
}

const judged = new WeakMap<object, Judged>();
let count = 0;

function define(sentence: Sentence, judge: Judge, readsRow: boolean): Policy {
  count += 1;
  const made = rule(`rule${count}`, { cache: 'no_cache' })((parent: unknown, _args: unknown, op: Operation) =>
    judge(op.viewer, parent as never),
  );
  judged.set(made, { judge, readsRow, sentence });
  return made;
}

/** A rule about the viewer alone: their roles and scopes. Decided once per operation. */
export function viewerRule(sentence: Sentence, judge: (viewer: Viewer) => Verdict): Policy {
  return define(sentence, judge, false);
}

/** A rule about the viewer's relation to the row: pure, over columns that the row carries. */
export function rowRule<Row>(sentence: Sentence, judge: (viewer: Viewer, row: Row) => Verdict): Policy {
  return define(sentence, judge as Judge, true);
}

/** What a rule made here judges by; undefined for any other. */
export function judgementOf(policy: object): Judged | undefined {
  return judged.get(policy);
}

export { allow, and, chain, deny, not, or, race };
