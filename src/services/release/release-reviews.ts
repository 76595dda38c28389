import { Prisma } from '../../../prisma/generated/client.js';
import type { ReviewOpinion } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import {
  advisesElsewhere,
  approvesReleases,
  overseesReleases,
  seesReviews,
  whereAdvisesElsewhere,
  whereSeesReviews,
} from '../../access/release/release.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { ReviewReleaseInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { loadRelease, RELEASE, type ReleaseRow, requireRelease } from './releases.js';

/** A review of notes opened on the ground DANGER. One is by an adviser of another district, one by the data protection officer. */
export interface ReleaseReviewRow {
  readonly releaseId: string;
  readonly asRole: ReviewerRole;
  readonly reviewedById: string;
  readonly opinion: ReviewOpinion;
  readonly reviewedAt: Date;
}

const r = Prisma.sql`r`;

type ReviewerRole = 'TECHNICAL_ADVISER' | 'DATA_PROTECTION_OFFICER';

/** Rule 2: a review is due within ten days. */
const REVIEW_WITHIN_MS = 10 * 86_400_000;

/**
 * Returns the instant by which an opening on the ground DANGER is to be reviewed; null for any other release, and until it is approved.
 */
export function reviewDueAt(release: ReleaseRow): Date | null {
  return release.ground !== 'DANGER' || release.approvedAt === null
    ? null
    : new Date(release.approvedAt.getTime() + REVIEW_WITHIN_MS);
}

/** Lists the reviews of an opening on the ground DANGER, for the advisers and the officer; empty for anyone else. */
export async function loadReviews(op: Operation, release: ReleaseRow): Promise<readonly ReleaseReviewRow[]> {
  const rows = await batched(op, 'release-reviews', async (ids) =>
    groupedBy(
      await op.tx.rows<ReleaseReviewRow>`select v.release_id as "releaseId", v.as_role::text as "asRole",
        v.reviewed_by_id as "reviewedById", v.opinion::text as opinion, v.reviewed_at as "reviewedAt"
        from release_review v where v.release_id = any (${uuids(ids)}) and ${whereSeesReviews(op.viewer)} order by v.reviewed_at`,
      (row) => row.releaseId,
    ),
  ).load(release.id);
  return rows ?? [];
}

/**
 * Returns the role in which the viewer reviews the release: an adviser of another district who did not approve it, or the officer; null
 * for anyone else.
 */
function reviewsAs(op: Operation, release: ReleaseRow): ReviewerRole | null {
  if (release.ground !== 'DANGER' || release.approvedAt === null) return null;
  if (release.approvedById === op.viewer.workerId) return null;
  if (approvesReleases(op.viewer) && advisesElsewhere(op.viewer, release.districtId))
    return 'TECHNICAL_ADVISER';
  return overseesReleases(op.viewer) ? 'DATA_PROTECTION_OFFICER' : null;
}

/**
 * Lists the openings on the ground DANGER that wait for the viewer's review, the first due first; at most 100.
 * @throws ForbiddenError
 */
export async function listReleasesToReview(op: Operation): Promise<readonly ReleaseRow[]> {
  if (!seesReviews(op.viewer)) throw new ForbiddenError();
  const [asRole, theirs] = approvesReleases(op.viewer)
    ? ['TECHNICAL_ADVISER', whereAdvisesElsewhere(op.viewer, r)]
    : ['DATA_PROTECTION_OFFICER', Prisma.sql`true`];
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
    where r.ground = 'DANGER' and r.approved_at is not null and r.approved_by_id <> ${op.viewer.workerId}::uuid and ${theirs}
      and not exists (select from release_review v where v.release_id = r.id and v.as_role = ${asRole}::"Role")
    order by r.approved_at, r.id limit 100`;
}

/**
 * Records whether opening the notes was justified. If it was not, notes that are still open close.
 * @throws NotFoundError; ForbiddenError for the adviser who approved it, and for an adviser of the district; ConflictError once reviewed
 */
export async function reviewRelease(op: Operation, input: ReviewReleaseInput): Promise<ReleaseRow | null> {
  const id = await once(op, 'reviewRelease', input, async () => {
    if (!seesReviews(op.viewer)) throw new ForbiddenError();
    const release = await requireRelease(op, input.id, 'REVIEW_NOTE_RELEASE');
    const asRole = reviewsAs(op, release);
    if (asRole === null) throw new ForbiddenError();
    const reviewed = await op.tx.run`insert into release_review (release_id, as_role, reviewed_by_id, opinion)
      values (${release.id}::uuid, ${asRole}::"Role", ${op.viewer.workerId}::uuid, ${input.opinion}::"ReviewOpinion")
      on conflict do nothing`;
    if (reviewed === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
}
