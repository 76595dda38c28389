import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Agenda à suivre: everyone their own. */
export const CalendarFeed: TypePolicy = {
  id: forWhom.whoFollowsTheCalendar,
  address: forWhom.whoFollowsTheCalendar,
  label: forWhom.whoFollowsTheCalendar,
  createdAt: forWhom.whoFollowsTheCalendar,
  revokedAt: forWhom.whoFollowsTheCalendar,
};
