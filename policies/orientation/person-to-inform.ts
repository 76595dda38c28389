import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Of one’s own cases: no head, desk or colleague sees whom a worker has not informed, nor why. */
export const PersonToInform: TypePolicy = {
  person: forWhom.whoFollowsTheCase,
  case: forWhom.whoFollowsTheCase,
  since: forWhom.whoFollowsTheCase,
  givenANotice: forWhom.whoFollowsTheCase,
  deferralGround: forWhom.whoFollowsTheCase,
  reviewOn: forWhom.whoFollowsTheCase,
};
