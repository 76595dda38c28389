import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import {
  type AppointmentRelation,
  booksIn,
  booksInAgendaOf,
  changesAppointment,
  seesWhatBecameOfIt,
  seesWhoCame,
  whereSeesAppointment,
  worksWithAppointment,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  JoinCollectiveAppointmentInput,
  LeaveCollectiveAppointmentInput,
  OpenCollectiveAppointmentInput,
  RecordAttendanceInput,
} from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { loadAppointmentType } from '../agenda/appointment-types.js';
import { DIGITS_OF_APPOINTMENT, requirePlace } from '../agenda/places.js';
import { requireOption } from '../agenda/team-options.js';
import { requireMembers } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { countIds, parseId, parseIds, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { pageSize } from '../operation/paging.js';
import { dayInParis, requirePeriod } from '../operation/period.js';
import { isSaidNow, sayNow } from '../operation/said-now.js';
import { loadPersonsOfAppointment, type PersonRow, requireBookable } from '../person/persons.js';
import type { AppointmentOutcome } from './appointment-changes.js';
import { tellPersons } from './appointment-notices.js';
import { APPOINTMENT, type AppointmentRow, findAppointment } from './appointments.js';
import { occupy, placeOfHours } from './booking.js';

/** An appointment with places. Several persons take places without knowing of one another. */
export interface CollectiveRow extends AppointmentRow {
  readonly places: number;
}

/** A place that is taken by a person the viewer knows, with the columns of its appointment, so that the policy judges the row alone. */
export interface TakenPlaceRow extends AppointmentRelation {
  readonly person: PersonRow;
  readonly outcome: AppointmentOutcome | null;
  readonly version: number;
}

const a = Prisma.sql`a`;

/** Returns a collective appointment that the viewer works with, or null: a missing, a forbidden and an ordinary one answer alike. */
export async function loadCollective(op: Operation, id: string): Promise<CollectiveRow | null> {
  const row = await findAppointment(op, id);
  if (row === null || row.places === null || !worksWithAppointment(op.viewer, row)) return null;
  return { ...row, places: row.places };
}

/** Lists the taken places whose person the viewer knows. The other places count as taken without a name. */
export async function listTakenPlaces(op: Operation, row: CollectiveRow): Promise<readonly TakenPlaceRow[]> {
  const [persons, taken] = await Promise.all([
    loadPersonsOfAppointment(op, row.id),
    batched(op, 'taken-places', async (ids) =>
      groupedBy(
        await op.tx.rows<{
          id: string;
          personId: string;
          outcome: AppointmentOutcome | null;
          version: number;
        }>`
          select ap.appointment_id as id, ap.person_id as "personId", ap.outcome::text as outcome, ap.version
          from appointment_person ap join appointment a on a.id = ap.appointment_id
          where ap.appointment_id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}`,
        (found) => found.id,
      ),
    ).load(row.id),
  ]);
  const { districtId, caseWorkerId, workerIds, onlinePersonIds, status, withinDeskReach, out } = row;
  return persons.flatMap((person) =>
    (taken ?? [])
      .filter(({ personId }) => personId === person.id)
      .map(({ outcome, version }) => ({
        person,
        outcome,
        version,
        districtId,
        caseWorkerId,
        workerIds,
        onlinePersonIds,
        status,
        withinDeskReach,
        out,
        saidNow: isSaidNow(op, row.id, person.id),
      })),
  );
}

/** Lists the collective appointments of a type that have a place left and have not begun, and that the viewer works with; by start. */
async function withAPlace(
  op: Operation,
  of: { readonly districtId: string; readonly typeCode: string; readonly count: number },
): Promise<readonly CollectiveRow[]> {
  return op.tx.rows<CollectiveRow>`select ${APPOINTMENT} from appointment a
    where a.district_id = ${of.districtId}::uuid and a.type_code = ${of.typeCode} and a.places is not null
      and a.status = 'BOOKED' and a.starts_at > ${op.now} and a.places_named + a.places_unnamed < a.places
      and ${whereSeesAppointment(op.viewer, a)}
    order by a.starts_at, a.id limit ${of.count}`;
}

/**
 * Lists the coming collective appointments of a type in a district that have a place left, as far as the viewer works with them.
 * @throws ForbiddenError; InvalidInputError
 */
export async function listCollective(
  op: Operation,
  args: {
    readonly districtId: string;
    readonly typeCode: string;
    readonly first?: number | null | undefined;
  },
): Promise<readonly CollectiveRow[]> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  const typeCode = requireText('typeCode', args.typeCode, LONGEST.code);
  return withAPlace(op, { districtId, typeCode, count: pageSize(args) });
}

/** Returns the collective type, if the viewer may book it there. */
async function requireCollectiveType(op: Operation, input: OpenCollectiveAppointmentInput) {
  const type = await loadAppointmentType(op, requireText('input.typeCode', input.typeCode, LONGEST.code));
  const as = holdsRoleIn(op.viewer, 'RECEPTIONIST', input.districtId) ? 'RECEPTIONIST' : 'SOCIAL_WORKER';
  if (type === null || !type.bookableBy.includes(as))
    throw new InvalidInputError('input.typeCode', 'unknownCode');
  if (type.places === null) throw new InvalidInputError('input.typeCode', 'notCollective');
  const mode = input.mode ?? type.modes[0] ?? 'ON_SITE';
  if (!type.modes.includes(mode)) throw new InvalidInputError('input.mode', 'invalidValue');
  const places = input.places ?? type.places;
  if (places < 2 || places > 200) throw new InvalidInputError('input.places', 'placeCount');
  return { ...type, mode, places };
}

/**
 * Opens a collective appointment at a chosen time, for the desk, and for a social worker who holds it. Nobody has a place yet.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError SLOT_TAKEN when one of its workers is busy then
 */
export async function openCollective(
  op: Operation,
  input: OpenCollectiveAppointmentInput,
): Promise<CollectiveRow | null> {
  const id = await once(op, 'openCollectiveAppointment', input, async () => {
    op.log.record('BOOK_APPOINTMENT');
    const districtId = parseId(input.districtId);
    if (districtId === null || !booksIn(op.viewer, districtId)) throw new ForbiddenError();
    const workerIds = parseIds(input.workerIds).sort();
    if (workerIds.length === 0 || workerIds.length > 10)
      throw new InvalidInputError('input.workerIds', 'required');
    const [main = ''] = parseIds(input.workerIds);
    if (!booksInAgendaOf(op.viewer, main, districtId)) throw new ForbiddenError();
    if (workerIds.length !== countIds(input.workerIds)) throw new NotFoundError('input.workerIds');
    await requireMembers(op, 'input.workerIds', districtId, workerIds);
    // The appointment belongs to no case. A stand-in follows a colleague's cases, and holds no group meetings for the colleague.
    if (!holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId) && !workerIds.includes(op.viewer.workerId ?? ''))
      throw new ForbiddenError();
    const type = await requireCollectiveType(op, { ...input, districtId });
    const { startsAt } = input;
    if (startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
    requirePeriod('input.startsAt', op.now, startsAt, 366);
    await requireOption(op, 'input.typeCode', { type, districtId, on: dayInParis(startsAt) });
    const slot = {
      appointmentId: randomUUID(),
      districtId,
      workerIds,
      types: [type],
      mode: type.mode,
      startsAt,
      endsAt: new Date(startsAt.getTime() + type.durationMinutes * 60_000),
      expectedBackAt: null,
    };
    const place =
      (await requirePlace(
        op,
        { districtId, place: input.place },
        { workerIds, longest: LONGEST.place, digits: DIGITS_OF_APPOINTMENT },
      )) ??
      (type.mode === 'ON_SITE' ? await placeOfHours(op, { ...slot, workerIds: [main] }) : null) ??
      null;
    await op.tx
      .run`insert into appointment (id, district_id, type_code, mode, place, places, starts_at, ends_at)
      values (${slot.appointmentId}::uuid, ${districtId}::uuid, ${type.code}, ${type.mode}::"AppointmentMode", ${place},
        ${type.places}, ${startsAt}, ${slot.endsAt})`;
    await op.tx.run`insert into appointment_worker (appointment_id, worker_id)
      select ${slot.appointmentId}::uuid, unnest(${uuids(workerIds)})`;
    await occupy(op, slot);
    return slot.appointmentId;
  });
  return loadCollective(op, id);
}

/**
 * Returns a collective appointment that the viewer may change, and locks it until the transaction ends: a second writer sees what the
 * first has left.
 */
async function requireHeld(op: Operation, id: string, log: () => void): Promise<CollectiveRow> {
  log();
  const found = await loadCollective(op, id);
  if (found === null) throw new NotFoundError('input.id');
  if (!changesAppointment(op.viewer, found)) throw new ForbiddenError();
  const [row] = await op.tx.rows<CollectiveRow>`select ${APPOINTMENT} from appointment a
    where a.id = ${found.id}::uuid and ${whereSeesAppointment(op.viewer, a)} for update`;
  if (row === undefined) throw new NotFoundError('input.id');
  return row;
}

const logOf = (op: Operation, action: AccessAction, personId: string | null) => (): void =>
  op.log.record(action, { personId });

/**
 * Gives a place to a person the viewer may book, or to a person without a name. It takes no expected version: the first to come gets a
 * place, and several may come at once.
 * @throws NotFoundError; ForbiddenError; ConflictError NO_PLACE_LEFT, with the next times of its type that have one; STATE_CHANGED for a
 * person who has a place already, and for an appointment that is over or cancelled
 */
export async function joinCollective(
  op: Operation,
  input: JoinCollectiveAppointmentInput,
): Promise<CollectiveRow | null> {
  const id = await once(op, 'joinCollectiveAppointment', input, async () => {
    const personId = input.personId == null ? null : parseId(input.personId);
    const row = await requireHeld(op, input.id, logOf(op, 'BOOK_APPOINTMENT', personId));
    if (input.personId != null) await requireBookable(op, input.personId);
    if (row.status !== 'BOOKED' || row.endsAt <= op.now) throw new ConflictError('STATE_CHANGED');
    if (row.placesTaken >= row.places) {
      const next = await withAPlace(op, { ...row, count: 3 });
      throw new ConflictError('NO_PLACE_LEFT', {
        nextFreeSlots: next.map(({ startsAt, endsAt }) => ({
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
        })),
      });
    }
    const taken =
      personId === null
        ? await op.tx
            .run`update appointment set places_unnamed = places_unnamed + 1 where id = ${row.id}::uuid`
        : await op.tx.run`insert into appointment_person (appointment_id, person_id)
            values (${row.id}::uuid, ${personId}::uuid) on conflict do nothing`;
    if (taken === 0) throw new ConflictError('STATE_CHANGED');
    return row.id;
  });
  return loadCollective(op, id);
}

/**
 * Takes back the place of a person, or one without a name; the others keep theirs. If the service takes the place back, the person is to
 * be told.
 * @throws ForbiddenError; NotFoundError, at `input.personId` for a person who has no place, or is not known to the viewer
 * @throws ConflictError STATE_CHANGED for an appointment that is over or cancelled, and where no place without a name is taken
 */
export async function leaveCollective(
  op: Operation,
  input: LeaveCollectiveAppointmentInput,
): Promise<CollectiveRow | null> {
  const id = await once(op, 'leaveCollectiveAppointment', input, async () => {
    const personId = input.personId == null ? null : parseId(input.personId);
    const row = await requireHeld(op, input.id, logOf(op, 'CANCEL_APPOINTMENT', personId));
    if (row.status !== 'BOOKED' || row.endsAt <= op.now) throw new ConflictError('STATE_CHANGED');
    if (input.personId == null) {
      const freed = await op.tx.run`update appointment set places_unnamed = places_unnamed - 1
        where id = ${row.id}::uuid and places_unnamed > 0`;
      if (freed === 0) throw new ConflictError('STATE_CHANGED');
      return row.id;
    }
    const theirs = await requireTakenBy(op, row, personId);
    if (input.by === 'SERVICE') await tellPersons(op, 'CANCELLED', [row], theirs.personId);
    // A person who gives the place back has nothing more to be told.
    else
      await op.tx.run`update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
        where appointment_id = ${row.id}::uuid and person_id = ${theirs.personId}::uuid and done_at is null
          and kind <> 'REMINDER'`;
    const freed = await op.tx.run`delete from appointment_person
      where appointment_id = ${row.id}::uuid and person_id = ${theirs.personId}::uuid`;
    if (freed === 0) throw new NotFoundError('input.personId');
    return row.id;
  });
  return loadCollective(op, id);
}

/** Returns the place of a person the viewer may book, without reading anything about the person. */
async function requireTakenBy(op: Operation, row: CollectiveRow, personId: string | null) {
  const [place] = await op.tx.rows<{
    personId: string;
    outcome: AppointmentOutcome | null;
    version: number;
  }>`select ap.person_id as "personId", ap.outcome::text as outcome, ap.version from appointment_person ap
    where ap.appointment_id = ${row.id}::uuid and ap.person_id = ${personId}::uuid and may_book_person(ap.person_id)`;
  if (place === undefined) throw new NotFoundError('input.personId');
  return place;
}

/**
 * Records whether a person with a place came, and corrects it. That the meeting was held at all is the outcome of the appointment.
 * @throws NotFoundError; ForbiddenError; InvalidInputError notYet before it begins; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function recordAttendance(
  op: Operation,
  input: RecordAttendanceInput,
): Promise<CollectiveRow | null> {
  const id = await once(op, 'recordAttendance', input, async () => {
    const personId = parseId(input.personId);
    const row = await requireHeld(op, input.id, logOf(op, 'RECORD_OUTCOME', personId));
    const place = await requireTakenBy(op, row, personId);
    if (place.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (op.now < row.startsAt) throw new InvalidInputError('input.outcome', 'notYet');
    if (row.status.startsWith('CANCELLED') && seesWhatBecameOfIt(op.viewer, row))
      throw new ConflictError('STATE_CHANGED');
    // For a viewer who does not see the recorded attendance, recording the same again is an ordinary correction: a refusal would tell
    // them.
    if (place.outcome === input.outcome && seesWhoCame(op.viewer, { ...row, outcome: place.outcome }))
      throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update appointment_person
      set outcome = ${input.outcome}::"AppointmentStatus", version = version + 1
      where appointment_id = ${row.id}::uuid and person_id = ${personId}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    sayNow(op, row.id, place.personId);
    return row.id;
  });
  return loadCollective(op, id);
}
