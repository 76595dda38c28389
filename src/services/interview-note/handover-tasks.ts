import { Prisma } from '../../../prisma/generated/client.js';
import type { KeepReason } from '../../../prisma/generated/enums.js';
import {
  type HandoverTaskRelation,
  whereSeesHandoverTask,
} from '../../access/interview-note/handover-task.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { AnswerHandoverTaskInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { hasScope } from '../../viewer.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { dayInParis, toDay } from '../operation/period.js';

/** A task for a worker whose case went to another worker: they may hand notes over afterwards, without reading them again. */
export interface HandoverTaskRow extends HandoverTaskRelation {
  readonly id: string;
  readonly caseId: string;
  /** Null if the worker no longer knows of the case. */
  readonly caseReference: string | null;
  readonly reassignedAt: Date;
  /** Set if the answer is no, and only then. */
  readonly reason: KeepReason | null;
  /** The instant at which it was answered, or the case changed hands again. */
  readonly closedAt: Date | null;
}

const TASK = Prisma.sql`t.id, t.case_id as "caseId", c.reference as "caseReference", t.worker_id as "workerId",
  t.to_worker_id as "toWorkerId", t.reassigned_at as "reassignedAt", t.answer::text as answer,
  t.reason::text as reason, t.closed_at as "closedAt"`;

/** Lists the viewer's own tasks without an answer, the oldest first; at most 100. */
export async function listHandoverTasks(op: Operation): Promise<readonly HandoverTaskRow[]> {
  return op.tx
    .rows<HandoverTaskRow>`select ${TASK} from handover_task t left join "case" c on c.id = t.case_id
    where t.worker_id = ${op.viewer.workerId}::uuid and t.closed_at is null order by t.reassigned_at, t.id limit 100`;
}

/**
 * Lists the tasks that an earlier worker of the viewer's cases answered with no, and the reason; the latest first; at most 100. A task is
 * listed while the case is the viewer's.
 */
export async function listRefusedHandovers(op: Operation): Promise<readonly HandoverTaskRow[]> {
  return op.tx.rows<HandoverTaskRow>`select ${TASK} from handover_task t join "case" c on c.id = t.case_id
    where t.to_worker_id = ${op.viewer.workerId}::uuid and t.answer = 'NO' and c.assigned_worker_id = ${op.viewer.workerId}::uuid
    order by t.closed_at desc, t.id limit 100`;
}

/** Returns a task that the viewer sees, or null. */
export async function loadHandoverTask(op: Operation, id: string): Promise<HandoverTaskRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'handover-task', async (ids) =>
    byKey(
      await op.tx
        .rows<HandoverTaskRow>`select ${TASK} from handover_task t left join "case" c on c.id = t.case_id
        where t.id = any (${uuids(ids)}) and ${whereSeesHandoverTask(op.viewer, Prisma.sql`t`)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Answers a task: the worker who left the case offers their final notes to the worker who now has it, except the notes they kept back, or
 * offers none. They read none of them again (rule 1). The worker who has the case is told of a no, with the reason.
 * @throws NotFoundError; ForbiddenError without the scope; InvalidInputError for a no without a reason, or a day to come; ConflictError
 * once it is answered, or the case has changed hands again
 */
export async function answerHandoverTask(
  op: Operation,
  input: AnswerHandoverTaskInput,
): Promise<HandoverTaskRow | null> {
  const id = await once(op, 'answerHandoverTask', input, async () => {
    const found = await loadHandoverTask(op, input.id);
    const task = found?.workerId === op.viewer.workerId ? found : null;
    op.log.record('OFFER_HANDOVER', {
      caseId: task?.caseId ?? null,
      targetWorkerId: task?.toWorkerId ?? null,
    });
    if (task === null) throw new NotFoundError('input.id');
    if (!hasScope(op.viewer, 'notes:write')) throw new ForbiddenError();
    const since = input.since == null ? null : toDay(input.since);
    const reason = input.reason ?? null;
    if ((input.answer === 'NO') !== (reason !== null))
      throw new InvalidInputError('input.reason', reason === null ? 'required' : 'invalidValue');
    // No notes are of a day to come. To hand over none is a no, and a no needs a reason.
    if (since !== null && (input.answer === 'NO' || since > dayInParis(op.now)))
      throw new InvalidInputError('input.since', 'invalidValue');
    const changed = await op.tx.run`update handover_task t
      set answer = ${input.answer}::"HandoverAnswer", reason = ${reason}::"KeepReason", since = ${since}::date, closed_at = now()
      where t.id = ${task.id}::uuid and t.closed_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return task.id;
  });
  return loadHandoverTask(op, id);
}
