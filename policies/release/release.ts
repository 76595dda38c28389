import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** The release of the notes of someone who is gone (rule 2): its people, and no text of a note. */
export const Release: TypePolicy = {
  id: forWhom.whoSeesTheRelease,
  caseReference: forWhom.whoSeesTheRelease,
  ground: forWhom.whoSeesTheRelease,
  requestedBy: forWhom.whoSeesTheRelease,
  requestedAt: forWhom.whoSeesTheRelease,
  waitsUntil: forWhom.whoSeesTheRelease,
  answers: forWhom.whoSeesTheRelease,
  objectedAt: forWhom.whoSeesTheRelease,
  personToldAt: forWhom.whoSeesTheRelease,
  approvedBy: forWhom.whoSeesTheRelease,
  approvedAt: forWhom.whoSeesTheRelease,
  refusedBy: forWhom.whoSeesTheRelease,
  refusedAt: forWhom.whoSeesTheRelease,
  lapsedAt: forWhom.whoSeesTheRelease,
  openUntil: forWhom.whoSeesTheRelease,
  danger: forWhom.whoSeesTheStatement,
  reviewDueAt: forWhom.whoSeesTheStatement,
  reviews: forWhom.whoSeesReviews,
};
