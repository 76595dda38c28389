import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The answer to a release by a worker who held the case before. */
export const ReleaseAnswer: TypePolicy = {
  fr: 'Réponse à une levée (transmettre, ou dire pourquoi pas)',
  en: 'Answer to a release (hand over, or say why not)',
  fields: {
    worker: { to: forWhom.whoSeesTheAnswer, fr: 'agent qui répond', en: 'who answers' },
    answer: { to: forWhom.whoSeesTheAnswer, fr: 'transmis, ou non', en: 'handed over, or no' },
    reason: { to: forWhom.whoSeesTheAnswer, fr: 'motif du non (une catégorie)', en: 'why not (a category)' },
    answeredAt: { to: forWhom.whoSeesTheAnswer, fr: 'date de la réponse', en: 'when it was answered' },
  },
};
