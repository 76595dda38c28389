import { Prisma } from '../../../prisma/generated/client.js';
import type {
  AppointmentMode,
  AppointmentNoticeKind,
  AppointmentNoticeOutcome,
  DispatchStatus,
} from '../../../prisma/generated/enums.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import {
  APPOINTMENT_RELATION,
  type AppointmentRelation,
  changesAppointment,
  whereSeesAppointment,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { isByHand } from '../notification/dispatches.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { daysAfter } from '../operation/period.js';

/** With the columns of its appointment, so that the policy judges the row itself. */
export interface AppointmentNoticeRow extends AppointmentRelation {
  readonly id: string;
  readonly appointmentId: string;
  readonly personId: string;
  readonly kind: AppointmentNoticeKind;
  readonly previousStartsAt: Date;
  readonly startsAt: Date;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  /** Null is the district's address, or what the mode says. */
  readonly place: string | null;
  /** How it goes where it is sent without anyone's doing; null is by hand. */
  readonly sending: DispatchStatus | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly outcome: AppointmentNoticeOutcome | null;
  readonly version: number;
}

const NOTICE = Prisma.sql`n.id, n.appointment_id as "appointmentId", n.person_id as "personId", n.kind::text as kind,
  n.previous_starts_at as "previousStartsAt", n.created_at as "createdAt", n.done_at as "doneAt", n.outcome::text as outcome,
  n.version, a.starts_at as "startsAt", a.type_code as "typeCode", a.mode::text as mode, a.place, n.sending::text as sending, ${APPOINTMENT_RELATION}`;
const a = Prisma.sql`a`;

/** A notice of an appointment that the viewer works with, or null: missing and forbidden alike. */
export async function loadAppointmentNotice(op: Operation, id: string): Promise<AppointmentNoticeRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'appointment-notice', async (ids) =>
    byKey(
      await op.tx.rows<AppointmentNoticeRow>`select ${NOTICE} from appointment_notice n
        join appointment a on a.id = n.appointment_id
        where n.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Who is still to be told by people in a district, of appointments that the viewer works with; who waits longest comes first. */
export async function listNoticesToGive(
  op: Operation,
  args: PageArgs & { readonly districtId: string },
): Promise<Page<AppointmentNoticeRow>> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  const size = pageSize(args);
  const rows = await op.tx.rows<AppointmentNoticeRow>`select ${NOTICE} from appointment_notice n
    join appointment a on a.id = n.appointment_id
    where n.district_id = ${districtId}::uuid and n.done_at is null and ${whereSeesAppointment(op.viewer, a)}
      -- What lies behind, whatever one knows of it, is told by nobody.
      and (a.starts_at > ${op.now} or n.previous_starts_at > ${op.now}) and n.created_at > ${daysAfter(op.now, -400)}
      and ${isByHand(Prisma.sql`n.sending`)} and (n.kind <> 'REMINDER' or a.status = 'BOOKED')
      and ${afterCursor(args, Prisma.sql`n.created_at`, Prisma.sql`n.id`, false)}
    order by n.created_at, n.id limit ${size + 1}`;
  return toPage(rows, size, (row) => row.createdAt);
}

/**
 * Has everyone who was to come told that the appointment is cancelled, or moved from the time that it had. Who waits to be
 * told of an earlier change, or could not be reached, is told of this one instead, beside the time that they know.
 * @param onlyPersonId the one whom it concerns, where it does not concern everyone
 */
export async function tellPersons(
  op: Operation,
  kind: AppointmentNoticeKind,
  appointments: readonly { readonly id: string; readonly startsAt: Date }[],
  onlyPersonId: string | null = null,
): Promise<void> {
  await op.tx
    .run`insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select ap.appointment_id, ap.person_id, ap.district_id, ${kind}::"AppointmentNoticeKind",
      known_starts_at(ap.appointment_id, ap.person_id, t.starts_at)
    from jsonb_to_recordset(${JSON.stringify(
      appointments.map(({ id, startsAt }) => ({ id, starts_at: startsAt })),
    )}::jsonb) t (id uuid, starts_at timestamptz)
    join appointment_person ap on ap.appointment_id = t.id
    where ${onlyPersonId}::uuid is null or ap.person_id = ${onlyPersonId}::uuid
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, version = appointment_notice.version + 1`;
}

/** Records that someone was told, or could not be reached. @throws ConflictError STATE_CHANGED once that is recorded */
export async function recordNotice(
  op: Operation,
  input: {
    readonly id: string;
    readonly expectedVersion: number;
    readonly outcome: AppointmentNoticeOutcome;
  },
): Promise<AppointmentNoticeRow | null> {
  const id = await once(op, 'recordNotice', input, async () => {
    const row = await loadAppointmentNotice(op, input.id);
    op.log.record('RECORD_NOTICE', { personId: row?.personId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.doneAt !== null) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update appointment_notice
      set done_at = now(), outcome = ${input.outcome}::"AppointmentNoticeOutcome", version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and done_at is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadAppointmentNotice(op, id);
}
