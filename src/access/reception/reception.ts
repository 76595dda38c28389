import { Prisma } from '../../../prisma/generated/client.js';
import {
  districtsAs,
  hasScope,
  holdsRole,
  holdsRoleIn,
  isInTeam,
  teamDistricts,
  type Viewer,
} from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a visit that the rules below compare. */
export interface VisitRelation {
  readonly districtId: string;
  /** The worker who is to receive the person; null if nobody is chosen. */
  readonly workerId: string | null;
  /** True if the person came today and has not gone. */
  readonly goesOn: boolean;
  readonly isClosed: boolean;
  /** True if the viewer has recorded it in this operation. */
  readonly saidNow?: boolean;
}

/** True for the desk of the district, and for the worker who is to receive the person. */
export function worksWithVisit(viewer: Viewer, row: VisitRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.workerId !== null && row.workerId === viewer.workerId && isInTeam(viewer, row.districtId)))
  );
}

function receives(viewer: Viewer, row: VisitRelation): boolean {
  return worksWithVisit(viewer, row) && row.workerId === viewer.workerId;
}

/**
 * True if the viewer may see who receives the person and for which appointment they came; the appointment names the worker, on the list
 * of that morning. The worker who receives sees it always. The desk sees it until the person has gone, and in the answer to the operation
 * in which the desk recorded it.
 */
export function seesWhoReceives(viewer: Viewer, row: VisitRelation): boolean {
  return receives(viewer, row) || (worksWithVisit(viewer, row) && (row.goesOn || row.saidNow === true));
}

/**
 * True if the viewer may see the outcome of the visit. The worker who received the person sees it. The desk and the head see it until the
 * person has gone, where nobody received them, and in the answer to the operation that recorded it. The head learns no more than the
 * desk: by the id, the two could put the outcome beside the worker.
 */
export function seesWhatBecameOfVisit(viewer: Viewer, row: VisitRelation): boolean {
  if (receives(viewer, row)) return true;
  return seesVisit(viewer, row) && (!row.isClosed || row.workerId === null || row.saidNow === true);
}

/** True if the viewer may see that someone came: the desk, the worker who receives, and the head of the district. */
export function seesVisit(viewer: Viewer, row: VisitRelation): boolean {
  return (
    worksWithVisit(viewer, row) ||
    (hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId))
  );
}

/** `seesVisit` as an SQL condition on the visit's row. */
export function whereSeesVisit(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read')) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST', 'DISTRICT_HEAD'))})`,
    ...(viewer.workerId === null
      ? []
      : [
          Prisma.sql`(${alias}.worker_id = ${viewer.workerId}::uuid
            and ${alias}.district_id = any (${uuids(teamDistricts(viewer))}))`,
        ]),
  ]);
}

/** `seesVisit` for one district, as one condition in the order of an index; null if the viewer sees none of its visits. */
export function wayToVisits(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql | null {
  if (!hasScope(viewer, 'appointments:read')) return null;
  if (districtsAs(viewer, 'RECEPTIONIST', 'DISTRICT_HEAD').includes(districtId))
    return Prisma.sql`${alias}.district_id = ${districtId}::uuid`;
  return viewer.workerId !== null && isInTeam(viewer, districtId)
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`
    : null;
}

/**
 * True if the viewer may see some visit of the district: its desk, its head, and the workers of its team who may have to receive someone.
 */
export function seesVisitsIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'appointments:read') && viewer.workerId !== null && isInTeam(viewer, districtId);
}

/** True if the viewer may record that someone came: the desk; a social worker, for a person they receive themselves. */
export function recordsVisit(viewer: Viewer, row: Pick<VisitRelation, 'districtId' | 'workerId'>): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.workerId !== null &&
        row.workerId === viewer.workerId &&
        holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)))
  );
}

/** True if the viewer may say who receives the person, take them in, and record the outcome: as `recordsVisit`. */
export function changesVisit(viewer: Viewer, row: VisitRelation): boolean {
  return recordsVisit(viewer, row);
}

/** The columns of a message that the rules below compare. */
export interface MessageRelation {
  readonly districtId: string;
  readonly workerId: string;
}

/** True if the viewer may read the message: its worker alone. */
export function readsMessage(viewer: Viewer, row: MessageRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    row.workerId === viewer.workerId &&
    isInTeam(viewer, row.districtId)
  );
}

/** True if the viewer may mark the message as done: its worker. */
export function closesMessage(viewer: Viewer, row: MessageRelation): boolean {
  return hasScope(viewer, 'appointments:write') && readsMessage(viewer, row);
}

/** `readsMessage` as an SQL condition. */
export function whereReadsMessage(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(teamDistricts(viewer))})`;
}

/** True if the viewer may take down a message for a colleague: the desk and the social workers of the district. */
export function sendsMessagesIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/**
 * True if the viewer may send a blind message: technical advisers and social workers. The database checks that the social worker receives
 * today.
 */
export function sendsBlindMessages(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRole(viewer, 'SOCIAL_WORKER') || holdsRole(viewer, 'TECHNICAL_ADVISER'))
  );
}

/** True if the viewer may have a person's appointment times sent to them again: the desk of the district. */
export function sendsTimesAgainIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'appointments:write') && holdsRoleIn(viewer, 'RECEPTIONIST', districtId);
}

/** True if the viewer may note that a caller cancels an appointment: the desk of the district. */
export function notesCallsIn(viewer: Viewer, districtId: string): boolean {
  return sendsTimesAgainIn(viewer, districtId);
}

/** True if the viewer is the worker who was told that an appointment was called off by telephone, and still works in the district. */
export function decidesOnTimes(
  viewer: Viewer,
  row: { readonly workerId: string; readonly districtId: string },
): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    row.workerId === viewer.workerId &&
    isInTeam(viewer, row.districtId)
  );
}
