import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.js';
import type { AppointmentMode, AppointmentStatus } from '../../prisma/generated/enums.js';
import {
  type AppointmentRelation,
  booksIn,
  booksInAgendaOf,
  changesAppointment,
  waysToAppointments,
  whereSeesAppointment,
} from '../access/appointment.js';
import { followsCase } from '../access/case.js';
import { allOf, uuids } from '../access/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../errors.js';
import { batched, byKey, groupedBy } from '../loader.js';
import type { Operation } from '../operation.js';
import { districtsAs, holdsRoleIn } from '../viewer.js';
import { loadAppointmentType, sendForTypes } from './appointment-types.js';
import type { Interval } from './busy-times.js';
import { type CaseRow, requireCase } from './cases.js';
import { requireMembers } from './directory.js';
import { once } from './idempotency.js';
import { countIds, optionalText, parseId, parseIds, requireText } from './input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from './paging.js';
import { requirePeriod, startOfToday } from './period.js';
import { nextFreeSlots } from './slots.js';

export interface AppointmentRow extends AppointmentRelation {
  readonly id: string;
  readonly caseId: string | null;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  readonly subject: string | null;
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly version: number;
}

/** The columns of an appointment's row, of `appointment a`. */
export const APPOINTMENT = Prisma.sql`a.id, a.district_id as "districtId", a.case_id as "caseId", a.type_code as "typeCode",
  a.mode::text as mode, a.subject, a.status::text as status, a.starts_at as "startsAt", a.ends_at as "endsAt", a.version,
  a.case_worker_id as "caseWorkerId", a.worker_ids as "workerIds", a.online_person_ids as "onlinePersonIds"`;
const a = Prisma.sql`a`;

/** An appointment that the viewer sees, or null: missing and forbidden alike. */
export async function loadAppointment(op: Operation, id: string): Promise<AppointmentRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'appointment', async (ids) =>
    byKey(
      await op.tx.rows<AppointmentRow>`select ${APPOINTMENT} from appointment a
        where a.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(key);
}

export interface AppointmentFilter {
  readonly districtId?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly workerId?: string | null;
  readonly status?: AppointmentStatus | null;
}

/**
 * Filtering by a colleague is for the desk, from today to eight weeks ahead, and logged (rule 3). One's own agenda is
 * one's own.
 */
function workerCondition(op: Operation, filter: AppointmentFilter): Prisma.Sql {
  const workerId = parseId(filter.workerId ?? '');
  if (workerId === op.viewer.workerId) return Prisma.sql`true`;
  const today = startOfToday(op.now);
  const from = filter.from ?? today;
  if (districtsAs(op.viewer, 'RECEPTIONIST').length === 0) throw new ForbiddenError();
  if (from < today) throw new InvalidInputError('filter.from', 'past');
  if (filter.to == null) throw new InvalidInputError('filter.to', 'required');
  requirePeriod('filter.to', today, filter.to, 57);
  op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  return Prisma.sql`a.starts_at >= ${from}`;
}

/** No id at all: a district or worker that nobody has. */
const NOWHERE = '00000000-0000-4000-8000-000000000000';

/** Appointments that the viewer sees, by start. */
export async function listAppointments(
  op: Operation,
  args: PageArgs & { readonly filter?: AppointmentFilter | null },
): Promise<Page<AppointmentRow>> {
  const size = pageSize(args);
  const filter = args.filter ?? {};
  const conditions = [afterCursor(args, Prisma.sql`a.starts_at`, Prisma.sql`a.id`, false)];
  if (filter.from != null) conditions.push(Prisma.sql`a.starts_at >= ${filter.from}`);
  if (filter.to != null) conditions.push(Prisma.sql`a.starts_at < ${filter.to}`);
  if (filter.status != null) conditions.push(Prisma.sql`a.status = ${filter.status}::"AppointmentStatus"`);
  if (filter.workerId != null) conditions.push(workerCondition(op, filter));
  const ways = waysToAppointments(op.viewer, a, {
    districtId: filter.districtId == null ? null : (parseId(filter.districtId) ?? NOWHERE),
    workerId: filter.workerId == null ? null : (parseId(filter.workerId) ?? NOWHERE),
  });
  if (ways.length === 0) return toPage([], size, (row: AppointmentRow) => row.startsAt);
  // A page by each way, in the order of its index; what two ways lead to comes once.
  const pages = ways.map(
    (way) => Prisma.sql`(select ${APPOINTMENT} from appointment a where ${way} and ${allOf(conditions)}
      order by a.starts_at, a.id limit ${size + 1})`,
  );
  const rows = await op.tx
    .rows<AppointmentRow>`select * from (${Prisma.join(pages, ' union ')}) a order by "startsAt", id limit ${size + 1}`;
  return toPage(rows, size, (row) => row.startsAt);
}

/** The appointments of a case that the viewer sees, by start. */
export async function listAppointmentsOfCase(
  op: Operation,
  row: CaseRow,
  args: PageArgs,
): Promise<Page<AppointmentRow>> {
  const size = pageSize(args);
  const after = afterCursor(args, Prisma.sql`a.starts_at`, Prisma.sql`a.id`, false);
  sendForTypes(op);
  const rows = await batched(op, `appointments-of-case:${size}:${args.after ?? ''}`, async (caseIds) =>
    groupedBy(
      await op.tx.rows<AppointmentRow>`select a.* from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select ${APPOINTMENT} from appointment a
          where a.case_id = parent.id and ${whereSeesAppointment(op.viewer, a)} and ${after}
          order by a.starts_at, a.id limit ${size + 1}) a`,
      (found) => found.caseId ?? '',
    ),
  ).load(row.id);
  return toPage(rows ?? [], size, (found) => found.startsAt);
}

/** The next booked appointment of a case that the viewer sees, or null. */
export async function loadNextAppointment(op: Operation, row: CaseRow): Promise<AppointmentRow | null> {
  sendForTypes(op);
  return batched(op, 'next-appointment', async (caseIds) =>
    byKey(
      await op.tx.rows<AppointmentRow>`select a.* from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select ${APPOINTMENT} from appointment a
          where a.case_id = parent.id and ${whereSeesAppointment(op.viewer, a)}
            and a.starts_at >= ${op.now} and a.status = 'BOOKED'
          order by a.starts_at, a.id limit 1) a`,
      (found) => found.caseId ?? '',
    ),
  ).load(row.id);
}

export interface BookInput {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  readonly typeCode: string;
  readonly startsAt: Date;
  readonly mode?: AppointmentMode | null;
  readonly subject?: string | null;
  readonly caseId?: string | null;
  readonly personIds?: readonly string[] | null;
}

/** Takes the time of every worker, or throws with what is free instead. */
async function occupy(
  op: Operation,
  slot: Interval & {
    readonly districtId: string;
    readonly appointmentId: string;
    readonly typeCode: string;
    readonly workerIds: readonly string[];
  },
): Promise<void> {
  const taken = await op.tx
    .run`insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
    select gen_random_uuid(), w, ${slot.districtId}::uuid, ${slot.appointmentId}::uuid, ${slot.startsAt}, ${slot.endsAt}
    from unnest(${uuids(slot.workerIds)}) w order by w on conflict do nothing`;
  if (taken === slot.workerIds.length) return;
  const minutes = Math.round((slot.endsAt.getTime() - slot.startsAt.getTime()) / 60_000);
  const from = new Date(Math.max(slot.startsAt.getTime(), op.now.getTime()));
  const free = await nextFreeSlots(op, {
    districtId: slot.districtId,
    workerIds: slot.workerIds,
    typeCode: slot.typeCode,
    from,
    minutes,
    count: 3,
  });
  throw new ConflictError('SLOT_TAKEN', {
    nextFreeSlots: free.map((next) => ({
      startsAt: next.startsAt.toISOString(),
      endsAt: next.endsAt.toISOString(),
    })),
  });
}

async function requirePersons(op: Operation, ids: readonly string[]): Promise<string[]> {
  const wanted = parseIds(ids);
  if (wanted.length > 20) throw new InvalidInputError('input.personIds', 'tooMany');
  const known = await op.tx.rows<{
    id: string;
  }>`select id from unnest(${uuids(wanted)}) id where may_book_person(id)`;
  if (known.length !== countIds(ids)) throw new NotFoundError('input.personIds');
  return wanted;
}

/**
 * Books an appointment. Nothing but a time is compulsory.
 * @throws ConflictError SLOT_TAKEN with the next free slots, when a worker is busy then
 */
export async function bookAppointment(op: Operation, input: BookInput): Promise<AppointmentRow | null> {
  const id = await once(op, 'bookAppointment', input, async () => {
    const districtId = parseId(input.districtId);
    if (districtId === null || !booksIn(op.viewer, districtId)) throw new ForbiddenError();
    const workerIds = parseIds(input.workerIds).sort();
    if (workerIds.length === 0 || workerIds.length > 10)
      throw new InvalidInputError('input.workerIds', 'required');
    const [main = ''] = parseIds(input.workerIds);
    if (!booksInAgendaOf(op.viewer, main, districtId)) throw new ForbiddenError();
    if (workerIds.length !== countIds(input.workerIds)) throw new NotFoundError('input.workerIds');
    await requireMembers(op, 'input.workerIds', districtId, workerIds);
    const type = await loadAppointmentType(op, requireText('input.typeCode', input.typeCode, 40));
    const asDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId);
    if (type === null || !type.bookableBy.includes(asDesk ? 'RECEPTIONIST' : 'SOCIAL_WORKER')) {
      throw new InvalidInputError('input.typeCode', 'unknownCode');
    }
    const mode = input.mode ?? type.modes[0] ?? 'ON_SITE';
    if (!type.modes.includes(mode)) throw new InvalidInputError('input.mode', 'invalidValue');
    if (input.startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, input.startsAt, 366);
    const row = input.caseId == null ? null : await requireCase(op, input.caseId);
    if (row !== null && row.districtId !== districtId) throw new NotFoundError('input.caseId');
    // A stand-in sees what hangs on the cases that they follow, and books nothing that they would not see.
    if (
      !asDesk &&
      !workerIds.includes(op.viewer.workerId ?? '') &&
      !(row !== null && followsCase(op.viewer, row))
    ) {
      throw new ForbiddenError();
    }
    const personIds = await requirePersons(op, input.personIds ?? []);
    const subject = optionalText('input.subject', input.subject, 200);
    // The desk reads no subject, and writes none: it asks nobody why they come.
    if (
      subject !== null &&
      !workerIds.includes(op.viewer.workerId ?? '') &&
      !(row !== null && followsCase(op.viewer, row))
    ) {
      throw new ForbiddenError();
    }
    const appointmentId = randomUUID();
    const endsAt = new Date(input.startsAt.getTime() + type.durationMinutes * 60_000);
    await op.tx
      .run`insert into appointment (id, district_id, case_id, type_code, mode, subject, starts_at, ends_at)
      values (${appointmentId}::uuid, ${districtId}::uuid, ${row?.id ?? null}::uuid, ${type.code}, ${mode}::"AppointmentMode",
        ${subject}, ${input.startsAt}, ${endsAt})`;
    await op.tx.run`insert into appointment_worker (appointment_id, worker_id)
      select ${appointmentId}::uuid, unnest(${uuids(workerIds)})`;
    await op.tx.run`insert into appointment_person (appointment_id, person_id)
      select ${appointmentId}::uuid, unnest(${uuids(personIds)})`;
    if (personIds.length === 0) op.log.record('BOOK_APPOINTMENT', { caseId: row?.id ?? null });
    for (const personId of personIds)
      op.log.record('BOOK_APPOINTMENT', { caseId: row?.id ?? null, personId });
    await occupy(op, {
      districtId,
      appointmentId,
      workerIds,
      typeCode: type.code,
      startsAt: input.startsAt,
      endsAt,
    });
    return appointmentId;
  });
  return loadAppointment(op, id);
}

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

async function requireBooked(
  op: Operation,
  input: ChangeInput,
  action: 'MOVE_APPOINTMENT' | 'CANCEL_APPOINTMENT',
): Promise<AppointmentRow> {
  const row = await loadAppointment(op, input.id);
  if (row === null) throw new NotFoundError('input.id');
  op.log.record(action, { caseId: row.caseId });
  if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  if (row.status !== 'BOOKED') throw new ConflictError('STATE_CHANGED');
  return row;
}

/** Moves an appointment, keeping its length. @throws ConflictError SLOT_TAKEN; the old time is then kept */
export async function moveAppointment(
  op: Operation,
  input: ChangeInput & { readonly startsAt: Date },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'moveAppointment', input, async () => {
    const row = await requireBooked(op, input, 'MOVE_APPOINTMENT');
    if (input.startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, input.startsAt, 366);
    const endsAt = new Date(input.startsAt.getTime() + (row.endsAt.getTime() - row.startsAt.getTime()));
    const changed = await op.tx.run`update appointment set starts_at = ${input.startsAt}, ends_at = ${endsAt},
      version = version + 1 where id = ${row.id}::uuid and version = ${input.expectedVersion} and status = 'BOOKED'`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    await op.tx.run`delete from occupancy where appointment_id = ${row.id}::uuid`;
    await occupy(op, { ...row, appointmentId: row.id, startsAt: input.startsAt, endsAt });
    return row.id;
  });
  return loadAppointment(op, id);
}

/** Cancels, and frees the time. */
export async function cancelAppointment(
  op: Operation,
  input: ChangeInput & { readonly by: 'PERSON' | 'SERVICE' },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'cancelAppointment', input, async () => {
    const row = await requireBooked(op, input, 'CANCEL_APPOINTMENT');
    const status = input.by === 'PERSON' ? 'CANCELLED_BY_PERSON' : 'CANCELLED_BY_SERVICE';
    const changed = await op.tx
      .run`update appointment set status = ${status}::"AppointmentStatus", version = version + 1
      where id = ${row.id}::uuid and version = ${input.expectedVersion} and status = 'BOOKED'`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    await op.tx.run`delete from occupancy where appointment_id = ${row.id}::uuid`;
    return row.id;
  });
  return loadAppointment(op, id);
}
