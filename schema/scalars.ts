import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';

/** Limits a scalar to the years 1 to 9999, which PostgreSQL and RFC 3339 both can express, and gives it our description. */
function withinCalendar<Input, Output>(
  scalar: GraphQLScalarType<Input, Output>,
  description: string,
): GraphQLScalarType<Input, Output> {
  const { parseValue, parseLiteral, ...config } = scalar.toConfig();
  const bounded = (value: Input): Input => {
    const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN;
    if (!(year >= 1 && year <= 9999)) throw new GraphQLError('A year from 1 to 9999 is needed.');
    return value;
  };
  return new GraphQLScalarType({
    ...config,
    description,
    parseValue: (value) => bounded(parseValue(value)),
    parseLiteral: (node, variables) => bounded(parseLiteral(node, variables)),
  });
}

/** An instant by RFC 3339, with its offset. It is answered in UTC. */
export const DateTime = withinCalendar(
  GraphQLDateTime,
  'An instant by RFC 3339, with its offset, in the years 1 to 9999. It is answered in UTC, as in `2026-03-02T08:30:00.000Z`.',
);
/** A calendar day, `YYYY-MM-DD`. */
export const Day = withinCalendar(GraphQLDate, 'A calendar day, as in `2026-03-02`, in the years 1 to 9999.');
