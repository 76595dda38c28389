import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** The release of the notes of someone who is gone (rule 2): its two people, and no text. */
export const Release: TypePolicy = {
  id: forWhom.whoAskedForTheRelease,
  caseReference: forWhom.whoAskedForTheRelease,
  ground: forWhom.whoAskedForTheRelease,
  requestedBy: forWhom.whoAskedForTheRelease,
  requestedAt: forWhom.whoAskedForTheRelease,
  approvedBy: forWhom.whoAskedForTheRelease,
  approvedAt: forWhom.whoAskedForTheRelease,
};
