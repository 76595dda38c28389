import * as enums from '../../prisma/generated/enums.js';
import { VISIT_STATUSES } from '../../src/services/reception/visits.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const VisitKind = describeEnum(enums.VisitKind, {
  name: 'VisitKind',
  description: 'The way in which a person turned to the reception.',
  values: {
    WALK_IN: 'The person came to the counter.',
    CALL: 'The person called the desk.',
  },
});

export const VisitStatus = describeEnum(enumOf(VISIT_STATUSES), {
  name: 'VisitStatus',
  description: 'The stage that a visit has reached.',
  values: {
    WAITING: 'The person waits to be received.',
    TAKEN_IN: 'A worker receives the person.',
    CLOSED: 'The visit is over.',
  },
});

export const VisitOutcome = describeEnum(enums.VisitOutcome, {
  name: 'VisitOutcome',
  description: 'The end of a visit, as a category. It never says why the person came.',
  values: {
    RECEIVED: 'A worker received the person.',
    ANSWERED: 'The desk answered the person’s question.',
    APPOINTMENT_GIVEN: 'The person got a time at which to be received.',
    REFERRED: 'The person was sent on to another service.',
    LEFT: 'The person left before anyone received them.',
    NO_TIME: 'The person asked for a time at which to be received, and there was none for them.',
  },
});
