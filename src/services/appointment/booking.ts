import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { whereReadsAgenda } from '../../access/agenda/agenda.js';
import { booksIn, booksInAgendaOf } from '../../access/appointment/appointment.js';
import { followsCase } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { BookAppointmentInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import {
  type AppointmentTypeRow,
  loadAppointmentType,
  requireBookableBy,
} from '../agenda/appointment-types.js';
import { DIGITS_OF_APPOINTMENT, requirePlace } from '../agenda/places.js';
import { nextFreeSlots, slotTaken } from '../agenda/slots.js';
import { requireOption, requireOwnHours } from '../agenda/team-options.js';
import { requireCase, requireOpenCase } from '../case/cases.js';
import { requireMembers } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { countIds, optionalText, parseId, parseIds, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis, requirePeriod } from '../operation/period.js';
import { inviteInterpreters } from '../person/communication.js';
import { type AppointmentRow, loadAppointment } from './appointments.js';
import { sayHomeVisit } from './home-visits.js';
import { addParticipants, requireParticipants } from './participants.js';
import { writeSubject } from './subjects.js';

/** The time of an appointment, and the workers who are not free then. A home visit ends with the expected return. */
export interface Occupied {
  readonly districtId: string;
  readonly appointmentId: string;
  readonly mode: AppointmentMode;
  /** The types whose hours are searched for other times, if this time is taken. */
  readonly types: readonly AppointmentTypeRow[];
  readonly workerIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly expectedBackAt: Date | null;
}

/**
 * Takes the time of every worker.
 * @throws ConflictError SLOT_TAKEN with the times that are free instead
 */
export async function occupy(op: Operation, slot: Occupied): Promise<void> {
  const until = slot.expectedBackAt ?? slot.endsAt;
  // Both go in one message: holds past their deadline end, then the time is taken.
  const [, taken] = await Promise.all([
    op.tx.run`select end_expired_holds(${uuids(slot.workerIds)}, ${slot.startsAt}, ${until})`,
    op.tx.run`insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
      select gen_random_uuid(), w, ${slot.districtId}::uuid, ${slot.appointmentId}::uuid, ${slot.startsAt}, ${until}
      from unnest(${uuids(slot.workerIds)}) w order by w on conflict do nothing`,
  ]);
  if (taken !== slot.workerIds.length) await refuseTaken(op, slot);
}

/** @throws ConflictError SLOT_TAKEN with the times that are free instead */
export async function refuseTaken(op: Operation, slot: Omit<Occupied, 'appointmentId'>): Promise<never> {
  const until = slot.expectedBackAt ?? slot.endsAt;
  const minutes = Math.round((until.getTime() - slot.startsAt.getTime()) / 60_000);
  const from = new Date(Math.max(slot.startsAt.getTime(), op.now.getTime()));
  const free = await nextFreeSlots(op, {
    districtId: slot.districtId,
    workerIds: slot.workerIds,
    types: slot.types,
    mode: slot.mode,
    from,
    minutes,
    count: 3,
  });
  throw slotTaken(free);
}

/** Frees the time of the appointment's workers. */
export async function vacate(op: Operation, appointmentId: string): Promise<void> {
  await op.tx.run`delete from occupancy where appointment_id = ${appointmentId}::uuid`;
}

const MAX_PERSONS = 20;

async function requirePersons(op: Operation, ids: readonly string[]): Promise<string[]> {
  const wanted = parseIds(ids);
  if (wanted.length > MAX_PERSONS) throw new InvalidInputError('input.personIds', 'tooMany');
  const known = await op.tx.rows<{
    id: string;
  }>`select id from unnest(${uuids(wanted)}) id where may_book_person(id)`;
  if (known.length !== countIds(ids)) throw new NotFoundError('input.personIds');
  return wanted;
}

/**
 * Returns the expected return. Only a home visit has one, on its day, and not before its end.
 * @throws InvalidInputError at `input.expectedBackAt`: homeVisitsOnly, interval, tooFar
 */
export function requireReturn(
  mode: AppointmentMode,
  startsAt: Date,
  endsAt: Date,
  expectedBackAt: Date | null,
): Date | null {
  if (expectedBackAt === null) return null;
  if (mode !== 'HOME') throw new InvalidInputError('input.expectedBackAt', 'homeVisitsOnly');
  if (expectedBackAt < endsAt) throw new InvalidInputError('input.expectedBackAt', 'interval');
  if (expectedBackAt.getTime() > startsAt.getTime() + 12 * 60 * 60_000)
    throw new InvalidInputError('input.expectedBackAt', 'tooFar');
  return expectedBackAt;
}

const v = Prisma.sql`v`;

/**
 * Returns the place of the worker's hours at that time: null at the district's address, undefined if there are no hours.
 * @param closedToo whether hours that were closed afterwards count: those in which something was booked
 */
export async function placeOfHours(
  op: Operation,
  slot: Pick<Occupied, 'districtId' | 'workerIds' | 'startsAt' | 'endsAt'>,
  closedToo = false,
): Promise<string | null | undefined> {
  const [hours] = await op.tx.rows<{ place: string | null }>`select v.place
    from availability_occurrence o join availability v on v.id = o.availability_id
    where o.worker_id = any (${uuids(slot.workerIds.slice(0, 1))}) and o.district_id = ${slot.districtId}::uuid
      and o.starts_at <= ${slot.startsAt} and o.starts_at > ${slot.startsAt}::timestamptz - interval '12 hours'
      and o.ends_at >= ${slot.endsAt} and (${closedToo} or not o.closed) and ${whereReadsAgenda(op.viewer, v)}
    order by o.closed limit 1`;
  return hours === undefined ? undefined : hours.place;
}

/** Logs the attempt for each person named. It returns a function that adds the case, once it is found. */
function attemptFor(op: Operation, named: readonly string[]): (caseId: string | null) => void {
  const persons = named.length === 0 ? [null] : named.slice(0, MAX_PERSONS);
  const tried = persons.map((personId) => op.log.attempt('BOOK_APPOINTMENT', { personId }));
  return (caseId) => {
    for (const [nth, known] of tried.entries()) known({ caseId, personId: persons[nth] ?? null });
  };
}

/**
 * Books an appointment. Only a time and a worker's agenda are compulsory.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError CASE_CLOSED; SLOT_TAKEN with the next free slots, when a worker
 * is busy then
 */
export async function bookAppointment(
  op: Operation,
  input: BookAppointmentInput,
): Promise<AppointmentRow | null> {
  const id = await once(op, 'bookAppointment', input, async () => {
    const tried = attemptFor(op, parseIds(input.personIds ?? []));
    const districtId = parseId(input.districtId);
    if (districtId === null || !booksIn(op.viewer, districtId)) throw new ForbiddenError();
    const workerIds = parseIds(input.workerIds).sort();
    if (workerIds.length === 0 || workerIds.length > 10)
      throw new InvalidInputError('input.workerIds', 'required');
    const [main = ''] = parseIds(input.workerIds);
    if (!booksInAgendaOf(op.viewer, main, districtId)) throw new ForbiddenError();
    if (workerIds.length !== countIds(input.workerIds)) throw new NotFoundError('input.workerIds');
    await requireMembers(op, 'input.workerIds', districtId, workerIds);
    const type = await loadAppointmentType(op, requireText('input.typeCode', input.typeCode, LONGEST.code));
    const asDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId);
    requireBookableBy(type, asDesk ? 'RECEPTIONIST' : 'SOCIAL_WORKER');
    if (type.places !== null) throw new InvalidInputError('input.typeCode', 'collective');
    const mode = input.mode ?? type.modes[0] ?? 'ON_SITE';
    if (!type.modes.includes(mode)) throw new InvalidInputError('input.mode', 'invalidValue');
    if (input.startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, input.startsAt, 366);
    const inARow = input.inARow ?? 1;
    // A call-back has ten minutes: two of them are an appointment.
    if (inARow < 1 || inARow > (type.option === null ? 8 : 1))
      throw new InvalidInputError('input.inARow', 'invalidValue');
    const { startsAt } = input;
    const endsAt = new Date(startsAt.getTime() + inARow * type.durationMinutes * 60_000);
    await requireOption(op, 'input.typeCode', { type, districtId, on: dayInParis(startsAt) });
    await requireOwnHours(op, 'input.startsAt', { type, districtId, workerIds, startsAt, endsAt });
    const expectedBackAt = requireReturn(mode, startsAt, endsAt, input.expectedBackAt ?? null);
    const row = input.caseId == null ? null : await requireCase(op, input.caseId);
    tried(row?.id ?? null);
    if (row !== null && row.districtId !== districtId) throw new NotFoundError('input.caseId');
    const takesPartOrFollows =
      workerIds.includes(op.viewer.workerId ?? '') || (row !== null && followsCase(op.viewer, row));
    // A stand-in sees the appointments of the cases that they follow, and books none that they would not see.
    if (!asDesk && !takesPartOrFollows) throw new ForbiddenError();
    if (row !== null) requireOpenCase(row);
    const personIds = await requirePersons(op, input.personIds ?? []);
    const subject = optionalText('input.subject', input.subject, LONGEST.subject);
    // The desk reads no subject, and writes none: it does not ask why people come.
    if (subject !== null && !takesPartOrFollows) throw new ForbiddenError();
    const participants = requireParticipants(input.participants ?? [], { startsAt, endsAt });
    const slot: Occupied = {
      appointmentId: randomUUID(),
      districtId,
      workerIds,
      types: [type],
      mode,
      startsAt,
      endsAt,
      expectedBackAt,
    };
    const place =
      (await requirePlace(
        op,
        { districtId, place: input.place },
        { workerIds, longest: LONGEST.place, digits: DIGITS_OF_APPOINTMENT },
      )) ??
      (mode === 'ON_SITE' ? await placeOfHours(op, { ...slot, workerIds: [main] }) : null) ??
      null;
    await op.tx
      .run`insert into appointment (id, district_id, case_id, type_code, mode, place, asked_by, starts_at, ends_at,
        expected_back_at, booked_at_desk)
      values (${slot.appointmentId}::uuid, ${districtId}::uuid, ${row?.id ?? null}::uuid, ${type.code},
        ${mode}::"AppointmentMode", ${place}, ${input.askedBy ?? null}::"AskedBy", ${startsAt}, ${endsAt},
        ${expectedBackAt}, ${asDesk && row === null && subject === null})`;
    await op.tx.run`insert into appointment_worker (appointment_id, worker_id)
      select ${slot.appointmentId}::uuid, unnest(${uuids(workerIds)})`;
    if (subject !== null) await writeSubject(op, slot.appointmentId, subject);
    await op.tx.run`insert into appointment_person (appointment_id, person_id)
      select ${slot.appointmentId}::uuid, unnest(${uuids(personIds)})`;
    await sayHomeVisit(op, slot.appointmentId, mode);
    if (input.participants == null) await inviteInterpreters(op, slot.appointmentId);
    await addParticipants(op, slot.appointmentId, participants);
    await occupy(op, slot);
    return slot.appointmentId;
  });
  return loadAppointment(op, id);
}
