import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';

/** The same scalar, for the years 1 to 9999: what PostgreSQL and RFC 3339 both can say. */
function withinCalendar<Input, Output>(
  scalar: GraphQLScalarType<Input, Output>,
): GraphQLScalarType<Input, Output> {
  const { parseValue, parseLiteral, ...config } = scalar.toConfig();
  const bounded = (value: Input): Input => {
    const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN;
    if (!(year >= 1 && year <= 9999)) throw new GraphQLError('A year from 1 to 9999 is needed.');
    return value;
  };
  return new GraphQLScalarType({
    ...config,
    parseValue: (value) => bounded(parseValue(value)),
    parseLiteral: (node, variables) => bounded(parseLiteral(node, variables)),
  });
}

/** An instant, RFC 3339 with its offset; answered in UTC. */
export const DateTime = withinCalendar(GraphQLDateTime);
/** A calendar day, `YYYY-MM-DD`. */
export const Day = withinCalendar(GraphQLDate);
