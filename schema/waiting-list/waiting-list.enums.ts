import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const Urgency = describeEnum(enums.Urgency, {
  name: 'Urgency',
  description:
    'The urgency with which a person must be seen, as a social worker judged it. The waiting list goes by it first.',
  values: {
    TODAY: 'The person must be seen on the same day.',
    THIS_WEEK: 'The person must be seen within the week.',
    ORDINARY: 'The person can wait for their turn.',
  },
});

export const RequestStatus = describeEnum(enums.RequestStatus, {
  name: 'RequestStatus',
  description: 'Whether someone still waits for an appointment.',
  values: {
    WAITING: 'The person waits to be offered a time.',
    BOOKED: 'The person accepted a time, which is now an appointment.',
    WITHDRAWN: 'The request was taken off the list.',
    LAPSED:
      'The request is out of date: the last day that suited has passed, or the appointment that was to be sooner has begun or is no longer booked.',
  },
});

export const OfferStatus = describeEnum(enums.OfferStatus, {
  name: 'OfferStatus',
  description: 'The result of the offer of a time.',
  values: {
    HELD: 'The time is held for the person until the deadline.',
    ASKED:
      'Several persons are asked for the time at short notice. It is held for none of them, and the first yes has it.',
    ACCEPTED: 'The person took the time.',
    DECLINED: 'The person did not want the time, and keeps their rank.',
    EXPIRED: 'The deadline passed without an answer. The person keeps their rank.',
    TAKEN: 'The person was asked with others, and someone else has the time. The person keeps their rank.',
    WITHDRAWN:
      'It is no longer offered: the request was taken off the list, the time can no longer be held, or the person has to be told in another way.',
  },
});

export const OfferChannel = describeEnum(enums.OfferChannel, {
  name: 'OfferChannel',
  description: 'The channel by which a person is told of a time that is offered.',
  values: {
    AT_DESK: 'At the counter, as they are on the premises.',
    ONLINE: 'In their account, where the request is shown.',
    VOICE_TO_ME_ONLY: 'By a call, and only to the person themselves.',
    NEUTRAL_TEXT: 'By a text message or mail that does not name the service.',
    LETTER: 'By a letter whose envelope does not name the service.',
    THROUGH_SOMEONE: 'Through someone else, as agreed with the person.',
  },
});

export const SkipReason = describeEnum(enums.SkipReason, {
  name: 'SkipReason',
  description: 'Why a time went to someone further down the waiting list.',
  values: {
    HAS_OFFER: 'Another time is held for the person already.',
    NOT_REACHABLE: 'The person can be told by no means.',
    OTHER_WORKER: 'The person waits for another worker.',
    OTHER_MODE: 'The person wants to be received in another way.',
    NOT_WANTED_THEN: 'The day does not suit the person, or they have an appointment sooner.',
    TOO_SHORT_NOTICE: 'It is too soon for the person to be told and to come.',
    OFFERED_BEFORE: 'The person has already let go of this time, or of this day.',
    BUSY_THEN: 'The person has another appointment then.',
    ASKED_OF_OTHERS: 'Others are asked for the time at short notice.',
    KEPT_FOR_URGENT: 'The time was kept for persons who must be seen soon.',
    SPARED:
      'The time was spared for an appointment that fills more of the gap. The person has another appointment already.',
    HARDLY_SOONER: 'It is hardly sooner than the appointment that the person has.',
  },
});
