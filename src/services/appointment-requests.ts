import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.js';
import type { AppointmentMode, AskedBy, RequestStatus, Urgency } from '../../prisma/generated/enums.js';
import { changesAppointment } from '../access/appointment.js';
import {
  asksForThemselves,
  asksInDistrict,
  changesRequest,
  type RequestRelation,
  saysWhoIsThere,
  setsUrgency,
  waysToRequests,
  whereSeesRequest,
} from '../access/appointment-request.js';
import { followsCase } from '../access/case.js';
import { uuids } from '../access/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../errors.js';
import { batched, byKey } from '../loader.js';
import type { AccessAction } from '../log/access-recorder.js';
import type { Operation } from '../operation.js';
import { holdsRoleIn } from '../viewer.js';
import { type AppointmentTypeRow, loadAppointmentType } from './appointment-types.js';
import { type AppointmentRow, loadAppointment } from './appointments.js';
import { type CaseRow, requireCase } from './cases.js';
import { loadDistrict, mayBeAssigned } from './directory.js';
import { once } from './idempotency.js';
import { parseId, requireText } from './input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from './paging.js';
import { dayAfter, dayInParis, daysAfter, startOfToday, toDay } from './period.js';

/** Who waits for an appointment. */
export interface RequestRow extends RequestRelation {
  readonly id: string;
  readonly caseId: string | null;
  readonly typeCode: string;
  /** Null is any but at home. */
  readonly mode: AppointmentMode | null;
  readonly urgency: Urgency;
  readonly status: RequestStatus;
  readonly askedBy: AskedBy | null;
  readonly askedAt: Date;
  readonly rankAt: Date;
  readonly closedAt: Date | null;
  readonly wantedFrom: Date | null;
  readonly wantedUntil: Date | null;
  readonly caseWorkerOnly: boolean;
  readonly dutyWorkerOnly: boolean;
  readonly presentUntil: Date | null;
  readonly appointmentId: string | null;
  readonly version: number;
}

/** The columns of a request's row, of `appointment_request r`; the person has a version of what they see alone. */
const request = (
  op: Operation,
): Prisma.Sql => Prisma.sql`r.id, r.district_id as "districtId", r.person_id as "personId", r.case_id as "caseId",
  r.type_code as "typeCode", r.mode::text as mode, r.urgency::text as urgency, r.status::text as status,
  r.asked_by::text as "askedBy", r.asked_at as "askedAt", r.rank_at as "rankAt", r.closed_at as "closedAt",
  r.wanted_from as "wantedFrom", r.wanted_until as "wantedUntil", r.case_worker_only as "caseWorkerOnly",
  r.present_until as "presentUntil", r.duty_worker_id as "dutyWorkerId", r.appointment_id as "appointmentId",
  r.show_online as "showOnline", r.case_worker_id as "caseWorkerId", r.duty_worker_only as "dutyWorkerOnly",
  ${versionFor(op)} as version`;
const r = Prisma.sql`r`;

function versionFor(op: Operation): Prisma.Sql {
  return op.viewer.kind === 'PERSON' ? Prisma.sql`r.shown_version` : Prisma.sql`r.version`;
}

/** As far ahead as days are wished for. */
const MAX_DAYS_WANTED = 366;
/** As the table has it; a day that has passed since is no fault of a request that waits. */
const FIRST_DAY_WANTED = '2000-01-01';
/** Of what one person asks for themselves. */
const MAX_WAITING = 3;

/** A request that the viewer sees, or null: missing and forbidden alike. */
export async function loadRequest(op: Operation, id: string): Promise<RequestRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'appointment-request', async (ids) =>
    byKey(
      await op.tx.rows<RequestRow>`select ${request(op)} from appointment_request r
        where r.id = any (${uuids(ids)}) and ${whereSeesRequest(op.viewer, r)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Who waits, as far as the viewer sees them, in the order in which they are offered a time: by urgency, then since when. A
 * person's own come in the order of asking, which tells nothing of how urgent they are held to be.
 */
export async function listRequests(
  op: Operation,
  args: PageArgs & { readonly districtId?: string | null },
): Promise<Page<RequestRow>> {
  const size = pageSize(args);
  const districtId = args.districtId == null ? null : parseId(args.districtId);
  const ways = args.districtId != null && districtId === null ? [] : waysToRequests(op.viewer, r, districtId);
  const isOwn = op.viewer.kind === 'PERSON';
  const key = (row: RequestRow): Date => (isOwn ? row.askedAt : row.rankAt);
  if (ways.length === 0) return toPage([], size, key);
  const [column, name] = isOwn
    ? [Prisma.sql`r.asked_at`, Prisma.sql`"askedAt"`]
    : [Prisma.sql`r.rank_at`, Prisma.sql`"rankAt"`];
  const after = afterCursor(args, column, Prisma.sql`r.id`, false);
  const pages = ways.map(
    (way) => Prisma.sql`(select ${request(op)} from appointment_request r
      where ${way} and r.status = 'WAITING' and ${after} order by ${column}, r.id limit ${size + 1})`,
  );
  const rows = await op.tx
    .rows<RequestRow>`select * from (${Prisma.join(pages, ' union ')}) r order by ${name}, id limit ${size + 1}`;
  return toPage(rows, size, key);
}

/** Its place among those who wait for the same type in the district, the first being 1; null once it is closed. */
export async function loadRank(op: Operation, id: string): Promise<number | null> {
  const row = await batched(op, 'request-rank', async (ids) =>
    byKey(
      await op.tx.rows<{ readonly id: string; readonly rank: number }>`
        select request_id as id, rank from request_ranks(${uuids(ids)})`,
      (ranked) => ranked.id,
    ),
  ).load(id);
  return row?.rank ?? null;
}

export interface RequestInput {
  readonly districtId: string;
  readonly typeCode: string;
  readonly personId?: string | null;
  readonly caseId?: string | null;
  readonly mode?: AppointmentMode | null;
  readonly urgency?: Urgency | null;
  readonly askedBy?: AskedBy | null;
  readonly wantedFrom?: Date | null;
  readonly wantedUntil?: Date | null;
  readonly caseWorkerOnly?: boolean | null;
  readonly dutyWorkerId?: string | null;
  readonly insteadOfId?: string | null;
  readonly showOnline?: boolean | null;
}

interface Wanted {
  readonly wantedFrom?: Date | null;
  readonly wantedUntil?: Date | null;
}

/** Days from today on, the last left out. */
function requireWanted(op: Operation, { wantedFrom, wantedUntil }: Wanted): void {
  const today = dayInParis(op.now);
  const last = dayAfter(today, MAX_DAYS_WANTED);
  if (wantedFrom != null && toDay(wantedFrom) < FIRST_DAY_WANTED)
    throw new InvalidInputError('input.wantedFrom', 'past');
  if (wantedFrom != null && toDay(wantedFrom) > last)
    throw new InvalidInputError('input.wantedFrom', 'tooFar');
  if (wantedUntil == null) return;
  if (toDay(wantedUntil) <= today) throw new InvalidInputError('input.wantedUntil', 'past');
  if (toDay(wantedUntil) > last) throw new InvalidInputError('input.wantedUntil', 'tooFar');
  if (wantedFrom != null && wantedUntil <= wantedFrom)
    throw new InvalidInputError('input.wantedUntil', 'interval');
}

/** A type that the viewer books, and a mode that it has. */
async function requireType(
  op: Operation,
  input: Pick<RequestInput, 'typeCode' | 'mode' | 'districtId'>,
): Promise<AppointmentTypeRow> {
  const type = await loadAppointmentType(op, requireText('input.typeCode', input.typeCode, 40));
  const as = asksForThemselves(op.viewer)
    ? 'BOOKING_CLIENT'
    : holdsRoleIn(op.viewer, 'RECEPTIONIST', input.districtId)
      ? 'RECEPTIONIST'
      : 'SOCIAL_WORKER';
  if (type === null || !type.bookableBy.includes(as))
    throw new InvalidInputError('input.typeCode', 'unknownCode');
  if (input.mode != null && !type.modes.includes(input.mode))
    throw new InvalidInputError('input.mode', 'invalidValue');
  return type;
}

/**
 * Whom it is for: the person themselves, or someone whom the viewer may book.
 * @param ofCase the case that they must be of, where whoever asks knows of whom it is
 */
async function requirePerson(op: Operation, input: RequestInput, ofCase: CaseRow | null): Promise<string> {
  if (asksForThemselves(op.viewer)) {
    if (input.personId != null && input.personId.toLowerCase() !== op.viewer.personId)
      throw new NotFoundError('input.personId');
    return op.viewer.personId ?? '';
  }
  if (input.personId == null) throw new InvalidInputError('input.personId', 'required');
  const id = parseId(input.personId);
  const [known] = id === null ? [] : await op.tx.rows`select where may_book_person(${id}::uuid)`;
  if (id === null || known === undefined) throw new NotFoundError('input.personId');
  if (ofCase !== null) {
    const [concerned] = await op.tx.rows`select from case_person
      where case_id = ${ofCase.id}::uuid and person_id = ${id}::uuid`;
    if (concerned === undefined) throw new NotFoundError('input.personId');
  }
  return id;
}

/** Who is on duty: a social worker of the district. Nobody else is asked to judge. */
async function requireDutyWorker(
  op: Operation,
  districtId: string,
  wanted: string | null | undefined,
): Promise<string | null> {
  if (wanted == null) return null;
  const id = parseId(wanted);
  if (id === null || !(await mayBeAssigned(op, id, districtId)))
    throw new NotFoundError('input.dutyWorkerId');
  return id;
}

/** What they have, and would have sooner: theirs, booked, ahead, with one worker, of the same type and its length. */
async function requireInsteadOf(
  op: Operation,
  input: RequestInput,
  districtId: string,
  personId: string,
  type: AppointmentTypeRow,
): Promise<AppointmentRow | null> {
  if (input.insteadOfId == null) return null;
  const row = await loadAppointment(op, input.insteadOfId);
  const own = asksForThemselves(op.viewer);
  const [theirs] =
    row === null || row.districtId !== districtId
      ? []
      : await op.tx.rows`select from appointment_person
          where appointment_id = ${row.id}::uuid and person_id = ${personId}::uuid`;
  if (row === null || theirs === undefined) throw new NotFoundError('input.insteadOfId');
  if (own) {
    const [booked] = await op.tx.rows`select where booked_online_by_viewer(${row.id}::uuid)`;
    if (booked === undefined) throw new ForbiddenError('changedByDesk');
  } else if (!changesAppointment(op.viewer, row)) throw new ForbiddenError();
  if (row.status !== 'BOOKED' || row.startsAt <= op.now) throw new ConflictError('STATE_CHANGED');
  const minutes = (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000;
  const isUsual =
    row.workerIds.length === 1 && row.expectedBackAt === null && minutes === type.durationMinutes;
  if (row.typeCode !== type.code || !isUsual) throw new InvalidInputError('input.insteadOfId', 'otherKind');
  return row;
}

/** Three at a time for whoever asks for themselves. */
async function requireFew(op: Operation): Promise<void> {
  await op.tx.run`select pg_advisory_xact_lock(hashtextextended('cosmos:waiting:' || viewer_person(), 0))`;
  const waiting = await op.tx.rows`select from appointment_request
    where person_id = viewer_person() and status = 'WAITING' limit ${MAX_WAITING}`;
  if (waiting.length >= MAX_WAITING) throw new ForbiddenError('tooManyBookings');
}

/**
 * Puts someone on the waiting list of a district, by the desk, a social worker, or themselves. They are offered the earliest
 * time that suits them, in their turn; nobody asks why they come.
 * @throws ForbiddenError for an urgency that a social worker has not judged, and for a person who waits three times already
 */
export async function requestAppointment(op: Operation, input: RequestInput): Promise<RequestRow | null> {
  const id = await once(op, 'requestAppointment', input, async () => {
    const own = asksForThemselves(op.viewer);
    const districtId = parseId(input.districtId);
    if (own) {
      if (districtId === null || (await loadDistrict(op, districtId)) === null)
        throw new NotFoundError('input.districtId');
    } else if (districtId === null || !asksInDistrict(op.viewer, districtId)) throw new ForbiddenError();
    const type = await requireType(op, { ...input, districtId });
    requireWanted(op, input);
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId);
    const ofCase = input.caseId == null ? null : await requireCase(op, input.caseId);
    if (ofCase !== null && ofCase.districtId !== districtId) throw new NotFoundError('input.caseId');
    if (ofCase !== null && !own && !isDesk && !followsCase(op.viewer, ofCase)) throw new ForbiddenError();
    if (input.caseWorkerOnly === true && ofCase === null)
      throw new InvalidInputError('input.caseWorkerOnly', 'caseOnly');
    const personId = await requirePerson(op, input, isDesk ? null : ofCase);
    const dutyWorkerId = await dutyWorkerOf(op, input, districtId);
    // Who is not at the desk books in no colleague's agenda: they ask for their own, or that of a case that they follow.
    const dutyWorkerOnly = !own && !isDesk && ofCase === null;
    const urgency = input.urgency ?? 'ORDINARY';
    const row = {
      districtId,
      personId,
      showOnline: own || input.showOnline === true,
      dutyWorkerId,
      caseWorkerId: ofCase?.assignedWorkerId ?? null,
    };
    if (urgency !== 'ORDINARY' && !setsUrgency(op.viewer, row)) throw new ForbiddenError();
    const insteadOf = await requireInsteadOf(op, input, districtId, personId, type);
    if (own) await requireFew(op);
    const requestId = randomUUID();
    const { wantedFrom, wantedUntil } = input;
    // Held in one way alone, it is asked for in that way; what they have stays as it is.
    const mode = input.mode ?? insteadOf?.mode ?? (type.modes.length === 1 ? type.modes[0] : null) ?? null;
    await op.tx
      .run`insert into appointment_request (id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from,
        wanted_until, case_worker_only, duty_worker_only, duty_worker_id, appointment_id, show_online)
      values (${requestId}::uuid, ${districtId}::uuid, ${personId}::uuid, ${ofCase?.id ?? null}::uuid, ${type.code},
        ${mode}::"AppointmentMode", ${urgency}::"Urgency", ${input.askedBy ?? null}::"AskedBy",
        ${wantedFrom == null ? null : toDay(wantedFrom)}::date, ${wantedUntil == null ? null : toDay(wantedUntil)}::date,
        ${ofCase !== null && input.caseWorkerOnly !== false}, ${dutyWorkerOnly}, ${dutyWorkerId}::uuid,
        ${insteadOf?.id ?? null}::uuid, ${row.showOnline})`;
    op.log.record('REQUEST_APPOINTMENT', { caseId: ofCase?.id ?? null, personId });
    return requestId;
  });
  return loadRequest(op, id);
}

/** Who is on duty: whom the desk says; a social worker who asks, themselves. */
async function dutyWorkerOf(op: Operation, input: RequestInput, districtId: string): Promise<string | null> {
  const { workerId } = op.viewer;
  if (asksForThemselves(op.viewer)) {
    if (input.dutyWorkerId != null) throw new ForbiddenError();
    return null;
  }
  if (holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId))
    return requireDutyWorker(op, districtId, input.dutyWorkerId);
  if (input.dutyWorkerId != null && parseId(input.dutyWorkerId) !== workerId) throw new ForbiddenError();
  return workerId;
}

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

async function requireWaiting(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
  may: (viewer: Operation['viewer'], row: RequestRow) => boolean,
): Promise<RequestRow> {
  const row = await loadRequest(op, input.id);
  if (row === null) throw new NotFoundError('input.id');
  op.log.record(action, { caseId: row.caseId, personId: row.personId });
  if (!may(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  if (row.status !== 'WAITING') throw new ConflictError('STATE_CHANGED');
  return row;
}

/** Writes to a request of this version that still waits. @throws ConflictError for who comes second */
async function write(op: Operation, row: RequestRow, columns: Prisma.Sql): Promise<string> {
  const changed = await op.tx.run`update appointment_request set ${columns}, version = version + 1
    where id = ${row.id}::uuid and ${op.viewer.kind === 'PERSON' ? Prisma.sql`shown_version` : Prisma.sql`version`} = ${row.version}
      and status = 'WAITING'`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
  return row.id;
}

export interface ChangeRequestInput extends ChangeInput, Wanted {
  readonly mode?: AppointmentMode | null;
  readonly dutyWorkerId?: string | null;
  readonly showOnline?: boolean | null;
}

/**
 * Says anew on which days and how it suits, whether it is shown to the person, and who is on duty: absent is unchanged, null
 * clears. It keeps its rank; what is offered already stays so.
 */
export async function changeRequest(op: Operation, input: ChangeRequestInput): Promise<RequestRow | null> {
  const id = await once(op, 'changeRequest', input, async () => {
    const row = await requireWaiting(op, input, 'CHANGE_APPOINTMENT_REQUEST', changesRequest);
    if (input.showOnline != null && op.viewer.kind === 'PERSON') throw new ForbiddenError();
    // Who is on duty, the desk says; whoever asked for their own agenda stays it.
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', row.districtId);
    if (input.dutyWorkerId !== undefined && (!isDesk || row.dutyWorkerOnly)) throw new ForbiddenError();
    const wantedFrom = input.wantedFrom === undefined ? row.wantedFrom : input.wantedFrom;
    const wantedUntil = input.wantedUntil === undefined ? row.wantedUntil : input.wantedUntil;
    requireWanted(op, { wantedFrom, wantedUntil });
    if (input.mode != null) {
      const type = await loadAppointmentType(op, row.typeCode);
      if (type?.modes.includes(input.mode) !== true)
        throw new InvalidInputError('input.mode', 'invalidValue');
    }
    const dutyWorkerId =
      input.dutyWorkerId === undefined
        ? row.dutyWorkerId
        : await requireDutyWorker(op, row.districtId, input.dutyWorkerId);
    return write(
      op,
      row,
      Prisma.sql`mode = ${input.mode === undefined ? row.mode : input.mode}::"AppointmentMode",
        wanted_from = ${wantedFrom === null ? null : toDay(wantedFrom)}::date,
        wanted_until = ${wantedUntil === null ? null : toDay(wantedUntil)}::date,
        duty_worker_id = ${dutyWorkerId}::uuid, show_online = ${input.showOnline ?? row.showOnline}`,
    );
  });
  return loadRequest(op, id);
}

/** Says how urgent it is: whoever is on duty, or follows the case. */
export async function setUrgency(
  op: Operation,
  input: ChangeInput & { readonly urgency: Urgency },
): Promise<RequestRow | null> {
  const id = await once(op, 'setUrgency', input, async () => {
    const row = await requireWaiting(op, input, 'SET_URGENCY', setsUrgency);
    return write(op, row, Prisma.sql`urgency = ${input.urgency}::"Urgency"`);
  });
  return loadRequest(op, id);
}

/** Says that they are on the premises, until midnight at the latest, or have left: what is freed within a day is for them. */
export async function recordPresence(
  op: Operation,
  input: ChangeInput & { readonly present: boolean },
): Promise<RequestRow | null> {
  const id = await once(op, 'recordPresence', input, async () => {
    const row = await requireWaiting(op, input, 'RECORD_PRESENCE', saysWhoIsThere);
    // Tomorrow's midnight in Paris, on the days when the clock changes too.
    const midnight = startOfToday(daysAfter(startOfToday(op.now), 1.5));
    return write(op, row, Prisma.sql`present_until = ${input.present ? midnight : null}`);
  });
  return loadRequest(op, id);
}

/** Takes a request off the list: what is offered to them is free again. Nobody is asked why. */
export async function withdrawRequest(op: Operation, input: ChangeInput): Promise<RequestRow | null> {
  const id = await once(op, 'withdrawRequest', input, async () => {
    const row = await requireWaiting(op, input, 'WITHDRAW_APPOINTMENT_REQUEST', changesRequest);
    return write(op, row, Prisma.sql`status = 'WITHDRAWN', closed_at = now()`);
  });
  return loadRequest(op, id);
}
