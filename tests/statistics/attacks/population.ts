import { APPOINTMENT_TYPES } from '../../../prisma/seed/reference/appointment-types.js';
import { NEED_CODES, NEED_THEMES } from '../../../prisma/seed/reference/need-codes.js';
import { DIMENSIONS, type DimensionCode } from '../../../src/statistics/dimensions.js';
import { MEASURES, type Measure } from '../../../src/statistics/measures.js';
import { type Chance, chanceOf, drawn } from './chance.js';

/** Periods of a year: 0 to 11 are its months, 12 is the year, 13 to 16 are its quarters. */
export const YEAR = 12;
/** The number of these periods. */
export const PERIODS = 17;
/** One person, as a case, an appointment or what else is counted. */
export interface SyntheticUnit {
  readonly id: string;
  readonly district: number;
  /** Its categories in a period, a row for each combination; none where it is not counted. */
  readonly rows: (period: number) => readonly (readonly number[])[];
}

/** A year of one measure, in the shape of the real one. The first district is the one that is attacked. */
export interface Population {
  readonly name: string;
  readonly measure: Measure;
  /** How many categories each dimension has. */
  readonly sizes: readonly number[];
  readonly districts: number;
  readonly units: readonly SyntheticUnit[];
}

const DAYS = 365;
const MONTH = DAYS / 12;

const TYPES = APPOINTMENT_TYPES;
const MODES = DIMENSIONS.MODE.categories.map(({ code }) => code);
const THEMES = NEED_THEMES.map(({ theme }) => theme);
/** Of how the mode is chosen where a type has several. */
const MODE_WEIGHTS: Readonly<Record<string, number>> = { ON_SITE: 75, HOME: 100, PHONE: 20, VIDEO: 5 };
const TYPE_WEIGHTS = [22, 30, 10, 15, 5, 3, 7, 8];
/** In the order of their categories: honoured, not, left before, cancelled by the person, by the service, unknown. */
const OUTCOME_WEIGHTS = [68, 12, 2, 12, 4, 2];
const MISSION_WEIGHTS = [45, 25, 15, 8, 7];

function sizeOf(code: DimensionCode): number {
  if (code === 'APPOINTMENT_TYPE') return TYPES.length;
  if (code === 'NEED_CODE') return NEED_CODES.length;
  return DIMENSIONS[code].categories?.length ?? 0;
}

function population(
  name: string,
  measure: Measure,
  districts: number,
  units: readonly SyntheticUnit[],
): Population {
  return { name, measure, sizes: measure.dimensions.map(sizeOf), districts, units };
}

/** A flow: 2,500 appointments a year in each district. */
export function appointments(seed: number, districts = 3): Population {
  const chance = chanceOf(seed);
  const modeWeights = TYPES.map(({ modes }) =>
    MODES.map((mode) => ((modes as readonly string[]).includes(mode) ? (MODE_WEIGHTS[mode] ?? 0) : 0)),
  );
  const units = Array.from({ length: districts }, (_, district) =>
    Array.from({ length: 2_400 + Math.floor(chance() * 200) }, (_, nth): SyntheticUnit => {
      const month = Math.floor(chance() * 12);
      const type = drawn(TYPE_WEIGHTS, chance);
      const mode = drawn(modeWeights[type] ?? [], chance);
      const outcome = drawn(OUTCOME_WEIGHTS, chance);
      return {
        id: `appointment-${district}-${nth}`,
        district,
        rows: (period) =>
          [month, YEAR, YEAR + Math.ceil((month + 1) / 3)].includes(period) ? [[outcome, type, mode]] : [],
      };
    }),
  ).flat();
  return population('APPOINTMENTS', MEASURES.APPOINTMENTS, districts, units);
}

/** When a case is opened and closed, in days of the year; one opens each day, for 500 days on average. */
interface Span {
  readonly opens: number;
  readonly closes: number;
  /** Since when it is somebody's. */
  readonly assigned: number;
  readonly mission: number;
}

function spans(chance: Chance): readonly Span[] {
  return Array.from({ length: 6 * DAYS }, (): Span => {
    const opens = -5 * DAYS + chance() * 6 * DAYS;
    return {
      opens,
      closes: opens - 500 * Math.log(1 - chance()),
      assigned: opens + (chance() < 0.6 ? 0 : chance() * 45),
      mission: drawn(MISSION_WEIGHTS, chance),
    };
  }).filter(({ closes }) => closes > 0);
}

function endOf(period: number): number {
  return period === YEAR ? DAYS : (period + 1) * MONTH;
}

/** Of a case's age: under 3 months, 3 to 6, 6 to 12, a year or two, more. */
function ageBand(days: number): number {
  return [3 * MONTH, 6 * MONTH, DAYS, 2 * DAYS].filter((bound) => days >= bound).length;
}

/** A stock: some 500 cases at each of twelve months' ends, and at the year's, which is December's. It changes by some 30 a month. */
export function openCases(seed: number, districts = 1): Population {
  const chance = chanceOf(seed);
  const units = Array.from({ length: districts }, (_, district) =>
    spans(chance).map(
      (span, nth): SyntheticUnit => ({
        id: `case-${district}-${nth}`,
        district,
        rows: (period) => {
          const end = endOf(period);
          if (span.opens >= end || span.closes < end) return [];
          return [[span.mission, ageBand(end - span.opens), end >= span.assigned ? 0 : 1]];
        },
      }),
    ),
  ).flat();
  return population('OPEN_CASES', MEASURES.OPEN_CASES, districts, units);
}

/** Needs of the same cases, one to three of each, at any time of the year. */
export function needs(seed: number, districts = 1): Population {
  const chance = chanceOf(seed);
  // A few needs are those of most.
  const weights = NEED_CODES.map((_, nth) => 1 / (1 + ((nth * 7) % NEED_CODES.length)));
  const themeOf = NEED_CODES.map(({ theme }) => THEMES.indexOf(theme));
  const units = Array.from({ length: districts }, (_, district) =>
    spans(chance).map((span, nth): SyntheticUnit => {
      const codes = new Set(
        Array.from({ length: 1 + drawn([5, 3, 2], chance) }, () => drawn(weights, chance)),
      );
      const rows = [...codes].map((code) => [themeOf[code] ?? 0, code, span.mission]);
      return {
        id: `case-${district}-${nth}`,
        district,
        rows: (period) => (period === YEAR && span.opens < DAYS ? rows : []),
      };
    }),
  ).flat();
  return population('NEEDS', MEASURES.NEEDS, districts, units);
}
