import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, isInTeam, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of opening hours and of time off that the rules below compare. */
export interface AgendaRelation {
  readonly workerId: string;
  readonly districtId: string;
}

/** True for the readers of a worker's hours and time off: the worker, the desk of the district, and the stand-in. */
export function readsAgenda(viewer: Viewer, row: AgendaRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    ((row.workerId === viewer.workerId && isInTeam(viewer, row.districtId)) ||
      holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      viewer.relays.some(
        (relay) => relay.absentWorkerId === row.workerId && relay.districtId === row.districtId,
      ))
  );
}

/** `readsAgenda` as an SQL condition. */
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

/**
 * True if the viewer may open hours, close them and declare time off: a social worker in their own agenda, the desk in those of its
 * district.
 */
export function keepsAgenda(viewer: Viewer, row: AgendaRelation): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    ((row.workerId === viewer.workerId && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)) ||
      holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId))
  );
}

/**
 * True if the viewer may see when workers of the district are busy or free, and nothing about the persons they meet: colleagues of the
 * same district.
 */
export function seesBusyTimesIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'appointments:read') && isInTeam(viewer, districtId);
}

/**
 * True for the viewers who learn that another worker would be free sooner: the desk of the district, which says so to the person, and a
 * person for their own case. They choose; for anyone else, it would only compare two workers.
 */
export function saysSoonerTimes(viewer: Viewer, search: { readonly districtId: string | null }): boolean {
  if (viewer.kind === 'PERSON') return true;
  const at = districtsAs(viewer, 'RECEPTIONIST');
  return (
    hasScope(viewer, 'appointments:read') &&
    (search.districtId === null ? at.length > 0 : at.includes(search.districtId))
  );
}

/**
 * `seesBusyTimesIn` as an SQL condition, for the free time of one district. It compares the district once: if the same column is compared
 * twice, the planner expects fewer rows than there are.
 */
export function whereSeesFreeTimeOf(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql {
  return seesBusyTimesIn(viewer, districtId)
    ? Prisma.sql`${alias}.district_id = ${districtId}::uuid`
    : Prisma.sql`false`;
}
