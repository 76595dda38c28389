import { Prisma } from '../../../prisma/generated/client.js';
import { whereSeesAppointment } from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { type PageArgs, pageSize } from '../operation/paging.js';
import { APPOINTMENT, type AppointmentRow } from './appointments.js';

/**
 * The warnings that someone must look at: a booked appointment that may not be held as it stands, or a home visit from which nobody is
 * back.
 */
export const APPOINTMENT_WARNINGS = ['WORKER_AWAY', 'HOURS_CLOSED', 'RETURN_OVERDUE'] as const;
/** One of `APPOINTMENT_WARNINGS`. */
export type AppointmentWarning = (typeof APPOINTMENT_WARNINGS)[number];

/** Lists the warnings of a booked appointment: a worker is away then, or the hours were closed afterwards. */
export async function loadWarnings(
  op: Operation,
  appointmentId: string,
): Promise<readonly AppointmentWarning[]> {
  const rows = await batched(op, 'warnings', async (ids) =>
    groupedBy(
      await op.tx.rows<{ id: string; warning: AppointmentWarning }>`select appointment_id as id, warning
        from appointment_warnings(${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(appointmentId);
  return (rows ?? []).map(({ warning }) => warning);
}

const a = Prisma.sql`a`;

/** Lists the booked appointments, not over yet, at the times that another row takes from the same worker; by start. */
async function listBookedIn(
  op: Operation,
  name: string,
  id: string,
  args: PageArgs,
  taking: (ids: readonly string[]) => Prisma.Sql,
): Promise<readonly AppointmentRow[]> {
  const first = pageSize(args);
  const rows = await batched(op, `${name}:${first}`, async (ids) =>
    groupedBy(
      await op.tx.rows<AppointmentRow & { takenBy: string }>`select x.*, t.id as "takenBy"
        from (select id, array_agg(distinct worker_id) as workers, range_agg(tstzrange(starts_at, ends_at)) as ranges,
            min(starts_at) as starts_at, max(ends_at) as ends_at from (${taking(ids)}) each group by id) t
        cross join lateral (select ${APPOINTMENT} from occupancy o join appointment a on a.id = o.appointment_id
          where o.worker_id = any (t.workers) and o.starts_at > t.starts_at - interval '12 hours' and o.starts_at < t.ends_at
            and o.ends_at > ${op.now} and tstzrange(o.starts_at, o.ends_at) && t.ranges
            and a.status = 'BOOKED' and ${whereSeesAppointment(op.viewer, a)}
          order by o.starts_at, a.id limit ${first}) x`,
      (row) => row.takenBy,
    ),
  ).load(id);
  return rows ?? [];
}

/** Lists the appointments booked in time off, as far as the viewer sees them. */
export function listAppointmentsOver(
  op: Operation,
  id: string,
  args: PageArgs,
): Promise<readonly AppointmentRow[]> {
  return listBookedIn(
    op,
    'appointments-over',
    id,
    args,
    (ids) => Prisma.sql`select u.id, u.worker_id, u.starts_at, u.ends_at from unavailability u
      where u.id = any (${uuids(ids)}) and u.ends_at > u.starts_at`,
  );
}

/** Lists the appointments booked at a busy time of the worker's outside calendar, as far as the viewer sees them. */
export function listAppointmentsOverOutside(
  op: Operation,
  id: string,
  args: PageArgs,
): Promise<readonly AppointmentRow[]> {
  return listBookedIn(
    op,
    'appointments-over-outside',
    id,
    args,
    (
      ids,
    ) => Prisma.sql`select u.outside_calendar_id as id, u.worker_id, u.starts_at, u.ends_at from unavailability u
      where u.outside_calendar_id = any (${uuids(ids)}) and u.ends_at > ${op.now}`,
  );
}

/** Lists the appointments booked in hours that were closed afterwards, as far as the viewer sees them. */
export function listAppointmentsLeft(
  op: Operation,
  id: string,
  args: PageArgs,
): Promise<readonly AppointmentRow[]> {
  return listBookedIn(
    op,
    'appointments-left',
    id,
    args,
    (ids) => Prisma.sql`select o.availability_id as id, o.worker_id, o.starts_at, o.ends_at
      from availability_occurrence o where o.availability_id = any (${uuids(ids)}) and o.closed
      and o.ends_at > ${op.now} and o.starts_at > ${op.now}::timestamptz - interval '12 hours'`,
  );
}
