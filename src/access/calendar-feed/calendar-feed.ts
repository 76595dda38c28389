import { Prisma } from '../../../prisma/generated/client.js';
import { hasScope, isSuspended, type Viewer } from '../../viewer.js';

/** The columns of a calendar feed that its rules compare. */
export interface CalendarFeedRelation {
  readonly workerId: string | null;
  readonly personId: string | null;
}

/** Subscribe a calendar of their own: workers, and persons. */
export function keepsFeeds(viewer: Viewer): boolean {
  return hasScope(viewer, 'appointments:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON');
}

/** Open one: the same, but for a login of a person whose contact is suspended. */
export function opensFeeds(viewer: Viewer): boolean {
  return keepsFeeds(viewer) && !isSuspended(viewer);
}

/** Everyone their own. */
export function ownsFeed(viewer: Viewer, row: CalendarFeedRelation): boolean {
  return (
    keepsFeeds(viewer) &&
    (viewer.workerId !== null
      ? row.workerId === viewer.workerId
      : viewer.personId !== null && row.personId === viewer.personId)
  );
}

/** The same, as a condition. */
export function whereOwnsFeed(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!keepsFeeds(viewer)) return Prisma.sql`false`;
  return viewer.workerId !== null
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid`
    : Prisma.sql`${alias}.person_id = ${viewer.personId}::uuid`;
}
