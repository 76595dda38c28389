import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** What was stated of a danger: for who stated it, who decides and who reviews; not for the author of the notes. */
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
