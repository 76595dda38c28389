import { Prisma } from '../../../prisma/generated/client.js';
import type { ReleaseGround } from '../../../prisma/generated/enums.js';
import { districtsAs, hasScope, holdsRole, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of a release that the rules below compare. */
export interface ReleaseRelation {
  readonly requestedById: string;
  /** The workers who held the case before. */
  readonly holderIds: readonly string[];
  readonly ground: ReleaseGround;
}

/** True for a technical adviser: the second person of a release, who sees no text. */
export function approvesReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'cases:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** True for the data protection officer, who sees each release, may close one, and reviews what was opened on the ground DANGER. */
export function overseesReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'log:read') && holdsRole(viewer, 'DATA_PROTECTION_OFFICER');
}

/** True for an adviser of another district: the adviser advises at least one district, and not this one. */
export function advisesElsewhere(viewer: Viewer, districtId: string): boolean {
  const advised = viewer.memberships.filter(({ role }) => role === 'TECHNICAL_ADVISER');
  return (
    advised.some((membership) => membership.districtId !== null) &&
    advised.every((membership) => membership.districtId !== districtId)
  );
}

/** `advisesElsewhere` as an SQL condition: `alias` has the district. */
export function whereAdvisesElsewhere(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const advised = districtsAs(viewer, 'TECHNICAL_ADVISER');
  return advised.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`${alias}.district_id <> all (${uuids(advised)})`;
}

/** True for a social worker, and for a worker who has no post left, since the departure may be false. */
function isAskedByReleases(viewer: Viewer): boolean {
  return viewer.kind === 'WORKER' && (viewer.memberships.length === 0 || holdsRole(viewer, 'SOCIAL_WORKER'));
}

/** True for a worker who may list the releases that wait for their answer; the service answers their own. */
export function listsReleasesToAnswer(viewer: Viewer): boolean {
  return hasScope(viewer, 'notes:read') && isAskedByReleases(viewer);
}

/** True for a worker who may answer a release; the service judges the row. */
export function answersReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'notes:write') && isAskedByReleases(viewer);
}

/** True if the viewer requested the release. */
export function askedForRelease(viewer: Viewer, row: Pick<ReleaseRelation, 'requestedById'>): boolean {
  return viewer.workerId !== null && viewer.workerId === row.requestedById;
}

/** True for the worker who requested it, the workers who held the case before, the advisers and the officer. */
export function seesRelease(viewer: Viewer, row: ReleaseRelation): boolean {
  return (
    approvesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    overseesReleases(viewer) ||
    (viewer.workerId !== null && row.holderIds.includes(viewer.workerId))
  );
}

/** `seesRelease` as an SQL condition: `alias` is the release. */
export function whereSeesRelease(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (approvesReleases(viewer) || overseesReleases(viewer)) return Prisma.sql`true`;
  return Prisma.sql`(${alias}.requested_by_id = ${viewer.workerId}::uuid or ${viewer.workerId}::uuid = any (${alias}.holder_ids))`;
}

/**
 * True if the viewer may read the statement beside the release: the worker who requested it, the advisers and, with the ground DANGER,
 * the officer; not the workers who held the case before.
 */
export function seesStatement(viewer: Viewer, row: ReleaseRelation): boolean {
  return (
    approvesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    (row.ground === 'DANGER' && overseesReleases(viewer))
  );
}

/** `seesStatement` as an SQL condition: `alias` is the release. */
export function whereSeesStatement(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (approvesReleases(viewer)) return Prisma.sql`true`;
  const own = Prisma.sql`${alias}.requested_by_id = ${viewer.workerId}::uuid`;
  return overseesReleases(viewer) ? Prisma.sql`(${own} or ${alias}.ground = 'DANGER')` : own;
}

/** True if the viewer may read a reviewer's findings: the advisers and the officer. */
export function seesReviews(viewer: Viewer): boolean {
  return approvesReleases(viewer) || overseesReleases(viewer);
}

/** `seesReviews` as an SQL condition. */
export function whereSeesReviews(viewer: Viewer): Prisma.Sql {
  return seesReviews(viewer) ? Prisma.sql`true` : Prisma.sql`false`;
}

/** True if the viewer may read an answer: the worker who gave it, the worker who requested the release, the advisers and the officer. */
export function seesAnswer(
  viewer: Viewer,
  row: { readonly workerId: string; readonly requestedById: string },
): boolean {
  return (
    approvesReleases(viewer) ||
    overseesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    (viewer.workerId !== null && viewer.workerId === row.workerId)
  );
}

/** `seesAnswer` as an SQL condition on the `answer` and its `release`. */
export function whereSeesAnswer(viewer: Viewer, answer: Prisma.Sql, release: Prisma.Sql): Prisma.Sql {
  return approvesReleases(viewer) || overseesReleases(viewer)
    ? Prisma.sql`true`
    : Prisma.sql`(${answer}.worker_id = ${viewer.workerId}::uuid or ${release}.requested_by_id = ${viewer.workerId}::uuid)`;
}

/**
 * True if the viewer may decide the release while it waits: an adviser who did not request it. After an objection, the adviser is of
 * another district; if no such adviser exists, any adviser decides once the officer has agreed. With the ground DANGER, the adviser is
 * never the one who assigned the case (rule 2).
 */
export function decidesRelease(
  viewer: Viewer,
  row: ReleaseRelation & {
    readonly districtId: string;
    readonly objectedAt: Date | null;
    /** After an objection: whether a technical adviser of another district exists. */
    readonly advisedElsewhere: boolean;
    readonly agreedAt: Date | null;
    readonly assignedById: string | null;
  },
): boolean {
  return (
    approvesReleases(viewer) &&
    !askedForRelease(viewer, row) &&
    (row.objectedAt === null ||
      advisesElsewhere(viewer, row.districtId) ||
      (row.agreedAt !== null && !row.advisedElsewhere)) &&
    (row.ground !== 'DANGER' || row.assignedById === null || row.assignedById !== viewer.workerId)
  );
}

/** `decidesRelease` as an SQL condition: `alias` is a release that waits. */
export function whereDecidesRelease(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!approvesReleases(viewer)) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.requested_by_id <> ${viewer.workerId}::uuid
    and (${alias}.objected_at is null or ${whereAdvisesElsewhere(viewer, alias)}
      or (${alias}.agreed_at is not null and not has_adviser_elsewhere(${alias}.district_id)))
    and (${alias}.ground <> 'DANGER' or ${alias}.assigned_by_id is distinct from ${viewer.workerId}::uuid))`;
}
