import { Prisma } from '../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../viewer.js';
import { anyOf, uuids } from './sql.js';

/** The columns of a case that its rules compare. */
export interface CaseRelation {
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  readonly onlinePersonIds: readonly string[];
}

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

/** The head of the row's district. */
export function headsDistrictOf(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId);
}

/** The person's own case, marked to be shown online. */
export function isOwnCaseOnline(viewer: Viewer, row: Pick<CaseRelation, 'onlinePersonIds'>): boolean {
  return viewer.personId !== null && row.onlinePersonIds.includes(viewer.personId);
}

/** That a case exists, its status, its assigned worker: the district's desk, social workers and head; the person. */
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

/** To what a list of cases is narrowed, as far as it decides by which index it is read. */
export interface CasesNarrowed {
  readonly districtId: string | null;
  /** The assigned worker. */
  readonly workerId: string | null;
  /** Only where the viewer knows the mission. */
  readonly byMission: boolean;
}

/**
 * The ways by which a viewer comes to cases: each is a part of `whereKnowsOfCase` (of `whereKnowsMission`, if so
 * narrowed), together they are the whole of it, and an index has each in the order of opening. One condition with `or`
 * would be read whole and sorted.
 */
export function waysToCases(viewer: Viewer, alias: Prisma.Sql, narrowed: CasesNarrowed): Prisma.Sql[] {
  if (!hasScope(viewer, 'cases:read')) return [];
  if (viewer.personId !== null) {
    const own = Prisma.sql`${alias}.id in (select cp.case_id from case_person cp
      where cp.person_id = ${viewer.personId}::uuid and cp.show_online)`;
    return narrowed.byMission ? [] : [own];
  }
  const among = (districts: readonly string[]): readonly string[] =>
    districts.filter((id) => narrowed.districtId === null || id === narrowed.districtId);
  const inDistrict = (id: string): Prisma.Sql => Prisma.sql`${alias}.district_id = ${id}::uuid`;
  const assignedTo = (workerId: string, districtId: string): Prisma.Sql =>
    Prisma.sql`${alias}.assigned_worker_id = ${workerId}::uuid and ${inDistrict(districtId)}`;
  const { workerId } = narrowed;
  const known = narrowed.byMission
    ? districtsAs(viewer, 'SOCIAL_WORKER', 'DISTRICT_HEAD')
    : teamDistricts(viewer);
  if (workerId !== null && (!narrowed.byMission || workerId === viewer.workerId))
    return among(known).map((id) => assignedTo(workerId, id));
  if (!narrowed.byMission) return among(known).map(inDistrict);
  const headed = districtsAs(viewer, 'DISTRICT_HEAD');
  const followed = districtsAs(viewer, 'SOCIAL_WORKER').filter((id) => !headed.includes(id));
  const relays = viewer.relays.filter(
    ({ districtId }) => !headed.includes(districtId) && among([districtId]).length > 0,
  );
  return [
    ...among(headed).map(inDistrict),
    ...(viewer.workerId === null ? [] : among(followed).map((id) => assignedTo(viewer.workerId ?? '', id))),
    ...relays.map((relay) => assignedTo(relay.absentWorkerId, relay.districtId)),
  ];
}

/** Its mission: who follows it, and the head who allocates. */
export function knowsMission(viewer: Viewer, row: CaseRelation): boolean {
  return followsCase(viewer, row) || (hasScope(viewer, 'cases:read') && headsDistrictOf(viewer, row));
}

export function whereKnowsMission(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const headed = hasScope(viewer, 'cases:read') ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return anyOf([whereFollowsCase(viewer, alias), Prisma.sql`${alias}.district_id = any (${uuids(headed)})`]);
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

/** Record needs: who follows the case. */
export function worksOnCase(viewer: Viewer, row: Followed): boolean {
  return hasScope(viewer, 'cases:write') && followsCase(viewer, row);
}
