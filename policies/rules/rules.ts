import type { Operation } from '../../src/operation.js';
import type { Viewer } from '../../src/viewer.js';
import { allow, and, chain, deny, not, or, race, rule } from './shield.js';

/** The readers that a rule lets through, in words for the people concerned. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** A graphql-shield rule, or rules joined by its operators. */
export type Policy = typeof allow | ReturnType<typeof and> | ReturnType<ReturnType<typeof rule>>;

/** A rule's answer. A promise makes every field that the rule guards wait, so it is for rules that must ask elsewhere. */
export type Verdict = boolean | Promise<boolean>;

type Judge = (viewer: Viewer, row: never) => Verdict;
type Ever = (viewer: Viewer) => boolean;

interface Judged {
  readonly judge: Judge;
  readonly readsRow: boolean;
  /** For a rule about rows: whether there can be a row that it grants to this viewer. Always true if the rule did not say. */
  readonly ever: Ever;
  readonly sentence: Sentence;
}

const judged = new WeakMap<object, Judged>();
let count = 0;

function define(sentence: Sentence, judge: Judge, readsRow: boolean, ever: Ever = () => true): Policy {
  count += 1;
  const made = rule(`rule${count}`, { cache: 'no_cache' })((parent: unknown, _args: unknown, op: Operation) =>
    judge(op.viewer, parent as never),
  );
  judged.set(made, { judge, readsRow, ever, sentence });
  return made;
}

/** Makes a rule about the viewer alone, by their roles and scopes. It is decided once per operation. */
export function viewerRule(sentence: Sentence, judge: (viewer: Viewer) => Verdict): Policy {
  return define(sentence, judge, false);
}

/**
 * Makes a rule about the viewer's relation to the row. The judge is pure, and reads only columns that the row carries.
 * @param ever whether the rule can grant anything at all to this viewer; asked for a mutation's payload before there is a row
 */
export function rowRule<Row>(
  sentence: Sentence,
  judge: (viewer: Viewer, row: Row) => Verdict,
  ever?: Ever,
): Policy {
  if (ever === undefined) return define(sentence, judge as Judge, true);
  return define(sentence, ((viewer, row: Row) => ever(viewer) && judge(viewer, row)) as Judge, true, ever);
}

/** Returns what a rule made here judges by; undefined for any other rule. */
export function judgementOf(policy: object): Judged | undefined {
  return judged.get(policy);
}

export { allow, and, chain, deny, not, or, race };
