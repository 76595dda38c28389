import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of an encounter that its rules compare. `readerId` is kept true by the database (rule 1). */
export interface EncounterRelation {
  readonly districtId: string;
  readonly heldById: string;
  readonly readerId: string | null;
  /** To which it was passed on. */
  readonly caseId: string | null;
  /** Passed on, or of the last 30 days: what is neither is read by nobody, whether or not it is deleted yet. */
  readonly isKept: boolean;
}

/** `isKept`, of the encounter’s row. */
export function selectIsKept(alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.case_id is not null or ${alias}.held_at > now() - interval '30 days')`;
}

/** Read it: who held it until it is passed on, then the assigned worker to whom it was, and nobody else. */
export function readsEncounter(viewer: Viewer, row: EncounterRelation): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    viewer.workerId !== null &&
    row.readerId === viewer.workerId &&
    row.isKept &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** The same, as a condition: `reader_id` is what an index finds. */
export function whereReadsEncounter(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'notes:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.reader_id = ${viewer.workerId}::uuid and ${selectIsKept(alias)}
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** Record one, which one held oneself: a social worker of the district. */
export function recordsEncounters(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    hasScope(viewer, 'notes:write') &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId)
  );
}

/** Write it, pass it on, delete it: who held it, until it is passed on. */
export function holdsEncounter(viewer: Viewer, row: EncounterRelation): boolean {
  return (
    hasScope(viewer, 'notes:write') &&
    readsEncounter(viewer, row) &&
    row.heldById === viewer.workerId &&
    row.caseId === null
  );
}
