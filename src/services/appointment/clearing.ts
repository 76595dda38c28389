import { Prisma } from '../../../prisma/generated/client.js';
import { keepsAgenda, whereSeesFreeTimeOf } from '../../access/agenda/agenda.js';
import {
  changesAppointment,
  isAtTheDesk,
  whereSeesAppointment,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ClearUnavailabilityInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { whereForEveryone } from '../agenda/kept-times.js';
import { nextFreeSlots } from '../agenda/slots.js';
import { loadUnavailability, type UnavailabilityRow } from '../agenda/unavailabilities.js';
import { once } from '../operation/idempotency.js';
import { hold, moveTo } from './appointment-changes.js';
import { tellPersons } from './appointment-notices.js';
import { APPOINTMENT, type AppointmentRow } from './appointments.js';
import { codesToSearch, typesToSearch } from './types-alike.js';

/** The two ways to clear the appointments in time off. */
export const CLEARINGS = ['CANCEL', 'MOVE'] as const;
/** One of `CLEARINGS`. */
export type Clearing = (typeof CLEARINGS)[number];

/** About as many as a worker has booked in a few weeks: more are not cleared at once. */
const MAX_CLEARED = 100;

const a = Prisma.sql`a`;
const f = Prisma.sql`f`;

/**
 * Moves or cancels at once the appointments in time off that are booked and have not begun: for a worker who falls ill. Each person whose
 * time changes is then to be told; an appointment that names nobody has nobody to tell.
 *
 * To move: the desk gives an appointment without a case to a colleague who is free at its time. An appointment about a case stays with
 * its worker, and goes to the first time after the time off that all of its workers have, within four weeks. An appointment that finds no
 * place stays as it is, and flagged.
 * @throws NotFoundError; ForbiddenError; InvalidInputError when more than a hundred are booked in it
 * @throws ConflictError when someone books there meanwhile: nothing is then changed
 */
export async function clearUnavailability(
  op: Operation,
  input: ClearUnavailabilityInput,
): Promise<UnavailabilityRow | null> {
  const id = await once(op, 'clearUnavailability', input, async () => {
    const off = await loadUnavailability(op, input.id);
    op.log.record('CHANGE_AGENDA', { targetWorkerId: off?.workerId ?? null });
    if (off === null) throw new NotFoundError('input.id');
    if (!keepsAgenda(op.viewer, off)) throw new ForbiddenError();
    if (off.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (off.endsAt <= op.now || off.endsAt <= off.startsAt) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update unavailability set version = version + 1
      where id = ${off.id}::uuid and version = ${off.version}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    const booked = await bookedIn(op, off);
    if (input.how === 'CANCEL') await cancelAll(op, booked);
    else await moveAll(op, off, booked);
    return off.id;
  });
  return loadUnavailability(op, id);
}

/** Lists the appointments booked in the time off that the viewer may change, in the district, by start. */
async function bookedIn(op: Operation, off: UnavailabilityRow): Promise<readonly AppointmentRow[]> {
  const rows = await op.tx.rows<AppointmentRow>`select ${APPOINTMENT}
    from occupancy o join appointment a on a.id = o.appointment_id
    where o.worker_id = ${off.workerId}::uuid and o.starts_at < ${off.endsAt} and o.ends_at > ${off.startsAt}
      and o.starts_at > ${off.startsAt}::timestamptz - interval '12 hours' and a.starts_at > ${op.now}
      and a.district_id = ${off.districtId}::uuid and a.status = 'BOOKED' and ${whereSeesAppointment(op.viewer, a)}
    order by a.starts_at, a.id limit ${MAX_CLEARED + 1}`;
  if (rows.length > MAX_CLEARED) throw new InvalidInputError('input.id', 'tooManyBooked');
  return rows.filter((row) => changesAppointment(op.viewer, row));
}

async function cancelAll(op: Operation, booked: readonly AppointmentRow[]): Promise<void> {
  for (const { id, caseId } of booked) op.log.record('CANCEL_APPOINTMENT', { caseId, appointmentId: id });
  const ids = uuids(booked.map(({ id }) => id));
  // This comes first, while the worker may still know the persons.
  await hold(op, booked);
  await tellPersons(op, 'CANCELLED', booked);
  const cancelled = await op.tx.run`update appointment a
    set status = 'CANCELLED_BY_SERVICE', cancellation_reason = 'WORKER_AWAY', version = a.version + 1
    from unnest(${ids}, ${booked.map(({ version }) => version)}::integer[]) read(id, version)
    where a.id = read.id and a.version = read.version and a.status = 'BOOKED'`;
  if (cancelled !== booked.length) throw new ConflictError('VERSION_CHANGED');
  await op.tx.run`delete from occupancy where appointment_id = any (${ids})`;
}

async function moveAll(
  op: Operation,
  off: UnavailabilityRow,
  booked: readonly AppointmentRow[],
): Promise<void> {
  const later: AppointmentRow[] = [];
  for (const { id, caseId } of booked) op.log.record('MOVE_APPOINTMENT', { caseId, appointmentId: id });
  for (const row of booked) {
    const passedOn = isAtTheDesk(op.viewer, row) && (await passOn(op, off, row));
    if (!passedOn && (await moveAfter(op, off, row))) later.push(row);
  }
  await tellPersons(op, 'MOVED', later);
}

/**
 * Gives the appointment to a colleague who is free at its time and place. Returns false if nobody is, and if it stays with its worker
 * (`may_pass_on`): only an appointment that a desk booked without a case, or that a booking client booked, passes on, and none whose
 * place somebody typed, which may be withheld.
 */
async function passOn(op: Operation, off: UnavailabilityRow, row: AppointmentRow): Promise<boolean> {
  const until = row.expectedBackAt ?? row.endsAt;
  const free = await op.tx.rows<{ workerId: string }>`
    select f.worker_id as "workerId" from free_time f
    where may_pass_on(${row.id}::uuid) and ${whereSeesFreeTimeOf(op.viewer, f, off.districtId)}
      and f.type_code = any (${await codesToSearch(op, row)}::text[]) and array_position(f.modes, ${row.mode}::"AppointmentMode") is not null
      and f.starts_at <= ${row.startsAt} and f.starts_at > ${row.startsAt}::timestamptz - interval '12 hours'
      and f.ends_at >= ${until}
      and (${row.mode} <> 'ON_SITE' or (place_may_be_told(${row.id}::uuid) and f.place is not distinct from ${row.place}))
      and f.worker_id <> all (${uuids(row.workerIds)}) and ${whereForEveryone(op, Prisma.sql`f`)}
    group by f.worker_id order by md5(f.worker_id::text || ${row.id}) limit 20`;
  await op.tx
    .run`select end_expired_holds(${uuids(free.map(({ workerId }) => workerId))}, ${row.startsAt}, ${until})`;
  for (const { workerId } of free) {
    const taken = await op.tx
      .run`insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
      values (gen_random_uuid(), ${workerId}::uuid, ${off.districtId}::uuid, ${row.id}::uuid, ${row.startsAt}, ${until})
      on conflict do nothing`;
    if (taken === 0) continue;
    await op.tx.run`delete from occupancy
      where appointment_id = ${row.id}::uuid and worker_id = ${off.workerId}::uuid`;
    await op.tx.run`delete from appointment_worker
      where appointment_id = ${row.id}::uuid and worker_id = ${off.workerId}::uuid`;
    await op.tx
      .run`insert into appointment_worker (appointment_id, worker_id) values (${row.id}::uuid, ${workerId}::uuid)`;
    const changed = await op.tx.run`update appointment set version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and status = 'BOOKED'`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return true;
  }
  return false;
}

/** Moves the appointment to the first time after the time off that all of its workers have. Returns false if there is none. */
async function moveAfter(op: Operation, off: UnavailabilityRow, row: AppointmentRow): Promise<boolean> {
  const until = row.expectedBackAt ?? row.endsAt;
  const [slot] = await nextFreeSlots(op, {
    districtId: row.districtId,
    workerIds: row.workerIds,
    types: await typesToSearch(op, row),
    mode: row.mode,
    from: off.endsAt,
    minutes: Math.round((until.getTime() - row.startsAt.getTime()) / 60_000),
    count: 1,
  });
  if (slot === undefined) return false;
  await moveTo(op, row, slot.startsAt);
  return true;
}
