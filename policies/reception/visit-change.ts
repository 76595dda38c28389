import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The event that a board has changed. Each field of the visit is judged on its own. */
export const VisitChange: TypePolicy = {
  fr: 'Tableau de l’accueil : un changement',
  en: 'Board of the reception: a change',
  fields: {
    visit: {
      to: forWhom.seesBusyTimes,
      fr: 'passage tel qu’il est maintenant',
      en: 'the visit as it is now',
    },
    reload: {
      to: forWhom.seesBusyTimes,
      fr: 's’il faut relire la file',
      en: 'whether to read the queue again',
    },
  },
};
