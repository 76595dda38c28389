import { Prisma } from '../../../prisma/generated/client.js';
import type { ReleaseGround } from '../../../prisma/generated/enums.js';
import { districtsAs, hasScope, holdsRole, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of a release that its rules compare. */
export interface ReleaseRelation {
  readonly requestedById: string;
  /** Who held the case before. */
  readonly holderIds: readonly string[];
  readonly ground: ReleaseGround;
}

/** A technical adviser: the second person of a release, who sees no text. */
export function approvesReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'cases:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** The data protection officer, who reviews what a danger opened. */
export function reviewsDangers(viewer: Viewer): boolean {
  return hasScope(viewer, 'log:read') && holdsRole(viewer, 'DATA_PROTECTION_OFFICER');
}

/** An adviser of another district: of a district, and not of this one. */
export function advisesElsewhere(viewer: Viewer, districtId: string): boolean {
  const advised = viewer.memberships.filter(({ role }) => role === 'TECHNICAL_ADVISER');
  return (
    advised.some((membership) => membership.districtId !== null) &&
    advised.every((membership) => membership.districtId !== districtId)
  );
}

/** The same, as a condition: `alias` has the district. */
export function whereAdvisesElsewhere(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const advised = districtsAs(viewer, 'TECHNICAL_ADVISER');
  return advised.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`${alias}.district_id <> all (${uuids(advised)})`;
}

/** The worker who asked. */
export function askedForRelease(viewer: Viewer, row: Pick<ReleaseRelation, 'requestedById'>): boolean {
  return viewer.workerId !== null && viewer.workerId === row.requestedById;
}

/** The worker who asked, who held the case before, and the advisers; the officer where there is danger. */
export function seesRelease(viewer: Viewer, row: ReleaseRelation): boolean {
  return (
    approvesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    (viewer.workerId !== null && row.holderIds.includes(viewer.workerId)) ||
    (row.ground === 'DANGER' && reviewsDangers(viewer))
  );
}

/** The same, as a condition: `alias` is the release. */
export function whereSeesRelease(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (approvesReleases(viewer)) return Prisma.sql`true`;
  const own = Prisma.sql`(${alias}.requested_by_id = ${viewer.workerId}::uuid or ${viewer.workerId}::uuid = any (${alias}.holder_ids))`;
  return reviewsDangers(viewer) ? Prisma.sql`(${own} or ${alias}.ground = 'DANGER')` : own;
}

/** What is said beside the release: the worker who asked, the advisers and, in danger, the officer. Not who held the case. */
export function seesStatement(viewer: Viewer, row: ReleaseRelation): boolean {
  return (
    approvesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    (row.ground === 'DANGER' && reviewsDangers(viewer))
  );
}

/** The same, as a condition: `alias` is the release. */
export function whereSeesStatement(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (approvesReleases(viewer)) return Prisma.sql`true`;
  const own = Prisma.sql`${alias}.requested_by_id = ${viewer.workerId}::uuid`;
  return reviewsDangers(viewer) ? Prisma.sql`(${own} or ${alias}.ground = 'DANGER')` : own;
}

/** What a reviewer found: the advisers and the officer. */
export function seesReviews(viewer: Viewer): boolean {
  return approvesReleases(viewer) || reviewsDangers(viewer);
}

/** The same, as a condition. */
export function whereSeesReviews(viewer: Viewer): Prisma.Sql {
  return seesReviews(viewer) ? Prisma.sql`true` : Prisma.sql`false`;
}

/** An answer: its worker, the worker who asked for the release, and the advisers. */
export function seesAnswer(
  viewer: Viewer,
  row: { readonly workerId: string; readonly requestedById: string },
): boolean {
  return (
    approvesReleases(viewer) ||
    askedForRelease(viewer, row) ||
    (viewer.workerId !== null && viewer.workerId === row.workerId)
  );
}

/** The same, as a condition: `answer` and its `release`. */
export function whereSeesAnswer(viewer: Viewer, answer: Prisma.Sql, release: Prisma.Sql): Prisma.Sql {
  return approvesReleases(viewer)
    ? Prisma.sql`true`
    : Prisma.sql`(${answer}.worker_id = ${viewer.workerId}::uuid or ${release}.requested_by_id = ${viewer.workerId}::uuid)`;
}

/**
 * Who may decide it, while it waits: an adviser; after an objection one of another district; where there is danger never who assigned
 * the case (rule 2).
 */
export function decidesRelease(
  viewer: Viewer,
  row: ReleaseRelation & {
    readonly districtId: string;
    readonly objectedAt: Date | null;
    readonly assignedById: string | null;
  },
): boolean {
  return (
    approvesReleases(viewer) &&
    !askedForRelease(viewer, row) &&
    (row.objectedAt === null || advisesElsewhere(viewer, row.districtId)) &&
    (row.ground !== 'DANGER' || row.assignedById === null || row.assignedById !== viewer.workerId)
  );
}

/** The same, as a condition: `alias` is the release, and waits. */
export function whereDecidesRelease(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!approvesReleases(viewer)) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.requested_by_id <> ${viewer.workerId}::uuid
    and (${alias}.objected_at is null or ${whereAdvisesElsewhere(viewer, alias)})
    and (${alias}.ground <> 'DANGER' or ${alias}.assigned_by_id is distinct from ${viewer.workerId}::uuid))`;
}
