export type { ActKind } from '../../../prisma/generated/enums.js';

import { hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';

/**
 * True if the viewer may be on duty in the district: a social worker there. The database asks beside it whether somebody else has sent a
 * person to them today (`is_on_duty_in`).
 */
export function mayBeOnDutyIn(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return hasScope(viewer, 'persons:read') && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId);
}

/** True if the viewer may take back acts: a worker with a post, who may write to persons and to appointments. */
export function takesBackActs(viewer: Viewer): boolean {
  return (
    viewer.workerId !== null &&
    viewer.memberships.length > 0 &&
    hasScope(viewer, 'persons:write') &&
    hasScope(viewer, 'appointments:write')
  );
}
