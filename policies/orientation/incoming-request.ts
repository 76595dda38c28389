import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Saisine. The head has it to allocate; then who has it reads it, and the head sees by when it is due. */
export const IncomingRequest: TypePolicy = {
  id: forWhom.whoSeesTheIncomingRequest,
  status: forWhom.whoSeesTheIncomingRequest,
  partner: forWhom.whoSeesTheIncomingRequest,
  mandated: forWhom.whoSeesTheIncomingRequest,
  receivedOn: forWhom.whoSeesTheIncomingRequest,
  answerBy: forWhom.whoSeesTheIncomingRequest,
  informBy: forWhom.whoSeesTheIncomingRequest,
  informedAt: forWhom.whoSeesTheIncomingRequest,
  childProtection: forWhom.whoSeesTheIncomingRequest,
  overdue: forWhom.whoSeesTheIncomingRequest,
  closedAt: forWhom.whoSeesTheIncomingRequest,
  district: forWhom.whoSeesTheIncomingRequest,
  worker: forWhom.whoSeesWhoHasTheIncomingRequest,
  version: forWhom.whoSeesTheIncomingRequest,

  name: forWhom.whoReadsTheIncomingRequest,
  text: forWhom.whoReadsTheIncomingRequest,

  person: forWhom.whoHasTheIncomingRequest,
  deferralGround: forWhom.whoHasTheIncomingRequest,
  reviewOn: forWhom.whoHasTheIncomingRequest,
};

/** In the answer to whoever took it down, and nowhere else. */
export const RecordedIncomingRequest: TypePolicy = { id: allow };
