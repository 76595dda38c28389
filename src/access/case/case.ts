import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a case that its rules compare. */
export interface CaseRelation {
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  /** Who opened it, until someone is first assigned to it. */
  readonly openerId: string | null;
  readonly onlinePersonIds: readonly string[];
}

type Entered = Pick<CaseRelation, 'districtId' | 'openerId'>;
type Followed = Pick<CaseRelation, 'districtId' | 'assignedWorkerId'>;

/** The worker to whom the case is assigned, as a social worker of its district. */
export function isAssignedTo(viewer: Viewer, row: Followed): boolean {
  return (
    viewer.workerId !== null &&
    row.assignedWorkerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** The same, as a condition. */
export function whereAssignedTo(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.assigned_worker_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** The stand-in, while the relay lasts. */
export function isRelayFor(viewer: Viewer, row: Followed): boolean {
  return viewer.relays.some(
    (relay) => relay.absentWorkerId === row.assignedWorkerId && relay.districtId === row.districtId,
  );
}

/** The same, as a condition. */
export function whereRelayFor(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf(
    viewer.relays.map(
      (relay) => Prisma.sql`(${alias}.assigned_worker_id = ${relay.absentWorkerId}::uuid
        and ${alias}.district_id = ${relay.districtId}::uuid)`,
    ),
  );
}

/** Assigned worker or stand-in: identity, household, needs, actions, agenda. */
export function followsCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && (isAssignedTo(viewer, row) || isRelayFor(viewer, row));
}

/** The same, as a condition. */
export function whereFollowsCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias)]);
}

/**
 * Who opened the case, of what they entered themselves: whom it is about, its mission, needs. It ends when someone is first assigned, by
 * whom it is read from then on. Contact is not part of it.
 */
export function enteredIt(viewer: Viewer, row: Entered): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    viewer.workerId !== null &&
    row.openerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** The same, as a condition. */
export function whereEnteredIt(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.opener_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** A need: who follows the case, and who entered it. */
export function seesNeed(viewer: Viewer, row: Followed & Entered): boolean {
  return followsCase(viewer, row) || enteredIt(viewer, row);
}

/** The same, as a condition. */
export function whereSeesNeed(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf([whereFollowsCase(viewer, alias), whereEnteredIt(viewer, alias)]);
}

/** The head of the row's district. */
export function headsDistrictOf(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId);
}

/** The person's own case, marked to be shown online. */
export function isOwnCaseOnline(viewer: Viewer, row: Pick<CaseRelation, 'onlinePersonIds'>): boolean {
  return viewer.personId !== null && row.onlinePersonIds.includes(viewer.personId);
}

/**
 * That a case exists, its status, its assigned worker: the district's desk, social workers and head, of one case at a time; the
 * person.
 */
export function knowsOfCase(viewer: Viewer, row: CaseRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    (teamDistricts(viewer).includes(row.districtId) || isOwnCaseOnline(viewer, row))
  );
}

/** The same, as a condition. */
export function whereKnowsOfCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  const districts = teamDistricts(viewer);
  return viewer.personId === null
    ? Prisma.sql`${alias}.district_id = any (${uuids(districts)})`
    : Prisma.sql`${alias}.online_person_ids @> array[${viewer.personId}::uuid]`;
}

/** Waits for someone to be assigned to it, in a district that the viewer heads. */
function isToAllocate(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && row.assignedWorkerId === null && headsDistrictOf(viewer, row);
}

/**
 * The viewer's own queue, and all that is ever listed (rule 3): of a worker theirs and their relays', of a head those without a
 * worker, of a person their own. Any other case is reached by itself, by looking up a person or a reference.
 */
export function hasInQueue(viewer: Viewer, row: CaseRelation): boolean {
  return (
    followsCase(viewer, row) ||
    isToAllocate(viewer, row) ||
    (hasScope(viewer, 'cases:read') && isOwnCaseOnline(viewer, row))
  );
}

/** The same, as a condition. */
export function whereHasInQueue(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read')) return Prisma.sql`false`;
  if (viewer.personId !== null) return whereKnowsOfCase(viewer, alias);
  const headed = uuids(districtsAs(viewer, 'DISTRICT_HEAD'));
  return anyOf([
    whereFollowsCase(viewer, alias),
    Prisma.sql`(${alias}.assigned_worker_id is null and ${alias}.district_id = any (${headed}))`,
  ]);
}

/** To what a list of cases is narrowed, as far as it decides by which index it is read. */
export interface CasesNarrowed {
  readonly districtId: string | null;
  readonly assignedToMe: boolean;
  readonly unassigned: boolean;
  /** Who is not there: to the head, their cases instead of one's own queue. */
  readonly absentWorkerId: string | null;
  /** Only where the viewer knows the mission. */
  readonly byMission: boolean;
}

/**
 * The ways by which a viewer comes to the cases of their queue: together they are the whole of `whereHasInQueue`, and an index
 * has each in the order of opening. One condition with `or` would be read whole and sorted.
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
  const stoodInFor = viewer.relays
    .filter(({ districtId }) => among([districtId]).length > 0)
    .map((relay) => assignedTo(relay.absentWorkerId, relay.districtId));
  const toAllocate = headed.map(
    (id) => Prisma.sql`${alias}.assigned_worker_id is null and ${inDistrict(id)}`,
  );
  if (narrowed.assignedToMe) return narrowed.unassigned ? [] : mine;
  return narrowed.unassigned ? toAllocate : [...mine, ...stoodInFor, ...toAllocate];
}

/** The ways to the cases that the viewer follows, assigned or standing in: each in the order of an index. */
export function waysToFollowedCases(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql[] {
  if (!hasScope(viewer, 'cases:read')) return [];
  const of = (workerId: string, districtId: string): Prisma.Sql =>
    Prisma.sql`${alias}.assigned_worker_id = ${workerId}::uuid and ${alias}.district_id = ${districtId}::uuid`;
  const { workerId } = viewer;
  const mine = workerId === null ? [] : districtsAs(viewer, 'SOCIAL_WORKER').map((id) => of(workerId, id));
  return [...mine, ...viewer.relays.map((relay) => of(relay.absentWorkerId, relay.districtId))];
}

/**
 * Declared absent for three days or more, and told so, without contradicting it; a departure is prepared a month ahead. Who is back sooner
 * has a stand-in, or their cases are looked up one at a time: absences of a minute would count the cases of each (rule 3).
 */
function isAway(workerId: string, districtId: string): Prisma.Sql {
  return Prisma.sql`exists (select from absence away
    where away.worker_id = ${workerId}::uuid and away.district_id = ${districtId}::uuid and away.contradicted_at is null
      and coalesce(away.ends_at, 'infinity') >= greatest(away.starts_at, away.declared_at) + interval '3 days'
      and (away.ends_at is null or away.ends_at > now())
      and away.starts_at <= now() + case when away.ends_at is null then interval '30 days' else interval '0' end)`;
}

/** Its mission: who follows it, the head who allocates, and who opened it. */
export function knowsMission(viewer: Viewer, row: CaseRelation): boolean {
  return (
    followsCase(viewer, row) ||
    enteredIt(viewer, row) ||
    (hasScope(viewer, 'cases:read') && headsDistrictOf(viewer, row))
  );
}

export function whereKnowsMission(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const headed = hasScope(viewer, 'cases:read') ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return anyOf([whereSeesNeed(viewer, alias), Prisma.sql`${alias}.district_id = any (${uuids(headed)})`]);
}

/** Assign, reassign, declare an absence, open a relay: the head of the case's district. */
export function allocates(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'cases:write') && holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId);
}

/** The same, as a condition: `alias` is a row of a district. */
export function whereAllocates(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const headed = hasScope(viewer, 'cases:write') ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return Prisma.sql`${alias}.district_id = any (${uuids(headed)})`;
}

/** Open a case in the district: its social workers and its head. */
export function opensCases(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'cases:write') &&
    (holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId) || holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId))
  );
}

/** Work on the case: who follows it. */
export function worksOnCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:write') && followsCase(viewer, row);
}

/** Record a need, and end one: who follows the case; who opened it, of what they entered. */
export function recordsNeeds(viewer: Viewer, row: Followed & Entered): boolean {
  return hasScope(viewer, 'cases:write') && seesNeed(viewer, row);
}

/** Whom the case is assigned to: they keep it when it is closed, too. */
export function keepsCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:read') && isAssignedTo(viewer, row);
}

/** Close it. */
export function closesCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:write') && isAssignedTo(viewer, row);
}

/** Reopen it: they; the head, where nobody keeps it. */
export function reopensCase(viewer: Viewer, row: Followed, isKept: boolean): boolean {
  return closesCase(viewer, row) || (!isKept && allocates(viewer, row.districtId));
}
