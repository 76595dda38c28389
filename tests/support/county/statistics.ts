import { ago, dayAhead, mondayOf } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const statisticsTables = {
  indicator: () => ({
    ...ownId(),
    version: 1,
    labelFr: 'Dossiers ouverts',
    labelEn: 'Open cases',
    definitionFr: 'Les dossiers ouverts à la fin de la période.',
    countsFr: 'Un dossier suspendu.',
    doesNotCountFr: 'Un dossier clos.',
    measure: 'OPEN_CASES',
    unit: 'CASE',
    kind: 'STOCK',
    dimensions: [],
    proposedOn: dayAhead(0),
    confirmedOn: dayAhead(0),
  }),
  indicatorSpeaker: ownId,
  // Somebody else has read the words.
  indicatorVoice: () => ({ confirmedOn: '2026-01-07' }),
  indicatorDecision: ownId,
  indicatorObservation: () => ({ ...ownId(), confirmedOn: '2026-01-07' }),
  wordsAuthor: () => ({}),
  snapshot: ownId,
  snapshotDimension: () => ({}),
  snapshotTable: ownId,
  activityReport: ownId,
  activityReportText: () => ({}),
  activityReportSignature: () => ({}),
  activityReportTable: () => ({}),
  erratum: ownId,
  // Asked this week, and not worked out.
  waitSimulation: () => ({
    ...ownId(),
    typeCode: 'FIRST_RECEPTION',
    askedAt: ago(0),
    foreseenFrom: mondayOf(dayAhead(0)),
    halfDaysNow: 24,
    postsNow: 4,
    moreHalfDays: 0,
    morePosts: 0,
    moreAsksPercent: 0,
  }),
} satisfies UsualRows;
