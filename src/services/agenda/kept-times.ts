import { Prisma } from '../../../prisma/generated/client.js';
import type { Operation } from '../../operation.js';

/** The condition on a row of `free_time` that its time is for everyone, and not kept for persons who must be seen soon. */
export function whereForEveryone(op: Operation, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.kept_until is null or ${alias}.kept_until <= ${op.now})`;
}

/** The end of a row of `free_time` for a search: times that are kept or spared are no part of it, unless the search wants them. */
export function openUntil(
  op: Operation,
  alias: Prisma.Sql,
  { keptToo, sparedToo }: { readonly keptToo: boolean; readonly sparedToo: boolean },
): Prisma.Sql {
  return keptToo ? Prisma.sql`${alias}.ends_at` : Prisma.sql`open_until(${alias}, ${op.now}, ${sparedToo})`;
}
