import {
  allow,
  and,
  chain,
  deny,
  judgementOf,
  not,
  or,
  type Policy,
  race,
  type Sentence,
} from './rules/rules.js';

const EVERYONE: Sentence = { fr: 'tout le monde', en: 'everyone' };
const NOBODY: Sentence = { fr: 'personne', en: 'nobody' };

/** The words for each operator of graphql-shield. It does not export its classes, so each is taken from one instance. */
const JOINED = new Map<unknown, { readonly fr: string; readonly en: string }>([
  [or(allow).constructor, { fr: ' ; ou ', en: '; or ' }],
  [race(allow).constructor, { fr: ' ; ou ', en: '; or ' }],
  [and(allow).constructor, { fr: ', à condition d’être aussi : ', en: ', provided they are also: ' }],
  [chain(allow).constructor, { fr: ', à condition d’être aussi : ', en: ', provided they are also: ' }],
]);
const NOT = not(allow).constructor;

/** Returns the rules that an operator joins; none for a single rule. */
export function partsOf(policy: Policy): readonly Policy[] {
  return (policy as unknown as { readonly rules?: readonly Policy[] }).rules ?? [];
}

/**
 * Describes the readers that a rule lets through, as a sentence that ends "this is for…". Joined rules read as one sentence too.
 * @throws Error for a rule that was not made by `policies/rules/rules.ts`
 */
export function sentenceOf(policy: Policy): Sentence {
  if (policy === allow) return EVERYONE;
  if (policy === deny) return NOBODY;
  const judged = judgementOf(policy);
  if (judged !== undefined) return judged.sentence;
  const parts = partsOf(policy).map(sentenceOf);
  if (parts.length > 0 && policy.constructor === NOT)
    return {
      fr: `tous, sauf : ${parts.map(({ fr }) => fr).join(', ')}`,
      en: `all but: ${parts.map(({ en }) => en).join(', ')}`,
    };
  const joined = JOINED.get(policy.constructor);
  if (joined === undefined || parts.length === 0) throw new Error('not a rule of policies/rules/rules.ts');
  return {
    fr: parts.map(({ fr }) => fr).join(joined.fr),
    en: parts.map(({ en }) => en).join(joined.en),
  };
}
