import { WHO_CAME } from '../rules/conditions.js';
import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The rules of subscriptions. They are asked before a source of events is opened, and again at each event. */
export const Subscription: TypePolicy = {
  fr: 'Ce qui est suivi en direct',
  en: 'What is followed live',
  fields: {
    visitChanges: {
      to: forWhom.seesBusyTimes,
      fr: 'passages du jour',
      en: 'visits of the day',
      where: WHO_CAME,
    },
  },
};
