import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/**
 * Orientation. The head of the district that receives it allocates: the names until then, and never what it says. The person sees
 * where they are sent, if it concerns them alone and is shown.
 */
export const Referral: TypePolicy = {
  id: forWhom.whoSeesTheReferral,
  status: forWhom.whoSeesTheReferral,
  sentAt: forWhom.whoSeesTheReferral,
  answerBy: forWhom.whoSeesTheReferral,
  overdue: forWhom.whoSeesTheReferral,
  closedAt: forWhom.whoSeesTheReferral,
  toDistrict: forWhom.whoSeesTheReferral,
  toOrganisation: forWhom.whoSeesTheReferral,

  refusal: forWhom.whoWorksWithTheReferral,
  mission: forWhom.whoWorksWithTheReferral,
  fromDistrict: forWhom.whoWorksWithTheReferral,
  version: forWhom.whoWorksWithTheReferral,

  sentBy: forWhom.whoSeesTheWorkersOfTheReferral,
  toWorker: forWhom.whoSeesTheWorkersOfTheReferral,

  names: forWhom.whoAllocatesTheReferral,

  persons: forWhom.whoSendsAndReceives,
  needs: forWhom.whoSendsAndReceives,
  text: forWhom.whoSendsAndReceives,

  case: forWhom.whoSends,
  showOnline: forWhom.whoSends,
};

/** To a desk, that there is one; where to, only if it is a district: an organisation would say why. */
export const ReferralMention: TypePolicy = {
  id: forWhom.theDesksOfTheReferral,
  status: forWhom.theDesksOfTheReferral,
  fromDistrict: forWhom.theDesksOfTheReferral,
  toDistrict: forWhom.theDesksOfTheReferral,
};
