import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** A declared absence, never its cause: for the worker about whom it is declared, and the head. */
export const Absence: TypePolicy = {
  id: forWhom.whoIsDeclaredAbsent,
  worker: forWhom.whoIsDeclaredAbsent,
  startsAt: forWhom.whoIsDeclaredAbsent,
  endsAt: forWhom.whoIsDeclaredAbsent,
  contradictedAt: forWhom.whoIsDeclaredAbsent,
  version: forWhom.whoIsDeclaredAbsent,
};
