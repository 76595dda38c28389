import { Prisma } from '../../../prisma/generated/client.js';
import type { TeamOptionStatus } from '../../../prisma/generated/enums.js';
import { hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';
import { seesBusyTimesIn } from './agenda.js';

/**
 * True if the viewer votes on the options of a team. Its social workers and its receptionists vote. The head of the team does not, also if the
 * head is a social worker there.
 */
export function votesIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId) || holdsRoleIn(viewer, 'RECEPTIONIST', districtId)) &&
    !holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId)
  );
}

/** The columns of an option that the rule below compares. */
export interface OptionRelation {
  readonly districtId: string;
  readonly status: TeamOptionStatus;
}

/** True if the viewer may read the option. The members of the team may; once it is adopted, all colleagues of the district may. */
export function readsOption(viewer: Viewer, { districtId, status }: OptionRelation): boolean {
  return votesIn(viewer, districtId) || (status === 'ADOPTED' && seesBusyTimesIn(viewer, districtId));
}

/** `readsOption` as an SQL condition. */
export function whereReadsOption(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const works = teamDistricts(viewer);
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.district_id = any (${uuids(works.filter((id) => votesIn(viewer, id)))})
    or (${alias}.status = 'ADOPTED' and ${alias}.district_id = any (${uuids(works)})))`;
}
