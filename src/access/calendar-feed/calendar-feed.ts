import { Prisma } from '../../../prisma/generated/client.js';
import { hasScope, isSuspended, type Viewer } from '../../viewer.js';

/** The columns of a calendar feed that the rules below compare. */
export interface CalendarFeedRelation {
  readonly workerId: string | null;
  readonly personId: string | null;
}

/** True if the viewer may have calendar feeds: workers and persons. */
export function keepsFeeds(viewer: Viewer): boolean {
  return hasScope(viewer, 'appointments:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON');
}

/** True if the viewer may open a calendar feed: as `keepsFeeds`, but not the login of a person whose contact is suspended. */
export function opensFeeds(viewer: Viewer): boolean {
  return keepsFeeds(viewer) && !isSuspended(viewer);
}

/** True if the feed is the viewer's own. */
export function ownsFeed(viewer: Viewer, row: CalendarFeedRelation): boolean {
  return (
    keepsFeeds(viewer) &&
    (viewer.workerId !== null
      ? row.workerId === viewer.workerId
      : viewer.personId !== null && row.personId === viewer.personId)
  );
}

/** `ownsFeed` as an SQL condition. */
export function whereOwnsFeed(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (!keepsFeeds(viewer)) return Prisma.sql`false`;
  return viewer.workerId !== null
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid`
    : Prisma.sql`${alias}.person_id = ${viewer.personId}::uuid`;
}
