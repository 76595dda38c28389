import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Proposition. The person sees a time and a deadline; with whom, once it is booked. */
export const SlotOffer: TypePolicy = {
  id: forWhom.whoSeesTheOffer,
  status: forWhom.whoSeesTheOffer,
  startsAt: forWhom.whoSeesTheOffer,
  endsAt: forWhom.whoSeesTheOffer,
  mode: forWhom.whoSeesTheOffer,
  place: forWhom.whoSeesTheOffer,
  offeredAt: forWhom.whoSeesTheOffer,
  answerBy: forWhom.whoSeesTheOffer,
  answeredAt: forWhom.whoSeesTheOffer,
  text: forWhom.whoSeesTheOffer,
  request: forWhom.whoSeesTheOffer,
  version: forWhom.whoSeesTheOffer,

  worker: forWhom.whoSeesWhoseTimeItIs,
  channel: forWhom.whoTellsOfTheOffer,
  toldAt: forWhom.whoTellsOfTheOffer,
  // With the name and the address that its reader knows.
  letter: forWhom.whoPrintsTheLetterOfTheOffer,
  sending: forWhom.whoTellsOfTheOffer,
};
