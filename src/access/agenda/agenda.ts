import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of opening hours and of time off that their rules compare. */
export interface AgendaRelation {
  readonly workerId: string;
  readonly districtId: string;
}

/** When a worker is open and when not: they themselves, the desk of the district, the stand-in. */
export function readsAgenda(viewer: Viewer, row: AgendaRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    ((row.workerId === viewer.workerId && teamDistricts(viewer).includes(row.districtId)) ||
      holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      viewer.relays.some(
        (relay) => relay.absentWorkerId === row.workerId && relay.districtId === row.districtId,
      ))
  );
}

/** The same, as a condition. */
export function whereReadsAgenda(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  return anyOf([
    ...(viewer.workerId === null
      ? []
      : [
          Prisma.sql`(${alias}.worker_id = ${viewer.workerId}::uuid
            and ${alias}.district_id = any (${uuids(teamDistricts(viewer))}))`,
        ]),
    Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST'))})`,
    ...viewer.relays.map(
      (relay) => Prisma.sql`(${alias}.worker_id = ${relay.absentWorkerId}::uuid
        and ${alias}.district_id = ${relay.districtId}::uuid)`,
    ),
  ]);
}

/** Open hours, close them, declare time off: a social worker their own, the desk those of the district. */
export function keepsAgenda(viewer: Viewer, row: AgendaRelation): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    ((row.workerId === viewer.workerId && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)) ||
      holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId))
  );
}

/** Busy or free, never with whom: colleagues of the same district. */
export function seesBusyTimesIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'appointments:read') && teamDistricts(viewer).includes(districtId);
}

/**
 * The same of the free time of a district, as a condition: one comparison, since the planner takes a second one of the
 * same column for another that leaves less.
 */
export function whereSeesFreeTimeOf(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql {
  return seesBusyTimesIn(viewer, districtId)
    ? Prisma.sql`${alias}.district_id = ${districtId}::uuid`
    : Prisma.sql`false`;
}
