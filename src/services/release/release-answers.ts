import { Prisma } from '../../../prisma/generated/client.js';
import type { HandoverAnswer, KeepReason } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import { answersReleases, whereSeesAnswer } from '../../access/release/release.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError } from '../../errors.js';
import type { AnswerReleaseInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { dayInParis, toDay } from '../operation/period.js';
import { loadRelease, RELEASE, type ReleaseRow, requireRelease, WAITS } from './releases.js';

/** The answer to a release of a worker who held the case before; null until they give one. */
export interface ReleaseAnswerRow {
  readonly releaseId: string;
  readonly requestedById: string;
  readonly workerId: string;
  readonly answer: HandoverAnswer | null;
  readonly reason: KeepReason | null;
  readonly answeredAt: Date | null;
}

/** Lists the answers that the viewer may know, in the order in which they were given. */
export async function loadAnswers(op: Operation, release: ReleaseRow): Promise<readonly ReleaseAnswerRow[]> {
  const rows = await batched(op, 'release-answers', async (ids) =>
    groupedBy(
      await op.tx
        .rows<ReleaseAnswerRow>`select a.release_id as "releaseId", r.requested_by_id as "requestedById",
        a.worker_id as "workerId", a.answer::text as answer, a.reason::text as reason, a.answered_at as "answeredAt"
        from release_answer a join release r on r.id = a.release_id
        where a.release_id = any (${uuids(ids)}) and ${whereSeesAnswer(op.viewer, Prisma.sql`a`, Prisma.sql`r`)}
        order by a.answered_at nulls last, a.worker_id`,
      (row) => row.releaseId,
    ),
  ).load(release.id);
  return rows ?? [];
}

/** Lists the releases that wait for the viewer's answer, the oldest first; at most 100. */
export async function listReleasesToAnswer(op: Operation): Promise<readonly ReleaseRow[]> {
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
    where r.id in (select a.release_id from release_answer a
      where a.worker_id = ${op.viewer.workerId}::uuid and a.answer is null) and ${WAITS}
    order by r.requested_at, r.id limit 100`;
}

/**
 * Answers a release: the worker who held the case before hands their final notes over without reading them again, except the notes they
 * kept back, or says why not. A worker without a post in the county may still answer. The worker who asked is told of a no, and tells the
 * person. Then an adviser of another district decides.
 * @throws NotFoundError; ForbiddenError for a worker who is not asked; InvalidInputError for a no without a reason, or a day to come;
 * ConflictError once they have answered, or it is decided
 */
export async function answerRelease(op: Operation, input: AnswerReleaseInput): Promise<ReleaseRow | null> {
  const id = await once(op, 'answerRelease', input, async () => {
    const release = await requireRelease(op, input.id, 'ANSWER_NOTE_RELEASE');
    if (!answersReleases(op.viewer) || !release.holderIds.includes(op.viewer.workerId ?? ''))
      throw new ForbiddenError();
    const reason = input.reason ?? null;
    const since = input.since == null ? null : toDay(input.since);
    if ((input.answer === 'NO') !== (reason !== null))
      throw new InvalidInputError('input.reason', reason === null ? 'required' : 'invalidValue');
    // No notes are of a day to come. To hand over none is a no, and a no needs a reason.
    if (since !== null && (input.answer === 'NO' || since > dayInParis(op.now)))
      throw new InvalidInputError('input.since', 'invalidValue');
    // This locks the release: an approval waits for the answer, and an answer for the approval.
    const changed = await op.tx.run`update release_answer a set answer = ${input.answer}::"HandoverAnswer",
        reason = ${reason}::"KeepReason", since = ${since}::date, answered_at = now()
      where a.release_id = ${release.id}::uuid and a.worker_id = ${op.viewer.workerId}::uuid and a.answer is null
        and exists (select from release r where r.id = a.release_id and ${WAITS})`.catch((error: unknown) => {
      // It was decided meanwhile.
      if (sqlStateOf(error) === CHECK_VIOLATION) throw new ConflictError('STATE_CHANGED');
      throw error;
    });
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
}
