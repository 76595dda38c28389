import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of a home visit from which nobody is back that its rules compare. */
export interface NotBackRelation {
  readonly districtId: string;
  /** The desk has sent someone to the viewer there today. */
  readonly onDuty: boolean;
}

/** Ask who is not back in a district: its head, and its social workers, of whom the database looks who is on duty. */
export function asksWhoIsNotBack(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/** See who is not back from a home visit, and where it was: the head of the district, and who is on duty there (domain rule 8). */
export function seesWhoIsNotBack(viewer: Viewer, row: NotBackRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId) ||
      (holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId) && row.onDuty))
  );
}

/** The same as `seesWhoIsNotBack`, as a condition on the row. */
export function whereSeesWhoIsNotBack(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})
    or (${alias}.on_duty and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))})))`;
}
