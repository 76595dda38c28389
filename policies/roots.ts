import { actions as actActions } from './act/actions.js';
import { questions as actQuestions } from './act/questions.js';
import { actions as agendaActions } from './agenda/actions.js';
import { questions as agendaQuestions } from './agenda/questions.js';
import { actions as appointmentActions } from './appointment/actions.js';
import { questions as appointmentQuestions } from './appointment/questions.js';
import { actions as calendarFeedActions } from './calendar-feed/actions.js';
import { questions as calendarFeedQuestions } from './calendar-feed/questions.js';
import { actions as caseActions } from './case/actions.js';
import { questions as caseQuestions } from './case/questions.js';
import { actions as dataProtectionActions } from './data-protection/actions.js';
import { questions as dataProtectionQuestions } from './data-protection/questions.js';
import { actions as directoryActions } from './directory/actions.js';
import { questions as directoryQuestions } from './directory/questions.js';
import { actions as interviewNoteActions } from './interview-note/actions.js';
import { questions as interviewNoteQuestions } from './interview-note/questions.js';
import { questions as notificationQuestions } from './notification/questions.js';
import { questions as operationQuestions } from './operation/questions.js';
import { actions as orientationActions } from './orientation/actions.js';
import { questions as orientationQuestions } from './orientation/questions.js';
import { actions as personActions } from './person/actions.js';
import { questions as personQuestions } from './person/questions.js';
import { actions as receptionActions } from './reception/actions.js';
import { questions as receptionQuestions } from './reception/questions.js';
import { actions as releaseActions } from './release/actions.js';
import { questions as releaseQuestions } from './release/questions.js';
import type { TypePolicy } from './rules/policy.js';
import { actions as statisticsActions } from './statistics/actions.js';
import { questions as statisticsQuestions } from './statistics/questions.js';
import { actions as waitingListActions } from './waiting-list/actions.js';
import { questions as waitingListQuestions } from './waiting-list/questions.js';

/** The root fields of questions. A public one is open to everyone; for the others, each row is then judged. */
export const Query: TypePolicy = {
  fr: 'Listes et recherches',
  en: 'Lists and look-ups',
  fields: {
    ...caseQuestions,
    ...appointmentQuestions,
    ...calendarFeedQuestions,
    ...receptionQuestions,
    ...waitingListQuestions,
    ...agendaQuestions,
    ...personQuestions,
    ...interviewNoteQuestions,
    ...releaseQuestions,
    ...notificationQuestions,
    ...actQuestions,
    ...orientationQuestions,
    ...directoryQuestions,
    ...dataProtectionQuestions,
    ...statisticsQuestions,
    ...operationQuestions,
  },
};

/**
 * The actions, and the roles that may do each. The field itself is guarded, since a refused payload would not stop the effect. The
 * service judges the row.
 */
export const Mutation: TypePolicy = {
  fr: 'Actions',
  en: 'Actions',
  fields: {
    ...personActions,
    ...caseActions,
    ...orientationActions,
    ...interviewNoteActions,
    ...releaseActions,
    ...appointmentActions,
    ...receptionActions,
    ...waitingListActions,
    ...calendarFeedActions,
    ...agendaActions,
    ...actActions,
    ...dataProtectionActions,
    ...statisticsActions,
    ...directoryActions,
  },
};
