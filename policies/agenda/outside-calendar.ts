import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Agenda extérieur: every worker their own. To colleagues its times are busy times like any other. */
export const OutsideCalendar: TypePolicy = {
  id: forWhom.whoseOtherCalendarItIs,
  name: forWhom.whoseOtherCalendarItIs,
  district: forWhom.whoseOtherCalendarItIs,
  importedAt: forWhom.whoseOtherCalendarItIs,
  reachesUntil: forWhom.whoseOtherCalendarItIs,
  removedAt: forWhom.whoseOtherCalendarItIs,
  appointmentsOver: forWhom.whoseOtherCalendarItIs,
};
