import type { DimensionCode } from './dimensions.js';
import type { MeasureCode } from './measures.js';

/** A figure of a report: the total of an indicator, or its categories by one dimension. */
export interface ReportFigureOf {
  readonly indicator: MeasureCode;
  readonly by: DimensionCode | null;
  /** Set if it is given month by month as well. */
  readonly monthly?: true;
  /** Set in a section that is told whole or not at all, if it gives away how another figure of the section was bettered. */
  readonly guard?: true;
}

/** A section of a report. */
export interface ReportSectionOf {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /**
   * Set if the section is shown whole or not at all. A wait gets shorter if people are turned away, if they give up, or if freed times are
   * wasted on few: so no figure of it is published without those that would show it. A guard is the district's own. It may be withheld like
   * any figure, because too few are counted.
   */
  readonly together?: true;
  /** Set if the section has the mean of the third next available appointment, by type. */
  readonly thirdNext?: true;
  readonly figures: readonly ReportFigureOf[];
}

/**
 * The content of an activity report, for every district alike and in the same order: what people asked for before what was done. No
 * figure is chosen for one district. Actions have no section until they are recorded.
 */
export const REPORT_SECTIONS: readonly ReportSectionOf[] = [
  {
    code: 'DEMAND',
    labelFr: 'La demande',
    labelEn: 'Demand',
    figures: [
      { indicator: 'VISITS', by: null, monthly: true },
      { indicator: 'PERSONS_AT_RECEPTION', by: null },
      { indicator: 'APPOINTMENT_REQUESTS', by: 'URGENCY' },
      { indicator: 'INCOMING_REQUESTS', by: 'PARTNER' },
    ],
  },
  {
    code: 'FIRST_RECEPTIONS',
    labelFr: 'Les premiers accueils',
    labelEn: 'First receptions',
    figures: [{ indicator: 'FIRST_RECEPTIONS', by: 'RECEPTION' }],
  },
  {
    code: 'WAITS',
    labelFr: 'L’attente',
    labelEn: 'Waiting',
    together: true,
    thirdNext: true,
    figures: [
      { indicator: 'ASKED_TO_HELD', by: 'WAIT' },
      { indicator: 'ASKED_TO_OFFERED', by: 'WAIT' },
      { indicator: 'STILL_WAITING', by: 'WAIT' },
      { indicator: 'VISITS', by: 'VISIT_OUTCOME', guard: true },
      { indicator: 'APPOINTMENTS', by: 'APPOINTMENT_OUTCOME', guard: true },
      { indicator: 'ASKED_AGAIN', by: null, guard: true },
      { indicator: 'FREED_TIMES_USED', by: null, guard: true },
    ],
  },
  {
    code: 'APPOINTMENTS',
    labelFr: 'Les rendez-vous',
    labelEn: 'Appointments',
    figures: [
      { indicator: 'APPOINTMENTS', by: null, monthly: true },
      { indicator: 'NOT_HONOURED', by: null },
      { indicator: 'UNKNOWN_OUTCOMES', by: null },
      { indicator: 'CANCELLED_BY_SERVICE', by: 'CANCELLATION_REASON' },
      { indicator: 'MEETING_ATTENDANCE', by: null },
    ],
  },
  {
    code: 'CASES',
    labelFr: 'L’accompagnement',
    labelEn: 'Cases',
    figures: [
      { indicator: 'PERSONS_HELPED', by: 'AGE_BAND' },
      { indicator: 'OPEN_CASES', by: 'MISSION' },
      { indicator: 'OPEN_CASES', by: 'CASE_AGE' },
      { indicator: 'CASES_OPENED', by: null, monthly: true },
      { indicator: 'CASES_CLOSED', by: null },
    ],
  },
  {
    code: 'NEEDS',
    labelFr: 'Les besoins',
    labelEn: 'Needs',
    figures: [{ indicator: 'NEEDS', by: 'NEED_THEME' }],
  },
  {
    code: 'REFERRALS',
    labelFr: 'Les orientations',
    labelEn: 'Referrals',
    figures: [
      { indicator: 'REFERRALS_SENT', by: 'DESTINATION' },
      { indicator: 'REFERRALS_RECEIVED', by: null },
      { indicator: 'REFERRALS_ANSWERED_IN_TIME', by: null },
      { indicator: 'INCOMING_REQUESTS_ANSWERED_IN_TIME', by: null },
    ],
  },
];
