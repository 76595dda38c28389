import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { and } from '../rules/rules.js';

const itsTwoWorkers = and(forWhom.noteReaders, forWhom.oneOfItsTwoWorkers);

/** Passation: for the worker who offers it and the one to whom it is offered. */
export const Handover: TypePolicy = {
  id: itsTwoWorkers,
  case: itsTwoWorkers,
  fromWorker: itsTwoWorkers,
  toWorker: itsTwoWorkers,
  offeredAt: itsTwoWorkers,
  acceptedAt: itsTwoWorkers,
  withdrawnAt: itsTwoWorkers,
};
