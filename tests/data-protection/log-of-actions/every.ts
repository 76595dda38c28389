import { absenceActions } from './absence.js';
import { actActions } from './act.js';
import { agendaActions, calendarActions } from './agenda.js';
import { appointmentActions, appointmentDayActions } from './appointment.js';
import { caseActions } from './case.js';
import { directoryActions } from './directory.js';
import { interviewNoteActions } from './interview-note.js';
import { onlineActions } from './online.js';
import { orientationActions } from './orientation.js';
import { personActions } from './person.js';
import { privacyNoticeActions } from './privacy-notice.js';
import { receptionActions } from './reception.js';
import { releaseActions } from './release.js';
import type { Action, Scene } from './scene.js';
import { statisticsActions } from './statistics.js';
import { waitingListActions } from './waiting-list.js';

/** Every mutation of the schema, by somebody who may do it. Keep the order: by its number, a test finds days on which nobody has an appointment yet. */
export const everyAction = (scene: Scene): readonly Action[] =>
  [
    personActions,
    caseActions,
    absenceActions,
    interviewNoteActions,
    releaseActions,
    appointmentActions,
    orientationActions,
    receptionActions,
    waitingListActions,
    statisticsActions,
    calendarActions,
    onlineActions,
    appointmentDayActions,
    agendaActions,
    directoryActions,
    privacyNoticeActions,
    actActions,
  ].flatMap((actionsOf) => actionsOf(scene));
