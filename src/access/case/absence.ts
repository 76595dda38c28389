import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';
import { headsDistrictOf } from './case.js';

/** True for the absent worker and the head of the district. */
export function seesAbsence(
  viewer: Viewer,
  row: { readonly workerId: string; readonly districtId: string },
): boolean {
  if (!hasScope(viewer, 'cases:read')) return false;
  return headsDistrictOf(viewer, row) || (viewer.workerId !== null && viewer.workerId === row.workerId);
}

/** `seesAbsence` as an SQL condition: `alias` is the absence. */
export function whereSeesAbsence(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  const headed = uuids(districtsAs(viewer, 'DISTRICT_HEAD'));
  return Prisma.sql`(${alias}.district_id = any (${headed}) or ${alias}.worker_id = ${viewer.workerId}::uuid)`;
}
