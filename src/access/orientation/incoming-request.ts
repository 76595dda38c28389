import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, teamDistricts, type Viewer } from '../../viewer.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of a partner's request that its rules compare. */
export interface IncomingRequestRelation {
  readonly districtId: string;
  readonly workerId: string | null;
  readonly closedAt: Date | null;
  /** Asked for by itself, and not one of a list. */
  readonly askedAlone?: boolean;
}

/** Who has it, as a social worker of the district. */
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

/** That it came, and by when it is due: who has it, and the head. Whoever took it down reads it no longer. */
export function seesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasIncomingRequest(viewer, row) || headsIt(viewer, row);
}

/** Who has it: themselves; the head of one at a time, since a list of many would rank workers (rule 3). */
export function seesWhoHasIt(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasIncomingRequest(viewer, row) || (row.askedAlone === true && headsIt(viewer, row));
}

/** Whom it is about and what it says: who has it; the head, to allocate it, and not once it is done. */
export function readsIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return (
    hasIncomingRequest(viewer, row) ||
    (headsIt(viewer, row) && row.workerId === null && row.closedAt === null)
  );
}

/** The same as `seesIncomingRequest`, as a condition. */
export function whereSeesIncomingRequest(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'cases:read') || viewer.workerId === null) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`${alias}.district_id = any (${uuids(districtsAs(viewer, 'DISTRICT_HEAD'))})`,
    whereHas(viewer, alias),
  ]);
}

/** The same as `readsIncomingRequest`, as a condition. */
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

/** A district's, as far as the viewer sees them: one condition, in the order of an index. Null: none. */
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

/** Take one down: whoever opens the letter or answers the telephone, in the district’s team. */
export function recordsIncomingRequestIn(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'cases:write') && teamDistricts(viewer).includes(districtId);
}

/** Say who takes it: the head. */
export function allocatesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasScope(viewer, 'cases:write') && headsIt(viewer, row);
}

/** Answer it, and say that whom it is about was informed: who has it. */
export function answersIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return hasScope(viewer, 'cases:write') && hasIncomingRequest(viewer, row);
}

/** Decline it: who has it; the head, as long as nobody does. */
export function declinesIncomingRequest(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return (
    hasScope(viewer, 'cases:write') &&
    (row.workerId === null ? headsIt(viewer, row) : hasIncomingRequest(viewer, row))
  );
}

/** Say that it is about a child to protect: the same, over or not. */
export function marksChildProtection(viewer: Viewer, row: IncomingRequestRelation): boolean {
  return declinesIncomingRequest(viewer, row);
}
