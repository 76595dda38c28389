import type { Policy, Sentence } from './rules.js';

/** The rule of a field, and its label in words that the people concerned understand. */
export interface FieldPolicy {
  /** The rule that decides who may read the field. */
  readonly to: Policy;
  /** The label in French. */
  readonly fr: string;
  /** The label in English, if the field's name does not say it. */
  readonly en?: string;
  /**
   * The service's condition on the row, in words, where the rule can only know the role: a root field or an action has no row when it is
   * decided. The condition itself stands in `src/access`.
   */
  readonly where?: Sentence;
}

/** Fields, each with its rule and its label, in the order in which people read them. */
export type FieldPolicies = Readonly<Record<string, FieldPolicy>>;

/** A type in words, and each of its fields with its rule. There is no wildcard. */
export interface TypePolicy {
  readonly fr: string;
  readonly en: string;
  /** Set if only programs use the type: it is shown last. */
  readonly technical?: true;
  /** The condition for reaching a row of the type at all, where its fields are open to everyone who has a row. */
  readonly where?: Sentence;
  /** The fields, in the order in which people read them. */
  readonly fields: FieldPolicies;
}

/** The label of every field `id`. */
export const ID = { fr: 'identifiant technique', en: 'technical identifier' } as const;
/** The label of every field `version`. */
export const VERSION = { fr: 'numéro de version', en: 'version number' } as const;
