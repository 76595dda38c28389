import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, isInTeam, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** True if the viewer's role lets them read withheld places at all: a head's does not. */
export function mayReadWithheldPlaces(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (viewer.personId !== null ||
      viewer.relays.length > 0 ||
      districtsAs(viewer, 'SOCIAL_WORKER', 'RECEPTIONIST').length > 0)
  );
}

/**
 * The keys of the workers in whose place the viewer reads: the viewer, and the workers they stand in for. The row of a withheld place
 * lists its readers by these keys.
 */
function readerKeys(viewer: Viewer): readonly string[] {
  return [
    ...districtsAs(viewer, 'SOCIAL_WORKER').map((districtId) => `${viewer.workerId}:${districtId}`),
    ...viewer.relays.map(({ absentWorkerId, districtId }) => `${absentWorkerId}:${districtId}`),
  ];
}

/**
 * The SQL condition for the readers of a withheld place: the assigned worker of the case that keeps the address, the stand-in, the
 * person, and on the day of a home visit the worker who goes there (domain rule 8). The worker who typed the place reads it too. So
 * nobody learns, by typing a place, whether someone has a confidential address.
 */
export function whereReadsWithheldPlace(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!mayReadWithheldPlaces(viewer)) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`${alias}.reader_keys && ${[...readerKeys(viewer)]}::text[]`,
    ...(viewer.personId === null ? [] : [Prisma.sql`${viewer.personId}::uuid = any (${alias}.person_ids)`]),
    ...(viewer.workerId === null
      ? []
      : [
          Prisma.sql`${alias}.typed_by_id = ${viewer.workerId}::uuid`,
          Prisma.sql`(${viewer.workerId}::uuid = any (${alias}.worker_ids)
            and ${alias}.home_day = (now() at time zone 'Europe/Paris')::date)`,
        ]),
  ]);
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
