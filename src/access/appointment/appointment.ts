import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, isInTeam, teamDistricts, type Viewer } from '../../viewer.js';
import { listedRelays, relaysFor } from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';
import { knowsIdentity, type WithReach, whereKnowsIdentity } from '../person/person.js';

/** The columns of an appointment that the rules below compare. */
export interface AppointmentRelation {
  readonly districtId: string;
  readonly caseWorkerId: string | null;
  readonly workerIds: readonly string[];
  readonly onlinePersonIds: readonly string[];
  /** `BOOKED` until the outcome is recorded or the appointment is cancelled. */
  readonly status: string;
  /**
   * True unless the appointment began more than a week ago: the desk sees no older one. The desk also does not see an appointment that had
   * begun when "confirm nothing" was said of its person.
   */
  readonly withinDeskReach: boolean;
  /** True on a home visit, while the worker who went there is not back. */
  readonly out: boolean;
  /** True if the viewer has recorded the outcome in this operation. */
  readonly saidNow?: boolean;
}

/** The columns of `AppointmentRelation`, selected from `appointment a`. */
export const APPOINTMENT_RELATION = Prisma.sql`a.district_id as "districtId", a.case_worker_id as "caseWorkerId",
  a.worker_ids as "workerIds", a.online_person_ids as "onlinePersonIds", a.status::text as status,
  a.starts_at >= desk_reaches_back_to() and not a.gone_from_desk as "withinDeskReach",
  a.expected_back_at is not null and a.back_at is null as out`;

/** True if the viewer is a receptionist of the row's district. */
export function isAtTheDesk(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId);
}

/** True for the desk of the district, for appointments of up to a week ago. */
function deskReaches(viewer: Viewer, row: AppointmentRelation): boolean {
  return row.withinDeskReach && isAtTheDesk(viewer, row);
}

/** True if the viewer takes part in the appointment as a worker, and still works in its district. */
export function holdsAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.workerId !== null &&
    row.workerIds.includes(viewer.workerId) &&
    isInTeam(viewer, row.districtId)
  );
}

/** True for the assigned worker of the appointment's case, and for the stand-in. */
export function followsItsCase(viewer: Viewer, row: AppointmentRelation): boolean {
  if (!hasScope(viewer, 'appointments:read') || row.caseWorkerId === null) return false;
  return (
    (row.caseWorkerId === viewer.workerId && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)) ||
    viewer.relays.some(
      (relay) => relay.absentWorkerId === row.caseWorkerId && relay.districtId === row.districtId,
    )
  );
}

/** True if the appointment is the person's own, and marked to be shown online. */
export function isOwnAppointmentOnline(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.personId !== null &&
    row.onlinePersonIds.includes(viewer.personId)
  );
}

/** True if the viewer may see the time, the place and the workers of the appointment. */
export function seesAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return worksWithAppointment(viewer, row) || isOwnAppointmentOnline(viewer, row);
}

/** True if the viewer may see the type and the subject. The desk and the person get the public label instead. */
export function seesAppointmentContent(viewer: Viewer, row: AppointmentRelation): boolean {
  return holdsAppointment(viewer, row) || followsItsCase(viewer, row);
}

/**
 * True if the viewer may work with the appointment and see what stands against holding it: the desk, its workers, and the worker who
 * follows the case.
 */
export function worksWithAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return deskReaches(viewer, row) || seesAppointmentContent(viewer, row);
}

function isTheirs(viewer: Viewer, row: AppointmentRelation): boolean {
  return seesAppointmentContent(viewer, row) || isOwnAppointmentOnline(viewer, row);
}

/**
 * True if the viewer may see the outcome or the cancellation. Its workers, the worker who follows the case and the person see it. The
 * desk sees it while the appointment is booked, and in the answer to the operation in which the desk recorded it.
 */
export function seesWhatBecameOfIt(viewer: Viewer, row: AppointmentRelation): boolean {
  return (
    isTheirs(viewer, row) || (deskReaches(viewer, row) && (row.status === 'BOOKED' || row.saidNow === true))
  );
}

/**
 * True if the viewer may see who is expected, and who else is there. The desk sees it while the appointment is booked, and in the answer
 * to its own recording: an appointment that ended because "confirm nothing" was said must look like the others that are over.
 */
export function seesWhoIsExpected(viewer: Viewer, row: AppointmentRelation): boolean {
  return seesWhatBecameOfIt(viewer, row);
}

/**
 * True if the viewer reads the appointment as it is. Once "confirm nothing" is said of one of its persons, the desk reads it under another
 * id, as booked at that instant (decision 0078).
 */
export function knowsWhichItIs(viewer: Viewer, row: AppointmentRelation): boolean {
  return isTheirs(viewer, row);
}

/** True if the viewer may see why the service cancelled: those who work with the appointment and see that it was cancelled. */
export function seesWhyCalledOff(viewer: Viewer, row: AppointmentRelation): boolean {
  return worksWithAppointment(viewer, row) && seesWhatBecameOfIt(viewer, row);
}

/**
 * True if the viewer may see whether one person of a collective appointment came. Its workers, the worker who follows the case and the
 * person see it. The desk sees it until it is recorded, and in the answer to the operation in which the desk recorded it.
 */
export function seesWhoCame(
  viewer: Viewer,
  row: AppointmentRelation & { readonly outcome: string | null },
): boolean {
  return (
    isTheirs(viewer, row) || (deskReaches(viewer, row) && (row.outcome === null || row.saidNow === true))
  );
}

/** True if the viewer may see which workers hold the appointment: as `seesWhatBecameOfIt`; the desk also while a worker is out on it. */
export function seesWhoHoldsIt(viewer: Viewer, row: AppointmentRelation): boolean {
  return seesWhatBecameOfIt(viewer, row) || (deskReaches(viewer, row) && row.out);
}

function contentConditions(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
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
  return conditions;
}

/** `seesAppointmentContent` as an SQL condition on the appointment's row. */
export function whereSeesAppointmentContent(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return hasScope(viewer, 'appointments:read') ? anyOf(contentConditions(viewer, alias)) : Prisma.sql`false`;
}

/** `seesAppointment` as an SQL condition on the appointment's row. */
export function whereSeesAppointment(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  const conditions: Prisma.Sql[] = [];
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  if (desks.length > 0)
    conditions.push(
      Prisma.sql`(${alias}.district_id = any (${uuids(desks)}) and ${alias}.starts_at >= desk_reaches_back_to()
        and not ${alias}.gone_from_desk)`,
    );
  conditions.push(...contentConditions(viewer, alias));
  if (viewer.personId !== null) {
    conditions.push(Prisma.sql`${alias}.online_person_ids @> array[${viewer.personId}::uuid]`);
  }
  return anyOf(conditions);
}

/** True if the viewer lists the appointments of a worker's cases as their stand-in. A receptionist lists the agenda instead. */
export function filtersAsStandIn(viewer: Viewer, workerId: string): boolean {
  return relaysFor(viewer, workerId).length > 0 && districtsAs(viewer, 'RECEPTIONIST').length === 0;
}

/**
 * The ways by which a viewer comes to appointments. Each is a part of `whereSeesAppointment`, together they are the whole of it, and each
 * has an index in the order of the start. PostgreSQL would read and sort every row for one condition with `or`.
 * @param only narrows the list to a district, or to a worker; `ofDesk` narrows the desk's part to booked appointments, or to none
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
  const recent = Prisma.sql`${alias}.starts_at >= desk_reaches_back_to() and not ${alias}.gone_from_desk`;
  const ofDesk = only.ofDesk === 'booked' ? Prisma.sql`${recent} and ${alias}.status = 'BOOKED'` : recent;
  const ofCases = (workerId: string, district: string): Prisma.Sql =>
    Prisma.sql`${alias}.case_worker_id = ${workerId}::uuid and ${alias}.district_id = ${district}::uuid`;
  if (only.workerId !== null) {
    const { workerId } = only;
    if (filtersAsStandIn(viewer, workerId))
      return relaysFor(viewer, workerId)
        .filter(({ districtId }) => among([districtId]).length > 0)
        .map(({ districtId }) => ofCases(workerId, districtId));
    return workerId === viewer.workerId
      ? among(teamDistricts(viewer)).flatMap((district) => takingPart(alias, workerId, district))
      : among(desks)
          .flatMap((district) => takingPart(alias, workerId, district))
          .map((way) => Prisma.sql`${way} and ${ofDesk}`);
  }
  const { workerId, personId } = viewer;
  return [
    ...among(desks).map((id) => Prisma.sql`${alias}.district_id = ${id}::uuid and ${ofDesk}`),
    ...(workerId === null
      ? []
      : [
          ...among(teamDistricts(viewer)).flatMap((id) => takingPart(alias, workerId, id)),
          ...among(districtsAs(viewer, 'SOCIAL_WORKER')).map((id) => ofCases(workerId, id)),
        ]),
    ...listedRelays(viewer)
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

/**
 * The appointments of a worker who is the first of the array, the second, or a later one. Each of the three has an index; no index covers
 * the whole array.
 */
function takingPart(alias: Prisma.Sql, workerId: string, districtId: string): Prisma.Sql[] {
  return [
    Prisma.sql`${alias}.worker_ids[1] = ${workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`,
    Prisma.sql`cardinality(${alias}.worker_ids) > 1 and ${alias}.worker_ids[2] = ${workerId}::uuid
      and ${alias}.district_id = ${districtId}::uuid`,
    Prisma.sql`cardinality(${alias}.worker_ids) > 2 and ${alias}.worker_ids @> array[${workerId}::uuid]
      and ${alias}.district_id = ${districtId}::uuid`,
  ];
}

/**
 * True if the viewer may book in the district: its desk and its social workers. A booking answers the appointment, so the token also has
 * the scope to read it.
 */
export function booksIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/**
 * True if the viewer may book in this worker's agenda. The desk books in every agenda of the district; a social worker in their own, or
 * where they stand in.
 */
export function booksInAgendaOf(viewer: Viewer, workerId: string, districtId: string): boolean {
  return (
    booksIn(viewer, districtId) &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) ||
      workerId === viewer.workerId ||
      viewer.relays.some((relay) => relay.absentWorkerId === workerId && relay.districtId === districtId))
  );
}

/**
 * True if the viewer may print a letter about the appointment, with the address that the person named: the desk, and the worker who
 * follows the case.
 */
export function printsLetters(viewer: Viewer, row: AppointmentRelation): boolean {
  return deskReaches(viewer, row) || followsItsCase(viewer, row);
}

/**
 * True if the viewer may see in which way a person is told of a change: the desk, and those who work with the appointment and may read the
 * person's safe contact. The way would tell the contact to a worker to whom nobody has opened it.
 */
export function knowsHowToTell(viewer: Viewer, row: AppointmentRelation & WithReach): boolean {
  if (deskReaches(viewer, row)) return true;
  return (
    worksWithAppointment(viewer, row) && row.reach !== null && knowsIdentity(viewer, { reach: row.reach })
  );
}

/** `knowsHowToTell` as an SQL condition on the row of an appointment that the viewer sees, and the column of the person's id. */
export function whereKnowsHowToTell(viewer: Viewer, alias: Prisma.Sql, person: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST'))})
    or exists (select from person p where p.id = ${person} and ${whereKnowsIdentity(viewer)}))`;
}

/** True if the viewer may open the person's contact to the colleague who receives them: the desk, and the worker who follows the case. */
export function confirmsContact(viewer: Viewer, row: AppointmentRelation): boolean {
  return hasScope(viewer, 'appointments:write') && (deskReaches(viewer, row) || followsItsCase(viewer, row));
}

/** True if the viewer may move or cancel the appointment: the desk, its workers, and the worker who follows the case. */
export function changesAppointment(viewer: Viewer, row: AppointmentRelation): boolean {
  return hasScope(viewer, 'appointments:write') && worksWithAppointment(viewer, row);
}
