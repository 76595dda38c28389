import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Agenda à suivre: everyone their own. */
export const CalendarFeed: TypePolicy = {
  id: forWhom.whoFollowsTheCalendar,
  address: forWhom.whoFollowsTheCalendar,
  label: forWhom.whoFollowsTheCalendar,
  createdAt: forWhom.whoFollowsTheCalendar,
  revokedAt: forWhom.whoFollowsTheCalendar,
};
