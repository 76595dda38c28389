import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Asked before a source of events is opened, and again at each event. */
export const Subscription: TypePolicy = {
  visitChanges: forWhom.seesBusyTimes,
};
