import { Prisma } from '../../../prisma/generated/client.js';
import { hasScope, type Viewer } from '../../viewer.js';

/** The columns of an outside calendar that its rules compare. */
export interface OutsideCalendarRelation {
  readonly workerId: string;
}

/** Workers may have other calendars. */
export function hasOutsideCalendars(viewer: Viewer): boolean {
  return hasScope(viewer, 'appointments:read') && viewer.kind === 'WORKER';
}

/** Remove one, wherever they work by now; what is imported is judged as any agenda is (`keepsAgenda`). */
export function removesOutsideCalendars(viewer: Viewer): boolean {
  return hasOutsideCalendars(viewer) && hasScope(viewer, 'appointments:write');
}

/** Every worker their own; to everyone else it is busy time. */
export function ownsOutsideCalendar(viewer: Viewer, row: OutsideCalendarRelation): boolean {
  return hasOutsideCalendars(viewer) && row.workerId === viewer.workerId;
}

/** The same, as a condition. */
export function whereOwnsOutsideCalendar(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return hasOutsideCalendars(viewer)
    ? Prisma.sql`${alias}.worker_id = ${viewer.workerId}::uuid`
    : Prisma.sql`false`;
}
