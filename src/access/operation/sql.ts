import { Prisma } from '../../../prisma/generated/client.js';

/** Returns a list of ids as one SQL parameter. */
export function uuids(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`${[...ids]}::uuid[]`;
}

/** Returns the conditions joined by `or`; `false` for an empty list. */
export function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join([...conditions], ' or ')})`;
}

/** Returns the conditions joined by `and`; `true` for an empty list. */
export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join([...conditions], ' and ')})`;
}
