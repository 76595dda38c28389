import { APPOINTMENT_APART, NO_ROW, REFUSED } from './reasons.js';
import {
  ASSIGNED,
  HEADS,
  NOT_FOLLOWING,
  NOT_SHOWN,
  OTHER_DESKS,
  OTHER_PERSONS,
  OTHER_STAFF,
  RECEIVE_ELSEWHERE,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** The social workers who do not follow the case, and to whom the request was not brought: they are not on duty. */
const NOT_CONCERNED = without(NOT_FOLLOWING, 'worker-on-duty');

/** Who reads nothing of who waits, and asks, changes or offers nothing, although the policies would open it. */
export const WAITING_LIST: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.appointmentRequest', 'Query.appointmentRequestByReference', 'Query.waitingList'],
    standpoints: [...NOT_CONCERNED, ...OTHER_DESKS, 'head-other-district', ...OTHER_STAFF, ...NOT_SHOWN],
  },
  {
    reason: 'The question is put by the role; its service finds by the reference for who reads references.',
    coordinates: ['Query.appointmentRequestByReference'],
    standpoints: ['head-same-district'],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.slotOffer'],
    standpoints: [...NOT_CONCERNED, ...OTHER_DESKS, ...HEADS, ...OTHER_STAFF, ...NOT_SHOWN],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.offersToGive', 'Query.urgentSlots'],
    standpoints: [...NOT_CONCERNED, ...OTHER_DESKS],
  },
  {
    reason: 'Who gave no name waits with no case, and so nobody follows it.',
    coordinates: ['AppointmentRequest.calledName', 'AppointmentRequest.phone', 'Mutation.nameRequest'],
    standpoints: [...ASSIGNED, 'worker-relay'],
  },
  {
    reason: APPOINTMENT_APART,
    coordinates: ['AppointmentRequest.appointment'],
    standpoints: ['worker-on-duty'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.requestAppointment'],
    standpoints: [...RECEIVE_ELSEWHERE, ...OTHER_PERSONS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.answerOffer', 'Mutation.changeRequest', 'Mutation.withdrawRequest'],
    standpoints: [...NOT_CONCERNED, ...OTHER_DESKS, ...NOT_SHOWN],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.nameRequest', 'Mutation.recordOffer'],
    standpoints: [...NOT_CONCERNED, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.recordPresence'],
    standpoints: OTHER_DESKS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.setUrgency'],
    standpoints: NOT_CONCERNED,
  },
];
