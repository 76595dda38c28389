import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/**
 * Passage à l’accueil. The head sees that people came, and neither the person nor the worker. The desk sees the worker, and the
 * appointment for which they came, until the person has gone. What became of it the desk and the head read where nobody received them:
 * what one of them knows of a visit, the other can put beside it by the id.
 */
export const Visit: TypePolicy = {
  id: forWhom.whoSeesTheVisit,
  kind: forWhom.whoSeesTheVisit,
  status: forWhom.whoSeesTheVisit,
  day: forWhom.whoSeesTheVisit,
  ticket: forWhom.whoSeesTheVisit,
  arrivedAt: forWhom.whoSeesTheVisit,
  closedAt: forWhom.whoSeesTheVisit,
  district: forWhom.whoSeesTheVisit,

  outcome: forWhom.whoSeesWhatBecameOfTheVisit,
  // Of who has gone it tells whether they were received.
  takenInAt: forWhom.whoSeesWhatBecameOfTheVisit,
  worker: forWhom.whoSeesWhoReceives,
  appointment: forWhom.whoSeesWhoReceives,

  person: forWhom.whoWorksWithTheVisit,
  // Of use to who writes. It moves with the worker, of whom the head reads nothing.
  version: forWhom.whoWorksWithTheVisit,
  attestation: forWhom.whoWorksWithTheVisit,
};
