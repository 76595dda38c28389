import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** A reviewer's findings about notes that were opened on the ground DANGER. */
export const ReleaseReview: TypePolicy = {
  fr: 'Réexamen d’une ouverture pour danger',
  en: 'Review of an opening in danger',
  fields: {
    asRole: { to: forWhom.whoSeesReviews, fr: 'au titre de', en: 'as which role' },
    reviewedBy: { to: forWhom.whoSeesReviews, fr: 'par', en: 'by whom' },
    opinion: { to: forWhom.whoSeesReviews, fr: 'avis', en: 'opinion' },
    reviewedAt: { to: forWhom.whoSeesReviews, fr: 'date', en: 'when' },
  },
};
