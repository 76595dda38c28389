import { type Shape, seen } from './seen.js';

export const STATISTICS_SHAPES: readonly Shape[] = [
  [
    'writeNarrative',
    'WriteNarrativeInput',
    'simulationId',
    ['foreignSimulation'],
    () => ({ districtId: seen['sevran'], year: FROZEN_YEAR, text: 'Une année.' }),
  ],
];

/** A year that is frozen, and of which no team has said anything. */
export const FROZEN_YEAR = 2003;
