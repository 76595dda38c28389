import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Indisponibilité, never its cause. To colleagues it is a busy time like any other. */
export const Unavailability: TypePolicy = {
  id: forWhom.whoReadsTheAgenda,
  worker: forWhom.whoReadsTheAgenda,
  district: forWhom.whoReadsTheAgenda,
  startsAt: forWhom.whoReadsTheAgenda,
  endsAt: forWhom.whoReadsTheAgenda,
  appointmentsOver: forWhom.whoReadsTheAgenda,
  version: forWhom.whoReadsTheAgenda,
};
