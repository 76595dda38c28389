import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const Urgency = describeEnum(enums.Urgency, {
  name: 'Urgency',
  description:
    'How soon someone must be seen, as a social worker judged it. The waiting list goes by it first.',
  values: {
    TODAY: 'They must be seen on the same day.',
    THIS_WEEK: 'They must be seen within the week.',
    ORDINARY: 'They can wait for their turn.',
  },
});

export const RequestStatus = describeEnum(enums.RequestStatus, {
  name: 'RequestStatus',
  description: 'Whether someone still waits for an appointment.',
  values: {
    WAITING: 'They wait to be offered a time.',
    BOOKED: 'They accepted a time, which is now an appointment.',
    WITHDRAWN: 'The request was taken off the list.',
    LAPSED:
      'Time has overtaken it: the last day that suited has passed, or the appointment that was to be sooner has begun or is no longer booked.',
  },
});

export const OfferStatus = describeEnum(enums.OfferStatus, {
  name: 'OfferStatus',
  description: 'What became of a time that was offered.',
  values: {
    HELD: 'The time is held for them until the deadline.',
    ACCEPTED: 'They took the time.',
    DECLINED: 'They did not want the time, and keep their rank.',
    EXPIRED: 'The deadline passed without an answer. They keep their rank.',
    WITHDRAWN:
      'It is no longer offered: the request was taken off the list, the time can no longer be held, or it has to be told in another way.',
  },
});

export const OfferChannel = describeEnum(enums.OfferChannel, {
  name: 'OfferChannel',
  description: 'How someone is told of a time that is offered.',
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
    HAS_OFFER: 'Another time is held for them already.',
    NOT_REACHABLE: 'They can be told by no means.',
    OTHER_WORKER: 'They wait for another worker.',
    OTHER_MODE: 'They want to be received in another way.',
    NOT_WANTED_THEN: 'The day does not suit them, or they have an appointment sooner.',
    TOO_SHORT_NOTICE: 'It is too soon for them to be told and to come.',
    OFFERED_BEFORE: 'They have already let this time, or this day, go.',
    BUSY_THEN: 'They have another appointment then.',
    HARDLY_SOONER: 'It is hardly sooner than the appointment that they have.',
  },
});
