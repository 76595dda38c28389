import { GraphQLDate, GraphQLDateTimeISO } from 'graphql-scalars';

/** An instant, RFC 3339 with its offset; answered in UTC. */
export const DateTime = GraphQLDateTimeISO;
/** A calendar day, `YYYY-MM-DD`. */
export const Day = GraphQLDate;
