import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';

/** The digits of a number, at least two. */
const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);

/** Writes a day of the years 1000 to 9999. */
const writeDay = (at: Date): string =>
  `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;

/** Writes an instant of the years 1000 to 9999, in UTC. */
function writeInstant(at: Date): string {
  const milliseconds = `${1000 + at.getUTCMilliseconds()}`.slice(1);
  return `${writeDay(at)}T${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}.${milliseconds}Z`;
}

/**
 * Limits a scalar to the years 1 to 9999, which PostgreSQL and RFC 3339 both can express, and gives it our description.
 * @param write writes a value of the years 1000 to 9999, with the same characters as the library. A worker's page has some 250 values, and
 * `toISOString`, which the library uses, takes several times as long
 */
function withinCalendar<Input, Output>(
  scalar: GraphQLScalarType<Input, Output>,
  description: string,
  write: (value: Date) => string,
): GraphQLScalarType<Input, Output | string> {
  const { parseValue, parseLiteral, serialize, ...config } = scalar.toConfig();
  const bounded = (value: Input): Input => {
    const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN;
    if (!(year >= 1 && year <= 9999)) throw new GraphQLError('A year from 1 to 9999 is needed.');
    return value;
  };
  return new GraphQLScalarType<Input, Output | string>({
    ...config,
    description,
    serialize: (value) => {
      const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN;
      return year >= 1000 && year <= 9999 ? write(value as Date) : serialize(value);
    },
    parseValue: (value) => bounded(parseValue(value)),
    parseLiteral: (node, variables) => bounded(parseLiteral(node, variables)),
  });
}

/** An instant by RFC 3339, with its offset. It is answered in UTC. */
export const DateTime = withinCalendar(
  GraphQLDateTime,
  'An instant by RFC 3339, with its offset, in the years 1 to 9999. It is answered in UTC, as in `2026-03-02T08:30:00.000Z`.',
  writeInstant,
);
/** A calendar day, `YYYY-MM-DD`. */
export const Day = withinCalendar(
  GraphQLDate,
  'A calendar day, as in `2026-03-02`, in the years 1 to 9999.',
  writeDay,
);
