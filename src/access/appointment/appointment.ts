import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of an appointment that its rules compare. */
export interface AppointmentRelation {
  readonly districtId: string;
  readonly caseWorkerId: string | null;
  readonly workerIds: readonly string[];
  readonly onlinePersonIds: readonly string[];
  /** `BOOKED` as long as nothing has come of it. */
  readonly status: string;
  /** Begins a week ago at the earliest: as far back as a desk reaches. */
  readonly withinDeskReach: boolean;
  /** A home visit: the worker who went there is not back. */
  readonly out: boolean;
  /** The viewer has said so in this operation. */
  readonly saidNow?: boolean;
}

/** What its rules compare, of `appointment a`. */
export const APPOINTMENT_RELATION = Prisma.sql`a.district_id as "districtId", a.case_worker_id as "caseWorkerId",
  a.worker_ids as "workerIds", a.online_person_ids as "onlinePersonIds", a.status::text as status,
  a.starts_at >= desk_reaches_back_to() as "withinDeskReach",
  a.expected_back_at is not null and a.back_at is null as out`;

/** The desk of the district. */
export function isAtTheDesk(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId);
}

/** The desk of its district, from a week back. */
function deskReaches(viewer: Viewer, row: AppointmentRelation): boolean {
  return row.withinDeskReach && isAtTheDesk(viewer, row);
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
  return deskReaches(viewer, row) || seesAppointmentContent(viewer, row);
}

function isTheirs(viewer: Viewer, row: AppointmentRelation): boolean {
  return seesAppointmentContent(viewer, row) || isOwnAppointmentOnline(viewer, row);
}

/** Whether it was held, or called off: whose it is, and the desk as long as it is booked, or in the answer to having said so. */
export function seesWhatBecameOfIt(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    isTheirs(viewer, row) || (deskReaches(viewer, row) && (row.status === 'BOOKED' || row.saidNow === true))
  );
}

/** Why the service called it off: of those who work with it, who sees that it did. */
export function seesWhyCalledOff(viewer: Viewer, row: AppointmentRelation): boolean {
  return worksWithAppointment(viewer, row) && seesWhatBecameOfIt(viewer, row);
}

/** Of one of many, whether they came: whose meeting it is; the desk until it is said, and in the answer to having said so. */
export function seesWhoCame(
  viewer: Viewer,
  row: AppointmentRelation & { readonly outcome: string | null },
): boolean {
  return (
    isTheirs(viewer, row) || (deskReaches(viewer, row) && (row.outcome === null || row.saidNow === true))
  );
}

/** Whose it is: as what became of it, and the desk while they are out on it. */
export function seesWhoHoldsIt(viewer: Viewer, row: AppointmentRelation): boolean {
  return seesWhatBecameOfIt(viewer, row) || (deskReaches(viewer, row) && row.out);
}

/** The same as `seesAppointment`, as a condition on the appointment's row. */
export function whereSeesAppointment(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  const conditions: Prisma.Sql[] = [];
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  if (desks.length > 0)
    conditions.push(
      Prisma.sql`(${alias}.district_id = any (${uuids(desks)}) and ${alias}.starts_at >= desk_reaches_back_to())`,
    );
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
 * @param only narrows the list to a district, or to a worker; `ofDesk` narrows what a desk sees to what is booked, or to nothing
 */
export function waysToAppointments(
  viewer: Viewer,
  alias: Prisma.Sql,
  only: {
    readonly districtId: string | null;
    readonly workerId: string | null;
    readonly ofDesk?: 'booked' | 'none';
  },
): Prisma.Sql[] {
  const among = (districts: readonly string[]): readonly string[] =>
    districts.filter((id) => only.districtId === null || id === only.districtId);
  if (!hasScope(viewer, 'appointments:read')) return [];
  const desks = only.ofDesk === 'none' ? [] : districtsAs(viewer, 'RECEPTIONIST');
  const recent = Prisma.sql`${alias}.starts_at >= desk_reaches_back_to()`;
  const ofDesk = only.ofDesk === 'booked' ? Prisma.sql`${recent} and ${alias}.status = 'BOOKED'` : recent;
  if (only.workerId !== null) {
    const { workerId } = only;
    return workerId === viewer.workerId
      ? among(teamDistricts(viewer)).flatMap((district) => takingPart(alias, workerId, district))
      : among(desks)
          .flatMap((district) => takingPart(alias, workerId, district))
          .map((way) => Prisma.sql`${way} and ${ofDesk}`);
  }
  const ofCases = (workerId: string, district: string): Prisma.Sql =>
    Prisma.sql`${alias}.case_worker_id = ${workerId}::uuid and ${alias}.district_id = ${district}::uuid`;
  const { workerId, personId } = viewer;
  return [
    ...among(desks).map((id) => Prisma.sql`${alias}.district_id = ${id}::uuid and ${ofDesk}`),
    ...(workerId === null
      ? []
      : [
          ...among(teamDistricts(viewer)).flatMap((id) => takingPart(alias, workerId, id)),
          ...among(districtsAs(viewer, 'SOCIAL_WORKER')).map((id) => ofCases(workerId, id)),
        ]),
    ...viewer.relays
      .filter(({ districtId }) => among([districtId]).length > 0)
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

/** Print a letter about it, with the address that the person named: the desk, and who follows the case. */
export function printsLetters(viewer: Viewer, row: AppointmentRelation): boolean {
  return deskReaches(viewer, row) || followsItsCase(viewer, row);
}

/** Open the contact of who comes to a colleague: the desk, and who follows the case. */
export function confirmsContact(viewer: Viewer, row: AppointmentRelation): boolean {
  return hasScope(viewer, 'appointments:write') && (deskReaches(viewer, row) || followsItsCase(viewer, row));
}

/** Move or cancel: the desk, who takes part, who follows the case. */
export function changesAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return hasScope(viewer, 'appointments:write') && worksWithAppointment(viewer, row);
}
