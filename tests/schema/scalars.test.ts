import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';
import { DateTime, Day } from '../../schema/scalars.js';

/** What JSON makes of an answer's value. */
const inJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('days and instants', () => {
  test('are written as the library writes them, in every year', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('+012000-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        (at) => {
          expect(inJson(Day.serialize(at))).toBe(inJson(GraphQLDate.serialize(at)));
          expect(inJson(DateTime.serialize(at))).toBe(inJson(GraphQLDateTime.serialize(at)));
        },
      ),
      {
        numRuns: 2_000,
        examples: ['0999-12-31T23:59:59.999Z', '1000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(
          (instant) => [new Date(instant)],
        ),
      },
    );
  });

  test('that are no time are refused', () => {
    expect(() => Day.serialize(new Date(Number.NaN))).toThrow('invalid Date');
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow('invalid Date');
  });
});
