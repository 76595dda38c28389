import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The persons to inform in one's own cases. No head, desk or colleague sees which person a worker has not informed, nor why. */
export const PersonToInform: TypePolicy = {
  fr: 'Personne à informer sur ses données',
  en: 'Person to inform of their data',
  fields: {
    person: { to: forWhom.whoFollowsTheCase, fr: 'personne concernée', en: 'person whom it is about' },
    case: { to: forWhom.whoFollowsTheCase, fr: 'dossier', en: 'case' },
    since: { to: forWhom.whoFollowsTheCase, fr: 'ouverture du dossier', en: 'when the case was opened' },
    givenANotice: {
      to: forWhom.whoFollowsTheCase,
      fr: 'a reçu une information, courte ou antérieure',
      en: 'was given a notice, short or earlier',
    },
    deferralGround: {
      to: forWhom.whoFollowsTheCase,
      fr: 'pourquoi elle n’est pas informée pour l’instant',
      en: 'why they are not informed for now',
    },
    reviewOn: { to: forWhom.whoFollowsTheCase, fr: 'à réexaminer le', en: 'to be looked at again on' },
  },
};
