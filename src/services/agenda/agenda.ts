import { type AgendaRelation, keepsAgenda, readsAgenda } from '../../access/agenda/agenda.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { requireMembers } from '../directory/directory.js';
import { parseId } from '../operation/input.js';

/** Whose agenda is asked for, in which district; ids as they came. */
export interface AgendaInput {
  readonly districtId: string;
  readonly workerId: string;
}

/** Whose agenda the viewer may read. A colleague's is logged, as a filter by worker is (rule 3). */
export function requireAgenda(op: Operation, input: AgendaInput): AgendaRelation {
  const [districtId, workerId] = [parseId(input.districtId), parseId(input.workerId)];
  if (workerId !== op.viewer.workerId) op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  if (districtId === null || workerId === null || !readsAgenda(op.viewer, { districtId, workerId }))
    throw new ForbiddenError();
  return { districtId, workerId };
}

/** Whose agenda the viewer may change: a worker who is in the district now. In the log as it was named. */
export async function requireAgendaToKeep(op: Operation, input: AgendaInput): Promise<AgendaRelation> {
  const [districtId, workerId] = [parseId(input.districtId), parseId(input.workerId)];
  op.log.record('CHANGE_AGENDA', { targetWorkerId: workerId });
  if (districtId === null || !keepsAgenda(op.viewer, { districtId, workerId: workerId ?? '' }))
    throw new ForbiddenError();
  if (workerId === null) throw new NotFoundError('input.workerId');
  await requireMembers(op, 'input.workerId', districtId, [workerId]);
  return { districtId, workerId };
}
