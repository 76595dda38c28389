import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, isInTeam, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a partner's request that the rules below compare. */
export interface IncomingRequestRelation {
  readonly districtId: string;
  readonly workerId: string | null;
  readonly closedAt: Date | null;
  /** True if the request was asked for by itself, not as one of a list. */
  readonly askedAlone?: boolean;
}

/** True if the request is allocated to the viewer, as a social worker of the district. */
export function hasIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return (
    hasScope(viewer, 'cases:read') &&
    row.workerId !== null &&
    row.workerId === viewer.workerId &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

function headsIt(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasScope(viewer, 'cases:read') && holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId);
}

/**
 * True if the viewer may see that the request came, and when it is due: the worker who has it, and the head. The worker who took it down
 * no longer reads it.
 */
export function seesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasIncomingRequest(viewer, row) || headsIt(viewer, row);
}

/**
 * True if the viewer may see which worker has the request: this worker; the head, for one request at a time, since a list of many would
 * rank workers (rule 3).
 */
export function seesWhoHasIt(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasIncomingRequest(viewer, row) || (row.askedAlone === true && headsIt(viewer, row));
}

/**
 * True if the viewer may read the request and the persons it is about: the worker who has it; the head, to allocate it, until it is
 * allocated or closed.
 */
export function readsIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return (
    hasIncomingRequest(viewer, row) ||
    (headsIt(viewer, row) && row.workerId === null && row.closedAt === null)
  );
}

/** `seesIncomingRequest` as an SQL condition. */
export function whereSeesIncomingRequest(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read') || viewer.workerId === null) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})`,
    whereHas(viewer, alias),
  ]);
}

/** `readsIncomingRequest` as an SQL condition. */
export function whereReadsIncomingRequest(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read') || viewer.workerId === null) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`(${alias}.worker_id is null and ${alias}.closed_at is null
      and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))}))`,
    whereHas(viewer, alias),
  ]);
}

function whereHas(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.worker_id = ${viewer.workerId}::uuid
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** The requests of a district that the viewer sees, as one condition in the order of an index; null if they see none. */
export function wayToIncomingRequests(
  viewer: Viewer,
  alias: Prisma.Sql,
  districtId: string,
): Prisma.Sql | null {
  if (!hasScope(viewer, 'cases:read')) return null;
  const inDistrict = Prisma.sql`${alias}.district_id = ${districtId}::uuid`;
  if (holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId)) return inDistrict;
  return viewer.workerId !== null && holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId)
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid and ${inDistrict}`
    : null;
}

/**
 * True if the viewer may record a request: each member of the district's team, since any of them may open the letter or answer the
 * telephone.
 */
export function recordsIncomingRequestIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'cases:write') && isInTeam(viewer, districtId);
}

/** True if the viewer may allocate the request to a worker: the head. */
export function allocatesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasScope(viewer, 'cases:write') && headsIt(viewer, row);
}

/** True if the viewer may answer the request, and record that the persons it is about were informed: the worker who has it. */
export function answersIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasScope(viewer, 'cases:write') && hasIncomingRequest(viewer, row);
}

/** True if the viewer may decline the request: the worker who has it; the head, while nobody has it. */
export function declinesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return (
    hasScope(viewer, 'cases:write') &&
    (row.workerId === null ? headsIt(viewer, row) : hasIncomingRequest(viewer, row))
  );
}

/** True if the viewer may mark the request as about a child to protect: as `declinesIncomingRequest`, closed or not. */
export function marksChildProtection(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return declinesIncomingRequest(viewer, row);
}
