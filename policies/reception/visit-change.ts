import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** That a board has changed. Of the visit, each field is judged by itself. */
export const VisitChange: TypePolicy = {
  reload: forWhom.seesBusyTimes,
  visit: forWhom.seesBusyTimes,
};
