import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** That a board has changed. Of the visit, each field is judged by itself. */
export const VisitChange: TypePolicy = {
  reload: forWhom.seesBusyTimes,
  visit: forWhom.seesBusyTimes,
};
