import * as cases from '../../../src/access/case/case.js';
import * as planned from '../../../src/access/case/planned-reassignment.js';
import * as note from '../../../src/access/interview-note/interview-note.js';
import { hasScope } from '../../../src/viewer.js';
import { rowRule } from '../rules.js';
import { mayBe, mayFollow } from './viewers.js';

/** The rule `cases.knowsOfCase`, asked of each case. */
export const whoKnowsOfTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable de la circonscription ; la personne, si c’est montré en ligne',
    en: 'the district’s desk, social workers and head; the person, if it is shown online',
  },
  cases.knowsOfCase,
);
/** The rule `cases.followsCase`, asked of each case. */
export const whoFollowsTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le travailleur social référent et son suppléant', en: 'the assigned worker and the stand-in' },
  cases.followsCase,
  mayFollow,
);
/** The rule `cases.enteredIt`, asked of each case. */
export const whoOpenedTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'le travailleur social qui a ouvert le dossier, pour ce qu’il y a noté, jusqu’à la première attribution',
    en: 'the social worker who opened the case, for what they entered, until the case is first assigned',
  },
  cases.enteredIt,
  mayBe('SOCIAL_WORKER'),
);
/** The rule `cases.keepsCase`, asked of each case. */
export const whoKeepsTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le travailleur social référent', en: 'the assigned worker' },
  cases.keepsCase,
  mayBe('SOCIAL_WORKER'),
);
/** The head of the case’s district, with the scope `cases:read`. */
export const whoAllocatesTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le responsable de la circonscription', en: 'the district’s head' },
  (viewer, row) => hasScope(viewer, 'cases:read') && cases.headsDistrictOf(viewer, row),
  mayBe('DISTRICT_HEAD'),
);
/** The rule `planned.seesReassignmentOf`, asked of each planned reassignment. */
export const whoSeesTheReassignmentOfTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'le travailleur social référent et le responsable de la circonscription',
    en: 'the assigned worker and the district’s head',
  },
  planned.seesReassignmentOf,
  mayBe('SOCIAL_WORKER', 'DISTRICT_HEAD'),
);
/** The rule `planned.seesPlannedReassignment`, asked of each planned reassignment. */
export const whoIsToldOfTheReassignment = rowRule<planned.PlannedReassignmentRelation>(
  {
    fr: 'l’agent qui laisse le dossier, celui à qui il va, et le responsable de la circonscription',
    en: 'the worker who leaves the case, the worker who takes it, and the head of the district',
  },
  planned.seesPlannedReassignment,
  mayBe('SOCIAL_WORKER', 'DISTRICT_HEAD'),
);
/** The rule `note.readsNotesOfCase`, asked of each note. */
export const theAssignedWorker = rowRule<cases.CaseRelation>(
  { fr: 'le seul travailleur social référent', en: 'the assigned worker alone' },
  note.readsNotesOfCase,
  mayBe('SOCIAL_WORKER'),
);
