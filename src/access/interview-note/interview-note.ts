import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';
import { isAssignedTo } from '../case/case.js';
import { uuids } from '../operation/sql.js';

/** The columns of a note that the rules below compare. The database keeps `readerId` up to date (rule 1). */
export interface NoteRelation {
  readonly districtId: string;
  readonly readerId: string | null;
  /** The instant until which a release opens the note; null if there is no end. */
  readonly readableUntil: Date | null;
  readonly authorId: string;
}

/**
 * Rule 1. Interview notes are visible only to the case's assigned worker: the worker who holds the open assignment and wrote the note,
 * accepted it in a handover or was given it by a release, while they are a social worker of the case's district.
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

/** `readsNote` as an SQL condition. An index finds the rows by `reader_id`. */
export function whereReadsNote(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!hasScope(viewer, 'notes:read') || viewer.workerId === null) return Prisma.sql`false`;
  return Prisma.sql`(${alias}.reader_id = ${viewer.workerId}::uuid
    and (${alias}.readable_until is null or ${alias}.readable_until > now())
    and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`;
}

/** True if the viewer may know whether the case has notes: its assigned worker, and nobody else. */
export function readsNotesOfCase(
  viewer: Viewer,
  row: { readonly districtId: string; readonly assignedWorkerId: string | null },
): boolean {
  return hasScope(viewer, 'notes:read') && isAssignedTo(viewer, row);
}

/** True if the viewer may write a note: the assigned worker. */
export function writesNotesOfCase(
  viewer: Viewer,
  row: { readonly districtId: string; readonly assignedWorkerId: string | null },
): boolean {
  return hasScope(viewer, 'notes:write') && readsNotesOfCase(viewer, row);
}

/** True if the viewer may amend the note: its author, while they may read it. */
export function amendsNote(viewer: Viewer, note: NoteRelation): boolean {
  return hasScope(viewer, 'notes:write') && readsNote(viewer, note) && note.authorId === viewer.workerId;
}
