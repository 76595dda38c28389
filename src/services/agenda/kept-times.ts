import { Prisma } from '../../../prisma/generated/client.js';
import type { Operation } from '../../operation.js';

/** The condition on a row of `free_time` that its time is for everyone, and not kept for persons who must be seen soon. */
export function whereForEveryone(op: Operation, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.kept_until is null or ${alias}.kept_until <= ${op.now})`;
}
