import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Passage de tour: why someone was passed over tells of what else they have in the district, which the desk knows. */
export const OfferSkip: TypePolicy = {
  id: forWhom.theDeskOfTheWaitingList,
  reason: forWhom.theDeskOfTheWaitingList,
  startsAt: forWhom.theDeskOfTheWaitingList,
  skippedAt: forWhom.theDeskOfTheWaitingList,
};
