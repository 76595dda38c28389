import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** That a board has changed. Of the visit, each field is judged by itself. */
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
