import { APPOINTMENT_TYPES } from '../../../prisma/seed/reference/appointment-types.js';
import { NEED_CODES, NEED_THEMES } from '../../../prisma/seed/reference/need-codes.js';
import { DIMENSIONS, type DimensionCode } from '../../../src/statistics/dimensions.js';
import { leastThreshold, MEASURES, type Measure } from '../../../src/statistics/measures.js';
import { type Chance, chanceOf, drawn } from './chance.js';

/** Periods of a year: 0 to 11 are its months, 12 is the year. */
export const YEAR = 12;
/** As they are frozen: the second has what was recorded late. */
export type Version = 1 | 2;

/** One person, as a case, an appointment or what else is counted. */
export interface SyntheticUnit {
  readonly id: string;
  readonly district: number;
  /** The worker who feeds it; null is nobody in particular. */
  readonly feeder: (period: number) => string | null;
  /** Its categories in a period, a row for each combination; none where it is not counted. */
  readonly rows: (period: number, version: Version) => readonly (readonly number[])[];
}

/** A year of one measure, in the shape of the real one. The first district is the one that is attacked. */
export interface Population {
  readonly name: string;
  readonly measure: Measure;
  readonly threshold: number;
  /** How many categories each dimension has. */
  readonly sizes: readonly number[];
  readonly districts: number;
  /** How often each worker of a district is the one: known, unlike who has which case. */
  readonly shares: readonly number[];
  readonly units: readonly SyntheticUnit[];
  /** Whether categories, by the places of their dimensions, cannot go together. */
  readonly isImpossible: (categories: ReadonlyMap<number, number>) => boolean;
}

const TEAM = [18, 16, 14, 13, 12, 11, 9, 7];
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
const UNKNOWN_OUTCOME = 5;
const MISSION_WEIGHTS = [45, 25, 15, 8, 7];

function worker(district: number, chance: Chance): string {
  return `${district}-${drawn(TEAM, chance)}`;
}

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
  isImpossible: Population['isImpossible'],
): Population {
  const sizes = measure.dimensions.map(sizeOf);
  return {
    name,
    measure,
    threshold: leastThreshold(measure),
    sizes,
    districts,
    shares: TEAM,
    units,
    isImpossible,
  };
}

/**
 * A flow: 2,500 appointments a year in each district, of eight workers. One in twenty has no outcome recorded when its month is frozen
 * first, and is corrected by the second version; of the year's first version, only December's are late.
 */
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
      const isLate = chance() < 0.05;
      const feeder = worker(district, chance);
      return {
        id: `appointment-${district}-${nth}`,
        district,
        feeder: () => feeder,
        rows: (period, version) => {
          if (period !== month && period !== YEAR) return [];
          const isUnknown = isLate && version === 1 && (period !== YEAR || month === 11);
          return [[isUnknown ? UNKNOWN_OUTCOME : outcome, type, mode]];
        },
      };
    }),
  ).flat();
  // A type goes with its modes.
  const isImpossible: Population['isImpossible'] = (categories) => {
    const [type, mode] = [categories.get(1), categories.get(2)];
    return type !== undefined && mode !== undefined && modeWeights[type]?.[mode] === 0;
  };
  return population('APPOINTMENTS', MEASURES.APPOINTMENTS, districts, units, isImpossible);
}

/** When a case is opened and closed, in days of the year; one opens each day, for 500 days on average. */
interface Span {
  readonly opens: number;
  readonly closes: number;
  /** Since when it is somebody's. */
  readonly assigned: number;
  readonly opensLate: boolean;
  readonly closesLate: boolean;
  readonly mission: number;
  readonly feeder: string;
}

function spans(district: number, chance: Chance): readonly Span[] {
  return Array.from({ length: 6 * DAYS }, (): Span => {
    const opens = -5 * DAYS + chance() * 6 * DAYS;
    return {
      opens,
      closes: opens - 500 * Math.log(1 - chance()),
      assigned: opens + (chance() < 0.6 ? 0 : chance() * 45),
      opensLate: chance() < 0.05,
      closesLate: chance() < 0.1,
      mission: drawn(MISSION_WEIGHTS, chance),
      feeder: worker(district, chance),
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
    spans(district, chance).map(
      (span, nth): SyntheticUnit => ({
        id: `case-${district}-${nth}`,
        district,
        feeder: (period) => (endOf(period) >= span.assigned ? span.feeder : null),
        rows: (period, version) => {
          const end = endOf(period);
          // Known when the period is frozen first, some ten days after its end.
          const isOpenYet =
            span.opens < end && !(version === 1 && span.opensLate && span.opens > end - MONTH);
          const isStill =
            span.closes >= end || (version === 1 && span.closesLate && span.closes > end - MONTH);
          if (!isOpenYet || !isStill) return [];
          return [[span.mission, ageBand(end - span.opens), end >= span.assigned ? 0 : 1]];
        },
      }),
    ),
  ).flat();
  return population('OPEN_CASES', MEASURES.OPEN_CASES, districts, units, () => false);
}

/** Needs of the same cases, one to three of each, at any time of the period: sensitive, so that the threshold is 11. */
export function needs(seed: number, districts = 1): Population {
  const chance = chanceOf(seed);
  // A few needs are those of most.
  const weights = NEED_CODES.map((_, nth) => 1 / (1 + ((nth * 7) % NEED_CODES.length)));
  const themeOf = NEED_CODES.map(({ theme }) => THEMES.indexOf(theme));
  const units = Array.from({ length: districts }, (_, district) =>
    spans(district, chance).map((span, nth): SyntheticUnit => {
      const codes = new Set(
        Array.from({ length: 1 + drawn([5, 3, 2], chance) }, () => drawn(weights, chance)),
      );
      const rows = [...codes].map((code) => [themeOf[code] ?? 0, code, span.mission]);
      return {
        id: `case-${district}-${nth}`,
        district,
        feeder: (period) => (Math.min(endOf(period), span.closes) >= span.assigned ? span.feeder : null),
        rows: (period, version) => {
          const [begins, end] = [period === YEAR ? 0 : period * MONTH, endOf(period)];
          const isLate = version === 1 && span.opensLate && span.opens > end - MONTH;
          return span.opens < end && span.closes >= begins && !isLate ? rows : [];
        },
      };
    }),
  ).flat();
  const isImpossible: Population['isImpossible'] = (categories) => {
    const [theme, code] = [categories.get(0), categories.get(1)];
    return theme !== undefined && code !== undefined && themeOf[code] !== theme;
  };
  return population('NEEDS', MEASURES.NEEDS, districts, units, isImpossible);
}
