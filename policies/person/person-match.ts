import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What a look-up answers: no fact of any case. */
export const PersonMatch: TypePolicy = {
  id: forWhom.whoLooksUp,
  displayName: forWhom.whoLooksUp,
  birthYear: forWhom.whoLooksUp,
  reference: forWhom.whoLooksUp,
};
