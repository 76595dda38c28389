import type { DimensionCode } from './dimensions.js';

/** What a figure counts, each once. */
export type Unit = 'PERSON' | 'CASE' | 'APPOINTMENT' | 'REQUEST' | 'VISIT' | 'REFERRAL';

/**
 * `STOCK`: at the end of the period. `FLOW`: in it. `DISTINCT`: at any time of it, each once. `WAITING_TIME`: a flow by how long it
 * took. `RATE`: whole per cent, of two counts that are each protected.
 */
export type Kind = 'STOCK' | 'FLOW' | 'DISTINCT' | 'WAITING_TIME' | 'RATE';

/** A way of counting what is recorded anyway: the function `records_of_…` of the database, and its columns in their order. */
export interface Measure {
  readonly unit: Unit;
  readonly kind: Kind;
  readonly dimensions: readonly DimensionCode[];
  /** Of needs and health. */
  readonly sensitive?: true;
}

/** The closed list: nothing is recorded for the sake of a figure, so that an indicator is of one of these or of nothing. */
export const MEASURES = {
  VISITS: { unit: 'VISIT', kind: 'FLOW', dimensions: ['VISIT_KIND', 'VISIT_OUTCOME'] },
  PERSONS_AT_RECEPTION: { unit: 'PERSON', kind: 'DISTINCT', dimensions: ['VISIT_KIND', 'AGE_BAND'] },
  FIRST_RECEPTIONS: { unit: 'PERSON', kind: 'DISTINCT', dimensions: ['RECEPTION', 'AGE_BAND'] },
  APPOINTMENT_REQUESTS: {
    unit: 'REQUEST',
    kind: 'FLOW',
    dimensions: ['URGENCY', 'APPOINTMENT_TYPE', 'ASKED_BY'],
  },
  STILL_WAITING: { unit: 'REQUEST', kind: 'STOCK', dimensions: ['WAIT', 'URGENCY', 'APPOINTMENT_TYPE'] },
  ASKED_TO_OFFERED: { unit: 'REQUEST', kind: 'WAITING_TIME', dimensions: ['WAIT', 'URGENCY'] },
  ASKED_TO_HELD: {
    unit: 'APPOINTMENT',
    kind: 'WAITING_TIME',
    dimensions: ['WAIT', 'APPOINTMENT_TYPE', 'MODE'],
  },
  APPOINTMENTS: {
    unit: 'APPOINTMENT',
    kind: 'FLOW',
    dimensions: ['APPOINTMENT_OUTCOME', 'APPOINTMENT_TYPE', 'MODE'],
  },
  NOT_HONOURED: { unit: 'APPOINTMENT', kind: 'RATE', dimensions: ['APPOINTMENT_TYPE', 'MODE'] },
  UNKNOWN_OUTCOMES: { unit: 'APPOINTMENT', kind: 'RATE', dimensions: ['APPOINTMENT_TYPE', 'MODE'] },
  CANCELLED_BY_SERVICE: {
    unit: 'APPOINTMENT',
    kind: 'FLOW',
    dimensions: ['CANCELLATION_REASON', 'APPOINTMENT_TYPE'],
  },
  MEETING_ATTENDANCE: { unit: 'PERSON', kind: 'DISTINCT', dimensions: ['APPOINTMENT_TYPE', 'AGE_BAND'] },
  PERSONS_HELPED: { unit: 'PERSON', kind: 'DISTINCT', dimensions: ['AGE_BAND', 'MISSION'] },
  OPEN_CASES: { unit: 'CASE', kind: 'STOCK', dimensions: ['MISSION', 'CASE_AGE', 'ASSIGNED'] },
  CASES_OPENED: { unit: 'CASE', kind: 'FLOW', dimensions: ['MISSION', 'PERSONS_ON_CASE'] },
  CASES_CLOSED: { unit: 'CASE', kind: 'FLOW', dimensions: ['MISSION', 'CASE_AGE'] },
  NEEDS: {
    unit: 'CASE',
    kind: 'DISTINCT',
    dimensions: ['NEED_THEME', 'NEED_CODE', 'MISSION'],
    sensitive: true,
  },
  PERSONS_IN_NEED: {
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['NEED_THEME', 'AGE_BAND'],
    sensitive: true,
  },
  REFERRALS_SENT: {
    unit: 'REFERRAL',
    kind: 'FLOW',
    dimensions: ['DESTINATION', 'MISSION', 'REFERRAL_ANSWER'],
  },
  REFERRALS_RECEIVED: { unit: 'REFERRAL', kind: 'FLOW', dimensions: ['MISSION', 'REFERRAL_ANSWER'] },
  REFERRALS_ANSWERED_IN_TIME: { unit: 'REFERRAL', kind: 'RATE', dimensions: ['DESTINATION'] },
  INCOMING_REQUESTS: { unit: 'REQUEST', kind: 'FLOW', dimensions: ['PARTNER', 'MANDATED', 'REQUEST_ANSWER'] },
  INCOMING_REQUESTS_ANSWERED_IN_TIME: { unit: 'REQUEST', kind: 'RATE', dimensions: ['PARTNER'] },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureCode = keyof typeof MEASURES;

/** The measure of that code; null if nothing measures it. */
export function measureOf(code: string): Measure | null {
  return Object.hasOwn(MEASURES, code) ? MEASURES[code as MeasureCode] : null;
}

/**
 * Below which a cell is not told: 11 for needs and health; otherwise 5 is the rule, and 6 is what keeps it: a cell that is told has
 * three workers, hence three units, which with 5 would tell someone who is the third in more than six cases of ten (`bench:attacks`).
 */
export function leastThreshold(measure: Pick<Measure, 'sensitive'>): number {
  return measure.sensitive === true ? 11 : 6;
}
