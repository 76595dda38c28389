import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** Who may be among its readers at all: not a head. */
export function mayReadWithheldPlaces(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (viewer.personId !== null ||
      viewer.relays.length > 0 ||
      districtsAs(viewer, 'SOCIAL_WORKER', 'RECEPTIONIST').length > 0)
  );
}

/** Whose cases' addresses the viewer reads, as a row of the place names its readers. */
function readerKeys(viewer: Viewer): readonly string[] {
  return [
    ...districtsAs(viewer, 'SOCIAL_WORKER').map((districtId) => `${viewer.workerId}:${districtId}`),
    ...viewer.relays.map(({ absentWorkerId, districtId }) => `${absentWorkerId}:${districtId}`),
  ];
}

/**
 * The assigned worker of the case that keeps the address, the stand-in, the person; of a home visit, whoever goes there, on its day
 * (domain rule 8). Whoever typed it reads it, so that nobody learns by typing a place whether someone has a confidential address.
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

/** The columns of a home visit that its rules compare. */
export interface HomeVisitRelation {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  readonly mode: string;
}

/**
 * Whom a home visit takes there: its workers, who are given the address on its day (domain rule 8). Whose word opened it, and what day it
 * is, the database looks at.
 */
export function goesOnHomeVisit(viewer: Viewer, row: HomeVisitRelation): boolean {
  return (
    row.mode === 'HOME' &&
    hasScope(viewer, 'appointments:read') &&
    viewer.workerId !== null &&
    row.workerIds.includes(viewer.workerId) &&
    teamDistricts(viewer).includes(row.districtId)
  );
}

/** The same as `goesOnHomeVisit`, as a condition on the appointment's row. */
export function whereGoesOnHomeVisit(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.mode = 'HOME' and ${alias}.worker_ids @> array[${viewer.workerId}::uuid]
    and ${alias}.district_id = any (${uuids(teamDistricts(viewer))}))`;
}
