import { ACT_ACTIONS } from './act.js';
import type { Action } from './action.js';
import { AGENDA_ACTIONS } from './agenda.js';
import { APPOINTMENT_ACTIONS } from './appointment.js';
import { CALENDAR_FEED_ACTIONS } from './calendar-feed.js';
import { CASE_ACTIONS } from './case.js';
import { DATA_PROTECTION_ACTIONS } from './data-protection.js';
import { DIRECTORY_ACTIONS } from './directory.js';
import { INTERVIEW_NOTE_ACTIONS } from './interview-note.js';
import { ORIENTATION_ACTIONS } from './orientation.js';
import { PERSON_ACTIONS } from './person.js';
import { RECEPTION_ACTIONS } from './reception.js';
import { RELEASE_ACTIONS } from './release.js';
import { STATISTICS_ACTIONS } from './statistics.js';
import { WAITING_LIST_ACTIONS } from './waiting-list.js';

export type { Action } from './action.js';

/** Who does what: every mutation, on fresh rows each time. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ...DIRECTORY_ACTIONS,
  ...ACT_ACTIONS,
  ...DATA_PROTECTION_ACTIONS,
  ...CASE_ACTIONS,
  ...PERSON_ACTIONS,
  ...AGENDA_ACTIONS,
  ...CALENDAR_FEED_ACTIONS,
  ...APPOINTMENT_ACTIONS,
  ...INTERVIEW_NOTE_ACTIONS,
  ...RELEASE_ACTIONS,
  ...RECEPTION_ACTIONS,
  ...ORIENTATION_ACTIONS,
  ...WAITING_LIST_ACTIONS,
  ...STATISTICS_ACTIONS,
};
