import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { and } from './rules.js';

const itsWorker = and(forWhom.noteReaders, forWhom.itsHolder);

/** What a worker who left a case may still hand over: for them alone. */
export const HandoverTask: TypePolicy = {
  id: itsWorker,
  caseReference: itsWorker,
  toWorker: itsWorker,
  reassignedAt: itsWorker,
  closedAt: itsWorker,
};
