import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Passage de tour: why someone was passed over tells of what else they have in the district, which the desk knows. */
export const OfferSkip: TypePolicy = {
  id: forWhom.theDeskOfTheWaitingList,
  reason: forWhom.theDeskOfTheWaitingList,
  startsAt: forWhom.theDeskOfTheWaitingList,
  skippedAt: forWhom.theDeskOfTheWaitingList,
};
