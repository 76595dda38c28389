import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What a reviewer found of an opening in danger. */
export const ReleaseReview: TypePolicy = {
  asRole: forWhom.whoSeesReviews,
  reviewedBy: forWhom.whoSeesReviews,
  opinion: forWhom.whoSeesReviews,
  reviewedAt: forWhom.whoSeesReviews,
};
