import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Demande de rendez-vous. The desk knows the rank, never the reason; the head no worker; the person sees that they wait, and for what days. */
export const AppointmentRequest: TypePolicy = {
  id: forWhom.whoSeesTheRequest,
  status: forWhom.whoSeesTheRequest,
  askedAt: forWhom.whoSeesTheRequest,
  closedAt: forWhom.whoSeesTheRequest,
  publicLabel: forWhom.whoSeesTheRequest,
  mode: forWhom.whoSeesTheRequest,
  wantedFrom: forWhom.whoSeesTheRequest,
  wantedUntil: forWhom.whoSeesTheRequest,
  district: forWhom.whoSeesTheRequest,
  person: forWhom.whoSeesTheRequest,
  version: forWhom.whoSeesTheRequest,

  offers: forWhom.whoSeesTheOffer,
  appointment: forWhom.whoSeesTheOffer,

  rank: forWhom.whoKeepsTheWaitingList,
  urgency: forWhom.whoKeepsTheWaitingList,
  askedBy: forWhom.whoKeepsTheWaitingList,
  presentUntil: forWhom.whoKeepsTheWaitingList,
  caseWorkerOnly: forWhom.whoKeepsTheWaitingList,
  dutyWorker: forWhom.whoSeesWhoseTimeItIs,
  showOnline: forWhom.whoKeepsTheWaitingList,

  // Of a person who gave no name: the desk and the worker on duty call the person by it, and the head does not.
  reference: forWhom.whoTellsOfTheOffer,
  calledName: forWhom.whoTellsOfTheOffer,
  contact: forWhom.whoTellsOfTheOffer,
  phone: forWhom.whoTellsOfTheOffer,

  type: forWhom.whoKnowsWhatIsAskedFor,
  case: forWhom.whoFollowsTheCaseOfTheRequest,

  skips: forWhom.theDeskOfTheWaitingList,
};
