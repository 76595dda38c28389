import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** What a worker is told of: their own. */
export const Notification: TypePolicy = {
  id: forWhom.itsHolder,
  kind: forWhom.itsHolder,
  case: forWhom.itsHolder,
  createdAt: forWhom.itsHolder,
};
