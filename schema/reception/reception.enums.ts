import * as enums from '../../prisma/generated/enums.js';
import { VISIT_STATUSES } from '../../src/services/reception/visits.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const VisitKind = describeEnum(enums.VisitKind, {
  name: 'VisitKind',
  description: 'How someone turned to the reception.',
  values: {
    WALK_IN: 'They came to the counter.',
    CALL: 'They telephoned.',
  },
});

export const VisitStatus = describeEnum(enumOf(VISIT_STATUSES), {
  name: 'VisitStatus',
  description: 'How far a visit has got.',
  values: {
    WAITING: 'They wait to be received.',
    TAKEN_IN: 'A worker receives them.',
    CLOSED: 'The visit is over.',
  },
});

export const VisitOutcome = describeEnum(enums.VisitOutcome, {
  name: 'VisitOutcome',
  description: 'What became of a visit, as a category. It never says why they came.',
  values: {
    RECEIVED: 'A worker received them.',
    ANSWERED: 'The desk answered their question.',
    APPOINTMENT_GIVEN: 'They got a time at which to be received.',
    REFERRED: 'They were sent on to another service.',
    LEFT: 'They left before anyone received them.',
  },
});
