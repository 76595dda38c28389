import { Prisma } from '../../../prisma/generated/client.js';
import {
  districtsAs,
  hasScope,
  holdsRoleIn,
  isInTeam,
  teamDistricts,
  type Viewer,
  type ViewerRelay,
} from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a case that the rules below compare. */
export interface CaseRelation {
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  /** The worker who opened the case; null once it has been assigned for the first time. */
  readonly openerId: string | null;
  readonly onlinePersonIds: readonly string[];
}

type Entered = Pick<CaseRelation, 'districtId' | 'openerId'>;
type Followed = Pick<CaseRelation, 'districtId' | 'assignedWorkerId'>;

/** True if the case is assigned to the viewer, and the viewer is a social worker of its district. */
export function isAssignedTo(viewer: Viewer, row: Followed): boolean {
  return (
    viewer.workerId !== null &&
    row.assignedWorkerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** `isAssignedTo` as an SQL condition. */
export function whereAssignedTo(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.assigned_worker_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** True if the viewer stands in for the assigned worker, while the relay lasts. */
export function isRelayFor(viewer: Viewer, row: Followed): boolean {
  return viewer.relays.some(
    (relay) => relay.absentWorkerId === row.assignedWorkerId && relay.districtId === row.districtId,
  );
}

/** `isRelayFor`, for a confidential address: the absence is at least a day old. */
export function isSettledRelayFor(viewer: Viewer, row: Followed): boolean {
  return viewer.relays.some(
    (relay) =>
      relay.settled && relay.absentWorkerId === row.assignedWorkerId && relay.districtId === row.districtId,
  );
}

/** `isSettledRelayFor` as an SQL condition. */
export function whereSettledRelayFor(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return whereRelayFor({ ...viewer, relays: viewer.relays.filter(({ settled }) => settled) }, alias);
}

/** `isRelayFor` as an SQL condition. */
export function whereRelayFor(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(
    viewer.relays.map(
      (relay) => Prisma.sql`(${alias}.assigned_worker_id = ${relay.absentWorkerId}::uuid
        and ${alias}.district_id = ${relay.districtId}::uuid)`,
    ),
  );
}

/** The relays whose cases a list without a named worker adds to the viewer's own: those for one absent worker, or none (rule 3). */
export function listedRelays(viewer: Viewer): readonly ViewerRelay[] {
  const [first] = viewer.relays;
  return viewer.relays.every(({ absentWorkerId }) => absentWorkerId === first?.absentWorkerId)
    ? viewer.relays
    : [];
}

/** The relays of the viewer for one absent worker. */
export function relaysFor(viewer: Viewer, absentWorkerId: string): readonly ViewerRelay[] {
  return viewer.relays.filter((relay) => relay.absentWorkerId === absentWorkerId);
}

/** True for the assigned worker and the stand-in, who see identity, household, needs, actions and agenda. */
export function followsCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && (isAssignedTo(viewer, row) || isRelayFor(viewer, row));
}

/** `followsCase` as an SQL condition. */
export function whereFollowsCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias)]);
}

/**
 * True for the worker who opened the case: they see what they entered themselves, which is the persons, the mission and the needs, and no
 * contact. It ends when the case is first assigned; from then on the assigned worker reads it.
 */
export function enteredIt(viewer: Viewer, row: Entered): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    viewer.workerId !== null &&
    row.openerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** `enteredIt` as an SQL condition. */
export function whereEnteredIt(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.opener_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** True if the viewer may see a need of the case: the worker who follows the case, and the worker who opened it. */
export function seesNeed(viewer: Viewer, row: Followed & Entered): boolean {
  return followsCase(viewer, row) || enteredIt(viewer, row);
}

/** `seesNeed` as an SQL condition. */
export function whereSeesNeed(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf([whereFollowsCase(viewer, alias), whereEnteredIt(viewer, alias)]);
}

/** True if the viewer heads the row's district. */
export function headsDistrictOf(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId);
}

/** True if the case is the person's own, and marked to be shown online. */
export function isOwnCaseOnline(viewer: Viewer, row: Pick<CaseRelation, 'onlinePersonIds'>): boolean {
  return viewer.personId !== null && row.onlinePersonIds.includes(viewer.personId);
}

/**
 * True if the viewer may know that the case exists, its status and its assigned worker: the district's desk, social workers and head, of
 * one case at a time, and the person.
 */
export function knowsOfCase(viewer: Viewer, row: CaseRelation): boolean {
  return hasScope(viewer, 'cases:read') && (isInTeam(viewer, row.districtId) || isOwnCaseOnline(viewer, row));
}

/** `knowsOfCase` as an SQL condition. */
export function whereKnowsOfCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  const districts = teamDistricts(viewer);
  return viewer.personId === null
    ? Prisma.sql`${alias}.district_id = any (${uuids(districts)})`
    : Prisma.sql`${alias}.online_person_ids @> array[${viewer.personId}::uuid]`;
}

/** True if nobody is assigned to the case, and the viewer heads its district. */
function isToAllocate(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && row.assignedWorkerId === null && headsDistrictOf(viewer, row);
}

/**
 * True if the case is in the viewer's own queue. Only this queue is ever listed (rule 3): a worker's own cases and those of their relays,
 * a head's cases without a worker, a person's own cases. Any other case is reached one at a time, by looking up a person or a reference.
 */
export function hasInQueue(viewer: Viewer, row: CaseRelation): boolean {
  return (
    followsCase(viewer, row) ||
    isToAllocate(viewer, row) ||
    (hasScope(viewer, 'cases:read') && isOwnCaseOnline(viewer, row))
  );
}

/** `hasInQueue` as an SQL condition. */
export function whereHasInQueue(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  if (viewer.personId !== null) return whereKnowsOfCase(viewer, alias);
  const headed = uuids(districtsAs(viewer, 'DISTRICT_HEAD'));
  return anyOf([
    whereFollowsCase(viewer, alias),
    Prisma.sql`(${alias}.assigned_worker_id is null and ${alias}.district_id = any (${headed}))`,
  ]);
}

/** The filters of a list of cases that decide by which index it is read. */
export interface CasesNarrowed {
  readonly districtId: string | null;
  readonly assignedToMe: boolean;
  readonly unassigned: boolean;
  /** The absent worker: the head and the stand-in get this worker's cases instead of their own queue. */
  readonly absentWorkerId: string | null;
  /** True if the viewer asks as the stand-in of that worker, and not as the head. */
  readonly asStandIn?: boolean;
  /** True if the list is filtered by mission, which keeps only cases whose mission the viewer may know. */
  readonly byMission: boolean;
}

/**
 * The ways by which a viewer comes to the cases of their queue. Together they are the whole of `whereHasInQueue`, and each has an index
 * in the order of opening. PostgreSQL would read and sort every row for one condition with `or`.
 */
export function waysToCases(viewer: Viewer, alias: Prisma.Sql, narrowed: CasesNarrowed): Prisma.Sql[] {
  if (!hasScope(viewer, 'cases:read')) return [];
  const among = (districts: readonly string[]): readonly string[] =>
    districts.filter((id) => narrowed.districtId === null || id === narrowed.districtId);
  const inDistrict = (id: string): Prisma.Sql => Prisma.sql`${alias}.district_id = ${id}::uuid`;
  const assignedTo = (workerId: string, districtId: string): Prisma.Sql =>
    Prisma.sql`${alias}.assigned_worker_id = ${workerId}::uuid and ${inDistrict(districtId)}`;
  const headed = among(districtsAs(viewer, 'DISTRICT_HEAD'));
  const { absentWorkerId } = narrowed;
  const stoodIn = (relays: readonly ViewerRelay[]): Prisma.Sql[] =>
    relays
      .filter(({ districtId }) => among([districtId]).length > 0)
      .map((relay) => assignedTo(relay.absentWorkerId, relay.districtId));
  if (absentWorkerId !== null && narrowed.asStandIn === true)
    return stoodIn(relaysFor(viewer, absentWorkerId));
  if (absentWorkerId !== null)
    return headed.map(
      (id) => Prisma.sql`${assignedTo(absentWorkerId, id)} and ${isAway(absentWorkerId, id)}`,
    );
  if (viewer.personId !== null)
    return narrowed.byMission || narrowed.assignedToMe || narrowed.unassigned
      ? []
      : [
          Prisma.sql`${alias}.id in (select cp.case_id from case_person cp
            where cp.person_id = ${viewer.personId}::uuid and cp.show_online)`,
        ];
  const { workerId } = viewer;
  const mine =
    workerId === null
      ? []
      : among(districtsAs(viewer, 'SOCIAL_WORKER')).map((id) => assignedTo(workerId, id));
  const toAllocate = headed.map(
    (id) => Prisma.sql`${alias}.assigned_worker_id is null and ${inDistrict(id)}`,
  );
  if (narrowed.assignedToMe) return narrowed.unassigned ? [] : mine;
  return narrowed.unassigned ? toAllocate : [...mine, ...stoodIn(listedRelays(viewer)), ...toAllocate];
}

/**
 * The ways to the cases that the viewer follows, as assigned worker or as stand-in of one absent worker. Each way has an index in the order
 * of opening.
 */
export function waysToFollowedCases(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql[] {
  if (!hasScope(viewer, 'cases:read')) return [];
  const of = (workerId: string, districtId: string): Prisma.Sql =>
    Prisma.sql`${alias}.assigned_worker_id = ${workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`;
  const { workerId } = viewer;
  const mine = workerId === null ? [] : districtsAs(viewer, 'SOCIAL_WORKER').map((id) => of(workerId, id));
  return [...mine, ...listedRelays(viewer).map((relay) => of(relay.absentWorkerId, relay.districtId))];
}

/**
 * The SQL condition for a worker whose absence lasts three days or more, was announced to them, and is not contradicted by them. A
 * departure counts from a month ahead. For a shorter absence there is a stand-in, or cases are looked up one at a time: absences of a
 * minute would let a head count each worker's cases (rule 3).
 */
function isAway(workerId: string, districtId: string): Prisma.Sql {
  return Prisma.sql`exists (select from absence away
    where away.worker_id = ${workerId}::uuid and away.district_id = ${districtId}::uuid and away.contradicted_at is null
      and coalesce(away.ends_at, 'infinity') >= greatest(away.starts_at, away.declared_at) + interval '3 days'
      and (away.ends_at is null or away.ends_at > now())
      and away.starts_at <= now() + case when away.ends_at is null then interval '30 days' else interval '0' end)`;
}

/** True if the viewer may know the mission: the worker who follows the case, the head who allocates it, and the worker who opened it. */
export function knowsMission(viewer: Viewer, row: CaseRelation): boolean {
  return (
    followsCase(viewer, row) ||
    enteredIt(viewer, row) ||
    (hasScope(viewer, 'cases:read') && headsDistrictOf(viewer, row))
  );
}

/** `knowsMission` as an SQL condition. */
export function whereKnowsMission(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const headed = hasScope(viewer, 'cases:read') ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return anyOf([whereSeesNeed(viewer, alias), Prisma.sql`${alias}.district_id = any (${uuids(headed)})`]);
}

/** True if the viewer may assign, reassign, declare an absence and open a relay: the head of the case's district. */
export function allocates(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'cases:write') && holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId);
}

/** `allocates` as an SQL condition: `alias` is a row of a district. */
export function whereAllocates(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const headed = hasScope(viewer, 'cases:write') ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return Prisma.sql`${alias}.district_id = any (${uuids(headed)})`;
}

/** True if the viewer may open a case in the district: its social workers and its head. */
export function opensCases(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'cases:write') &&
    (holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId) || holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId))
  );
}

/** True if the viewer may work on the case: the worker who follows it. */
export function worksOnCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:write') && followsCase(viewer, row);
}

/** True if the viewer may record a need and end one: the worker who follows the case; the worker who opened it, for what they entered. */
export function recordsNeeds(viewer: Viewer, row: Followed & Entered): boolean {
  return hasScope(viewer, 'cases:write') && seesNeed(viewer, row);
}

/** True if the case is assigned to the viewer. The worker keeps the case when it is closed, too. */
export function keepsCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && isAssignedTo(viewer, row);
}

/** True if the viewer may close the case: its assigned worker. */
export function closesCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:write') && isAssignedTo(viewer, row);
}

/** True if the viewer may reopen the case: its assigned worker; the head, if no worker keeps it. */
export function reopensCase(viewer: Viewer, row: Followed, isKept: boolean): boolean {
  return closesCase(viewer, row) || (!isKept && allocates(viewer, row.districtId));
}
