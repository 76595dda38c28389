import { Prisma } from '../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../viewer.js';
import { anyOf, uuids } from './sql.js';

/** The columns of an appointment that its rules compare. */
export interface AppointmentRelation {
  readonly districtId: string;
  readonly caseWorkerId: string | null;
  readonly workerIds: readonly string[];
  readonly onlinePersonIds: readonly string[];
}

/** The desk of the appointment's district. */
export function isAtTheDesk(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId);
}

/** A worker who takes part in it, as long as they work in its district. */
export function holdsAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.workerId !== null &&
    row.workerIds.includes(viewer.workerId) &&
    teamDistricts(viewer).includes(row.districtId)
  );
}

/** The assigned worker of its case, or the stand-in. */
export function followsItsCase(viewer: Viewer, row: AppointmentRelation): boolean {
  if (!hasScope(viewer, 'appointments:read') || row.caseWorkerId === null) return false;
  return (
    (row.caseWorkerId === viewer.workerId && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)) ||
    viewer.relays.some(
      (relay) => relay.absentWorkerId === row.caseWorkerId && relay.districtId === row.districtId,
    )
  );
}

/** The person's own, marked to be shown online. */
export function isOwnAppointmentOnline(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.personId !== null &&
    row.onlinePersonIds.includes(viewer.personId)
  );
}

/** Its time, place and workers. */
export function seesAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return worksWithAppointment(viewer, row) || isOwnAppointmentOnline(viewer, row);
}

/** Its type and subject: the desk and the person get the public label instead. */
export function seesAppointmentContent(viewer: Viewer, row: AppointmentRelation): boolean {
  return holdsAppointment(viewer, row) || followsItsCase(viewer, row);
}

/** Work with it, and know what stands against holding it: the desk, who takes part, who follows the case. */
export function worksWithAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return isAtTheDesk(viewer, row) || seesAppointmentContent(viewer, row);
}

/** The same as `seesAppointment`, as a condition on the appointment's row. */
export function whereSeesAppointment(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  const conditions: Prisma.Sql[] = [];
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  if (desks.length > 0) conditions.push(Prisma.sql`${alias}.district_id = any (${uuids(desks)})`);
  if (viewer.workerId !== null) {
    conditions.push(
      Prisma.sql`(${alias}.worker_ids @> array[${viewer.workerId}::uuid]
        and ${alias}.district_id = any (${uuids(teamDistricts(viewer))}))`,
      Prisma.sql`(${alias}.case_worker_id = ${viewer.workerId}::uuid
        and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`,
    );
  }
  for (const relay of viewer.relays) {
    conditions.push(Prisma.sql`(${alias}.case_worker_id = ${relay.absentWorkerId}::uuid
      and ${alias}.district_id = ${relay.districtId}::uuid)`);
  }
  if (viewer.personId !== null) {
    conditions.push(Prisma.sql`${alias}.online_person_ids @> array[${viewer.personId}::uuid]`);
  }
  return anyOf(conditions);
}

/**
 * The ways by which a viewer comes to appointments: each is a part of `whereSeesAppointment`, together they are the
 * whole of it, and an index has each by start. One condition with `or` would be read whole and sorted.
 * @param only the district or the worker to whom the list is narrowed
 */
export function waysToAppointments(
  viewer: Viewer,
  alias: Prisma.Sql,
  only: { readonly districtId: string | null; readonly workerId: string | null },
): Prisma.Sql[] {
  const among = (districts: readonly string[]): readonly string[] =>
    districts.filter((id) => only.districtId === null || id === only.districtId);
  if (!hasScope(viewer, 'appointments:read')) return [];
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  if (only.workerId !== null) {
    const { workerId } = only;
    const districts = workerId === viewer.workerId ? teamDistricts(viewer) : desks;
    return among(districts).flatMap((district) => takingPart(alias, workerId, district));
  }
  // At the desk of a district nothing is left that another way would add.
  const elsewhere = (districts: readonly string[]): readonly string[] =>
    among(districts.filter((id) => !desks.includes(id)));
  const ofCases = (workerId: string, district: string): Prisma.Sql =>
    Prisma.sql`${alias}.case_worker_id = ${workerId}::uuid and ${alias}.district_id = ${district}::uuid`;
  const { workerId, personId } = viewer;
  return [
    ...among(desks).map((id) => Prisma.sql`${alias}.district_id = ${id}::uuid`),
    ...(workerId === null
      ? []
      : [
          ...elsewhere(teamDistricts(viewer)).flatMap((id) => takingPart(alias, workerId, id)),
          ...elsewhere(districtsAs(viewer, 'SOCIAL_WORKER')).map((id) => ofCases(workerId, id)),
        ]),
    ...viewer.relays
      .filter(({ districtId }) => elsewhere([districtId]).length > 0)
      .map(({ absentWorkerId, districtId }) => ofCases(absentWorkerId, districtId)),
    ...(personId === null
      ? []
      : [
          Prisma.sql`${alias}.id in (select ap.appointment_id from appointment_person ap
            where ap.person_id = ${personId}::uuid and ap.show_online)`,
        ]),
  ];
}

/** As the first worker of the array, its second, or one of more: each has an index, but none has an array whole. */
function takingPart(alias: Prisma.Sql, workerId: string, districtId: string): Prisma.Sql[] {
  return [
    Prisma.sql`${alias}.worker_ids[1] = ${workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`,
    Prisma.sql`cardinality(${alias}.worker_ids) > 1 and ${alias}.worker_ids[2] = ${workerId}::uuid
      and ${alias}.district_id = ${districtId}::uuid`,
    Prisma.sql`cardinality(${alias}.worker_ids) > 2 and ${alias}.worker_ids @> array[${workerId}::uuid]
      and ${alias}.district_id = ${districtId}::uuid`,
  ];
}

/** Book in the district: its desk, and its social workers. */
export function booksIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/** Book in a colleague's agenda: the desk. A social worker books in their own, or where they stand in. */
export function booksInAgendaOf(viewer: Viewer, workerId: string, districtId: string): boolean {
  return (
    booksIn(viewer, districtId) &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) ||
      workerId === viewer.workerId ||
      viewer.relays.some((relay) => relay.absentWorkerId === workerId && relay.districtId === districtId))
  );
}

/** Move or cancel: the desk, who takes part, who follows the case. */
export function changesAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return hasScope(viewer, 'appointments:write') && worksWithAppointment(viewer, row);
}
