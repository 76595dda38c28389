import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, isInTeam, teamDistricts, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** True if the viewer's role lets them read typed places at all: a head and a person's login never do. */
export function mayReadWithheldPlaces(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'appointments:read') && districtsAs(viewer, 'SOCIAL_WORKER', 'RECEPTIONIST').length > 0
  );
}

/**
 * The SQL condition for the readers of a typed place, whoever the persons of the appointment are: the worker who typed it, and the workers
 * of the appointment. The workers of a home visit read it on its day (domain rule 8). The database keeps which workers these are.
 */
export function whereReadsWithheldPlace(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!mayReadWithheldPlaces(viewer) || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.typed_by_id = ${viewer.workerId}::uuid or (${viewer.workerId}::uuid = any (${alias}.worker_ids)
    and (not ${alias}.is_home or ${alias}.home_day = (now() at time zone 'Europe/Paris')::date)))`;
}

/** The columns of a home visit that the rules below compare. */
export interface HomeVisitRelation {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  readonly mode: string;
}

/**
 * True if the viewer goes on the home visit: its workers are given the address on its day (domain rule 8). The database checks the day,
 * and that the desk or the case's worker confirmed the contact.
 */
export function goesOnHomeVisit(viewer: Viewer, row: HomeVisitRelation): boolean {
  return (
    row.mode === 'HOME' &&
    hasScope(viewer, 'appointments:read') &&
    viewer.workerId !== null &&
    row.workerIds.includes(viewer.workerId) &&
    isInTeam(viewer, row.districtId)
  );
}

/** `goesOnHomeVisit` as an SQL condition on the appointment's row. */
export function whereGoesOnHomeVisit(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.mode = 'HOME' and ${alias}.worker_ids @> array[${viewer.workerId}::uuid]
    and ${alias}.district_id = any (${uuids(teamDistricts(viewer))}))`;
}
