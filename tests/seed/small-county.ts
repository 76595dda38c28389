import type { CountyScale } from '../../prisma/seed/county-shape.js';

/** The whole county's code, over fewer people: a district more than the demonstration has. */
export const SCALE: CountyScale = {
  districts: 4,
  socialWorkers: 18,
  workers: 56,
  cases: 360,
  notes: 2_000,
  appointments: 2_500,
};
/** A Thursday, at midnight in Paris. */
export const TODAY = new Date('2026-11-25T23:00:00Z');
