import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns that the rules below compare, of a home visit from which a worker is not back. */
export interface NotBackRelation {
  readonly districtId: string;
  /** True if the viewer is on duty: the desk of the district has sent someone to them today. */
  readonly onDuty: boolean;
}

/**
 * True if the viewer may ask which workers of a district are not back: its head and its social workers. The database checks which of the
 * social workers is on duty.
 */
export function asksWhoIsNotBack(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/**
 * True if the viewer may see which worker is not back from a home visit, and where it was: the head of the district, and the duty worker
 * there (domain rule 8).
 */
export function seesWhoIsNotBack(viewer: Viewer, row: NotBackRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId) ||
      (holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId) && row.onDuty))
  );
}

/** `seesWhoIsNotBack` as an SQL condition on the row. */
export function whereSeesWhoIsNotBack(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})
    or (${alias}.on_duty and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))})))`;
}
