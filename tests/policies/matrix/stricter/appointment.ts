import { ASKED_BY_ITS_DESK, NO_ROW, REFUSED } from './reasons.js';
import {
  HEADS,
  NOT_FOLLOWING,
  NOT_SHOWN,
  OTHER_DESKS,
  OTHER_SOCIAL_WORKERS,
  OTHER_STAFF,
  RECEIVE_ELSEWHERE,
  SOCIAL_WORKERS,
  without,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** The social workers who neither follow the case nor hold the appointment. */
const NOT_IN_IT = without(NOT_FOLLOWING, 'worker-appointment');

/** The social workers who do not hold the meeting: a colleague of the assigned worker does. */
const NOT_HOLDING_IT = without(SOCIAL_WORKERS, 'worker-appointment');

/** Who reads no appointment, and books, moves or closes nothing, although the policies would open it. */
export const APPOINTMENT: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.appointment', 'Query.appointments'],
    standpoints: [...NOT_IN_IT, ...OTHER_DESKS, ...HEADS, ...OTHER_STAFF, ...NOT_SHOWN],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.homeVisitsOut', 'Query.noticesToGive'],
    standpoints: [...NOT_IN_IT, ...OTHER_DESKS],
  },
  {
    reason:
      'The question is put by the role; its service then asks whether the desk of the district has sent them someone today, and here it has not.',
    coordinates: ['Query.homeVisitsNotBack'],
    standpoints: [...without(SOCIAL_WORKERS, 'worker-reception'), 'head-other-district'],
  },
  {
    reason:
      'A typed place lives apart from its appointment, and is given to its writer and its workers alone.',
    coordinates: ['Appointment.place'],
    standpoints: ['worker-relay', 'desk-same-district', 'person-shown'],
  },
  {
    reason: 'A typed place lives apart from its appointment, and no person reads it.',
    coordinates: ['OnlineBooking.place'],
    standpoints: ['person-shown'],
  },
  {
    reason:
      'The database gives the place on the word of the worker who follows the case, which nobody has said here.',
    coordinates: ['HomeVisitNotBack.place'],
    standpoints: ['worker-reception', 'head-same-district'],
  },
  {
    reason: ASKED_BY_ITS_DESK,
    coordinates: ['Query.appointmentsWithoutContact'],
    standpoints: OTHER_DESKS,
  },
  {
    reason: 'The list is asked for by the role; its service is for those of that district alone.',
    coordinates: ['Query.dayList'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.collectiveAppointment', 'Query.collectiveAppointments'],
    standpoints: [...NOT_HOLDING_IT, ...OTHER_DESKS, ...HEADS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.bookAppointment', 'Mutation.confirmAppointment'],
    standpoints: [...NOT_FOLLOWING, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.cancelAppointment',
      'Mutation.expectReturn',
      'Mutation.moveAppointment',
      'Mutation.recordNotice',
      'Mutation.recordOutcome',
      'Mutation.recordReturn',
      'Mutation.setParticipants',
    ],
    standpoints: [...NOT_IN_IT, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.joinCollectiveAppointment',
      'Mutation.leaveCollectiveAppointment',
      'Mutation.recordAttendance',
    ],
    standpoints: [...NOT_HOLDING_IT, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.clearUnavailability', 'Mutation.openCollectiveAppointment'],
    standpoints: [...OTHER_SOCIAL_WORKERS, ...OTHER_DESKS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.cancelOnline', 'Mutation.moveOnline'],
    standpoints: NOT_SHOWN,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.cancelBookingsOfClient'],
    standpoints: [...OTHER_DESKS, 'head-other-district'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.closeCase', 'Mutation.reopenCase'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here someone keeps it.',
    coordinates: ['Mutation.reopenCase'],
    standpoints: HEADS,
  },
];
