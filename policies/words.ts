import { TYPES } from './index.js';
import type { Sentence } from './rules/rules.js';

/** A field’s label in both languages; undefined where there is none. */
export function labelOf(type: string, field: string): Sentence | undefined {
  const policy = TYPES[type]?.fields[field];
  if (policy === undefined) return undefined;
  return { fr: policy.fr, en: policy.en ?? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) };
}

/** What is asked beyond the rule of the field, in words; undefined where the rule says it all. */
export function conditionOf(type: string, field: string): Sentence | undefined {
  return TYPES[type]?.fields[field]?.where ?? TYPES[type]?.where;
}
