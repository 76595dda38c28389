import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** What a look-up answers: no fact of any case. */
export const PersonMatch: TypePolicy = {
  id: forWhom.whoLooksUp,
  displayName: forWhom.whoLooksUp,
  birthYear: forWhom.whoLooksUp,
  reference: forWhom.whoLooksUp,
};
