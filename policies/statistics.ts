import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Arrêté. What is frozen is protected before it is written: whoever reads protected statistics reads all of it. */
export const Snapshot: TypePolicy = {
  period: forWhom.whoReadsStatistics,
  version: forWhom.whoReadsStatistics,
  frozenOn: forWhom.whoReadsStatistics,
  methodVersion: forWhom.whoReadsStatistics,
};

export const StatisticsTable: TypePolicy = {
  indicator: forWhom.whoReadsStatistics,
  district: forWhom.whoReadsStatistics,
  period: forWhom.whoReadsStatistics,
  version: forWhom.whoReadsStatistics,
  frozenOn: forWhom.whoReadsStatistics,
  method: forWhom.whoReadsStatistics,
  dimensions: forWhom.whoReadsStatistics,
  cells: forWhom.whoReadsStatistics,
  tablesLeft: forWhom.whoReadsStatistics,
};

export const StatisticsDimension: TypePolicy = {
  code: forWhom.whoReadsStatistics,
  labelFr: forWhom.whoReadsStatistics,
  labelEn: forWhom.whoReadsStatistics,
  categories: forWhom.whoReadsStatistics,
};

export const StatisticsCategory: TypePolicy = {
  code: forWhom.whoReadsStatistics,
  labelFr: forWhom.whoReadsStatistics,
  labelEn: forWhom.whoReadsStatistics,
};

export const StatisticsCellCategory: TypePolicy = {
  dimension: forWhom.whoReadsStatistics,
  code: forWhom.whoReadsStatistics,
  labelFr: forWhom.whoReadsStatistics,
  labelEn: forWhom.whoReadsStatistics,
};

export const StatisticsCell: TypePolicy = {
  categories: forWhom.whoReadsStatistics,
  value: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
  yearBefore: forWhom.whoReadsStatistics,
};

export const StatisticsFigure: TypePolicy = {
  value: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};

/** A team’s observation stands beside the figures, for the same; and for everyone, once its report is published with it. */
export const IndicatorObservation: TypePolicy = {
  id: forWhom.whoReadsTheObservation,
  code: forWhom.whoReadsTheObservation,
  district: forWhom.whoReadsTheObservation,
  year: forWhom.whoReadsTheObservation,
  body: forWhom.whoReadsTheObservation,
  statedOn: forWhom.whoReadsTheObservation,
};
