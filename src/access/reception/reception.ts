import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a visit that its rules compare. */
export interface VisitRelation {
  readonly districtId: string;
  /** Who is to receive them. */
  readonly workerId: string | null;
  /** They came today, and have not gone. */
  readonly goesOn: boolean;
  readonly isClosed: boolean;
  /** The viewer has said so in this operation. */
  readonly saidNow?: boolean;
}

/** The desk of its district, and whoever is to receive them. */
export function worksWithVisit(viewer: Viewer, row: VisitRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.workerId !== null &&
        row.workerId === viewer.workerId &&
        teamDistricts(viewer).includes(row.districtId)))
  );
}

function receives(viewer: Viewer, row: VisitRelation): boolean {
  return worksWithVisit(viewer, row) && row.workerId === viewer.workerId;
}

/**
 * Who receives them, and for which appointment they came, which names the worker by the list of that morning: whoever receives them,
 * and the desk until they have gone, or in the answer to having said so.
 */
export function seesWhoReceives(viewer: Viewer, row: VisitRelation): boolean {
  return receives(viewer, row) || (worksWithVisit(viewer, row) && (row.goesOn || row.saidNow === true));
}

/**
 * What became of it: who received them; the desk and the head until they have gone, and where nobody received them; who has said so, in
 * the answer. The head learns no more than the desk: the two of them would put it beside the worker by the id.
 */
export function seesWhatBecameOfVisit(viewer: Viewer, row: VisitRelation): boolean {
  if (receives(viewer, row)) return true;
  return seesVisit(viewer, row) && (!row.isClosed || row.workerId === null || row.saidNow === true);
}

/** That someone came: those, and the head of the district. */
export function seesVisit(viewer: Viewer, row: VisitRelation): boolean {
  return (
    worksWithVisit(viewer, row) ||
    (hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId))
  );
}

/** The same as `seesVisit`, as a condition on the visit's row. */
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

/** As `seesVisit` for one district: one condition, in the order of an index. Null: none of it. */
export function wayToVisits(viewer: Viewer, alias: Prisma.Sql, districtId: string): Prisma.Sql | null {
  if (!hasScope(viewer, 'appointments:read')) return null;
  if (districtsAs(viewer, 'RECEPTIONIST', 'DISTRICT_HEAD').includes(districtId))
    return Prisma.sql`${alias}.district_id = ${districtId}::uuid`;
  return viewer.workerId !== null && teamDistricts(viewer).includes(districtId)
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`
    : null;
}

/** Whether there is a way at all: the desk and the head of a district, and those in it who may be to receive someone. */
export function seesVisitsIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.workerId !== null &&
    teamDistricts(viewer).includes(districtId)
  );
}

/** Record that someone came: the desk; a social worker, whom they receive themselves. */
export function recordsVisit(viewer: Viewer, row: Pick<VisitRelation, 'districtId' | 'workerId'>): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      (row.workerId !== null &&
        row.workerId === viewer.workerId &&
        holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)))
  );
}

/** Say who receives them, take them in, and say what came of it: as whoever records it. */
export function changesVisit(viewer: Viewer, row: VisitRelation): boolean {
  return recordsVisit(viewer, row);
}

/** The columns of a message that its rules compare. */
export interface MessageRelation {
  readonly districtId: string;
  readonly workerId: string;
}

/** Read it: its worker alone. */
export function readsMessage(viewer: Viewer, row: MessageRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    row.workerId === viewer.workerId &&
    teamDistricts(viewer).includes(row.districtId)
  );
}

/** Say that it is done. */
export function closesMessage(viewer: Viewer, row: MessageRelation): boolean {
  return hasScope(viewer, 'appointments:write') && readsMessage(viewer, row);
}

/** As `readsMessage`, as a condition. */
export function whereReadsMessage(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'appointments:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(teamDistricts(viewer))})`;
}

/** Take a message down for a colleague: the desk and the social workers of the district. */
export function sendsMessagesIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/** Send a message blind: social workers, of whom the database looks whether they receive today, and technical advisers. */
export function sendsBlindMessages(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRole(viewer, 'SOCIAL_WORKER') || holdsRole(viewer, 'TECHNICAL_ADVISER'))
  );
}

/** Have someone's times sent to them again: the desk of the district. */
export function sendsTimesAgainIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'appointments:write') && holdsRoleIn(viewer, 'RECEPTIONIST', districtId);
}
