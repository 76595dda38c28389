import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  draftPrivacyNotice: {
    to: forWhom.whoDraftsNotices,
    fr: 'écrire un projet d’information sur les données',
    en: 'draft a privacy notice',
  },
  rewritePrivacyNotice: {
    to: forWhom.whoDraftsNotices,
    fr: 'récrire un projet d’information sur les données',
    en: 'write the draft of a privacy notice anew',
  },
  adviseOnPrivacyNotice: {
    to: forWhom.whoAdvisesOnNotices,
    fr: 'donner un avis sur un projet d’information',
    en: 'give an opinion on the draft of a privacy notice',
  },
  publishPrivacyNotice: {
    to: forWhom.whoDraftsNotices,
    fr: 'publier une information sur les données',
    en: 'publish a privacy notice',
  },
};
