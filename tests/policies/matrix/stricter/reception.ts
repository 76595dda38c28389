import { APPOINTMENT_APART, ASKED_BY_ITS_DESK, NO_ROW, REFUSED } from './reasons.js';
import {
  ASSIGNED,
  everyoneBut,
  HEADS,
  NOT_FOLLOWING,
  OTHER_DESKS,
  OTHER_SOCIAL_WORKERS,
  OTHER_STAFF,
  PERSONS,
  RECEIVE_ELSEWHERE,
  SOCIAL_WORKERS,
  SOFTWARE_AND_PUBLIC,
  WORK_ELSEWHERE,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** The social workers who do not receive the person at the reception. */
const NOT_RECEIVING = without(SOCIAL_WORKERS, 'worker-reception');

/** The social workers who neither follow the case nor receive the person in the appointment. */
const NOT_TOLD = without(NOT_FOLLOWING, 'worker-appointment');

/** Who reads nothing of a visit, a message or an encounter, and does nothing with them, although the policies would open it. */
export const RECEPTION: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.visit', 'Query.visits', 'Subscription.visitChanges', 'VisitChange.visit'],
    standpoints: [...NOT_RECEIVING, ...OTHER_DESKS, 'head-other-district'],
  },
  {
    reason:
      'The board of a district is followed by the role; its service is for those of that district alone.',
    coordinates: ['VisitChange.reload'],
    standpoints: WORK_ELSEWHERE,
  },
  {
    reason: APPOINTMENT_APART,
    coordinates: ['Visit.appointment'],
    standpoints: ['worker-reception'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.callDutyWorker'],
    standpoints: [...SOCIAL_WORKERS, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.closeVisit', 'Mutation.takeIn'],
    standpoints: [...NOT_RECEIVING, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.directVisit'],
    standpoints: OTHER_DESKS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.recordVisit', 'Mutation.sendMessage'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: ASKED_BY_ITS_DESK,
    coordinates: ['Query.timesOfPresent'],
    standpoints: OTHER_DESKS,
  },
  {
    reason: 'The action is opened to the role; its service is for the desk of that district alone.',
    coordinates: ['Mutation.noteTelephoneCancellation', 'Mutation.sendTimesAgain'],
    standpoints: OTHER_DESKS,
  },
  {
    reason:
      'The action is opened to the role; its service is for the workers who were told, and for a desk at which the person is: here it is not.',
    coordinates: ['Mutation.restoreAppointment'],
    standpoints: [...NOT_TOLD, 'desk-same-district', ...OTHER_DESKS],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.timesCalledOff'],
    standpoints: NOT_TOLD,
  },
  {
    reason: 'No path leads there: the sentence is answered to the desk that asks, and to nobody else.',
    coordinates: ['TimesSentAgain.text'],
    standpoints: everyoneBut('desk-same-district'),
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.messages'],
    standpoints: [...NOT_RECEIVING, ...HEADS, 'desk-same-district', ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.closeMessage'],
    standpoints: [...NOT_RECEIVING, ...HEADS, 'desk-same-district', ...OTHER_DESKS],
  },
  {
    reason: 'The action is opened to the role; its service is for a social worker who receives today.',
    coordinates: ['Mutation.sendBlindMessage'],
    standpoints: ['worker-other-district'],
  },
  {
    reason: 'No path leads there: that a message is sent is answered to its sender, and to nobody else.',
    coordinates: ['SentMessage.id'],
    standpoints: [
      ...WORK_ELSEWHERE,
      'head-same-district',
      ...OTHER_STAFF,
      ...PERSONS,
      ...SOFTWARE_AND_PUBLIC,
    ],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.encounter', 'Query.encounters'],
    standpoints: without(OTHER_SOCIAL_WORKERS, 'worker-reception'),
  },
  {
    reason: 'No path leads there: who holds it has not passed it on, and it is of a visit.',
    coordinates: ['Encounter.appointment', 'Encounter.case', 'Encounter.passedOnAt'],
    standpoints: ['worker-reception'],
  },
  {
    reason: 'No path leads there: neither encounter is written for a case.',
    coordinates: ['Encounter.forCase'],
    standpoints: [...ASSIGNED, 'worker-reception'],
  },
  {
    reason: 'No path leads there: what was passed on to them is of an appointment.',
    coordinates: ['Encounter.visit'],
    standpoints: ASSIGNED,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.deleteEncounter', 'Mutation.passOnEncounter', 'Mutation.writeEncounter'],
    standpoints: NOT_RECEIVING,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.recordEncounter'],
    standpoints: ['worker-other-district'],
  },
  {
    reason:
      'No path leads there: that an encounter is given up is answered to who held it, and to nobody else.',
    coordinates: ['GivenUpEncounter.id'],
    standpoints: everyoneBut('worker-reception'),
  },
];
