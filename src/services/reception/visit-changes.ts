import { seesVisitsIn } from '../../access/reception/reception.js';
import { type Change, type ChangeStream, RELOAD } from '../../database/change-stream.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { parseId } from '../operation/input.js';
import { dayInParis, toDay } from '../operation/period.js';
import { loadVisit, type VisitRow } from './visits.js';

export type { Change } from '../../database/change-stream.js';

/** The event for a board: the visit as it is now, or the request to read `visits` again. */
export interface VisitChange {
  readonly reload: boolean;
  readonly visit: VisitRow | null;
}

const AGAIN: VisitChange = { reload: true, visit: null };

/** Returns the id of a district in which the viewer sees visits now. Another district and an unknown one answer alike. */
function requireDistrict(op: Operation, id: string): string {
  const districtId = parseId(id);
  if (districtId === null || !seesVisitsIn(op.viewer, districtId)) throw new ForbiddenError();
  return districtId;
}

/**
 * Returns the stream of changes to the visits of a district.
 * @throws ForbiddenError for a district in which the viewer sees no visits
 */
export function followVisits(op: Operation, id: string): ChangeStream {
  const districtId = requireDistrict(op, id);
  if (op.changes === null) throw new Error('nobody listens here');
  return op.changes.follow(districtId);
}

/**
 * Returns what a change tells this viewer now: a visit of today that they see, or that they no longer see one; null for nothing. It is
 * also called without a change, to check that the viewer may still follow.
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
  // The viewer was to receive the person, and now a colleague is: the visit leaves the viewer's board, and they learn no more.
  if (visit === null) return change.workersBefore.some((id) => id === op.viewer.workerId) ? AGAIN : null;
  return visit.districtId === districtId && toDay(visit.day) === dayInParis(op.now)
    ? { reload: false, visit }
    : null;
}
