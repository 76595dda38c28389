import { Prisma } from '../../../prisma/generated/client.js';
import type { HandoverAnswer } from '../../../prisma/generated/enums.js';
import type { Viewer } from '../../viewer.js';

/** The columns of a handover to make that its rules compare. */
export interface HandoverTaskRelation {
  /** Who had the case. */
  readonly workerId: string;
  /** Who has it now. */
  readonly toWorkerId: string;
  readonly answer: HandoverAnswer | null;
}

/** Whose it is; and a no, who has the case now, who tells the person (rule 2). */
export function seesHandoverTask(viewer: Viewer, row: HandoverTaskRelation): boolean {
  return (
    viewer.workerId !== null &&
    (row.workerId === viewer.workerId || (row.toWorkerId === viewer.workerId && row.answer === 'NO'))
  );
}

/** The same, as a condition: `alias` is the task. */
export function whereSeesHandoverTask(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.worker_id = ${viewer.workerId}::uuid
    or (${alias}.to_worker_id = ${viewer.workerId}::uuid and ${alias}.answer = 'NO'))`;
}
