import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * A planned reassignment: for its two workers and the head. The worker who will take the case learns nothing more of it before that day.
 */
export const PlannedReassignment: TypePolicy = {
  fr: 'Réattribution prévue d’un dossier',
  en: 'Planned reassignment of a case',
  fields: {
    caseReference: {
      to: forWhom.whoIsToldOfTheReassignment,
      fr: 'référence du dossier',
      en: 'reference of the case',
    },
    toWorker: {
      to: forWhom.whoIsToldOfTheReassignment,
      fr: 'agent qui reprend le dossier',
      en: 'worker who takes the case',
    },
    takesEffectAt: { to: forWhom.whoIsToldOfTheReassignment, fr: 'date d’effet', en: 'when it takes effect' },
    id: { to: forWhom.whoIsToldOfTheReassignment, ...ID },
    version: { to: forWhom.whoIsToldOfTheReassignment, ...VERSION },
  },
};

/** One of several cases that are reassigned together: for the head who asks. */
export const CaseMove: TypePolicy = {
  fr: 'Dossier à réattribuer parmi plusieurs',
  en: 'Case to be reassigned among several',
  where: { fr: 'en réponse au responsable qui le demande', en: 'in the answer to the head who asks' },
  fields: {
    caseId: { to: forWhom.heads, fr: 'dossier', en: 'case' },
    outcome: {
      to: forWhom.heads,
      fr: 'résultat de la réattribution, avant de la faire ou une fois faite',
      en: 'outcome of the move, in the preview or once done',
    },
  },
};
