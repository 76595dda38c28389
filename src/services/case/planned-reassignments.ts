import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { allocates } from '../../access/case/case.js';
import { whereSeesPlannedReassignment } from '../../access/case/planned-reassignment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { PlanReassignmentInput, WithdrawPlannedReassignmentInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { districtsAs } from '../../viewer.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { type CaseRow, requireAssignable, requireCase } from './cases.js';

/** A case that goes to another worker at a planned time, by itself. A case has at most one open plan. */
export interface PlannedReassignmentRow {
  readonly id: string;
  readonly caseId: string;
  readonly caseReference: string;
  readonly districtId: string;
  readonly fromWorkerId: string;
  readonly toWorkerId: string;
  readonly takesEffectAt: Date;
  readonly version: number;
}

const PLANNED = Prisma.sql`p.id, p.case_id as "caseId", c.reference as "caseReference", p.district_id as "districtId",
  p.from_worker_id as "fromWorkerId", p.to_worker_id as "toWorkerId", p.takes_effect_at as "takesEffectAt", p.version`;
const p = Prisma.sql`p`;

/** Returns a planned reassignment that the viewer sees, or null. */
export async function loadPlannedReassignment(
  op: Operation,
  id: string,
): Promise<PlannedReassignmentRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'planned-reassignment', async (ids) =>
    byKey(
      await op.tx
        .rows<PlannedReassignmentRow>`select ${PLANNED} from planned_reassignment p join "case" c on c.id = p.case_id
        where p.id = any (${uuids(ids)}) and ${whereSeesPlannedReassignment(op.viewer, p)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Returns the open plan of a case, or null. */
export function loadPlannedReassignmentOf(
  op: Operation,
  row: CaseRow,
): Promise<PlannedReassignmentRow | null> {
  return batched(op, 'planned-reassignment-of-case', async (ids) =>
    byKey(
      await op.tx
        .rows<PlannedReassignmentRow>`select ${PLANNED} from planned_reassignment p join "case" c on c.id = p.case_id
        where p.case_id = any (${uuids(ids)}) and p.outcome is null and ${whereSeesPlannedReassignment(op.viewer, p)}`,
      (found) => found.caseId,
    ),
  ).load(row.id);
}

/**
 * Lists the plans by which a case will come to the viewer, the first to come first; at most 100. Nobody else gets this list: a list by
 * worker is a ranking.
 */
export async function listCasesToCome(op: Operation): Promise<readonly PlannedReassignmentRow[]> {
  if (op.viewer.workerId === null) return [];
  return op.tx
    .rows<PlannedReassignmentRow>`select ${PLANNED} from planned_reassignment p join "case" c on c.id = p.case_id
    where p.to_worker_id = ${op.viewer.workerId}::uuid and p.outcome is null
      and p.district_id = any (${uuids(districtsAs(op.viewer, 'SOCIAL_WORKER'))}) order by p.takes_effect_at, p.id limit 100`;
}

/**
 * Plans that an open, assigned case goes to another worker. A job carries it out within a minute of its time, on behalf of the head who
 * plans it, and makes every check again. Both workers are told now and then. Until then the author chooses the notes that go along, and
 * the other worker reads nothing of the case.
 * @throws NotFoundError; ForbiddenError for anyone but the head; InvalidInputError notAssignable, or withinFiveDays for a time out of
 * range; ConflictError VERSION_CHANGED for another version of the case, ALREADY_PLANNED where a plan is open, STATE_CHANGED where the
 * case is closed, assigned to nobody, or to that worker
 */
export async function planReassignment(
  op: Operation,
  input: PlanReassignmentInput,
): Promise<PlannedReassignmentRow | null> {
  const id = await once(op, 'planReassignment', input, async () => {
    const workerId = parseId(input.workerId);
    const tried = op.log.attempt('PLAN_REASSIGNMENT', { targetWorkerId: workerId });
    const row = await requireCase(op, input.caseId);
    tried({ caseId: row.id, targetWorkerId: workerId });
    if (!allocates(op.viewer, row.districtId)) throw new ForbiddenError();
    if (workerId === null) throw new NotFoundError('input.workerId');
    await requireAssignable(op, workerId, row.districtId);
    await requireWithinFiveDays(op, input.takesEffectAt);
    // The version of the case stays: a viewer who may not see the plan would see that something changed.
    const [held] = await op.tx.rows<Pick<CaseRow, 'status' | 'assignedWorkerId'>>`
      select c.status::text as status, c.assigned_worker_id as "assignedWorkerId" from "case" c
      where c.id = ${row.id}::uuid and c.version = ${input.expectedVersion} for no key update`;
    if (held === undefined) throw new ConflictError('VERSION_CHANGED');
    const { assignedWorkerId } = held;
    if (held.status !== 'OPEN' || assignedWorkerId === null || assignedWorkerId === workerId)
      throw new ConflictError('STATE_CHANGED');
    const plannedId = randomUUID();
    const inserted = await op.tx
      .run`insert into planned_reassignment (id, case_id, to_worker_id, takes_effect_at)
      values (${plannedId}::uuid, ${row.id}::uuid, ${workerId}::uuid, ${input.takesEffectAt})
      on conflict do nothing`;
    if (inserted === 0) throw new ConflictError('ALREADY_PLANNED');
    return plannedId;
  });
  return loadPlannedReassignment(op, id);
}

/**
 * Checks the time by the database's clock, since a constraint of the database checks it again.
 * @throws InvalidInputError withinFiveDays for a time that is not one minute to five days ahead
 */
export async function requireWithinFiveDays(op: Operation, takesEffectAt: Date): Promise<void> {
  const [time] = await op.tx.rows<{ isAhead: boolean }>`
    select ${takesEffectAt}::timestamptz between now() + interval '1 minute' and now() + interval '5 days' as "isAhead"`;
  if (time?.isAhead !== true) throw new InvalidInputError('input.takesEffectAt', 'withinFiveDays');
}

/**
 * Withdraws a plan, for a head of the district, until it is carried out. Both workers, and the district's other heads, are told.
 * @throws NotFoundError; ForbiddenError for the two workers; ConflictError for another version, or once it has ended
 */
export async function withdrawPlannedReassignment(
  op: Operation,
  input: WithdrawPlannedReassignmentInput,
): Promise<PlannedReassignmentRow | null> {
  const id = await once(op, 'withdrawPlannedReassignment', input, async () => {
    const tried = op.log.attempt('WITHDRAW_REASSIGNMENT');
    const row = await loadPlannedReassignment(op, input.id);
    if (row === null) throw new NotFoundError('input.id');
    tried({ caseId: row.caseId, targetWorkerId: row.toWorkerId });
    if (!allocates(op.viewer, row.districtId)) throw new ForbiddenError();
    const changed = await op.tx.run`update planned_reassignment p
      set outcome = 'WITHDRAWN', ended_at = now(), version = p.version + 1
      where p.id = ${row.id}::uuid and p.version = ${input.expectedVersion} and p.outcome is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadPlannedReassignment(op, id);
}
