import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** What a worker who left a case may still hand over: for them alone. */
export const HandoverTask: TypePolicy = {
  id: forWhom.itsHolder,
  caseReference: forWhom.itsHolder,
  toWorker: forWhom.itsHolder,
  reassignedAt: forWhom.itsHolder,
  closedAt: forWhom.itsHolder,
};
