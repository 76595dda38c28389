import * as enums from '../../prisma/generated/enums.js';
import { CASE_MOVE_OUTCOMES } from '../../src/services/case/case-moves.js';
import { ABSENCE_PURPOSES } from '../../src/services/case/cases.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const Mission = describeEnum(enums.Mission, {
  name: 'Mission',
  description: 'The purpose of the help in a case.',
  values: {
    POLYVALENCE: 'Polyvalence: general social help.',
    RSA: 'Revenu de solidarité active: help that goes with the minimum income.',
    LOGEMENT: 'Logement: housing.',
    EVALUATION: 'Évaluation: an assessment of a situation.',
    ENFANCE_FAMILLE: 'Enfance et famille: children and family.',
  },
});

export const CaseStatus = describeEnum(enums.CaseStatus, {
  name: 'CaseStatus',
  description: 'Whether a case is open.',
  values: {
    OPEN: 'The help goes on.',
    CLOSED:
      'The help has ended. No need, referral, appointment or request is added to the case. Its assigned worker stays, and may still write a note.',
  },
});

export const CaseSort = describeEnum(
  { OPENED_AT_DESC: 'OPENED_AT_DESC', OPENED_AT_ASC: 'OPENED_AT_ASC' },
  {
    name: 'CaseSort',
    description: 'The order of a list of cases. There is none by worker.',
    values: {
      OPENED_AT_DESC: 'The case that was opened last comes first.',
      OPENED_AT_ASC: 'The case that was opened first comes first.',
    },
  },
);

export const AbsencePurpose = describeEnum(enumOf(ABSENCE_PURPOSES), {
  name: 'AbsencePurpose',
  description: 'Why a head lists the cases of an absent worker. It stands in the access log.',
  values: {
    REASSIGNMENT: 'To give the cases to other workers.',
    RELAY: 'To find a stand-in for the time of the absence.',
    URGENCY: 'To find what cannot wait until the worker is back.',
  },
});

export const CaseMoveOutcome = describeEnum(enumOf(CASE_MOVE_OUTCOMES), {
  name: 'CaseMoveOutcome',
  description: 'The result for one case of several that are reassigned at once.',
  values: {
    READY: 'Nothing stands in the way: the case can go to the other worker.',
    DONE: 'The case has gone to the other worker, or its move is planned.',
    NOT_FOUND: 'The head finds no such case among the cases of the worker.',
    VERSION_CHANGED: 'The case has changed since it was read.',
    CLOSED: 'The case is closed.',
    SAME_WORKER: 'The case has this worker already.',
    NOT_ASSIGNABLE:
      'Cases of the district cannot be assigned to this worker: the worker is no social worker there, heads the district, or is the viewer.',
    ALREADY_PLANNED: 'Another reassignment of the case is planned already.',
  },
});
