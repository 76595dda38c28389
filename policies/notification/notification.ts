import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What a worker is told of: their own. */
export const Notification: TypePolicy = {
  id: forWhom.itsHolder,
  kind: forWhom.itsHolder,
  case: forWhom.itsHolder,
  createdAt: forWhom.itsHolder,
};
