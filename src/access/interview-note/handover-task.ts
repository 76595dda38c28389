import { Prisma } from '../../../prisma/generated/client.js';
import type { HandoverAnswer } from '../../../prisma/generated/enums.js';
import type { Viewer } from '../../viewer.js';

/** The columns of a handover task that the rules below compare. */
export interface HandoverTaskRelation {
  /** The worker who held the case before. */
  readonly workerId: string;
  /** The worker who holds the case now. */
  readonly toWorkerId: string;
  readonly answer: HandoverAnswer | null;
}

/**
 * True for the worker who has the task. The worker who now holds the case sees it when the answer is no, and tells the person (rule 2).
 */
export function seesHandoverTask(viewer: Viewer, row: HandoverTaskRelation): boolean {
  return (
    viewer.workerId !== null &&
    (row.workerId === viewer.workerId || (row.toWorkerId === viewer.workerId && row.answer === 'NO'))
  );
}

/** `seesHandoverTask` as an SQL condition: `alias` is the task. */
export function whereSeesHandoverTask(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.worker_id = ${viewer.workerId}::uuid
    or (${alias}.to_worker_id = ${viewer.workerId}::uuid and ${alias}.answer = 'NO'))`;
}
