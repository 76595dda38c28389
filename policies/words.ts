import { TYPES } from './index.js';
import type { Sentence } from './rules/rules.js';

/** Returns a field’s label in both languages; undefined if there is none. */
export function labelOf(type: string, field: string): Sentence | undefined {
  const policy = TYPES[type]?.fields[field];
  if (policy === undefined) return undefined;
  return { fr: policy.fr, en: policy.en ?? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) };
}

/** Returns the condition that goes beyond the field's rule, in words; undefined if the rule says everything. */
export function conditionOf(type: string, field: string): Sentence | undefined {
  return TYPES[type]?.fields[field]?.where ?? TYPES[type]?.where;
}
