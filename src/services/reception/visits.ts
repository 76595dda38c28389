import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentStatus, VisitKind, VisitOutcome } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import {
  changesVisit,
  recordsVisit,
  seesWhoReceives,
  type VisitRelation,
  wayToVisits,
  whereSeesVisit,
} from '../../access/reception/reception.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  CallDutyWorkerInput,
  CloseVisitInput,
  DirectVisitInput,
  RecordVisitInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { findAppointment, loadAppointment } from '../appointment/appointments.js';
import { requireMembers } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';
import { asSaid, sayNow } from '../operation/said-now.js';
import { digestOf, MAX_SECRET } from '../operation/secret.js';
import { hashOfWord } from '../person/agreed-word.js';
import { requireBookable } from '../person/persons.js';

/** The stages of a visit. */
export const VISIT_STATUSES = ['WAITING', 'TAKEN_IN', 'CLOSED'] as const;
/** One of `VISIT_STATUSES`. */
export type VisitStatus = (typeof VISIT_STATUSES)[number];

/** A visit, with the columns that its rules compare. */
export interface VisitRow extends VisitRelation {
  readonly id: string;
  readonly kind: VisitKind;
  readonly day: Date;
  /** A number of the day in the district, to be called out. */
  readonly ticket: number;
  readonly personId: string | null;
  readonly appointmentId: string | null;
  readonly arrivedAt: Date;
  readonly takenInAt: Date | null;
  readonly closedAt: Date | null;
  readonly outcome: VisitOutcome | null;
  readonly version: number;
}

const VISIT = Prisma.sql`v.id, v.district_id as "districtId", v.kind::text as kind, v.day, v.ticket, v.person_id as "personId",
  v.appointment_id as "appointmentId", v.worker_id as "workerId", v.arrived_at as "arrivedAt", v.taken_in_at as "takenInAt",
  v.closed_at as "closedAt", v.outcome::text as outcome, v.version,
  v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date as "goesOn", v.closed_at is not null as "isClosed"`;
const v = Prisma.sql`v`;

/** The most days back for which the visits of a day are listed. */
const DAYS_BACK = 7;

/** Returns the stage of a visit. */
export function statusOf(row: Pick<VisitRow, 'takenInAt' | 'closedAt'>): VisitStatus {
  if (row.closedAt !== null) return 'CLOSED';
  return row.takenInAt === null ? 'WAITING' : 'TAKEN_IN';
}

/** True if the viewer reads who came: at the desk, until the person has gone, and in the answer to its own recording. */
export function readsWhoCame(op: Operation, row: VisitRow): boolean {
  return seesWhoReceives(op.viewer, row);
}

/** Returns a visit that the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadVisit(op: Operation, id: string): Promise<VisitRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'visit', async (ids) =>
    byKey(
      // The worker who receives the person finds the visit under its old id. Under this id the desk reads that it is closed (decision 0078).
      await op.tx.rows<VisitRow & { readonly said: string }>`
        select e.id as said, ${VISIT} from ended_for_desk e cross join lateral jsonb_populate_record(null::visit, e.shown) v
          where e.kind = 'visit' and e.id = any (${uuids(ids)}) and ${whereSeesVisit(op.viewer, v)}
        union all select v.known_id, ${VISIT} from visit v
          where v.known_id = any (${uuids(ids)}) and v.worker_id = ${op.viewer.workerId}::uuid and ${whereSeesVisit(op.viewer, v)}
        union all select v.id, ${VISIT} from visit v
          where v.id = any (${uuids(ids)}) and ${whereSeesVisit(op.viewer, v)}`,
      ({ said }) => said,
    ),
  ).load(key);
  return asSaid(op, row);
}

/** The arguments of `listVisits`. */
export interface VisitsArgs extends PageArgs {
  readonly districtId: string;
  readonly day?: Date | null;
  readonly status?: VisitStatus | null;
}

const IN_STATUS: Readonly<Record<VisitStatus, Prisma.Sql>> = {
  WAITING: Prisma.sql`v.taken_in_at is null and v.closed_at is null`,
  TAKEN_IN: Prisma.sql`v.taken_in_at is not null and v.closed_at is null`,
  CLOSED: Prisma.sql`v.closed_at is not null`,
};

/**
 * Lists the visits of a day (Europe/Paris; today unless given) in the district, as far as the viewer sees them: in the order of arrival,
 * which is the queue.
 * @throws ForbiddenError; InvalidInputError for a day more than a week ago, or to come
 */
export async function listVisits(op: Operation, args: VisitsArgs): Promise<Page<VisitRow>> {
  const districtId = parseId(args.districtId);
  const way = districtId === null ? null : wayToVisits(op.viewer, v, districtId);
  if (way === null) throw new ForbiddenError();
  const size = pageSize(args);
  const today = dayInParis(op.now);
  const day = args.day == null ? today : toDay(args.day);
  if (day > today) throw new InvalidInputError('day', 'notYet');
  if (day < dayAfter(today, -DAYS_BACK)) throw new InvalidInputError('day', 'tooLongAgo');
  const status = args.status == null ? Prisma.sql`true` : IN_STATUS[args.status];
  const page = Prisma.sql`${way} and v.day = ${day}::date and ${status}
      and ${afterCursor(args, Prisma.sql`v.arrived_at`, Prisma.sql`v.id`, false)}
    order by v.arrived_at, v.id limit ${size + 1}`;
  // A visit that ended for the desk stays on its list, as each closed visit does: a missing number of the day would tell of it.
  const rows = await op.tx.rows<VisitRow>`select * from (
      (select ${VISIT} from visit v where ${page})
      union all (select ${VISIT} from ended_for_desk e cross join lateral jsonb_populate_record(null::visit, e.shown) v
        where e.kind = 'visit' and e.district_id = ${districtId}::uuid and e.shown ->> 'day' = ${day} and ${page})) q
    order by "arrivedAt", id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.arrivedAt);
}

/** Returns a booked appointment of today, of the district. */
async function requireAppointmentToday(
  op: Operation,
  id: string,
  districtId: string,
): Promise<{ readonly id: string; readonly workerIds: readonly string[] }> {
  const row = await findAppointment(op, id);
  if (row === null || row.districtId !== districtId) throw new NotFoundError('input.appointmentId');
  if (row.status !== 'BOOKED') throw new ConflictError('STATE_CHANGED');
  if (dayInParis(row.startsAt) !== dayInParis(op.now))
    throw new InvalidInputError('input.appointmentId', 'notToday');
  // Attendance at a collective appointment is recorded on its list: one visit does not honour it for everyone.
  if (row.places !== null) throw new InvalidInputError('input.appointmentId', 'collective');
  return row;
}

async function requireWorker(op: Operation, districtId: string, id: string): Promise<string> {
  const workerId = parseId(id);
  if (workerId === null) throw new NotFoundError('input.workerId');
  await requireMembers(op, 'input.workerId', districtId, [workerId]);
  return workerId;
}

/**
 * Returns the id of a person the viewer may book. If the visit is for an appointment, the person must be expected at it: an appointment
 * of someone else is not honoured by them.
 */
async function requirePerson(op: Operation, id: string, appointmentId: string | null): Promise<string> {
  const personId = await requireBookable(op, id);
  if (appointmentId === null) return personId;
  const [expected] = await op.tx.rows`select from appointment_person
    where appointment_id = ${appointmentId}::uuid and person_id = ${personId}::uuid`;
  if (expected === undefined) throw new NotFoundError('input.personId');
  return personId;
}

/**
 * Records that someone comes or calls. Only a district is compulsory, and the person gets a number of the day. A visit for an appointment
 * goes to its worker. A person on the waiting list now counts as present, and is offered times that are freed today.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError STATE_CHANGED when someone waits for this appointment already,
 * or it was cancelled
 */
export async function recordVisit(op: Operation, input: RecordVisitInput): Promise<VisitRow | null> {
  const id = await once(op, 'recordVisit', input, async () => {
    op.log.record('RECORD_VISIT', { personId: input.personId == null ? null : parseId(input.personId) });
    const districtId = parseId(input.districtId);
    if (districtId === null) throw new ForbiddenError();
    const own = { districtId, workerId: op.viewer.workerId };
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId);
    if (!recordsVisit(op.viewer, own)) throw new ForbiddenError();
    const appointment =
      input.appointmentId == null ? null : await requireAppointmentToday(op, input.appointmentId, districtId);
    const named = input.workerId == null ? null : await requireWorker(op, districtId, input.workerId);
    const workerId = named ?? (isDesk ? (appointment?.workerIds[0] ?? null) : op.viewer.workerId);
    if (!recordsVisit(op.viewer, { districtId, workerId })) throw new ForbiddenError();
    const personId =
      input.personId == null ? null : await requirePerson(op, input.personId, appointment?.id ?? null);
    const visitId = randomUUID();
    const recorded = await op.tx
      .run`insert into visit (id, district_id, kind, person_id, appointment_id, worker_id)
      values (${visitId}::uuid, ${districtId}::uuid, ${input.kind}::"VisitKind", ${personId}::uuid,
        ${appointment?.id ?? null}::uuid, ${workerId}::uuid) on conflict do nothing`;
    if (recorded === 0) throw new ConflictError('STATE_CHANGED');
    return visitId;
  });
  return loadVisit(op, id);
}

/** The words of a person at the desk when nothing is to be confirmed of them: a booking reference, or the name and the agreed word. */
export interface SaidAtTheDesk {
  readonly reference?: string | null;
  readonly fullName?: string | null;
  readonly word?: string | null;
}

/** @throws InvalidInputError referenceOrWord unless the input has exactly one of the two */
function whatWasSaid(op: Operation, input: SaidAtTheDesk) {
  const reference = optionalText('input.reference', input.reference, MAX_SECRET);
  const name = optionalText('input.fullName', input.fullName, LONGEST.fullName);
  const word = hashOfWord(op, 'input.word', input.word);
  if ((reference === null) === (word === null) || (word === null) !== (name === null))
    throw new InvalidInputError('input', 'referenceOrWord');
  return { reference, name, word };
}

/**
 * Calls the duty worker for a person who says a reference, a booking's secret, or a name and the agreed word: the person gets a number of
 * the day, and no name. If what they say is right and nothing is to be confirmed of them, the duty worker learns who the person is. The
 * desk gets the same answer in either case. It counts as a look-up, since a guess would be one.
 * @throws ForbiddenError to anyone who is not at the desk of the district; NotFoundError at `input.workerId`; InvalidInputError
 * referenceOrWord; RateLimitedError when the hour's look-ups are spent
 */
export async function callDutyWorker(op: Operation, input: CallDutyWorkerInput): Promise<VisitRow | null> {
  const id = await once(op, 'callDutyWorker', input, async () => {
    const lookedUp = op.log.attempt('LOOK_UP_PERSON');
    const called = op.log.attempt('RECORD_VISIT');
    const districtId = parseId(input.districtId);
    if (districtId === null || !holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId))
      throw new ForbiddenError();
    if (!recordsVisit(op.viewer, { districtId, workerId: null })) throw new ForbiddenError();
    const { reference, name, word } = whatWasSaid(op, input);
    const workerId = await requireWorker(op, districtId, input.workerId);
    const visitId = randomUUID();
    await op.tx.run`insert into visit (id, district_id, kind, worker_id)
      values (${visitId}::uuid, ${districtId}::uuid, 'WALK_IN', ${workerId}::uuid)`;
    const secretHash = reference === null ? null : digestOf(reference);
    const [found] = await oneLookUp(
      op,
      `called ${JSON.stringify(input)}`,
      'input',
      op.tx.rows<{ personId: string | null }>`
        select be_called(${visitId}::uuid, ${reference?.toUpperCase() ?? null}, ${secretHash}::bytea, ${name},
          ${word}::bytea) as "personId"`,
    );
    lookedUp({ personId: found?.personId ?? null });
    called({ personId: found?.personId ?? null });
    return visitId;
  });
  return loadVisit(op, id);
}

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

async function requireOpen(op: Operation, input: ChangeInput, action: AccessAction): Promise<VisitRow> {
  const row = await loadVisit(op, input.id);
  op.log.record(action, { personId: row?.personId ?? null });
  if (row === null) throw new NotFoundError('input.id');
  if (!changesVisit(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  if (row.closedAt !== null) throw new ConflictError('STATE_CHANGED');
  return row;
}

async function write(op: Operation, row: VisitRow, columns: Prisma.Sql): Promise<string> {
  const changed = await op.tx.run`update visit set ${columns}, version = version + 1
    where id = ${row.id}::uuid and version = ${row.version} and closed_at is null`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
  return row.id;
}

/** Records the outcome of the visit's appointment, if it is still booked and the viewer may change it. */
async function settleAppointment(
  op: Operation,
  row: VisitRow,
  outcome: 'HONOURED' | 'LEFT_BEFORE_RECEIVED',
): Promise<void> {
  if (row.appointmentId === null) return;
  const changed = await op.tx
    .run`update appointment set status = ${outcome}::"AppointmentStatus", version = version + 1
    where id = ${row.appointmentId}::uuid and status = 'BOOKED'`;
  if (changed > 0 && outcome === 'LEFT_BEFORE_RECEIVED')
    await op.tx.run`delete from occupancy where appointment_id = ${row.appointmentId}::uuid`;
}

/**
 * Sets the worker who is to receive the person; null removes the worker.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED once the person is taken in
 */
export async function directVisit(op: Operation, input: DirectVisitInput): Promise<VisitRow | null> {
  const id = await once(op, 'directVisit', input, async () => {
    const row = await requireOpen(op, input, 'DIRECT_VISIT');
    if (row.takenInAt !== null) throw new ConflictError('STATE_CHANGED');
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', row.districtId);
    // A viewer who is not at the desk would no longer see the visit that they pass on.
    if (!isDesk) throw new ForbiddenError();
    const workerId = input.workerId == null ? null : await requireWorker(op, row.districtId, input.workerId);
    return write(op, row, Prisma.sql`worker_id = ${workerId}::uuid`);
  });
  return loadVisit(op, id);
}

/**
 * Returns the visit and its appointment for the viewer who recorded an outcome. A repeated request gets this outcome again, and not one
 * that someone else has recorded since.
 */
async function loadSettled(
  op: Operation,
  id: string,
  said: { readonly visit: VisitOutcome | null; readonly appointment: AppointmentStatus | null },
): Promise<VisitRow | null> {
  const row = await loadVisit(op, id);
  if (row === null || row.outcome !== said.visit) return row;
  sayNow(op, row.id);
  if (row.appointmentId !== null && said.appointment !== null) {
    const appointment = await loadAppointment(op, row.appointmentId);
    if (appointment?.status === said.appointment) sayNow(op, row.appointmentId);
  }
  return asSaid(op, row);
}

/**
 * Records that the person is received now, by the worker chosen before, or by the viewer. The visit's appointment is honoured.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function takeIn(op: Operation, input: ChangeInput): Promise<VisitRow | null> {
  const id = await once(op, 'takeIn', input, async () => {
    const row = await requireOpen(op, input, 'TAKE_IN');
    if (row.takenInAt !== null) throw new ConflictError('STATE_CHANGED');
    const taken = await write(
      op,
      row,
      Prisma.sql`taken_in_at = now(), worker_id = ${row.workerId ?? op.viewer.workerId}::uuid`,
    );
    await settleAppointment(op, row, 'HONOURED');
    return taken;
  });
  return loadSettled(op, id, { visit: null, appointment: 'HONOURED' });
}

/**
 * Records the outcome of a visit.
 * @throws NotFoundError; ForbiddenError; InvalidInputError otherwise for `RECEIVED` without a taking in, and for `LEFT` after one;
 * ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function closeVisit(op: Operation, input: CloseVisitInput): Promise<VisitRow | null> {
  const id = await once(op, 'closeVisit', input, async () => {
    const row = await requireOpen(op, input, 'CLOSE_VISIT');
    if (input.outcome === (row.takenInAt === null ? 'RECEIVED' : 'LEFT'))
      throw new InvalidInputError('input.outcome', 'otherwise');
    const closed = await write(
      op,
      row,
      Prisma.sql`closed_at = now(), outcome = ${input.outcome}::"VisitOutcome"`,
    );
    if (input.outcome === 'LEFT') await settleAppointment(op, row, 'LEFT_BEFORE_RECEIVED');
    return closed;
  });
  return loadSettled(op, id, {
    visit: input.outcome,
    appointment: input.outcome === 'LEFT' ? 'LEFT_BEFORE_RECEIVED' : null,
  });
}
