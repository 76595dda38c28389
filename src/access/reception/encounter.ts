import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { type CaseRelation, enteredIt, isRelayFor } from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The columns of an encounter that the rules below compare. The database keeps `readerId` up to date (rule 1). */
export interface EncounterRelation {
  readonly districtId: string;
  readonly heldById: string;
  readonly readerId: string | null;
  /** The case to which the encounter was passed on; null until then. */
  readonly caseId: string | null;
  /** The case for which the encounter is written, and to which it will be passed on; null if there is none. */
  readonly forCaseId: string | null;
  /** The absent worker for whom a stand-in writes it; null if no stand-in wrote it. */
  readonly standsForId: string | null;
  /**
   * True if the encounter was passed on, is written for a case, or is of the last 30 days. Nobody reads any other encounter, even before
   * it is deleted.
   */
  readonly isKept: boolean;
}

/** `isKept` as an SQL expression on the encounter's row. */
export function selectIsKept(alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(num_nonnulls(${alias}.case_id, ${alias}.for_case_id) > 0
    or greatest(${alias}.held_at, ${alias}.kept_from) > now() - interval '30 days')`;
}

const isWhileRelayLasts = (viewer: Viewer, { districtId, standsForId }: EncounterRelation): boolean =>
  standsForId === null || isRelayFor(viewer, { districtId, assignedWorkerId: standsForId });

/**
 * True if the viewer may read the encounter: the worker who held it until it is passed on, then the assigned worker who received it, and
 * nobody else. What a stand-in writes for a case is read by one stand-in at a time, while that worker's relay lasts (rule 1).
 */
export function readsEncounter(viewer: Viewer, row: EncounterRelation): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    viewer.workerId !== null &&
    row.readerId === viewer.workerId &&
    row.isKept &&
    isWhileRelayLasts(viewer, row) &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', row.districtId)
  );
}

/** `readsEncounter` as an SQL condition. An index finds the rows by `reader_id`. */
export function whereReadsEncounter(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'notes:read') || viewer.workerId === null) return Prisma.sql`false`;
  const relays = viewer.relays.map(
    (relay) => Prisma.sql`(${alias}.stands_for_id = ${relay.absentWorkerId}::uuid
      and ${alias}.district_id = ${relay.districtId}::uuid)`,
  );
  return Prisma.sql`(${alias}.reader_id = ${viewer.workerId}::uuid and ${selectIsKept(alias)}
    and ${anyOf([Prisma.sql`${alias}.stands_for_id is null`, ...relays])}
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

/**
 * True if the viewer may write an encounter for the case: the worker who opened it, until somebody is assigned, and the stand-in. The
 * assigned worker writes notes.
 */
export function writesForCase(viewer: Viewer, row: CaseRelation): boolean {
  return enteredIt(viewer, row) || (hasScope(viewer, 'cases:read') && isRelayFor(viewer, row));
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
