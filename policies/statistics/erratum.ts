import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Signed, an erratum is everyone’s; before, of those who work with statistics. */
export const Erratum: TypePolicy = {
  id: forWhom.whoReadsTheReport,
  period: forWhom.whoReadsTheReport,
  indicator: forWhom.whoReadsTheReport,
  district: forWhom.whoReadsTheReport,
  textFr: forWhom.whoReadsTheReport,
  textEn: forWhom.whoReadsTheReport,
  recalls: forWhom.whoReadsTheReport,
  proposedBy: forWhom.whoReadsTheReport,
  signedBy: forWhom.whoReadsTheReport,
  publishedOn: forWhom.whoReadsTheReport,
  lapsesOn: forWhom.whoReadsTheReport,
};
