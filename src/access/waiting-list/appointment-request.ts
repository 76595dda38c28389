import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer, type ViewerRole } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a request on the waiting list that its rules compare. */
export interface RequestRelation {
  readonly districtId: string;
  /** Null is someone who gave no name. */
  readonly personId: string | null;
  readonly showOnline: boolean;
  readonly dutyWorkerId: string | null;
  readonly caseWorkerId: string | null;
}

/** The desk of its district. */
function isAtItsDesk(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId);
}

/** How urgent it is: the worker on duty to whom it was brought, the assigned worker of its case, the stand-in. */
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

/** The assigned worker of its case, and the stand-in. */
export function followsItsCase(viewer: Viewer, row: RequestRelation): boolean {
  return judgesIt(viewer, { ...row, dutyWorkerId: null }) && hasScope(viewer, 'appointments:read');
}

/** Print a letter about it, with the address that the person named: the desk, and who follows its case. */
export function printsLettersOfRequest(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row) || followsItsCase(viewer, row);
}

/** Work with it: the desk, the worker on duty, who follows its case. */
export function worksWithRequest(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row) || seesRequestContent(viewer, row);
}

/** What for: the desk and the person get the public label instead. */
export function seesRequestContent(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:read') && judgesIt(viewer, row);
}

/**
 * The worker on duty to whom someone who waits was brought, and whose time is held for them: who follows it; the desk as long as it
 * waits or is held. Of what is over it would be a list of what became of it, by worker.
 */
export function seesWhoseItIs(viewer: Viewer, row: RequestRelation & { readonly status: string }): boolean {
  return (
    seesRequestContent(viewer, row) || (isAtItsDesk(viewer, row) && ['WAITING', 'HELD'].includes(row.status))
  );
}

/** The person's own, marked to be shown online. */
export function isOwnRequestOnline(viewer: Viewer, row: RequestRelation): boolean {
  return (
    hasScope(viewer, 'appointments:read') &&
    viewer.personId !== null &&
    row.personId === viewer.personId &&
    row.showOnline
  );
}

/** The waiting list of the district: who works with it, and its head, who changes nothing. */
export function seesWaitingList(viewer: Viewer, row: RequestRelation): boolean {
  return (
    worksWithRequest(viewer, row) ||
    (hasScope(viewer, 'appointments:read') && holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId))
  );
}

/** That someone waits, since when, and for which days. */
export function seesRequest(viewer: Viewer, row: RequestRelation): boolean {
  return seesWaitingList(viewer, row) || isOwnRequestOnline(viewer, row);
}

/** What is offered to them: who works with it, and the person. The head allocates cases, not hours. */
export function seesOffers(viewer: Viewer, row: RequestRelation): boolean {
  return worksWithRequest(viewer, row) || isOwnRequestOnline(viewer, row);
}

/** Why they were passed over: the desk, which knows what else they have in the district. */
export function seesSkips(viewer: Viewer, row: RequestRelation): boolean {
  return isAtItsDesk(viewer, row);
}

/** The same as `seesRequest`, as a condition on the request's row. */
export function whereSeesRequest(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(waysToRequests(viewer, alias, null).map((way) => Prisma.sql`(${way})`));
}

/** The same as `seesOffers`, as a condition on the row of the request to which something is offered. */
export function whereSeesOffers(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(ways(viewer, alias, null, ['RECEPTIONIST']).map((way) => Prisma.sql`(${way})`));
}

/**
 * The ways by which a viewer comes to those who wait, each in the order of an index; together they are `seesRequest`.
 * @param only the district to which the list is narrowed
 */
export function waysToRequests(viewer: Viewer, alias: Prisma.Sql, only: string | null): Prisma.Sql[] {
  return ways(viewer, alias, only, ['RECEPTIONIST', 'DISTRICT_HEAD']);
}

/** @param wholeAs the roles that come to all of a district */
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
  // Where the whole list is seen, no other way adds to it.
  const elsewhere = (districts: readonly string[]): readonly string[] =>
    among(districts).filter((id) => !whole.includes(id));
  const { workerId, personId } = viewer;
  const judged = workerId === null ? [] : elsewhere(districtsAs(viewer, 'SOCIAL_WORKER'));
  return [
    ...among(whole).map((id) => Prisma.sql`${alias}.district_id = ${id}::uuid`),
    ...judged.flatMap((id) => [
      Prisma.sql`${alias}.duty_worker_id = ${workerId}::uuid and ${alias}.district_id = ${id}::uuid`,
      Prisma.sql`${alias}.case_worker_id = ${workerId}::uuid and ${alias}.district_id = ${id}::uuid`,
    ]),
    ...viewer.relays
      .filter(({ districtId }) => elsewhere([districtId]).length > 0)
      .map(
        ({ absentWorkerId, districtId }) =>
          Prisma.sql`${alias}.case_worker_id = ${absentWorkerId}::uuid and ${alias}.district_id = ${districtId}::uuid`,
      ),
    ...(personId === null
      ? []
      : [
          Prisma.sql`${alias}.person_id = ${personId}::uuid and ${alias}.show_online
            and (${only}::uuid is null or ${alias}.district_id = ${only}::uuid)`,
        ]),
  ];
}

/** As `seesSkips`, as a condition. */
export function whereSeesSkips(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return hasScope(viewer, 'appointments:read')
    ? Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'RECEPTIONIST'))})`
    : Prisma.sql`false`;
}

/** Ask for someone in the district: its desk and its social workers. The person asks for themselves. */
export function asksInDistrict(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', districtId) || holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId))
  );
}

export function asksForThemselves(viewer: Viewer): boolean {
  return viewer.kind === 'PERSON' && viewer.personId !== null && hasScope(viewer, 'appointments:write');
}

/** Change or withdraw it, and answer what is offered: who works with it, or the person. */
export function changesRequest(viewer: Viewer, row: RequestRelation): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (worksWithRequest(viewer, row) || isOwnRequestOnline(viewer, row))
  );
}

/** Say how urgent it is: a social worker, never the desk. */
export function setsUrgency(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:write') && judgesIt(viewer, row);
}

/** Say that they are there, or that they were told: the desk; of an offer, who works with it. */
export function saysWhoIsThere(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:write') && isAtItsDesk(viewer, row);
}

export function tellsOffers(viewer: Viewer, row: RequestRelation): boolean {
  return hasScope(viewer, 'appointments:write') && worksWithRequest(viewer, row);
}
