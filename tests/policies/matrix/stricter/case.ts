import { NO_ROW, NOT_LOOKED_UP, REFUSED } from './reasons.js';
import {
  NOT_FOLLOWING,
  NOT_SHOWN,
  OTHER_SOCIAL_WORKERS,
  OTHER_STAFF,
  RECEIVE_ELSEWHERE,
  SOCIAL_WORKERS,
  WORK_ELSEWHERE,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** Who reads nothing of a case, its needs or its workers’ absences, and does nothing with them, although the policies would open it. */
export const CASE: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.case', 'Query.caseByReference', 'Query.cases'],
    standpoints: [...WORK_ELSEWHERE, ...OTHER_STAFF, ...NOT_SHOWN],
  },
  {
    reason: 'Who knows of a case looks it up: a list holds the viewer’s own queue alone.',
    coordinates: ['Query.cases'],
    standpoints: [
      ...without(NOT_FOLLOWING, 'worker-other-district'),
      'desk-same-district',
      'head-same-district',
    ],
  },
  {
    reason: NOT_LOOKED_UP,
    coordinates: ['Query.casesOfPerson'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.casesToCome'],
    standpoints: without(SOCIAL_WORKERS, 'worker-formerly-assigned'),
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.myAbsences'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.absences', 'CaseMove.caseId'],
    standpoints: ['head-other-district'],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.relays'],
    standpoints: WORK_ELSEWHERE,
  },
  {
    reason: 'Nobody is assigned to the case that they have opened, and it is not closed.',
    coordinates: ['Case.assignedWorker', 'Case.closedAt'],
    standpoints: ['worker-on-duty'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.openCase'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.assignCase',
      'Mutation.changeAbsence',
      'Mutation.declareAbsence',
      'Mutation.endRelay',
      'Mutation.openRelay',
      'Mutation.planReassignment',
      'Mutation.reassignCase',
      'Mutation.reassignCases',
      'Mutation.withdrawPlannedReassignment',
    ],
    standpoints: ['head-other-district'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.contradictAbsence'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.endNeed', 'Mutation.recordNeed'],
    standpoints: without(NOT_FOLLOWING, 'worker-on-duty'),
  },
];
