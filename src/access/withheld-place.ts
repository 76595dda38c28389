import { Prisma } from '../../prisma/generated/client.js';
import { districtsAs, hasScope, type Viewer } from '../viewer.js';
import { anyOf } from './sql.js';

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
