import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Arrêté. What is frozen is protected before it is written, and everyone reads all of it: nobody gains by asking together. */
export const Snapshot: TypePolicy = {
  period: allow,
  frozenOn: allow,
  methodVersion: allow,
};

export const StatisticsTable: TypePolicy = {
  indicator: allow,
  district: allow,
  period: allow,
  frozenOn: allow,
  method: allow,
  dimensions: allow,
  cells: allow,
  errata: allow,
  coverage: allow,
};

export const StatisticsCoverage: TypePolicy = {
  from: allow,
  until: allow,
  districts: allow,
  ofDistricts: allow,
};

export const StatisticsDimension: TypePolicy = {
  code: allow,
  labelFr: allow,
  labelEn: allow,
  categories: allow,
};

export const StatisticsCategory: TypePolicy = {
  code: allow,
  labelFr: allow,
  labelEn: allow,
};

export const StatisticsCellCategory: TypePolicy = {
  dimension: allow,
  code: allow,
  labelFr: allow,
  labelEn: allow,
};

export const StatisticsCell: TypePolicy = {
  categories: allow,
  value: allow,
  low: allow,
  high: allow,
  base: allow,
  withheld: allow,
  yearBefore: allow,
};

export const StatisticsFigure: TypePolicy = {
  value: allow,
  low: allow,
  high: allow,
  base: allow,
  withheld: allow,
};

/** A team’s observation is of those who work with statistics; and of everyone, once its report is published with it. */
export const IndicatorObservation: TypePolicy = {
  id: forWhom.whoReadsTheObservation,
  code: forWhom.whoReadsTheObservation,
  district: forWhom.whoReadsTheObservation,
  year: forWhom.whoReadsTheObservation,
  body: forWhom.whoReadsTheObservation,
  statedOn: forWhom.whoReadsTheObservation,
};
