import type { Policy, Sentence } from './rules.js';

/** Who may read a field, and the field in words that the people concerned understand. */
export interface FieldPolicy {
  /** The rule: to whom the field is open. */
  readonly to: Policy;
  /** The field in French. */
  readonly fr: string;
  /** The field in English, where its name does not say it. */
  readonly en?: string;
  /**
   * What a service asks of the row, where the rule can only know the role: root fields and actions have no row when they are decided. In words;
   * the condition itself stands in src/access.
   */
  readonly where?: Sentence;
}

/** A type in words, and each of its fields with its rule; no wildcard. */
export interface TypePolicy {
  readonly fr: string;
  readonly en: string;
  /** Of use to programs alone: shown last. */
  readonly technical?: true;
  /** What it takes to come to a row of the type at all, where its fields are open to whoever has one. */
  readonly where?: Sentence;
  /** In the order in which people read them. */
  readonly fields: Readonly<Record<string, FieldPolicy>>;
}

export const ID = { fr: 'identifiant technique', en: 'technical identifier' } as const;
export const VERSION = { fr: 'numéro de version', en: 'version number' } as const;
