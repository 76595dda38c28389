import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  accessLog: {
    to: forWhom.dataProtectionOfficers,
    fr: 'journal d’accès d’un dossier, d’une personne ou d’un agent, sur motif',
    en: 'access log of a case, a person or a worker, on a ground',
  },
  privacyNotices: { to: allow, fr: 'informations sur les données personnelles', en: 'privacy notices' },
  privacyNoticeDrafts: {
    to: forWhom.whoReadsNoticeDrafts,
    fr: 'projets d’information sur les données personnelles',
    en: 'drafts of privacy notices',
  },
  policyMatrix: { to: allow, fr: 'qui voit quoi : ce tableau', en: 'who sees what: this table' },
};
