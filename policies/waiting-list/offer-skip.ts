import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Passage de tour. The reason for which a person was passed over tells of their other appointments in the district, which the desk knows.
 */
export const OfferSkip: TypePolicy = {
  fr: 'Passage de tour',
  en: 'Time for which a request was passed over',
  fields: {
    reason: { to: forWhom.theDeskOfTheWaitingList, fr: 'pourquoi', en: 'why' },
    startsAt: { to: forWhom.theDeskOfTheWaitingList, fr: 'début du créneau', en: 'when the time begins' },
    skippedAt: { to: forWhom.theDeskOfTheWaitingList, fr: 'date' },
    id: { to: forWhom.theDeskOfTheWaitingList, ...ID },
  },
};
