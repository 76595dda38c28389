import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * The facts that were stated about a danger: for the worker who stated them, and for those who decide and review; not for the author of
 * the notes.
 */
export const DangerStatement: TypePolicy = {
  fr: 'Danger exposé à l’appui d’une levée',
  en: 'Danger stated with a release',
  fields: {
    facts: { to: forWhom.whoSeesTheStatement, fr: 'ce qui a été vu ou dit', en: 'what was seen or said' },
    authorCalledAt: {
      to: forWhom.whoSeesTheStatement,
      fr: 'appel à l’auteur, le',
      en: 'when the author was called',
    },
    authorCall: { to: forWhom.whoSeesTheStatement, fr: 'résultat de l’appel', en: 'what came of the call' },
  },
};
