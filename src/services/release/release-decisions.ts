import { approvesReleases, decidesRelease } from '../../access/release/release.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { ApproveReleaseInput, ReleaseInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { loadRelease, type ReleaseRow, requireRelease, WAITS } from './releases.js';

interface DecisionInput {
  readonly id: string;
}

/**
 * Approves a release, as a technical adviser, who sees no text. The database opens the notes of the worker who has left or is absent for
 * long, and tells their authors.
 * @throws NotFoundError; ForbiddenError for the worker who asked, for the worker who assigned the case (DANGER), and for an adviser of
 * the district after an objection; ConflictError STILL_WAITS until its wait is over; STATE_CHANGED once it is decided, has lapsed because
 * its requester no longer holds the case, or is past the end that was asked for, and where the same danger was opened meanwhile
 */
export function approveRelease(op: Operation, input: ApproveReleaseInput): Promise<ReleaseRow | null> {
  return decide(op, 'approveRelease', input, async (release) => {
    if (release.waitsUntil > op.now) throw new ConflictError('STILL_WAITS');
    return op.tx.run`update release r set approved_at = now(), approved_by_id = ${op.viewer.workerId}::uuid
      where r.id = ${release.id}::uuid and ${WAITS}`.catch((error: unknown) => {
      if (sqlStateOf(error) === CHECK_VIOLATION) throw new ConflictError('STATE_CHANGED');
      throw error;
    });
  });
}

/**
 * Refuses a release, as a technical adviser: nothing opens, and the worker who asked is told.
 * @throws as `approveRelease`, without STILL_WAITS
 */
export function refuseRelease(op: Operation, input: ReleaseInput): Promise<ReleaseRow | null> {
  return decide(
    op,
    'refuseRelease',
    input,
    (release) => op.tx
      .run`update release r set refused_at = now(), refused_by_id = ${op.viewer.workerId}::uuid
      where r.id = ${release.id}::uuid and ${WAITS}`,
  );
}

async function decide(
  op: Operation,
  kind: 'approveRelease' | 'refuseRelease',
  input: DecisionInput,
  change: (release: ReleaseRow) => Promise<number>,
): Promise<ReleaseRow | null> {
  const id = await once(op, kind, input, async () => {
    if (!approvesReleases(op.viewer)) throw new ForbiddenError();
    const tried = kind === 'approveRelease' ? 'APPROVE_NOTE_RELEASE' : 'REFUSE_NOTE_RELEASE';
    const release = await requireRelease(op, input.id, tried, ({ requestedById }) => ({
      targetWorkerId: requestedById,
    }));
    if (!decidesRelease(op.viewer, release)) throw new ForbiddenError();
    if ((await change(release)) === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
}
