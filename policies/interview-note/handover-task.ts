import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What a worker who left a case may still hand over: for them; a no, for who has the case now as well. */
export const HandoverTask: TypePolicy = {
  id: forWhom.whoSeesTheTask,
  caseReference: forWhom.whoSeesTheTask,
  worker: forWhom.whoSeesTheTask,
  toWorker: forWhom.whoSeesTheTask,
  reassignedAt: forWhom.whoSeesTheTask,
  answer: forWhom.whoSeesTheTask,
  reason: forWhom.whoSeesTheTask,
  closedAt: forWhom.whoSeesTheTask,
};
