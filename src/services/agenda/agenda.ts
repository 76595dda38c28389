import { type AgendaRelation, keepsAgenda, readsAgenda } from '../../access/agenda/agenda.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { requireMembers } from '../directory/directory.js';
import { parseId } from '../operation/input.js';

/** The worker and the district of an agenda; ids as they came. */
export interface AgendaInput {
  readonly districtId: string;
  readonly workerId: string;
}

/**
 * Returns the ids of an agenda that the viewer may read. Reading a colleague's agenda is logged, as a filter by worker is (rule 3).
 * @throws ForbiddenError
 */
export function requireAgenda(op: Operation, input: AgendaInput): AgendaRelation {
  const [districtId, workerId] = [parseId(input.districtId), parseId(input.workerId)];
  if (workerId !== op.viewer.workerId) op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  if (districtId === null || workerId === null || !readsAgenda(op.viewer, { districtId, workerId }))
    throw new ForbiddenError();
  return { districtId, workerId };
}

/**
 * Returns the ids of an agenda that the viewer may change; its worker is in the district now. The log has the worker as named.
 * @throws ForbiddenError; NotFoundError at `input.workerId`
 */
export async function requireAgendaToKeep(op: Operation, input: AgendaInput): Promise<AgendaRelation> {
  const [districtId, workerId] = [parseId(input.districtId), parseId(input.workerId)];
  op.log.record('CHANGE_AGENDA', { targetWorkerId: workerId });
  if (districtId === null || !keepsAgenda(op.viewer, { districtId, workerId: workerId ?? '' }))
    throw new ForbiddenError();
  if (workerId === null) throw new NotFoundError('input.workerId');
  await requireMembers(op, 'input.workerId', districtId, [workerId]);
  return { districtId, workerId };
}
