import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { followsCase, whereAssignedTo, whereRelayFor } from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a referral that the rules below compare. */
export interface ReferralRelation {
  /** The district of the referral's case, as `assignedWorkerId` is the worker of its case. */
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  readonly toDistrictId: string | null;
  readonly toWorkerId: string | null;
  readonly onlinePersonId: string | null;
  readonly closedAt: Date | null;
  readonly status: string;
  /** True if the referral was asked for by itself, not as one of a list. */
  readonly askedAlone?: boolean;
}

/** True for the senders: the assigned worker of the case, and the stand-in. */
export function followsReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return followsCase(viewer, row);
}

/** True if the referral was sent or allocated to the viewer, as a social worker of the district that receives it. */
function receives(viewer: Viewer, row: ReferralRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    row.toDistrictId !== null &&
    row.toWorkerId !== null &&
    row.toWorkerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.toDistrictId)
  );
}

/** True for the head of the district that receives the referral. */
function headsReceiver(viewer: Viewer, row: ReferralRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    row.toDistrictId !== null &&
    holdsRoleIn(viewer, 'DISTRICT_HEAD', row.toDistrictId)
  );
}

/** True if the referral concerns only this person, and is shown to them online. */
export function isOwnReferralOnline(viewer: Viewer, row: Pick<ReferralRelation, 'onlinePersonId'>): boolean {
  return hasScope(viewer, 'cases:read') && viewer.personId !== null && row.onlinePersonId === viewer.personId;
}

/**
 * True if the viewer may read the referral's text and see the persons it concerns: the worker who sends and the worker who receives.
 * Accepting the referral opens nothing else of the case.
 */
export function seesReferralContent(viewer: Viewer, row: ReferralRelation): boolean {
  return followsReferral(viewer, row) || receives(viewer, row);
}

/** True if the viewer may work with the referral: the worker who sends, the worker who receives, and the head who allocates. */
export function worksWithReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || headsReceiver(viewer, row);
}

/**
 * True if the viewer may see which worker sent the referral and which has it: these two workers; the head, for one referral at a time,
 * since a list of many would rank workers (rule 3).
 */
export function seesItsWorkers(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || (row.askedAlone === true && headsReceiver(viewer, row));
}

/** True if the viewer may see that the referral exists, and its status: those who work with it, and the person. */
export function seesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return worksWithReferral(viewer, row) || isOwnReferralOnline(viewer, row);
}

/** True if no worker of the receiving district has the referral. The head may already have accepted it for the district. */
export function isToAllocate(row: Pick<ReferralRelation, 'toWorkerId' | 'closedAt' | 'status'>): boolean {
  return row.toWorkerId === null && (row.closedAt === null || row.status === 'ACCEPTED');
}

/**
 * True if the viewer may see the names of the persons concerned: the worker who sends and the worker who receives; the head, to allocate
 * it, and no longer once it is allocated or closed.
 */
export function knowsWhomItConcerns(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || (headsReceiver(viewer, row) && isToAllocate(row));
}

/**
 * True if the viewer may record an answer. For an organisation, the worker who follows the case records it, since nobody there uses this
 * system.
 */
export function answersReferral(viewer: Viewer, row: ReferralRelation): boolean {
  if (!hasScope(viewer, 'cases:write')) return false;
  if (row.toDistrictId === null) return followsReferral(viewer, row);
  return row.toWorkerId === null ? headsReceiver(viewer, row) : receives(viewer, row);
}

/** True if the viewer may say which worker of the district takes the referral: its head. */
export function allocatesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return hasScope(viewer, 'cases:write') && headsReceiver(viewer, row);
}

/** True if the viewer may withdraw the referral and show it to the person: the worker who sends. */
export function changesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return hasScope(viewer, 'cases:write') && followsReferral(viewer, row);
}

function whereReceives(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.to_worker_id = ${viewer.workerId}::uuid
    and ${alias}.to_district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** `seesReferralContent` as an SQL condition, on the referral and on its persons concerned. */
export function whereSeesReferralContent(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read') || viewer.workerId === null) return Prisma.sql`false`;
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias), whereReceives(viewer, alias)]);
}

/** `seesReferral` as an SQL condition. */
export function whereSeesReferral(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  if (viewer.personId !== null) return Prisma.sql`${alias}.online_person_id = ${viewer.personId}::uuid`;
  return anyOf([
    whereSeesReferralContent(viewer, alias),
    Prisma.sql`${alias}.to_district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})`,
  ]);
}

/**
 * The referrals that a district receives, as far as the viewer sees them: one condition in the order of an index; null if they see none.
 */
export function wayToReceived(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql | null {
  if (!hasScope(viewer, 'cases:read')) return null;
  const inDistrict = Prisma.sql`${alias}.to_district_id = ${districtId}::uuid`;
  if (holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId)) return inDistrict;
  return viewer.workerId !== null && holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId)
    ? Prisma.sql`${alias}.to_worker_id = ${viewer.workerId}::uuid and ${inDistrict}`
    : null;
}

/** The columns that the rules below compare, of the bare fact that a referral exists. */
export interface MentionRelation {
  readonly districtId: string;
  readonly toDistrictId: string | null;
}

/**
 * True if the viewer may know that there is a referral, and no more: the desks of the district that sends and of the district that
 * receives.
 */
export function seesMention(viewer: Viewer, row: MentionRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.toDistrictId !== null && holdsRoleIn(viewer, 'RECEPTIONIST', row.toDistrictId)))
  );
}

/** `seesMention` as an SQL condition. */
export function whereSeesMention(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  const desks = uuids(districtsAs(viewer, 'RECEPTIONIST'));
  return Prisma.sql`(${alias}.district_id = any (${desks}) or ${alias}.to_district_id = any (${desks}))`;
}
