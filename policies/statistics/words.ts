import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The answer after words were read or withdrawn. */
export const TeamWords: TypePolicy = {
  fr: 'Texte d’une équipe, relu ou retiré',
  en: 'Words of a team, read or withdrawn',
  where: { fr: 'en réponse à qui le relit ou le retire', en: 'in the answer to who reads or withdraws them' },
  fields: {
    confirmedOn: { to: forWhom.whoChangesWords, fr: 'relu par un autre le', en: 'read by somebody else on' },
    withdrawnOn: { to: forWhom.whoChangesWords, fr: 'retiré le', en: 'withdrawn on' },
  },
};
