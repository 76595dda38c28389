import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of an encounter that the rules below compare. The database keeps `readerId` up to date (rule 1). */
export interface EncounterRelation {
  readonly districtId: string;
  readonly heldById: string;
  readonly readerId: string | null;
  /** The case to which the encounter was passed on; null until then. */
  readonly caseId: string | null;
  /** True if the encounter was passed on, or is of the last 30 days. Nobody reads any other, whether or not it is deleted yet. */
  readonly isKept: boolean;
}

/** `isKept` as an SQL expression on the encounter's row. */
export function selectIsKept(alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.case_id is not null or ${alias}.held_at > now() - interval '30 days')`;
}

/**
 * True if the viewer may read the encounter: the worker who held it until it is passed on, then the assigned worker who received it, and
 * nobody else.
 */
export function readsEncounter(viewer: Viewer, row: EncounterRelation): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    viewer.workerId !== null &&
    row.readerId === viewer.workerId &&
    row.isKept &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** `readsEncounter` as an SQL condition. An index finds the rows by `reader_id`. */
export function whereReadsEncounter(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'notes:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.reader_id = ${viewer.workerId}::uuid and ${selectIsKept(alias)}
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** True if the viewer may record an encounter that they held themselves: a social worker of the district. */
export function recordsEncounters(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    hasScope(viewer, 'notes:write') &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId)
  );
}

/** True if the viewer may write, pass on and delete the encounter: the worker who held it, until it is passed on. */
export function holdsEncounter(viewer: Viewer, row: EncounterRelation): boolean {
  return (
    hasScope(viewer, 'notes:write') &&
    readsEncounter(viewer, row) &&
    row.heldById === viewer.workerId &&
    row.caseId === null
  );
}
