import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** A reassignment that is to come: for its two workers and the head. To who will take the case it is all that they know of it. */
export const PlannedReassignment: TypePolicy = {
  id: forWhom.whoIsToldOfTheReassignment,
  caseReference: forWhom.whoIsToldOfTheReassignment,
  toWorker: forWhom.whoIsToldOfTheReassignment,
  takesEffectAt: forWhom.whoIsToldOfTheReassignment,
  version: forWhom.whoIsToldOfTheReassignment,
};

/** One case of several to be reassigned at once: for the head who asks. */
export const CaseMove: TypePolicy = {
  caseId: forWhom.heads,
  outcome: forWhom.heads,
};
