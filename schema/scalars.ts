import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';

/** An instant, RFC 3339 with its offset; answered in UTC. */
export const DateTime = GraphQLDateTime;
/** A calendar day, `YYYY-MM-DD`. */
export const Day = GraphQLDate;
