import type { CancellationReason } from '../../../prisma/generated/enums.js';
import {
  changesAppointment,
  confirmsContact,
  seesWhatBecameOfIt,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import type { Interval } from '../agenda/busy-times.js';
import { once } from '../operation/idempotency.js';
import { requirePeriod, startOfToday } from '../operation/period.js';
import { asSaid, sayNow } from '../operation/said-now.js';
import { tellPersons } from './appointment-notices.js';
import { type AppointmentRow, loadAppointment } from './appointments.js';
import { occupy, placeOfHours, requireReturn, vacate } from './booking.js';
import { sayHomeVisit } from './home-visits.js';
import {
  addParticipants,
  loadParticipants,
  type ParticipantInput,
  requireParticipants,
} from './participants.js';
import { passTo } from './proposed-moves.js';
import { isPlaceTyped } from './withheld-places.js';

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

/** How a booked appointment went. */
export const OUTCOMES = ['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'] as const;
export type AppointmentOutcome = (typeof OUTCOMES)[number];

async function requireChangeable(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
): Promise<AppointmentRow> {
  const row = await loadAppointment(op, input.id);
  op.log.record(action, { caseId: row?.caseId ?? null, appointmentId: row?.id ?? null });
  if (row === null) throw new NotFoundError('input.id');
  if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  return row;
}

async function requireBooked(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
): Promise<AppointmentRow> {
  const row = await requireChangeable(op, input, action);
  if (row.status !== 'BOOKED') throw new ConflictError('STATE_CHANGED');
  return row;
}

/** Who comes second to the same version changed nothing. */
function requireOneChanged(changed: number): void {
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
}

/** Holds appointments until the transaction ends: nobody joins them, or leaves, meanwhile. */
export async function hold(op: Operation, rows: readonly { readonly id: string }[]): Promise<void> {
  await op.tx
    .run`select from appointment where id = any (${uuids(rows.map(({ id }) => id))}) order by id for update`;
}

const shifted = (instant: Date, by: number): Date => new Date(instant.getTime() + by);

/**
 * Moves an appointment, keeping its length; whoever takes part, and the expected return, move with it. The desk may give it to a
 * colleague who is free for it then.
 * @throws ConflictError SLOT_TAKEN; the old time is then kept. STATE_CHANGED while someone is out on it
 */
export async function moveAppointment(
  op: Operation,
  input: ChangeInput & { readonly startsAt: Date; readonly workerId?: string | null },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'moveAppointment', input, async () => {
    const row = await requireBooked(op, input, 'MOVE_APPOINTMENT');
    // Who is out is not to be lost sight of: first they are back.
    if (isOut(op, row)) throw new ConflictError('STATE_CHANGED');
    if (input.startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, input.startsAt, 366);
    const { startsAt, workerId } = input;
    const workerIds = workerId == null ? row.workerIds : await passTo(op, row, { workerId, startsAt });
    await moveTo(op, row, startsAt, workerIds);
    await sayHomeVisit(op, row.id, row.mode);
    // With so many, nobody has agreed to it with each of them.
    if (row.places !== null) await tellPersons(op, 'MOVED', [row]);
    return row.id;
  });
  return loadAppointment(op, id);
}

function isCalledOff(row: AppointmentRow): boolean {
  return row.status.startsWith('CANCELLED');
}

/** Whether whoever holds it is out on a home visit: begun, with an expected return, and not back. */
function isOut(op: Operation, row: AppointmentRow): boolean {
  return row.expectedBackAt !== null && row.backAt === null && row.startsAt <= op.now;
}

/** Where one worker is on site, it is held where their hours are; unless another place was said. */
async function takePlaceOfHours(
  op: Operation,
  row: AppointmentRow,
  to: Interval & { readonly workerIds: readonly string[] },
): Promise<void> {
  if (row.mode !== 'ON_SITE' || row.workerIds.length !== 1) return;
  const before = await placeOfHours(op, row, true);
  const after = await placeOfHours(op, { ...row, ...to });
  if (after === undefined || after === row.place || row.place !== (before ?? null)) return;
  await op.tx.run`update appointment set place = ${after} where id = ${row.id}::uuid`;
}

/** Moves a booked appointment of this version to another start, with whom it is by then. @throws ConflictError VERSION_CHANGED, SLOT_TAKEN */
export async function moveTo(
  op: Operation,
  row: AppointmentRow,
  startsAt: Date,
  workerIds = row.workerIds,
): Promise<void> {
  const by = startsAt.getTime() - row.startsAt.getTime();
  const endsAt = shifted(row.endsAt, by);
  const expectedBackAt = row.expectedBackAt === null ? null : shifted(row.expectedBackAt, by);
  // Before it is moved. A place that is withheld is missing from the row, and is not that of hours.
  const typed = row.mode === 'ON_SITE' && (await isPlaceTyped(op, row.id));
  requireOneChanged(
    await op.tx.run`update appointment set starts_at = ${startsAt}, ends_at = ${endsAt},
      expected_back_at = ${expectedBackAt}, back_at = null, version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and status = 'BOOKED'`,
  );
  await vacate(op, row.id);
  if (!typed) await takePlaceOfHours(op, row, { startsAt, endsAt, workerIds });
  const participants = await loadParticipants(op, row.id);
  if (participants.length > 0) {
    await op.tx.run`delete from appointment_participant where appointment_id = ${row.id}::uuid`;
    await addParticipants(
      op,
      row.id,
      participants.map(({ kind, language, mode, ...times }) => ({
        kind,
        language,
        mode,
        startsAt: shifted(times.startsAt, by),
        endsAt: shifted(times.endsAt, by),
      })),
    );
  }
  await occupy(op, { ...row, appointmentId: row.id, workerIds, startsAt, endsAt, expectedBackAt });
}

/**
 * Cancels, and frees the time. Why is the service's to say: a person is not asked. By the service, who was to come is to be told.
 */
export async function cancelAppointment(
  op: Operation,
  input: ChangeInput & {
    readonly by: 'PERSON' | 'SERVICE';
    readonly reason?: CancellationReason | null;
  },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'cancelAppointment', input, async () => {
    const row = await requireBooked(op, input, 'CANCEL_APPOINTMENT');
    const reason = input.reason ?? null;
    if (reason !== null && input.by === 'PERSON') throw new InvalidInputError('input.reason', 'notAsked');
    // One of many gives their place back, and the others keep theirs.
    if (row.places !== null && input.by === 'PERSON') throw new InvalidInputError('input.by', 'collective');
    // First, as long as who holds it may know who was to come; whoever takes a place now waits, and learns that there is none.
    const tells = input.by === 'SERVICE' && row.startsAt > op.now;
    if (tells) {
      await hold(op, [row]);
      await tellPersons(op, 'CANCELLED', [row]);
    }
    const status = input.by === 'PERSON' ? 'CANCELLED_BY_PERSON' : 'CANCELLED_BY_SERVICE';
    requireOneChanged(
      await op.tx.run`update appointment set status = ${status}::"AppointmentStatus",
        cancellation_reason = ${reason}::"CancellationReason", version = version + 1
        where id = ${row.id}::uuid and version = ${row.version} and status = 'BOOKED'`,
    );
    await vacate(op, row.id);
    if (tells) return row.id;
    // Who was still to be told that it was moved is to be told this.
    await op.tx.run`update appointment_notice set kind = 'CANCELLED', version = version + 1
      where appointment_id = ${row.id}::uuid and done_at is null`;
    return row.id;
  });
  return loadSaid(op, id, input.by === 'PERSON' ? 'CANCELLED_BY_PERSON' : 'CANCELLED_BY_SERVICE');
}

/** An answer that is asked for again repeats what was said, and not what someone else has said since. */
async function loadSaid(
  op: Operation,
  id: string,
  status: AppointmentRow['status'],
): Promise<AppointmentRow | null> {
  const row = await loadAppointment(op, id);
  if (row?.status === status) sayNow(op, id);
  return asSaid(op, row);
}

/**
 * Records how it went, and corrects what was recorded. Whoever did not come, or left, gives the rest of the time back.
 * @throws InvalidInputError before its day, and for `NOT_HONOURED` before its start
 * @throws ConflictError STATE_CHANGED for one that was cancelled, or that has this outcome, to who sees that; SLOT_TAKEN when it is said after
 *   all that someone came whose time was given away
 */
export async function recordOutcome(
  op: Operation,
  input: ChangeInput & { readonly outcome: AppointmentOutcome },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'recordOutcome', input, async () => {
    const row = await requireChangeable(op, input, 'RECORD_OUTCOME');
    const from = input.outcome === 'NOT_HONOURED' ? row.startsAt : startOfToday(row.startsAt);
    if (op.now < from) throw new InvalidInputError('input.outcome', 'notYet');
    // That it was held is true for all; who came is said of each.
    if (row.places !== null && input.outcome !== 'HONOURED')
      throw new InvalidInputError('input.outcome', 'collective');
    // To who does not see what was recorded, the same again is a correction like any other, and so is what was called off: a refusal
    // would tell them.
    const isSame = row.status === input.outcome || isCalledOff(row);
    if (isSame && seesWhatBecameOfIt(op.viewer, row)) throw new ConflictError('STATE_CHANGED');
    // Who went alone on a home visit, and says how it went, is back from it.
    const [alone, ...others] = row.workerIds;
    const isBack =
      row.mode === 'HOME' && row.startsAt <= op.now && others.length === 0 && alone === op.viewer.workerId;
    requireOneChanged(
      await op.tx
        .run`update appointment set status = ${input.outcome}::"AppointmentStatus", cancellation_reason = null,
          back_at = coalesce(back_at, case when ${isBack} then now() end), version = version + 1
        where id = ${row.id}::uuid and version = ${row.version}`,
    );
    if (input.outcome === 'HONOURED') {
      // Given back by mistake, the time is taken again, if nobody else has it.
      if (row.status !== 'BOOKED' && row.endsAt > op.now && row.mode !== 'HOME') {
        // Not given back at all, it is taken as if it were.
        await vacate(op, row.id);
        await occupy(op, { ...row, appointmentId: row.id });
      }
    } else if (row.mode !== 'HOME') await vacate(op, row.id);
    return row.id;
  });
  return loadSaid(op, id, input.outcome);
}

/** Records that whoever went out on a home visit is back, now. @throws ConflictError STATE_CHANGED unless they are out */
export async function recordReturn(op: Operation, input: ChangeInput): Promise<AppointmentRow | null> {
  let wasOut = false;
  const id = await once(op, 'recordReturn', input, async () => {
    const row = await requireChangeable(op, input, 'RECORD_RETURN');
    if (row.mode !== 'HOME' || row.backAt !== null || row.startsAt > op.now)
      throw new ConflictError('STATE_CHANGED');
    requireOneChanged(
      await op.tx.run`update appointment set back_at = now(), version = version + 1
        where id = ${row.id}::uuid and version = ${row.version} and back_at is null`,
    );
    // Back earlier than they said, they are free again.
    if (row.endsAt <= op.now) await vacate(op, row.id);
    wasOut = row.out;
    return row.id;
  });
  const row = await loadAppointment(op, id);
  // The answer repeats who was out, and not what became of the visit.
  return row === null || !wasOut ? row : { ...row, out: true };
}

/**
 * Says anew when whoever goes out on a home visit is expected back; null takes it away.
 * @throws ConflictError SLOT_TAKEN when another appointment begins before
 */
export async function expectReturn(
  op: Operation,
  input: ChangeInput & { readonly expectedBackAt?: Date | null },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'expectReturn', input, async () => {
    const row = await requireChangeable(op, input, 'MOVE_APPOINTMENT');
    // To who does not see what became of it, someone is out on it or not, whether or not it was called off.
    const isOver = seesWhatBecameOfIt(op.viewer, row) ? isCalledOff(row) : !row.out;
    if (isOver || row.backAt !== null) throw new ConflictError('STATE_CHANGED');
    const expectedBackAt = requireReturn(row.mode, row.startsAt, row.endsAt, input.expectedBackAt ?? null);
    requireOneChanged(
      await op.tx.run`update appointment set expected_back_at = ${expectedBackAt}, version = version + 1
        where id = ${row.id}::uuid and version = ${row.version}`,
    );
    await sayHomeVisit(op, row.id, row.mode);
    await vacate(op, row.id);
    await occupy(op, { ...row, appointmentId: row.id, expectedBackAt });
    // What was called off takes nobody's time, and is refused for what is booked then like any other.
    if (isCalledOff(row)) await vacate(op, row.id);
    return row.id;
  });
  return loadAppointment(op, id);
}

/**
 * Opens the contact of who comes to the workers of the appointment, from a week before its day until 30 days after: the desk's word,
 * or that of who follows its case (domain rule 8). What a worker books themselves opens their own eyes to a name. Who follows the
 * person is told.
 * @throws ForbiddenError to who takes part and neither stands at the desk nor follows the case
 */
export async function confirmAppointment(op: Operation, input: ChangeInput): Promise<AppointmentRow | null> {
  const id = await once(op, 'confirmAppointment', input, async () => {
    const row = await requireChangeable(op, input, 'CONFIRM_APPOINTMENT');
    if (!confirmsContact(op.viewer, row)) throw new ForbiddenError();
    if (row.status !== 'BOOKED') throw new ConflictError('STATE_CHANGED');
    requireOneChanged(
      await op.tx.run`update appointment set version = version + 1
        where id = ${row.id}::uuid and version = ${row.version} and status = 'BOOKED'`,
    );
    await op.tx.run`select confirm_contact(${row.id}::uuid)`;
    return row.id;
  });
  return loadAppointment(op, id);
}

/** Says who else is there: these, and nobody that was named before. */
export async function setParticipants(
  op: Operation,
  input: ChangeInput & { readonly participants: readonly ParticipantInput[] },
): Promise<AppointmentRow | null> {
  const id = await once(op, 'setParticipants', input, async () => {
    const row = await requireBooked(op, input, 'CHANGE_PARTICIPANTS');
    const participants = requireParticipants(input.participants, row);
    requireOneChanged(
      await op.tx.run`update appointment set version = version + 1
        where id = ${row.id}::uuid and version = ${row.version} and status = 'BOOKED'`,
    );
    await op.tx.run`delete from appointment_participant where appointment_id = ${row.id}::uuid`;
    await addParticipants(op, row.id, participants);
    return row.id;
  });
  return loadAppointment(op, id);
}
