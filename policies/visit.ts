import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Passage à l’accueil. The head sees that people came and how long they waited, never who. */
export const Visit: TypePolicy = {
  id: forWhom.whoSeesTheVisit,
  kind: forWhom.whoSeesTheVisit,
  status: forWhom.whoSeesTheVisit,
  day: forWhom.whoSeesTheVisit,
  ticket: forWhom.whoSeesTheVisit,
  arrivedAt: forWhom.whoSeesTheVisit,
  takenInAt: forWhom.whoSeesTheVisit,
  closedAt: forWhom.whoSeesTheVisit,
  outcome: forWhom.whoSeesTheVisit,
  district: forWhom.whoSeesTheVisit,
  version: forWhom.whoSeesTheVisit,

  worker: forWhom.whoWorksWithTheVisit,
  person: forWhom.whoWorksWithTheVisit,
  appointment: forWhom.whoWorksWithTheVisit,
  attestation: forWhom.whoWorksWithTheVisit,
};
