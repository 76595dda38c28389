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
  whereKnowsHowToTell,
  whereSeesAppointment,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { selectReach, type WithReach } from '../../access/person/person.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import type { RecordNoticeInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { isByHand } from '../notification/dispatches.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { daysAfter } from '../operation/period.js';

/** A notice, with the columns of its appointment, so that the policy judges the row alone. */
export interface AppointmentNoticeRow extends AppointmentRelation, WithReach {
  readonly id: string;
  readonly appointmentId: string;
  readonly personId: string;
  readonly kind: AppointmentNoticeKind;
  readonly previousStartsAt: Date;
  readonly startsAt: Date;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  /** Null is the district's address, or the place that the mode implies. */
  readonly place: string | null;
  /** The state of the sending, where the system sends the notice; null if a worker tells the person. */
  readonly sending: DispatchStatus | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly outcome: AppointmentNoticeOutcome | null;
  readonly version: number;
  /** True if "confirm nothing" holds for the person, and the viewer reads the appointment at a desk alone. */
  readonly withheld: boolean;
}

const NOTICE = Prisma.sql`n.id, n.appointment_id as "appointmentId", n.person_id as "personId", n.kind::text as kind,
  n.previous_starts_at as "previousStartsAt", n.created_at as "createdAt", n.done_at as "doneAt", n.outcome::text as outcome,
  n.version, a.starts_at as "startsAt", a.type_code as "typeCode", a.mode::text as mode, a.place, n.sending::text as sending,
  notice_is_withheld(n.id) as withheld, ${APPOINTMENT_RELATION}`;
const a = Prisma.sql`a`;

/** The columns of a notice `n` of an appointment `a` to a person `p`. The person is missing if the viewer may not read the row. */
const notice = (op: Operation): Prisma.Sql =>
  Prisma.sql`${NOTICE}, case when p.id is not null then ${selectReach(op.viewer)} end as reach`;

/** Returns a notice of an appointment that the viewer works with, or null: a missing and a forbidden one answer alike. */
export async function loadAppointmentNotice(op: Operation, id: string): Promise<AppointmentNoticeRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'appointment-notice', async (ids) =>
    byKey(
      await op.tx.rows<AppointmentNoticeRow>`select ${notice(op)} from appointment_notice n
        join appointment a on a.id = n.appointment_id left join person p on p.id = n.person_id
        where n.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Lists the notices that workers of a district still have to give, for appointments that the viewer works with; the oldest first. A notice
 * that is sent by itself is left out for a viewer who may know in which way a person is told.
 * @throws ForbiddenError
 */
export async function listNoticesToGive(
  op: Operation,
  args: PageArgs & { readonly districtId: string },
): Promise<Page<AppointmentNoticeRow>> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  const size = pageSize(args);
  const rows = await op.tx.rows<AppointmentNoticeRow>`select ${notice(op)} from appointment_notice n
    join appointment a on a.id = n.appointment_id left join person p on p.id = n.person_id
    where n.district_id = ${districtId}::uuid and n.done_at is null and ${whereSeesAppointment(op.viewer, a)}
      and not notice_is_withheld(n.id)
      -- What lies behind, whatever one knows of it, is told by nobody.
      and (a.starts_at > ${op.now} or n.previous_starts_at > ${op.now}) and n.created_at > ${daysAfter(op.now, -400)}
      and (${isByHand(Prisma.sql`n.sending`)} or not ${whereKnowsHowToTell(op.viewer, a, Prisma.sql`n.person_id`)}) and (n.kind <> 'REMINDER' or a.status = 'BOOKED')
      and ${afterCursor(args, Prisma.sql`n.created_at`, Prisma.sql`n.id`, false)}
    order by n.created_at, n.id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.createdAt);
}

/**
 * Makes the notices that tell each person that the appointment is cancelled, or moved from its earlier time. If a person still waits for
 * the notice of an earlier change, or could not be reached, this notice replaces it, beside the time that the person knows.
 * @param onlyPersonId the one person concerned, where not everyone is
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

/**
 * Records that a person was told, or could not be reached.
 * @throws NotFoundError; ForbiddenError, also if the viewer has just cancelled in the person's name; ConflictError VERSION_CHANGED; STATE_CHANGED
 * once that is recorded
 */
export async function recordNotice(
  op: Operation,
  input: RecordNoticeInput,
): Promise<AppointmentNoticeRow | null> {
  const id = await once(op, 'recordNotice', input, async () => {
    const row = await loadAppointmentNotice(op, input.id);
    op.log.record('RECORD_NOTICE', { personId: row?.personId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
    // The workers of the appointment tell the person. The desk is answered as if a colleague had been first.
    if (row.withheld || row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.doneAt !== null) throw new ConflictError('STATE_CHANGED');
    // Whoever cancelled in the person's name leaves it to the text, or to a colleague.
    const [own] = await op.tx.rows`select where tells_of_own_act(${row.id}::uuid)`;
    if (own !== undefined) throw new ForbiddenError();
    const changed = await op.tx.run`update appointment_notice
      set done_at = now(), outcome = ${input.outcome}::"AppointmentNoticeOutcome", version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and done_at is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadAppointmentNotice(op, id);
}
