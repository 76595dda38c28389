import { Prisma } from '../../../prisma/generated/client.js';

/** Returns a list of ids as one SQL parameter. */
export function uuids(ids: readonly string[]): Prisma.Sql {
  // PostgreSQL's literal of an array: an id has nothing to quote.
  return Prisma.sql`${`{${ids.join()}}`}::uuid[]`;
}

/** Returns the conditions joined by `or`; `false` for an empty list. */
export function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join([...conditions], ' or ')})`;
}

/** Returns the conditions joined by `and`; `true` for an empty list. */
export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join([...conditions], ' and ')})`;
}

/**
 * Returns a value of an enumeration as a part of the statement's text, so that each has a plan of its own. A plan for any value uses no
 * index that holds the rows of one, and expects as many rows for the rare as for the frequent.
 * @throws Error for what is not written in capitals, as values of enumerations are
 */
export function word(value: string): Prisma.Sql {
  if (!/^[A-Z_]+$/.test(value)) throw new Error('not a value of an enumeration');
  return Prisma.raw(`'${value}'`);
}
