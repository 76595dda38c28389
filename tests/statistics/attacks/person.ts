import { MEASURES, type Measure, type MeasureCode } from '../../../src/statistics/measures.js';
import { programmeOf, tablesOfPeriod } from '../../../src/statistics/programme.js';

/** In which months of a year a person has how many units of a measure; of a stock, or of what is counted once a year, in any. */
export type UnitsByMonth = Readonly<Record<number, number>>;

/** What a person leaves in a year, over every indicator. */
export type PersonYear = Readonly<Partial<Record<MeasureCode, UnitsByMonth>>>;

const ALL_YEAR: UnitsByMonth = Object.fromEntries(Array.from({ length: 12 }, (_, nth) => [nth + 1, 1]));

/** Someone who came once, and was answered. */
export const CAME_ONCE: PersonYear = { VISITS: { 3: 1 }, PERSONS_AT_RECEPTION: { 3: 1 } };

/** Someone who was helped from March on: a case with two needs of one theme and a referral, four appointments that were honoured, one of them waited for. */
export const HELPED: PersonYear = {
  ...CAME_ONCE,
  APPOINTMENT_REQUESTS: { 3: 1 },
  ASKED_TO_OFFERED: { 3: 1 },
  ASKED_TO_HELD: { 4: 1 },
  FIRST_RECEPTIONS: { 4: 1 },
  APPOINTMENTS: { 4: 1, 5: 1, 7: 1, 10: 1 },
  NOT_HONOURED: { 4: 1, 5: 1, 7: 1, 10: 1 },
  UNKNOWN_OUTCOMES: { 4: 1, 5: 1, 7: 1, 10: 1 },
  PERSONS_HELPED: { 4: 1 },
  OPEN_CASES: ALL_YEAR,
  CASES_OPENED: { 4: 1 },
  NEEDS: { 5: 1 },
  PERSONS_IN_NEED: { 5: 1 },
  REFERRALS_SENT: { 6: 1 },
  REFERRALS_ANSWERED_IN_TIME: { 6: 1 },
};

/**
 * Of how many independent cells the answers about a person tell as much: each cell of a year's programme in which they are, by the square of how
 * many units of theirs are in it. All units of a measure are taken for those of one category, the worst for the person; each rate for one
 * more answer about its base.
 */
export function cellsOfPerson(year: PersonYear): number {
  return Object.entries(year).reduce(
    (sum, [code, units]) => sum + cellsOfMeasure(MEASURES[code as MeasureCode], units),
    0,
  );
}

function cellsOfMeasure(measure: Measure, units: UnitsByMonth): number {
  const programme = programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'DISTRICT' });
  const isSum = measure.kind === 'FLOW' || measure.kind === 'WAITING_TIME' || measure.kind === 'RATE';
  const inYear = isSum ? Object.values(units).reduce((sum, one) => sum + one, 0) : 1;
  const months = Object.entries(units).map(
    ([month, count]) =>
      tablesOfPeriod(programme, `2026-${month.padStart(2, '0')}`).length * (isSum ? count : 1) ** 2,
  );
  return tablesOfPeriod(programme, '2026').length * inYear ** 2 + months.reduce((sum, one) => sum + one, 0);
}
