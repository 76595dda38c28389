import * as enums from '../../prisma/generated/enums.js';
import { OUTCOMES } from '../../src/services/appointment/appointment-changes.js';
import { APPOINTMENT_WARNINGS } from '../../src/services/appointment/appointment-warnings.js';
import { CLEARINGS } from '../../src/services/appointment/clearing.js';
import { REOPENING_REASONS } from '../../src/services/appointment/closing.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const AppointmentStatus = describeEnum(enums.AppointmentStatus, {
  name: 'AppointmentStatus',
  description: 'Whether an appointment is booked, was cancelled, or how it went.',
  values: {
    BOOKED: 'It is to come, or nobody has said yet how it went.',
    HONOURED: 'The person came and was received.',
    NOT_HONOURED: 'The person did not come.',
    LEFT_BEFORE_RECEIVED: 'The person came and left before being received.',
    CANCELLED_BY_PERSON: 'The person called it off, and was not asked why.',
    CANCELLED_BY_SERVICE: 'The service called it off; `cancellationReason` may say why.',
  },
});

export const AppointmentOutcome = describeEnum(enumOf(OUTCOMES), {
  name: 'AppointmentOutcome',
  description: 'The outcome of a booked appointment. Until someone records it, the appointment stays BOOKED.',
  values: {
    HONOURED: 'The person came and was received.',
    NOT_HONOURED: 'The person did not come.',
    LEFT_BEFORE_RECEIVED: 'The person came and left before being received.',
  },
});

export const AppointmentWarning = describeEnum(enumOf(APPOINTMENT_WARNINGS), {
  name: 'AppointmentWarning',
  description: 'A reason against holding an appointment as it is booked, or a reason to look at it.',
  values: {
    WORKER_AWAY: 'A worker who takes part is absent or has time off then.',
    HOURS_CLOSED: 'The hours in which it was booked were closed since.',
    RETURN_OVERDUE: 'A worker on a home visit is not back at the time that they gave.',
  },
});

export const AskedBy = describeEnum(enums.AskedBy, {
  name: 'AskedBy',
  description: 'The one who asked for an appointment, as a category; never by name.',
  values: {
    PERSON: 'The person themselves.',
    RELATIVE: 'A relative, or someone else who is close to the person.',
    PARTNER: 'A partner of the service, such as a school or a hospital.',
    SERVICE: 'A worker of the service.',
  },
});

export const CancellationReason = describeEnum(enums.CancellationReason, {
  name: 'CancellationReason',
  description: 'Why the service cancels an appointment. A person is not asked why they cancel.',
  values: {
    WORKER_AWAY: 'The worker cannot be there.',
    PREMISES_CLOSED: 'The premises cannot be used then.',
    BOOKED_BY_MISTAKE: 'It should not have been booked.',
    OTHER_TIME_AGREED: 'Another time was agreed with the person.',
    OTHER: 'Another reason.',
  },
});

export const CancelledBy = describeEnum(
  { PERSON: 'PERSON', SERVICE: 'SERVICE' },
  {
    name: 'CancelledBy',
    description: 'The one who cancels an appointment, or gives a place up.',
    values: {
      PERSON: 'The person; nobody asks them why.',
      SERVICE: 'The service; the persons who were to come have to be told.',
    },
  },
);

export const ParticipantKind = describeEnum(enums.ParticipantKind, {
  name: 'ParticipantKind',
  description: 'Someone else who is at an appointment, as a category; never by name.',
  values: {
    INTERPRETER: 'An interpreter of a spoken or a sign language.',
    PARTNER: 'A professional of another service.',
    RELATIVE: 'Someone close to the person.',
  },
});

export const AppointmentNoticeKind = describeEnum(enums.AppointmentNoticeKind, {
  name: 'AppointmentNoticeKind',
  description: 'The news that a person is to be told about an appointment.',
  values: {
    CANCELLED: 'It is cancelled, or they no longer have a place in it.',
    MOVED: 'It is at another time.',
    REMINDER: 'It is near.',
  },
});

export const AppointmentNoticeOutcome = describeEnum(enums.AppointmentNoticeOutcome, {
  name: 'AppointmentNoticeOutcome',
  description: 'Whether a person was told of a notice.',
  values: {
    TOLD: 'The person was told.',
    NOT_REACHED: 'The person could not be reached.',
  },
});

export const DispatchStatus = describeEnum(enums.DispatchStatus, {
  name: 'DispatchStatus',
  description:
    'The state of a message that the software sends by itself. While it is RETRYING, FAILED or UNCERTAIN, staff can tell the person as well.',
  values: {
    DUE: 'It waits to be sent.',
    SENDING: 'It is being sent.',
    RETRYING: 'Sending did not work, and is tried again: eight times in all.',
    SENT: 'It was handed to the gateway that delivers it. The person counts as told.',
    FAILED: 'It could not be sent. Staff have to tell the person.',
    UNCERTAIN: 'It may have arrived or not, and is not sent again.',
    CANCELLED:
      'It is not sent: its content no longer holds, or the person is no longer reached in this way. A field then shows null instead.',
  },
});

export const ReopeningReason = describeEnum(enumOf(REOPENING_REASONS), {
  name: 'ReopeningReason',
  description: 'Why a case is reopened. It stands in the access log.',
  values: {
    MISTAKE: 'The case was closed by mistake.',
    RETURN: 'The persons came back for help.',
  },
});

export const Clearing = describeEnum(enumOf(CLEARINGS), {
  name: 'Clearing',
  description: 'The two ways to deal with the appointments that are booked in time off.',
  values: {
    CANCEL:
      'The service cancels each of them with the reason WORKER_AWAY. The persons who were to come have to be told.',
    MOVE: 'Each appointment is moved to another time or to another worker. If the desk clears the time off, an appointment without a case goes to a colleague who is free at that time. Otherwise it goes to the first time at which all its workers are free, within four weeks after the time off. An appointment that finds no time stays as it is.',
  },
});
