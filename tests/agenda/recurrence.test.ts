import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvalidInputError } from '../../src/errors.js';
import { daysOf, endsByItself, requireRecurrence } from '../../src/services/agenda/recurrence.js';

describe('the days of a recurrence', () => {
  test.each([
    [
      'none is every day, the last left out',
      null,
      '2026-12-30',
      '2027-01-02',
      ['2026-12-30', '2026-12-31', '2027-01-01'],
    ],
    [
      'days of the week',
      'FREQ=WEEKLY;BYDAY=MO,TH',
      '2027-03-22',
      '2027-04-01',
      ['2027-03-22', '2027-03-25', '2027-03-29'],
    ],
    [
      'every other week',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      '2027-01-05',
      '2027-02-05',
      ['2027-01-05', '2027-01-19', '2027-02-02'],
    ],
    [
      'the second Wednesday of a month',
      'FREQ=MONTHLY;BYDAY=2WE',
      '2027-01-01',
      '2027-04-01',
      ['2027-01-13', '2027-02-10', '2027-03-10'],
    ],
    ['a number of times', 'FREQ=DAILY;COUNT=2', '2027-01-01', '2027-12-31', ['2027-01-01', '2027-01-02']],
    [
      'until a day, which is one of them',
      'FREQ=DAILY;UNTIL=20270102',
      '2027-01-01',
      '2027-12-31',
      ['2027-01-01', '2027-01-02'],
    ],
    [
      '29 February, in leap years alone',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
      '2027-01-01',
      '2029-01-01',
      ['2028-02-29'],
    ],
    [
      'a first day that the rule does not name is none of them',
      'FREQ=WEEKLY;BYDAY=FR',
      '2027-01-04',
      '2027-01-12',
      ['2027-01-08'],
    ],
  ])('%s', (_name, rule, startsOn, endsOn, expected) => {
    expect(daysOf(rule, startsOn, endsOn)).toEqual(expected);
  });

  test('are in order, once each, and between their limits, whatever the rule', () => {
    const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const rules = fc.record({
      frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'),
      interval: fc.integer({ min: 1, max: 5 }),
      byDay: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 5 }),
      start: fc.integer({ min: 0, max: 800 }),
      length: fc.integer({ min: 1, max: 731 }),
    });
    fc.assert(
      fc.property(rules, ({ frequency, interval, byDay, start, length }) => {
        const day = (nth: number): string => new Date(Date.UTC(2026, 0, 1 + nth)).toISOString().slice(0, 10);
        const days = daysOf(
          `FREQ=${frequency};INTERVAL=${interval};BYDAY=${byDay.join(',')}`,
          day(start),
          day(start + length),
        );
        expect([...new Set(days)].sort()).toEqual(days);
        for (const each of days) {
          expect(each >= day(start) && each < day(start + length)).toBe(true);
          expect(byDay).toContain(weekdays[(new Date(each).getUTCDay() + 6) % 7]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a rule is taken', () => {
  test('with or without its name', () => {
    expect(requireRecurrence('f', ' RRULE:FREQ=WEEKLY;BYDAY=MO ')).toBe('FREQ=WEEKLY;BYDAY=MO');
  });

  test.each([
    'FREQ=HOURLY',
    'FREQ=DAILY;BYHOUR=9',
    'FREQ=DAILY\nEXDATE:20270101T000000',
    'DTSTART:20200101T000000Z',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=1;UNTIL=20270101',
    'BYDAY=MO',
    'every Monday',
    '',
    `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(100)}TU`,
  ])('never as %j', (rule) => {
    expect(() => requireRecurrence('input.recurrence', rule)).toThrow(InvalidInputError);
  });
});

test('a rule that counts or has a last day ends by itself', () => {
  expect(['FREQ=DAILY;COUNT=3', 'FREQ=DAILY;UNTIL=20270101', 'FREQ=DAILY'].map(endsByItself)).toEqual([
    true,
    true,
    false,
  ]);
});
