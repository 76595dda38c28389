import { NO_ROW, NOT_LOOKED_UP, REFUSED } from './reasons.js';
import {
  NOT_FOLLOWING,
  OTHER_DESKS,
  OTHER_PERSONS,
  OTHER_SOCIAL_WORKERS,
  RECEIVE_ELSEWHERE,
  SOCIAL_WORKERS,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** Who finds no person, reads nothing of them and changes nothing of them, although the policies would open it. */
export const PERSON: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.personLookUp'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: NOT_LOOKED_UP,
    coordinates: [
      'PersonMatch.birthYear',
      'PersonMatch.displayName',
      'PersonMatch.id',
      'PersonMatch.reference',
    ],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: 'The where-clause finds none that is shown online, and row-level security hides who stated it.',
    coordinates: ['NoticeReceipt.statedBy', 'Person.cases', 'Person.referrals'],
    standpoints: ['person-not-shown'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.registerPerson'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.setPersonAddress', 'Mutation.updatePerson'],
    standpoints: [...NOT_FOLLOWING, ...OTHER_DESKS],
  },
  {
    reason: 'The action is opened to the role; its service is for who receives the person that day, too.',
    coordinates: ['Mutation.giveNotice'],
    standpoints: [...without(OTHER_SOCIAL_WORKERS, 'worker-relay', 'worker-reception'), ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.setCommunication', 'Mutation.suspendContact'],
    standpoints: [
      ...without(NOT_FOLLOWING, 'worker-appointment', 'worker-on-duty', 'worker-reception'),
      ...OTHER_DESKS,
      ...OTHER_PERSONS,
    ],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.setAgreedWord', 'Mutation.setConfirmNothing'],
    standpoints: [...NOT_FOLLOWING, 'desk-same-district', ...OTHER_DESKS, ...OTHER_PERSONS],
  },
  {
    reason:
      'The person takes the agreed word away online, and agrees on none: whoever has their phone would be known by it.',
    coordinates: ['Mutation.setAgreedWord'],
    standpoints: ['person-shown', 'person-not-shown'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.proposeSafeContact'],
    standpoints: OTHER_PERSONS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.answerContactProposal', 'Mutation.setSafeAddress', 'Mutation.setSafeContact'],
    standpoints: NOT_FOLLOWING,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.answerContactWord'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.openConfidentialAddress'],
    standpoints: without(SOCIAL_WORKERS, 'worker-reception'),
  },
];
