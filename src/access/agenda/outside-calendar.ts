import { Prisma } from '../../../prisma/generated/client.js';
import { hasScope, type Viewer } from '../../viewer.js';

/** The columns of an outside calendar that the rules below compare. */
export interface OutsideCalendarRelation {
  readonly workerId: string;
}

/** True if the viewer may have outside calendars: workers. */
export function hasOutsideCalendars(viewer: Viewer): boolean {
  return hasScope(viewer, 'appointments:read') && viewer.kind === 'WORKER';
}

/**
 * True if the viewer may remove an outside calendar of their own, in whatever district they work by now. The times imported from it
 * follow `keepsAgenda`.
 */
export function removesOutsideCalendars(viewer: Viewer): boolean {
  return hasOutsideCalendars(viewer) && hasScope(viewer, 'appointments:write');
}

/** True if the outside calendar is the viewer's own. Everyone else sees its times as busy time. */
export function ownsOutsideCalendar(viewer: Viewer, row: OutsideCalendarRelation): boolean {
  return hasOutsideCalendars(viewer) && row.workerId === viewer.workerId;
}

/** `ownsOutsideCalendar` as an SQL condition. */
export function whereOwnsOutsideCalendar(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return hasOutsideCalendars(viewer)
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid`
    : Prisma.sql`false`;
}
