import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';
import { type CaseRelation, headsDistrictOf, isAssignedTo } from './case.js';

/** The columns of a planned reassignment that the rules below compare. */
export interface PlannedReassignmentRelation {
  readonly districtId: string;
  readonly fromWorkerId: string;
  readonly toWorkerId: string;
}

/** True for the worker who leaves the case, the worker who will take it, and the head of the district. */
export function seesPlannedReassignment(viewer: Viewer, row: PlannedReassignmentRelation): boolean {
  if (!hasScope(viewer, 'cases:read')) return false;
  const isOneOfTheTwo =
    viewer.workerId !== null && [row.fromWorkerId, row.toWorkerId].includes(viewer.workerId);
  return (
    headsDistrictOf(viewer, row) || (isOneOfTheTwo && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId))
  );
}

/** `seesPlannedReassignment` as an SQL condition: `alias` is the planned reassignment. */
export function whereSeesPlannedReassignment(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})
    or (${viewer.workerId}::uuid in (${alias}.from_worker_id, ${alias}.to_worker_id)
      and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))})))`;
}

/**
 * True if the viewer may know that a case is to be reassigned: its assigned worker and the head of its district, not the stand-in, nor
 * the team.
 */
export function seesReassignmentOf(viewer: Viewer, row: CaseRelation): boolean {
  return hasScope(viewer, 'cases:read') && (isAssignedTo(viewer, row) || headsDistrictOf(viewer, row));
}
