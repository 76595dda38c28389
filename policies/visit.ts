import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/**
 * Passage à l’accueil. The head sees that people came, how long they waited and what became of it. The head sees neither the person
 * nor the worker. The desk sees the worker until the person has gone, and never the worker beside what became of it.
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
  version: forWhom.whoSeesTheVisit,

  outcome: forWhom.whoSeesWhatBecameOfTheVisit,
  // Of who has gone it tells whether they were received.
  takenInAt: forWhom.whoSeesWhatBecameOfTheVisit,
  worker: forWhom.whoSeesWhoReceives,

  person: forWhom.whoWorksWithTheVisit,
  appointment: forWhom.whoWorksWithTheVisit,
  attestation: forWhom.whoWorksWithTheVisit,
};
