import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import { ForbiddenError, InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { parseId } from '../operation/input.js';
import { requireOneWorker } from '../operation/one-worker.js';
import { requirePeriod, startOfToday } from '../operation/period.js';

/** A half-open interval of instants. */
export interface Interval {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Lists the times at which a worker of a district is busy or away, merged, without the reason or the place; at most eight weeks. It is
 * logged, as a filter by worker is. One colleague in an operation.
 * @throws ForbiddenError; InvalidInputError oneAtATime for a second colleague; past for a colleague's past times, or for too long a period
 */
export async function listBusyTimes(
  op: Operation,
  args: { readonly districtId: string; readonly workerId: string; readonly from: Date; readonly to: Date },
): Promise<readonly Interval[]> {
  const districtId = parseId(args.districtId);
  const workerId = parseId(args.workerId);
  // This comes before the check: each guess is in the log.
  op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  requireOneWorker(op, workerId, 'workerId');
  // As for the filter by worker: a colleague's past times must not measure their work.
  if (workerId !== op.viewer.workerId && args.from < startOfToday(op.now))
    throw new InvalidInputError('from', 'past');
  requirePeriod('to', args.from, args.to, 56);
  return op.tx.rows<Interval>`select starts_at as "startsAt", ends_at as "endsAt"
    from busy_times(${workerId}::uuid, ${districtId}::uuid, ${args.from}, ${args.to}) limit 1000`;
}
