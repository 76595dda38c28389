import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer, type ViewerRole } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';
import { knowsIdentity, type WithReach, whereKnowsIdentity } from '../person/person.js';

/** The columns of a request on the waiting list that the rules below compare. */
export interface RequestRelation {
  readonly districtId: string;
  /** Null if the person gave no name. */
  readonly personId: string | null;
  readonly showOnline: boolean;
  readonly dutyWorkerId: string | null;
  readonly caseWorkerId: string | null;
}

/** True for the desk of the district. */
function isAtItsDesk(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId);
}

/**
 * True if the viewer judges how urgent the request is: the duty worker who was given it, the assigned worker of its case, and the
 * stand-in.
 */
function judgesIt(viewer: Viewer, row: RequestRelation): boolean {
  const { workerId } = viewer;
  const isTheirs = workerId !== null && [row.dutyWorkerId, row.caseWorkerId].includes(workerId);
  return (
    (isTheirs && holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)) ||
    viewer.relays.some(
      (relay) => relay.absentWorkerId === row.caseWorkerId && relay.districtId === row.districtId,
    )
  );
}

/** True for the assigned worker of the request's case, and for the stand-in. */
export function followsItsCase(viewer: Viewer, row: RequestRelation): boolean {
  return judgesIt(viewer, { ...row, dutyWorkerId: null }) && hasScope(viewer, 'appointments:read');
}

/**
 * True if the viewer may print a letter about the request, with the address that the person named: the desk, and the worker who follows
 * its case.
 */
export function printsLettersOfRequest(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row) || followsItsCase(viewer, row);
}

/** True if the viewer may work with the request: the desk, the duty worker, and the worker who follows its case. */
export function worksWithRequest(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row) || seesRequestContent(viewer, row);
}

/**
 * True if the viewer may see in which way the person is told, and tell them: those who work with the request and may read the person's safe
 * contact. The way would tell the contact to a duty worker to whom nobody has opened it. A person without a name has given a number for
 * this request alone.
 */
export function knowsHowToTell(viewer: Viewer, row: RequestRelation & WithReach): boolean {
  if (isAtItsDesk(viewer, row)) return true;
  const isOpen = row.reach === null ? row.personId === null : knowsIdentity(viewer, { reach: row.reach });
  return worksWithRequest(viewer, row) && isOpen;
}

/** `knowsHowToTell` as an SQL condition on the row of a request whose offers the viewer sees. */
export function whereKnowsHowToTell(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST'))}) or ${alias}.person_id is null
    or exists (select from person p where p.id = ${alias}.person_id and ${whereKnowsIdentity(viewer)}))`;
}

/** True if the viewer may see what the request is for. The desk and the person get the public label instead. */
export function seesRequestContent(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:read') && judgesIt(viewer, row);
}

/**
 * True if the viewer may see the duty worker who was given the request, and the worker whose time is held for it. The duty worker and the
 * worker who follows the case see both. The desk sees them while the request waits or an offer is open: a list of closed requests would
 * show the outcomes of each worker.
 */
export function seesWhoseItIs(viewer: Viewer, row: RequestRelation & { readonly status: string }): boolean {
  return (
    seesRequestContent(viewer, row) ||
    (isAtItsDesk(viewer, row) && ['WAITING', 'HELD', 'ASKED'].includes(row.status))
  );
}

/** True if the request is the person's own, and marked to be shown online. */
export function isOwnRequestOnline(viewer: Viewer, row: RequestRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.personId !== null &&
    row.personId === viewer.personId &&
    row.showOnline
  );
}

/** True if the viewer may see the waiting list of the district: those who work with it, and its head, who changes nothing. */
export function seesWaitingList(viewer: Viewer, row: RequestRelation): boolean {
  return (
    worksWithRequest(viewer, row) ||
    (hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId))
  );
}

/** True if the viewer may see that a person waits, since when, and for which days. */
export function seesRequest(viewer: Viewer, row: RequestRelation): boolean {
  return seesWaitingList(viewer, row) || isOwnRequestOnline(viewer, row);
}

/**
 * True if the viewer may see the offers made to the person: those who work with the request, and the person. The head allocates cases,
 * not hours.
 */
export function seesOffers(viewer: Viewer, row: RequestRelation): boolean {
  return worksWithRequest(viewer, row) || isOwnRequestOnline(viewer, row);
}

/** True if the viewer may see why the person was passed over: the desk, which knows their other appointments in the district. */
export function seesSkips(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row);
}

/** `seesRequest` as an SQL condition on the request's row. */
export function whereSeesRequest(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(waysToRequests(viewer, alias, null).map((way) => Prisma.sql`(${way})`));
}

/** `seesOffers` as an SQL condition on the row of the request. */
export function whereSeesOffers(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(ways(viewer, alias, null, ['RECEPTIONIST']).map((way) => Prisma.sql`(${way})`));
}

/**
 * The ways by which a viewer comes to requests, each in the order of an index; together they are `seesRequest`.
 * @param only the district to which the list is narrowed
 */
export function waysToRequests(viewer: Viewer, alias: Prisma.Sql, only: string | null): Prisma.Sql[] {
  return ways(viewer, alias, only, ['RECEPTIONIST', 'DISTRICT_HEAD']);
}

/** @param wholeAs the roles that see the whole list of a district */
function ways(
  viewer: Viewer,
  alias: Prisma.Sql,
  only: string | null,
  wholeAs: readonly ViewerRole[],
): Prisma.Sql[] {
  if (!hasScope(viewer, 'appointments:read')) return [];
  const whole = districtsAs(viewer, ...wholeAs);
  const among = (districts: readonly string[]): readonly string[] =>
    districts.filter((id) => only === null || id === only);
  // If the viewer sees the whole list, each other way adds only the requests of persons of whom nothing is confirmed.
  const beside = (id: string): Prisma.Sql =>
    whole.includes(id) ? Prisma.sql` and ${alias}.veiled_at is not null` : Prisma.empty;
  const { workerId, personId } = viewer;
  const judged = workerId === null ? [] : among(districtsAs(viewer, 'SOCIAL_WORKER'));
  return [
    // The desk and the head do not see the request of such a person, but another request that stands for it.
    ...among(whole).map(
      (id) => Prisma.sql`${alias}.district_id = ${id}::uuid and ${alias}.veiled_at is null`,
    ),
    ...judged.flatMap((id) => [
      Prisma.sql`${alias}.duty_worker_id = ${workerId}::uuid and ${alias}.district_id = ${id}::uuid${beside(id)}`,
      Prisma.sql`${alias}.case_worker_id = ${workerId}::uuid and ${alias}.district_id = ${id}::uuid${beside(id)}`,
    ]),
    ...viewer.relays
      .filter(({ districtId }) => among([districtId]).length > 0)
      .map(
        ({ absentWorkerId, districtId }) =>
          Prisma.sql`${alias}.case_worker_id = ${absentWorkerId}::uuid and ${alias}.district_id = ${districtId}::uuid${beside(districtId)}`,
      ),
    ...(personId === null
      ? []
      : [
          Prisma.sql`${alias}.person_id = ${personId}::uuid and ${alias}.show_online
            and (${only}::uuid is null or ${alias}.district_id = ${only}::uuid)`,
        ]),
  ];
}

/**
 * True if the viewer may see who waits. The desk and the head see it only while the person waits. A request that ended because "confirm
 * nothing" was said must look like the other closed ones.
 */
export function seesWhoWaits(viewer: Viewer, row: RequestRelation & { readonly status: string }): boolean {
  return (
    seesRequest(viewer, row) &&
    (row.status === 'WAITING' || seesRequestContent(viewer, row) || isOwnRequestOnline(viewer, row))
  );
}

/** `seesSkips` as an SQL condition. */
export function whereSeesSkips(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return hasScope(viewer, 'appointments:read')
    ? Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST'))})`
    : Prisma.sql`false`;
}

/**
 * True if the viewer may put a person on the district's waiting list: its desk and its social workers. A person uses `asksForThemselves`.
 */
export function asksInDistrict(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

/** True if the viewer is a person who may put themselves on the waiting list. */
export function asksForThemselves(viewer: Viewer): boolean {
  return viewer.kind === 'PERSON' && viewer.personId !== null && hasScope(viewer, 'appointments:write');
}

/** True if the viewer may change or withdraw the request, and answer an offer: those who work with it, and the person. */
export function changesRequest(viewer: Viewer, row: RequestRelation): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (worksWithRequest(viewer, row) || isOwnRequestOnline(viewer, row))
  );
}

/** True if the viewer may set the urgency: a social worker, never the desk. */
export function setsUrgency(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:write') && judgesIt(viewer, row);
}

/** True if the viewer may record that the person is present, or was told: the desk. For an offer, see `tellsOffers`. */
export function saysWhoIsThere(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:write') && isAtItsDesk(viewer, row);
}

/** True if the viewer may record that the person was told of an offer: only those who know in which way. */
export function tellsOffers(viewer: Viewer, row: RequestRelation & WithReach): boolean {
  return hasScope(viewer, 'appointments:write') && knowsHowToTell(viewer, row);
}
