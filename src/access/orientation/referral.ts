import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { followsCase, whereAssignedTo, whereRelayFor } from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a referral that its rules compare. */
export interface ReferralRelation {
  /** Of its case, as `assignedWorkerId` is. */
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  readonly toDistrictId: string | null;
  readonly toWorkerId: string | null;
  readonly onlinePersonId: string | null;
  readonly closedAt: Date | null;
  readonly status: string;
  /** Asked for by itself, and not one of a list. */
  readonly askedAlone?: boolean;
}

/** Who sends: the assigned worker of the case, and the stand-in. */
export function followsReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return followsCase(viewer, row);
}

/** To whom it was sent, or allocated: a social worker of the district that receives it. */
function receives(viewer: Viewer, row: ReferralRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    row.toDistrictId !== null &&
    row.toWorkerId !== null &&
    row.toWorkerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.toDistrictId)
  );
}

/** The head of the district that receives it. */
function headsReceiver(viewer: Viewer, row: ReferralRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    row.toDistrictId !== null &&
    holdsRoleIn(viewer, 'DISTRICT_HEAD', row.toDistrictId)
  );
}

/** The person whom alone it concerns, if it is shown. */
export function isOwnReferralOnline(viewer: Viewer, row: Pick<ReferralRelation, 'onlinePersonId'>): boolean {
  return hasScope(viewer, 'cases:read') && viewer.personId !== null && row.onlinePersonId === viewer.personId;
}

/** What it says, and whom it concerns: who sends and who receives. Accepting it opens nothing else of the case. */
export function seesReferralContent(viewer: Viewer, row: ReferralRelation): boolean {
  return followsReferral(viewer, row) || receives(viewer, row);
}

/** Work with it: those, and the head who allocates. */
export function worksWithReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || headsReceiver(viewer, row);
}

/** Who sent it and who has it: those; the head of one at a time, since a list of many would rank workers (rule 3). */
export function seesItsWorkers(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || (row.askedAlone === true && headsReceiver(viewer, row));
}

/** That it is there, and where it stands: those, and the person. */
export function seesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return worksWithReferral(viewer, row) || isOwnReferralOnline(viewer, row);
}

/** Nobody there has it: a head may have accepted it for the district already. */
export function isToAllocate(row: Pick<ReferralRelation, 'toWorkerId' | 'closedAt' | 'status'>): boolean {
  return row.toWorkerId === null && (row.closedAt === null || row.status === 'ACCEPTED');
}

/** The names: who sends and who receives; the head, to allocate, and not once it is done. */
export function knowsWhomItConcerns(viewer: Viewer, row: ReferralRelation): boolean {
  return seesReferralContent(viewer, row) || (headsReceiver(viewer, row) && isToAllocate(row));
}

/** Of an organisation, what is known is that someone follows the case: nobody there uses this. */
export function answersReferral(viewer: Viewer, row: ReferralRelation): boolean {
  if (!hasScope(viewer, 'cases:write')) return false;
  if (row.toDistrictId === null) return followsReferral(viewer, row);
  return row.toWorkerId === null ? headsReceiver(viewer, row) : receives(viewer, row);
}

/** Say who of the district takes it: its head. */
export function allocatesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return hasScope(viewer, 'cases:write') && headsReceiver(viewer, row);
}

/** Take it back, show it to the person: who sends. */
export function changesReferral(viewer: Viewer, row: ReferralRelation): boolean {
  return hasScope(viewer, 'cases:write') && followsReferral(viewer, row);
}

function whereReceives(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.to_worker_id = ${viewer.workerId}::uuid
    and ${alias}.to_district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** As `seesReferralContent`, as a condition: of the referral, and of those whom it concerns. */
export function whereSeesReferralContent(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read') || viewer.workerId === null) return Prisma.sql`false`;
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias), whereReceives(viewer, alias)]);
}

/** As `seesReferral`, as a condition. */
export function whereSeesReferral(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  if (viewer.personId !== null) return Prisma.sql`${alias}.online_person_id = ${viewer.personId}::uuid`;
  return anyOf([
    whereSeesReferralContent(viewer, alias),
    Prisma.sql`${alias}.to_district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})`,
  ]);
}

/** What a district receives, as far as the viewer sees it: one condition, in the order of an index. Null: none of it. */
export function wayToReceived(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql | null {
  if (!hasScope(viewer, 'cases:read')) return null;
  const inDistrict = Prisma.sql`${alias}.to_district_id = ${districtId}::uuid`;
  if (holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId)) return inDistrict;
  return viewer.workerId !== null && holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId)
    ? Prisma.sql`${alias}.to_worker_id = ${viewer.workerId}::uuid and ${inDistrict}`
    : null;
}

/** The columns of the mention of a referral that its rules compare. */
export interface MentionRelation {
  readonly districtId: string;
  readonly toDistrictId: string | null;
}

/** That there is a referral, and no more: the desks of the district that sends and of the one that receives. */
export function seesMention(viewer: Viewer, row: MentionRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.toDistrictId !== null && holdsRoleIn(viewer, 'RECEPTIONIST', row.toDistrictId)))
  );
}

/** The same, as a condition. */
export function whereSeesMention(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  const desks = uuids(districtsAs(viewer, 'RECEPTIONIST'));
  return Prisma.sql`(${alias}.district_id = any (${desks}) or ${alias}.to_district_id = any (${desks}))`;
}
