import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const ActKind = describeEnum(enums.ActKind, {
  name: 'ActKind',
  description:
    'The acts of which one login may do a limited number within an hour: those that change something of a person, a request or a colleague’s agenda, and are not the login’s own work.',
  values: {
    CHANGE_IDENTITY: 'Changes a name or the birth date of a person.',
    CHANGE_CONTACT: 'Changes how a person can be reached, closes every channel, or changes an open address.',
    SET_OBJECTION: 'Says that a person objects to statistics, or no longer does.',
    CANCEL_APPOINTMENT: 'Cancels an appointment of a colleague.',
    CANCEL_IN_TIME_OFF: 'Cancels an appointment whose worker is away at its time.',
    CANCEL_BOOKINGS_OF_CLIENT:
      'Cancels together what a client booked in an hour. The heads are told of each one.',
    CALL_OFF_BY_TELEPHONE: 'Notes that a caller calls off an appointment, whether one is found or not.',
    MOVE_APPOINTMENT: 'Moves an appointment to another time or another worker.',
    MOVE_IN_TIME_OFF: 'Moves an appointment whose worker is away at its time.',
    BOOK_APPOINTMENT: 'Books an appointment in the agenda of a colleague.',
    RECORD_OUTCOME: 'Records how an appointment of a colleague went.',
    CONFIRM_APPOINTMENT: 'Confirms an appointment, which opens the contact of the persons to its workers.',
    REQUEST_APPOINTMENT: 'Puts somebody on the waiting list.',
    CHANGE_REQUEST: 'Changes a request on the waiting list, or says who waits.',
    RECORD_PRESENCE: 'Records whether somebody who waits is there.',
    WITHDRAW_REQUEST: 'Takes a request off the waiting list.',
    ANSWER_OFFER: 'Accepts or declines an offered time.',
    CHANGE_HOURS: 'Opens, ends or closes hours in the agenda of a colleague.',
    DECLARE_TIME_OFF: 'Declares time off of a colleague.',
    CHANGE_VISIT: 'Says who receives somebody, that somebody is received, or closes a visit.',
    RECORD_TOLD: 'Records that somebody was told of a change or of an offered time.',
    REGISTER_PERSON: 'Enters a new person.',
    GIVE_NOTICE: 'Records that a person was given a privacy notice.',
    RECORD_VISIT: 'Records that somebody came or called.',
  },
});
