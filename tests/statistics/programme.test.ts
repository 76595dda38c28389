import { describe, expect, test } from '@jest/globals';
import { apart, guessedRight } from '../../src/statistics/disclosure.js';
import type { LivedUnit } from '../../src/statistics/lives.js';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import {
  marginOf,
  type ProgrammeTable,
  programmeOf,
  tablesOfPeriod,
} from '../../src/statistics/programme.js';

/** What is released of each measure is small, since each cell that someone is in tells a little of them. */
const NAMES = Object.keys(MEASURES) as MeasureCode[];
const whole = (measure: Measure) =>
  programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'DISTRICT' });

/** A unit of a measure: of a stock, there at the end of three months where it leaves soon, or of all twelve. */
function unitOf(name: MeasureCode): LivedUnit {
  const measure: Measure = MEASURES[name];
  const all = Array.from({ length: 12 }, (_, nth) => nth + 1);
  if (measure.kind !== 'STOCK') return { measure: name, months: [3] };
  return { measure: name, months: measure.monthlyBy === undefined ? all : [3, 4, 5] };
}

describe.each(NAMES)('%s', (name) => {
  const measure: Measure = MEASURES[name];

  test('has a unit in so few cells that the whole programme tells of it in at most 70 of 100', () => {
    const indicators = [{ measure: name, dimensions: measure.dimensions, givenBy: null }];
    expect(guessedRight(apart([unitOf(name)], [], indicators))).toBeLessThanOrEqual(0.7);
  });

  test('is given of a district by one dimension at most, of the county by two, of a month as a total or by the wait', () => {
    for (const { territory, period, by } of whole(measure)) {
      expect(by.length).toBeLessThanOrEqual(territory === 'COUNTY' && period === 'YEAR' ? 2 : 1);
      if (period !== 'YEAR' && period !== 'QUARTER') expect(by.filter((code) => code !== 'WAIT')).toEqual([]);
      if (period === 'QUARTER') expect(territory).toBe('COUNTY');
      for (const code of by) expect(measure.dimensions).toContain(code);
    }
    expect(whole(measure).filter(({ by }) => by.length === 2).length).toBeLessThanOrEqual(1);
  });

  test('of the county alone has no table of a district', () => {
    const tables = programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'COUNTY' });
    expect(tables.filter(({ territory }) => territory === 'DISTRICT')).toEqual([]);
    expect(tables.filter(({ sumOf }) => sumOf === 'DISTRICTS')).toEqual([]);
    const names = (some: readonly ProgrammeTable[]): readonly string[] =>
      some
        .filter(({ territory }) => territory === 'COUNTY')
        .map(({ period, by }) => [period, ...by].join(' '));
    expect([...names(tables)].sort()).toEqual([...names(whole(measure))].sort());
  });

  test.each(['DISTRICT', 'COUNTY'] as const)(
    'has no table twice, and a sum for the county only where what is added up is published: %s',
    (givenBy) => {
      const tables = programmeOf({ measure, dimensions: measure.dimensions, givenBy });
      const names = tables.map(({ territory, period, by }) => [territory, period, ...by].join(' '));
      expect(new Set(names).size).toBe(names.length);
      for (const { territory, sumOf, period, by } of tables.filter((table) => table.sumOf !== null)) {
        expect(territory).toBe('COUNTY');
        const added = {
          PAIR: ['COUNTY', period, ...(measure.pair ?? [])],
          AGES: ['COUNTY', period, 'AGE_BAND'],
          DISTRICTS: ['DISTRICT', period, ...by],
        }[sumOf ?? 'DISTRICTS'];
        // A person has one age, and may be in two categories of anything else: only ages are added up.
        if (sumOf === 'PAIR') expect(by).not.toContain('AGE_BAND');
        expect(names).toContain(added.join(' '));
        // A person may come to two districts: the sum would count them twice.
        if (sumOf === 'DISTRICTS') expect(measure.unit).not.toBe('PERSON');
      }
    },
  );
});

test('a dimension that was not agreed on is in no table, nor in a pair', () => {
  const tables = programmeOf({ measure: MEASURES.OPEN_CASES, dimensions: ['MISSION'], givenBy: 'DISTRICT' });
  expect(new Set(tables.flatMap(({ by }) => by))).toEqual(new Set(['MISSION']));
});

test('a year has its tables, a month of a flow its total, a stock where a quarter ends but for the year’s end, and who waits until November', () => {
  const names = (name: MeasureCode, period: string) =>
    tablesOfPeriod(whole(MEASURES[name]), period).map(({ territory, by }) => [territory, ...by].join(' '));
  expect(names('VISITS', '2026-04')).toEqual(['DISTRICT', 'COUNTY']);
  expect(names('OPEN_CASES', '2026-04')).toEqual([]);
  expect(names('OPEN_CASES', '2026-06')).toEqual(['COUNTY']);
  expect(names('OPEN_CASES', '2026-12')).toEqual([]);
  expect(names('STILL_WAITING', '2026-04')).toEqual(['DISTRICT WAIT', 'COUNTY WAIT']);
  expect(names('STILL_WAITING', '2026-12')).toEqual([]);
  expect(names('ASKED_TO_HELD', '2026-04')).toEqual(['DISTRICT WAIT', 'COUNTY WAIT']);
  expect(names('NOT_HONOURED', '2026-04')).toEqual([]);
  expect(names('NOT_HONOURED', '2026')).toEqual(['DISTRICT', 'COUNTY']);
  expect(names('PERSONS_HELPED', '2026-06')).toEqual([]);
  expect(names('PERSONS_HELPED', '2026')).toHaveLength(7);
});

test('a quarter has what the protocol of the wait asks for, of the county alone', () => {
  const quarterly = NAMES.flatMap((name) =>
    tablesOfPeriod(whole(MEASURES[name]), '2026-Q2').map(({ territory, by }) =>
      [name, territory, ...by].join(' '),
    ),
  );
  expect(quarterly.sort()).toEqual([
    'APPOINTMENTS COUNTY APPOINTMENT_OUTCOME',
    'ASKED COUNTY',
    'ASKED_AGAIN COUNTY',
    'ASKED_TO_HELD COUNTY WAIT',
    'FIRST_ASKED_TO_HELD COUNTY WAIT',
    'FOUND_NO_TIME COUNTY',
    'NOT_HONOURED COUNTY',
    'OWN_WORKER_KEPT COUNTY',
    'UNKNOWN_OUTCOMES COUNTY',
    'URGENT_SEEN_IN_TIME COUNTY',
  ]);
  const alone = NAMES.filter((name) => (MEASURES[name] as Measure).isOfQuartersAlone === true);
  for (const name of alone)
    for (const period of ['2026', '2026-03', '2026-06'])
      expect(tablesOfPeriod(whole(MEASURES[name]), period)).toEqual([]);
});

test('the table by one dimension is the sum of the table by the pair', () => {
  const cells = [1, 2, 3, 10, 20, 30];
  expect(marginOf(cells, [2, 3], 0)).toEqual([6, 60]);
  expect(marginOf(cells, [2, 3], 1)).toEqual([11, 22, 33]);
});

test('how an appointment was held is told in the pair of the county alone', () => {
  const withMode = whole(MEASURES.APPOINTMENTS).filter(({ by }) => by.includes('MODE'));
  expect(withMode.map(({ territory, by }) => [territory, by.length])).toEqual([['COUNTY', 2]]);
});
