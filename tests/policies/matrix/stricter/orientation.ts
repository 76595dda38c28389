import { NO_ROW, REFUSED } from './reasons.js';
import {
  NOT_FOLLOWING,
  NOT_SHOWN,
  OTHER_DESKS,
  OTHER_SOCIAL_WORKERS,
  OTHER_STAFF,
  PERSONS,
  SOCIAL_WORKERS,
  SOFTWARE_AND_PUBLIC,
  WORK_ELSEWHERE,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** The social workers who have neither the referral nor the partner’s request. */
const NOT_ALLOCATED_TO = without(SOCIAL_WORKERS, 'worker-reception');

/** Who reads no referral and no partner’s request, and sends, allocates or answers none, although the policies would open it. */
export const ORIENTATION: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.incomingRequest', 'Query.incomingRequests', 'Query.receivedReferrals'],
    standpoints: [...NOT_ALLOCATED_TO, 'head-other-district'],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.referral'],
    standpoints: [
      ...without(NOT_FOLLOWING, 'worker-reception'),
      'head-other-district',
      'desk-same-district',
      ...OTHER_DESKS,
      ...OTHER_STAFF,
      ...NOT_SHOWN,
    ],
  },
  {
    reason: 'No path leads there: what a district receives was sent to no organisation.',
    coordinates: ['Referral.toOrganisation'],
    standpoints: ['worker-reception', 'head-same-district'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.sendReferral', 'Mutation.showReferral', 'Mutation.withdrawReferral'],
    standpoints: NOT_FOLLOWING,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.allocateIncomingRequest', 'Mutation.allocateReferral'],
    standpoints: ['head-other-district'],
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.answerIncomingRequest',
      'Mutation.deferInformation',
      'Mutation.recordInformation',
    ],
    standpoints: NOT_ALLOCATED_TO,
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.answerReferral',
      'Mutation.declineIncomingRequest',
      'Mutation.markChildProtection',
    ],
    standpoints: [...NOT_ALLOCATED_TO, 'head-other-district'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.recordIncomingRequest'],
    standpoints: WORK_ELSEWHERE,
  },
  {
    reason:
      'No path leads there: that a request is taken down is answered to whoever did, and to nobody else.',
    coordinates: ['RecordedIncomingRequest.id'],
    standpoints: [...WORK_ELSEWHERE, ...OTHER_STAFF, ...PERSONS, ...SOFTWARE_AND_PUBLIC],
  },
  {
    reason: 'The list is of one’s own cases, and those of whom one stands in for: others have none here.',
    coordinates: ['Query.personsToInform'],
    standpoints: NOT_FOLLOWING,
  },
  {
    reason: 'The action is opened to the role; the assigned worker alone says it.',
    coordinates: ['Mutation.deferNotice'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
];
