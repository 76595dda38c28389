import {
  changesAppointment,
  confirmsContact,
  seesAppointmentContent,
  seesWhatBecameOfIt,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  CancelAppointmentInput,
  ExpectReturnInput,
  MoveAppointmentInput,
  RecordOutcomeInput,
  SetParticipantsInput,
} from '../../generated/inputs.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import type { Interval } from '../agenda/busy-times.js';
import { requireOption, requireOwnHours } from '../agenda/team-options.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { dayInParis, requirePeriod, startOfToday } from '../operation/period.js';
import { asSaid, sayNow } from '../operation/said-now.js';
import { tellPersons } from './appointment-notices.js';
import { type AppointmentRow, findAppointment, idOf, versionOf } from './appointments.js';
import { occupy, placeOfHours, refuseTaken, requireReturn, vacate } from './booking.js';
import { recordWhereItEnded } from './ended-for-desk.js';
import { sayHomeVisit } from './home-visits.js';
import { addParticipants, loadParticipants, requireParticipants } from './participants.js';
import { passTo } from './proposed-moves.js';
import { typesToSearch } from './types-alike.js';
import { isPlaceTyped } from './withheld-places.js';

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

/** The outcomes of a booked appointment. */
export const OUTCOMES = ['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'] as const;
/** One of `OUTCOMES`. */
export type AppointmentOutcome = (typeof OUTCOMES)[number];

async function requireChangeable(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
): Promise<AppointmentRow> {
  const row = await findAppointment(op, input.id);
  op.log.record(action, { caseId: row?.caseId ?? null, appointmentId: row?.id ?? null });
  if (row === null) throw new NotFoundError('input.id');
  if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
  if (versionOf(op, row) !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
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

/** Checks that a row was changed: a second writer of the same version changes none. */
function requireOneChanged(changed: number): void {
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
}

/** Locks appointments until the transaction ends: meanwhile nobody joins or leaves them. */
export async function hold(op: Operation, rows: readonly { readonly id: string }[]): Promise<void> {
  await op.tx
    .run`select from appointment where id = any (${uuids(rows.map(({ id }) => id))}) order by id for update`;
}

/**
 * Checks that a person of the appointment is at the viewer's counter, by their visit of today: nobody knows who telephones.
 * @throws InvalidInputError atTheCounter
 */
async function requireAtTheCounter(op: Operation, visitId: string, row: AppointmentRow): Promise<void> {
  const id = parseId(visitId);
  const [visit] =
    id === null
      ? []
      : await op.tx.rows<{ is: boolean }>`select is_at_the_counter(${id}::uuid, ${row.id}::uuid) as is`;
  if (visit?.is !== true) throw new InvalidInputError('input.visitId', 'atTheCounter');
}

const shifted = (instant: Date, by: number): Date => new Date(instant.getTime() + by);

/**
 * Checks that the team still has the option of the appointment's type on the new day, and that a call-back lies in its worker's hours. If
 * the viewer may not read the type, and there are several possible types, nothing is checked: a refusal would tell which one it is.
 * @throws InvalidInputError at `input.startsAt`
 */
async function requireItsOption(op: Operation, row: AppointmentRow, startsAt: Date): Promise<void> {
  const [type, ...others] = await typesToSearch(op, row);
  if (type === undefined || others.length > 0 || type.option === null) return;
  const endsAt = shifted(row.endsAt, startsAt.getTime() - row.startsAt.getTime());
  const on = dayInParis(startsAt);
  if (on !== dayInParis(row.startsAt)) await requireOption(op, 'input.startsAt', { ...row, type, on });
  await requireOwnHours(op, 'input.startsAt', { ...row, type, startsAt, endsAt });
}

/**
 * Moves an appointment and keeps its length. Its participants and the expected return move with it. The desk may give it to a colleague
 * who is free then. If the desk moves it and the person is not at the counter, the person is to be told of the new time.
 * @throws NotFoundError; ForbiddenError; InvalidInputError, also atTheCounter; ConflictError VERSION_CHANGED; SLOT_TAKEN, and the old
 * time is kept; STATE_CHANGED while a worker is out on it
 */
export async function moveAppointment(
  op: Operation,
  input: MoveAppointmentInput,
): Promise<AppointmentRow | null> {
  const id = await once(op, 'moveAppointment', input, async () => {
    const row = await requireBooked(op, input, 'MOVE_APPOINTMENT');
    // A worker who is out must not be lost sight of: they have to be back first.
    if (isOut(op, row)) throw new ConflictError('STATE_CHANGED');
    if (input.startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, input.startsAt, 366);
    const { startsAt, workerId } = input;
    if (input.visitId != null) await requireAtTheCounter(op, input.visitId, row);
    const workerIds = workerId == null ? row.workerIds : await passTo(op, row, { workerId, startsAt });
    await requireItsOption(op, { ...row, workerIds }, startsAt);
    await moveTo(op, row, startsAt, workerIds);
    await sayHomeVisit(op, row.id, row.mode);
    // A collective appointment has many persons, and nobody has agreed on the move with each of them. If the desk moves it and the person is
    // not at the counter, the person is told.
    const isAgreed = seesAppointmentContent(op.viewer, row) || input.visitId != null;
    const isSameTime = startsAt.getTime() === row.startsAt.getTime();
    if (row.places !== null || (!isAgreed && !isSameTime)) await tellPersons(op, 'MOVED', [row]);
    // This is the id that the viewer gave, so that the same request gets the same answer again.
    return idOf(op, row);
  });
  return findAppointment(op, id);
}

function isCalledOff(row: AppointmentRow): boolean {
  return row.status.startsWith('CANCELLED');
}

/** True if the worker is out on a home visit: it has begun, has an expected return, and nobody is back. */
function isOut(op: Operation, row: AppointmentRow): boolean {
  return row.expectedBackAt !== null && row.backAt === null && row.startsAt <= op.now;
}

/** If one worker holds the appointment on site, its place is the place of the worker's hours, unless another place was typed. */
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

/**
 * Moves a booked appointment of this version to another start, with the given workers.
 * @throws ConflictError VERSION_CHANGED, SLOT_TAKEN
 */
export async function moveTo(
  op: Operation,
  row: AppointmentRow,
  startsAt: Date,
  workerIds = row.workerIds,
): Promise<void> {
  const by = startsAt.getTime() - row.startsAt.getTime();
  const endsAt = shifted(row.endsAt, by);
  const expectedBackAt = row.expectedBackAt === null ? null : shifted(row.expectedBackAt, by);
  // This is read before the move. A withheld place is missing from the row, and is not the place of the hours.
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
  const types = await typesToSearch(op, row);
  await occupy(op, { ...row, appointmentId: row.id, types, workerIds, startsAt, endsAt, expectedBackAt });
}

/**
 * Cancels an appointment, and frees the time. Only the service gives a reason: a person is not asked. If the service cancels, the persons
 * are to be told.
 * @throws NotFoundError; ForbiddenError; InvalidInputError notAsked, collective, or atTheCounter; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function cancelAppointment(
  op: Operation,
  input: CancelAppointmentInput,
): Promise<AppointmentRow | null> {
  const id = await once(op, 'cancelAppointment', input, async () => {
    const row = await requireBooked(op, input, 'CANCEL_APPOINTMENT');
    const reason = input.reason ?? null;
    if (reason !== null && input.by === 'PERSON') throw new InvalidInputError('input.reason', 'notAsked');
    // In a collective appointment one person gives their place back, and the others keep theirs.
    if (row.places !== null && input.by === 'PERSON') throw new InvalidInputError('input.by', 'collective');
    const isOfDesk = input.by === 'PERSON' && !seesAppointmentContent(op.viewer, row);
    if (isOfDesk || input.visitId != null) await requireAtTheCounter(op, input.visitId ?? '', row);
    // This comes first, while the worker may still know the persons. A person who takes a place now waits, and learns that there is none.
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
    // A person who was still to be told of a move is told of this instead.
    await op.tx.run`update appointment_notice set kind = 'CANCELLED', version = version + 1
      where appointment_id = ${row.id}::uuid and done_at is null`;
    return idOf(op, row);
  });
  return loadSaid(op, id, input.by === 'PERSON' ? 'CANCELLED_BY_PERSON' : 'CANCELLED_BY_SERVICE');
}

/**
 * Returns the appointment with the status that the caller recorded. A repeated request gets this status again, and not one that someone
 * else has recorded since.
 */
async function loadSaid(
  op: Operation,
  id: string,
  status: AppointmentRow['status'],
): Promise<AppointmentRow | null> {
  const row = await findAppointment(op, id);
  if (row?.status === status) sayNow(op, row.id);
  return asSaid(op, row);
}

/**
 * Records the outcome of an appointment, and corrects a recorded one. If the person did not come, or left, the rest of the time is free
 * again.
 * @throws NotFoundError; ForbiddenError; InvalidInputError before its day, and for `NOT_HONOURED` before its start
 * @throws ConflictError VERSION_CHANGED; STATE_CHANGED if it was cancelled or has this outcome, for a viewer who sees that; SLOT_TAKEN if
 * the correction says that the person came, and the time was given away
 */
export async function recordOutcome(
  op: Operation,
  input: RecordOutcomeInput,
): Promise<AppointmentRow | null> {
  const id = await once(op, 'recordOutcome', input, async () => {
    const row = await requireChangeable(op, input, 'RECORD_OUTCOME');
    const from = input.outcome === 'NOT_HONOURED' ? row.startsAt : startOfToday(row.startsAt);
    if (op.now < from) throw new InvalidInputError('input.outcome', 'notYet');
    // The appointment was held for everyone; the attendance of each person is recorded on its own.
    if (row.places !== null && input.outcome !== 'HONOURED')
      throw new InvalidInputError('input.outcome', 'collective');
    // For a viewer who does not see the recorded outcome, recording the same again, or recording on a cancelled appointment, is an
    // ordinary correction: a refusal would tell them.
    const isSame = row.status === input.outcome || isCalledOff(row);
    if (isSame && seesWhatBecameOfIt(op.viewer, row)) throw new ConflictError('STATE_CHANGED');
    if (row.ended === true) {
      // Somebody else has the time by now.
      if (input.outcome === 'HONOURED' && row.endsAt > op.now && row.mode !== 'HOME')
        await refuseTaken(op, { ...row, types: await typesToSearch(op, row) });
      await recordWhereItEnded(op, row, { status: input.outcome, cancellation_reason: null });
      return idOf(op, row);
    }
    // A worker who went alone on a home visit, and records its outcome, is back from it.
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
      // Time that was freed by mistake is taken again, if nobody else has it.
      if (row.status !== 'BOOKED' && row.endsAt > op.now && row.mode !== 'HOME') {
        // If the time was never freed, it is freed first, so that taking it again works alike.
        await vacate(op, row.id);
        await occupy(op, { ...row, appointmentId: row.id, types: await typesToSearch(op, row) });
      }
    } else if (row.mode !== 'HOME') await vacate(op, row.id);
    return idOf(op, row);
  });
  return loadSaid(op, id, input.outcome);
}

/**
 * Records that the worker is back from a home visit, now.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED unless they are out
 */
export async function recordReturn(op: Operation, input: ChangeInput): Promise<AppointmentRow | null> {
  let wasOut = false;
  const id = await once(op, 'recordReturn', input, async () => {
    const row = await requireChangeable(op, input, 'RECORD_RETURN');
    if (row.mode !== 'HOME' || row.backAt !== null || row.startsAt > op.now)
      throw new ConflictError('STATE_CHANGED');
    if (row.ended === true) {
      await recordWhereItEnded(op, row, { back_at: op.now });
      return idOf(op, row);
    }
    requireOneChanged(
      await op.tx.run`update appointment set back_at = now(), version = version + 1
        where id = ${row.id}::uuid and version = ${row.version} and back_at is null`,
    );
    // A worker who is back earlier than expected is free again.
    if (row.endsAt <= op.now) await vacate(op, row.id);
    wasOut = row.out;
    return idOf(op, row);
  });
  const row = await findAppointment(op, id);
  // The answer repeats who was out, and not the outcome of the visit.
  return row === null || !wasOut ? row : { ...row, out: true };
}

/**
 * Sets the expected return from a home visit; null removes it.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is over or the worker is
 * back; SLOT_TAKEN when another appointment begins before
 */
export async function expectReturn(op: Operation, input: ExpectReturnInput): Promise<AppointmentRow | null> {
  const id = await once(op, 'expectReturn', input, async () => {
    const row = await requireChangeable(op, input, 'MOVE_APPOINTMENT');
    // A viewer who does not see the outcome sees only whether the worker is out, and not whether the visit was cancelled.
    const isOver = seesWhatBecameOfIt(op.viewer, row) ? isCalledOff(row) : !row.out;
    if (isOver || row.backAt !== null) throw new ConflictError('STATE_CHANGED');
    const expectedBackAt = requireReturn(row.mode, row.startsAt, row.endsAt, input.expectedBackAt ?? null);
    if (row.ended === true) {
      await recordWhereItEnded(op, row, { expected_back_at: expectedBackAt });
      return idOf(op, row);
    }
    requireOneChanged(
      await op.tx.run`update appointment set expected_back_at = ${expectedBackAt}, version = version + 1
        where id = ${row.id}::uuid and version = ${row.version}`,
    );
    await sayHomeVisit(op, row.id, row.mode);
    await vacate(op, row.id);
    const types = await typesToSearch(op, row);
    await occupy(op, { ...row, appointmentId: row.id, types, expectedBackAt });
    // A cancelled visit takes nobody's time. The attempt is still refused where another appointment has the time, as for any other visit.
    if (isCalledOff(row)) await vacate(op, row.id);
    return idOf(op, row);
  });
  return findAppointment(op, id);
}

/**
 * Opens the persons' contact to the workers of the appointment, from a week before its day until 30 days after. The desk or the worker
 * who follows the case confirms this (domain rule 8): an appointment that a worker books themselves shows them only a name. The worker
 * who follows the person is told.
 * @throws NotFoundError; ForbiddenError to a worker who takes part, and is neither at the desk nor follows the case; ConflictError
 * VERSION_CHANGED, STATE_CHANGED
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
    return idOf(op, row);
  });
  return findAppointment(op, id);
}

/**
 * Replaces the other participants of an appointment by these.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function setParticipants(
  op: Operation,
  input: SetParticipantsInput,
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
    return idOf(op, row);
  });
  return findAppointment(op, id);
}
