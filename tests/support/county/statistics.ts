import { ownId, type UsualRows } from './table.js';

export const statisticsTables = {
  indicator: ownId,
  indicatorSpeaker: ownId,
  indicatorVoice: () => ({}),
  indicatorDecision: ownId,
  indicatorObservation: ownId,
  snapshot: ownId,
  snapshotDimension: () => ({}),
  snapshotTable: ownId,
  activityReport: ownId,
  activityReportText: () => ({}),
  activityReportSignature: () => ({}),
  activityReportTable: () => ({}),
  erratum: ownId,
} satisfies UsualRows;
