import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** A declared absence, never its cause. It is for the absent worker and for the head of the district. */
export const Absence: TypePolicy = {
  id: forWhom.whoIsDeclaredAbsent,
  worker: forWhom.whoIsDeclaredAbsent,
  startsAt: forWhom.whoIsDeclaredAbsent,
  endsAt: forWhom.whoIsDeclaredAbsent,
  contradictedAt: forWhom.whoIsDeclaredAbsent,
  version: forWhom.whoIsDeclaredAbsent,
};
