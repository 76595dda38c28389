import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Délai d’attente. A row is protected before it is written: whoever reads protected statistics reads all of it. */
export const WaitingTime: TypePolicy = {
  month: forWhom.whoReadsStatistics,
  askedToOffered: forWhom.whoReadsStatistics,
  askedToHeld: forWhom.whoReadsStatistics,
  stillWaiting: forWhom.whoReadsStatistics,
  notHonoured: forWhom.whoReadsStatistics,
  unknownOutcome: forWhom.whoReadsStatistics,
  frozenOn: forWhom.whoReadsStatistics,
};

export const ThirdNextAvailable: TypePolicy = {
  day: forWhom.whoReadsStatistics,
  days: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};

export const ProtectedDays: TypePolicy = {
  medianDays: forWhom.whoReadsStatistics,
  ninetiethPercentileDays: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};

export const ProtectedShare: TypePolicy = {
  percent: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};
