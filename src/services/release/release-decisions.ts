import { approvesReleases, decidesRelease, overseesReleases } from '../../access/release/release.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { ApproveReleaseInput, ReleaseInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { IN_FORCE, loadRelease, type ReleaseRow, requireRelease, WAITS } from './releases.js';

interface DecisionInput {
  readonly id: string;
}

/**
 * Approves a release, as a technical adviser, who sees no text. The database opens the notes of the worker who has left or is absent for
 * long, and tells their authors.
 * @throws NotFoundError; ForbiddenError for the worker who asked, for the worker who assigned the case (DANGER), and for an adviser of
 * the district after an objection, unless no adviser of another district exists and the officer has agreed; ConflictError STILL_WAITS until
 * its wait is over; STATE_CHANGED once it is decided, has lapsed because its requester no longer holds the case, or is past the end that
 * was asked for, and if the same danger was opened meanwhile
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

/**
 * Agrees to a release after an objection, as the data protection officer, if no technical adviser of another district exists. Then an
 * adviser may approve it: it takes both of them.
 * @throws NotFoundError; ForbiddenError for the worker who asked; ConflictError STATE_CHANGED without an objection, if an adviser of
 * another district exists, once the officer has agreed, and once the release no longer waits
 */
export async function agreeToRelease(op: Operation, input: ReleaseInput): Promise<ReleaseRow | null> {
  return oversee(
    op,
    'agreeToRelease',
    input,
    (release) => op.tx.run`update release r set agreed_by_id = ${op.viewer.workerId}::uuid
      where r.id = ${release.id}::uuid and r.objected_at is not null and r.agreed_at is null
        and ${WAITS} and not has_adviser_elsewhere(r.district_id)`,
  );
}

/**
 * Closes a release that waits or is open, and the notes that it opened, as the data protection officer, who sees no text. The worker who
 * asked, the workers who held the case and the authors of its notes are told.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED once it is refused, closed, lapsed or at its end
 */
export async function closeRelease(op: Operation, input: ReleaseInput): Promise<ReleaseRow | null> {
  return oversee(
    op,
    'closeRelease',
    input,
    (release) => op.tx.run`update release r set closed_by_id = ${op.viewer.workerId}::uuid
      where r.id = ${release.id}::uuid and ${IN_FORCE}`,
  );
}

async function oversee(
  op: Operation,
  kind: 'agreeToRelease' | 'closeRelease',
  input: DecisionInput,
  change: (release: ReleaseRow) => Promise<number>,
): Promise<ReleaseRow | null> {
  const id = await once(op, kind, input, async () => {
    if (!overseesReleases(op.viewer)) throw new ForbiddenError();
    const tried = kind === 'agreeToRelease' ? 'AGREE_NOTE_RELEASE' : 'CLOSE_NOTE_RELEASE';
    const release = await requireRelease(op, input.id, tried, ({ requestedById }) => ({
      targetWorkerId: requestedById,
    }));
    if (release.requestedById === op.viewer.workerId && kind === 'agreeToRelease') throw new ForbiddenError();
    if ((await change(release)) === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
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
