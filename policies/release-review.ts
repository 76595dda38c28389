import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** What a reviewer found of an opening in danger. */
export const ReleaseReview: TypePolicy = {
  asRole: forWhom.whoSeesReviews,
  reviewedBy: forWhom.whoSeesReviews,
  opinion: forWhom.whoSeesReviews,
  reviewedAt: forWhom.whoSeesReviews,
};
