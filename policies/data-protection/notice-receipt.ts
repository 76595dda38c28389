import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

/**
 * That a notice was given, as a worker states it. Only the worker who follows the person and the person read which worker stated it. For
 * anyone else it would be a list of the workers who give notices.
 */
export const NoticeReceipt: TypePolicy = {
  fr: 'Information donnée à la personne sur ses droits',
  en: 'Notice given to the person',
  fields: {
    notice: { to: forWhom.whoKnowsThePerson, fr: 'texte remis', en: 'text that was given' },
    channel: {
      to: forWhom.whoKnowsThePerson,
      fr: 'de vive voix, sur papier ou en ligne',
      en: 'by word of mouth, on paper or online',
    },
    givenAt: { to: forWhom.whoKnowsThePerson, fr: 'date', en: 'when' },
    statedBy: {
      to: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),
      fr: 'agent qui l’a donnée',
      en: 'worker who gave it',
    },
    id: { to: forWhom.whoKnowsThePerson, ...ID },
  },
};
