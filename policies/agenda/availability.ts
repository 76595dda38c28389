import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Plage d’ouverture. Colleagues see what is free of it, and not how it was opened. */
export const Availability: TypePolicy = {
  id: forWhom.whoReadsTheAgenda,
  worker: forWhom.whoReadsTheAgenda,
  district: forWhom.whoReadsTheAgenda,
  types: forWhom.whoReadsTheAgenda,
  modes: forWhom.whoReadsTheAgenda,
  place: forWhom.whoReadsTheAgenda,
  startsOn: forWhom.whoReadsTheAgenda,
  endsOn: forWhom.whoReadsTheAgenda,
  opensAt: forWhom.whoReadsTheAgenda,
  closesAt: forWhom.whoReadsTheAgenda,
  recurrence: forWhom.whoReadsTheAgenda,
  closedOn: forWhom.whoReadsTheAgenda,
  appointmentsLeft: forWhom.whoReadsTheAgenda,
  version: forWhom.whoReadsTheAgenda,
};
