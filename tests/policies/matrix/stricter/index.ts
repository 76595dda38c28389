import { ACT } from './act.js';
import { AGENDA } from './agenda.js';
import { APPOINTMENT } from './appointment.js';
import { CALENDAR_FEED } from './calendar-feed.js';
import { CASE } from './case.js';
import { DIRECTORY } from './directory.js';
import { INTERVIEW_NOTE } from './interview-note.js';
import { OPERATION } from './operation.js';
import { ORIENTATION } from './orientation.js';
import { PERSON } from './person.js';
import { RECEPTION } from './reception.js';
import { RELEASE } from './release.js';
import { STATISTICS } from './statistics.js';
import type { Stricter } from './stricter.js';
import { WAITING_LIST } from './waiting-list.js';

export type { Stricter } from './stricter.js';

/** Every one of them: the test fails for one too few and for one too many. */
export const STRICTER: readonly Stricter[] = [
  ...OPERATION,
  ...DIRECTORY,
  ...ACT,
  ...CASE,
  ...PERSON,
  ...AGENDA,
  ...CALENDAR_FEED,
  ...APPOINTMENT,
  ...INTERVIEW_NOTE,
  ...RELEASE,
  ...RECEPTION,
  ...ORIENTATION,
  ...WAITING_LIST,
  ...STATISTICS,
];
