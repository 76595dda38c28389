import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Rapport d’activité. Published, it is everyone’s; its draft is of those who work with statistics. So is all that is in it. */
export const ActivityReport: TypePolicy = {
  id: forWhom.whoReadsTheReport,
  district: forWhom.whoReadsTheReport,
  year: forWhom.whoReadsTheReport,
  narrative: forWhom.whoReadsTheReport,
  narrativeEn: forWhom.whoReadsTheReport,
  signatures: forWhom.whoReadsTheReport,
  earlierTexts: forWhom.whoReadsDrafts,
  declined: forWhom.whoReadsTheReport,
  statedOn: forWhom.whoReadsTheReport,
  publishedOn: forWhom.whoReadsTheReport,
  socialWorkers: forWhom.whoReadsTheReport,
  receptionists: forWhom.whoReadsTheReport,
  population: forWhom.whoReadsTheReport,
  daysOpen: forWhom.whoReadsTheReport,
  version: forWhom.whoReadsTheReport,
  sections: forWhom.whoReadsTheReport,
  observations: forWhom.whoReadsTheReport,
  errata: forWhom.whoReadsTheReport,
  coverage: forWhom.whoReadsTheReport,
};

export const ReportSignature: TypePolicy = {
  name: forWhom.whoReadsTheReport,
  signedOn: forWhom.whoReadsTheReport,
};

export const ReportText: TypePolicy = {
  version: forWhom.whoReadsDrafts,
  narrative: forWhom.whoReadsDrafts,
  narrativeEn: forWhom.whoReadsDrafts,
  declined: forWhom.whoReadsDrafts,
  statedOn: forWhom.whoReadsDrafts,
};

export const ReportSection: TypePolicy = {
  code: forWhom.whoReadsTheReport,
  labelFr: forWhom.whoReadsTheReport,
  labelEn: forWhom.whoReadsTheReport,
  figures: forWhom.whoReadsTheReport,
};

export const ReportFigure: TypePolicy = {
  indicator: forWhom.whoReadsTheReport,
  dimension: forWhom.whoReadsTheReport,
  lines: forWhom.whoReadsTheReport,
  months: forWhom.whoReadsTheReport,
  funnel: forWhom.whoReadsTheReport,
};

export const ReportFunnelDot: TypePolicy = {
  rate: forWhom.whoReadsTheReport,
  base: forWhom.whoReadsTheReport,
  low: forWhom.whoReadsTheReport,
  high: forWhom.whoReadsTheReport,
  isOwn: forWhom.whoReadsTheReport,
  isOutside: forWhom.whoReadsTheReport,
};

export const ReportLine: TypePolicy = {
  code: forWhom.whoReadsTheReport,
  labelFr: forWhom.whoReadsTheReport,
  labelEn: forWhom.whoReadsTheReport,
  value: forWhom.whoReadsTheReport,
  low: forWhom.whoReadsTheReport,
  high: forWhom.whoReadsTheReport,
  base: forWhom.whoReadsTheReport,
  withheld: forWhom.whoReadsTheReport,
  yearBefore: forWhom.whoReadsTheReport,
  yearBeforeWithheld: forWhom.whoReadsTheReport,
  county: forWhom.whoReadsTheReport,
  countyWithheld: forWhom.whoReadsTheReport,
};

export const ReportMonth: TypePolicy = {
  period: forWhom.whoReadsTheReport,
  value: forWhom.whoReadsTheReport,
  withheld: forWhom.whoReadsTheReport,
};

export const ReportDimension: TypePolicy = {
  code: forWhom.whoReadsTheReport,
  labelFr: forWhom.whoReadsTheReport,
  labelEn: forWhom.whoReadsTheReport,
};
