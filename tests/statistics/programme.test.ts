import { describe, expect, test } from '@jest/globals';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import { METHOD_NOW } from '../../src/statistics/method.js';
import { programmeOf, tablesOfPeriod } from '../../src/statistics/programme.js';
import { manyCells } from './attacks/exact.js';

/** What is released of each measure is small, since each cell that someone is in tells a little of them. */
const NAMES = Object.keys(MEASURES) as MeasureCode[];
const whole = (measure: Measure) =>
  programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'DISTRICT' });

/** In how many cells a unit of one category in each dimension is, of the programme of a year. */
function cellsOf(measure: Measure): number {
  const tables = whole(measure);
  // A unit of a flow is in one month. The stock of December is that of the year: equal sets answer alike. Who still waits is at the end of
  // three months, and so of one quarter: who waits for longer is told of by more.
  const times =
    measure.monthlyBy === undefined
      ? { YEAR: 1, MONTH: 1, QUARTER_END: 3 }
      : { YEAR: 1, MONTH: 3, QUARTER_END: 1 };
  return tables.reduce((sum, { period }) => sum + times[period], 0);
}

describe.each(NAMES)('%s', (name) => {
  const measure: Measure = MEASURES[name];

  test('has a unit in so few cells that the whole programme tells of it in at most 70 of 100', () => {
    expect(manyCells(METHOD_NOW.variance, cellsOf(measure)).rate).toBeLessThanOrEqual(0.7);
  });

  test('is given of a district by one dimension at most, of the county by two, of a month as a total or by the wait', () => {
    for (const { territory, period, by } of whole(measure)) {
      expect(by.length).toBeLessThanOrEqual(territory === 'COUNTY' && period === 'YEAR' ? 2 : 1);
      if (period !== 'YEAR') expect(by.filter((code) => code !== 'WAIT')).toEqual([]);
      for (const code of by) expect(measure.dimensions).toContain(code);
    }
    expect(whole(measure).filter(({ by }) => by.length === 2).length).toBeLessThanOrEqual(1);
  });

  test('of the county alone has no table of a district', () => {
    const tables = programmeOf({ measure, dimensions: measure.dimensions, givenBy: 'COUNTY' });
    expect(tables.filter(({ territory }) => territory === 'DISTRICT')).toEqual([]);
    expect(tables).toEqual(whole(measure).filter(({ territory }) => territory === 'COUNTY'));
  });
});

test('a dimension that was not agreed on is in no table, nor in a pair', () => {
  const tables = programmeOf({ measure: MEASURES.OPEN_CASES, dimensions: ['MISSION'], givenBy: 'DISTRICT' });
  expect(new Set(tables.flatMap(({ by }) => by))).toEqual(new Set(['MISSION']));
});

test('a year has its tables, a month of a flow its total, a stock is told where a quarter ends, and who waits each month', () => {
  const names = (name: MeasureCode, period: string) =>
    tablesOfPeriod(whole(MEASURES[name]), period).map(({ territory, by }) => [territory, ...by].join(' '));
  expect(names('VISITS', '2026-04')).toEqual(['DISTRICT', 'COUNTY']);
  expect(names('OPEN_CASES', '2026-04')).toEqual([]);
  expect(names('OPEN_CASES', '2026-06')).toEqual(['COUNTY']);
  expect(names('STILL_WAITING', '2026-04')).toEqual(['DISTRICT WAIT']);
  expect(names('STILL_WAITING', '2026-06')).toEqual(['DISTRICT WAIT', 'COUNTY']);
  expect(names('PERSONS_HELPED', '2026-06')).toEqual([]);
  expect(names('PERSONS_HELPED', '2026')).toHaveLength(7);
});
