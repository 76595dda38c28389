import { seesVisitsIn } from '../../access/reception/reception.js';
import { type Change, type ChangeStream, RELOAD } from '../../database/change-stream.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { parseId } from '../operation/input.js';
import { dayInParis, toDay } from '../operation/period.js';
import { loadVisit, type VisitRow } from './visits.js';

export type { Change } from '../../database/change-stream.js';

/** What a board is told: the visit as it is now, or to read `visits` again. */
export interface VisitChange {
  readonly reload: boolean;
  readonly visit: VisitRow | null;
}

const AGAIN: VisitChange = { reload: true, visit: null };

/** A district in which the viewer sees visits now: of another, and of none, the same is said. */
function requireDistrict(op: Operation, id: string): string {
  const districtId = parseId(id);
  if (districtId === null || !seesVisitsIn(op.viewer, districtId)) throw new ForbiddenError();
  return districtId;
}

/** The changes of the visits of a district, as they come. @throws ForbiddenError for one in which the viewer sees none */
export function followVisits(op: Operation, id: string): ChangeStream {
  const districtId = requireDistrict(op, id);
  if (op.changes === null) throw new Error('nobody listens here');
  return op.changes.follow(districtId);
}

/**
 * What a change tells this viewer now, null for nothing: a visit of today that they see, or that they see one no longer. Asked
 * without a change as well, to look whether they still may follow.
 * @throws ForbiddenError once they see no visit of the district any more
 */
export async function tellVisitChange(
  op: Operation,
  id: string,
  change: Change | null,
): Promise<VisitChange | null> {
  const districtId = requireDistrict(op, id);
  if (change === null) return null;
  if (change === RELOAD) return AGAIN;
  const visit = await loadVisit(op, change.visitId);
  // It was theirs to receive, and is a colleague's now: it leaves their board, and that is all they learn.
  if (visit === null) return change.workersBefore.some((id) => id === op.viewer.workerId) ? AGAIN : null;
  return visit.districtId === districtId && toDay(visit.day) === dayInParis(op.now)
    ? { reload: false, visit }
    : null;
}
