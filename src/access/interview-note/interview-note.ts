import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { isAssignedTo } from '../case/case.js';
import { uuids } from '../operation/sql.js';

/** The columns of a note that its rules compare. `readerId` is kept true by the database (rule 1). */
export interface NoteRelation {
  readonly districtId: string;
  readonly readerId: string | null;
  /** Until when it is open, where a release opened it; null for no end. */
  readonly readableUntil: Date | null;
  readonly authorId: string;
}

/**
 * Rule 1. Interview notes are visible only to the case's assigned worker: the one who holds the open assignment and
 * wrote the note or accepted it in a handover, as long as they are a social worker of the case's district.
 */
export function readsNote(viewer: Viewer, note: NoteRelation): boolean {
  return (
    hasScope(viewer, 'notes:read') &&
    viewer.workerId !== null &&
    note.readerId === viewer.workerId &&
    (note.readableUntil === null || note.readableUntil.getTime() > Date.now()) &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', note.districtId)
  );
}

/** The same, as a condition: `reader_id` is what an index finds. */
export function whereReadsNote(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'notes:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.reader_id = ${viewer.workerId}::uuid
    and (${alias}.readable_until is null or ${alias}.readable_until > now())
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** Whether a case has notes is nobody's knowledge but its assigned worker's. */
export function readsNotesOfCase(
  viewer: Viewer,
  row: { readonly districtId: string; readonly assignedWorkerId: string | null },
): boolean {
  return hasScope(viewer, 'notes:read') && isAssignedTo(viewer, row);
}

/** Write a note: the assigned worker. */
export function writesNotesOfCase(
  viewer: Viewer,
  row: { readonly districtId: string; readonly assignedWorkerId: string | null },
): boolean {
  return hasScope(viewer, 'notes:write') && readsNotesOfCase(viewer, row);
}

/** Amend a note: its author, while it is theirs to read. */
export function amendsNote(viewer: Viewer, note: NoteRelation): boolean {
  return hasScope(viewer, 'notes:write') && readsNote(viewer, note) && note.authorId === viewer.workerId;
}
