import { randomUUID } from 'node:crypto';
import { changesAppointment, seesAppointmentContent } from '../../access/appointment/appointment.js';
import { followsCase } from '../../access/case/case.js';
import {
  asksForThemselves,
  asksInDistrict,
  setsUrgency,
} from '../../access/waiting-list/appointment-request.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { RequestAppointmentInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import {
  type AppointmentTypeRow,
  loadAppointmentType,
  requireBookableBy,
} from '../agenda/appointment-types.js';
import { type AppointmentRow, findAppointment } from '../appointment/appointments.js';
import { type CaseRow, requireCase, requireOpenCase } from '../case/cases.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';
import { requireBookable } from '../person/persons.js';
import { loadRequest, type RequestRow } from './appointment-requests.js';
import { cleanCalledName, requireChannel, requireNothingSaid } from './nameless-requests.js';
import { requireNotOnListOfDesk, requirePaperLeft } from './one-request.js';
import { requireDutyWorker, requireGivable, requireShortNotice, requireWanted } from './request-wishes.js';

/** The most requests that one person has waiting by their own asking. */
const MAX_WAITING = 3;

/** The days for which a person without a name waits, unless they say otherwise: a lost paper must not keep a place for ever. */
const DAYS_WITHOUT_A_NAME = 182;

/** Returns a type that the viewer may book, with a mode that it has. */
async function requireType(
  op: Operation,
  input: Pick<RequestAppointmentInput, 'typeCode' | 'mode' | 'districtId'>,
): Promise<AppointmentTypeRow> {
  const type = await loadAppointmentType(op, requireText('input.typeCode', input.typeCode, LONGEST.code));
  const as = asksForThemselves(op.viewer)
    ? 'BOOKING_CLIENT'
    : holdsRoleIn(op.viewer, 'RECEPTIONIST', input.districtId)
      ? 'RECEPTIONIST'
      : 'SOCIAL_WORKER';
  requireBookableBy(type, as);
  if (type.places !== null) throw new InvalidInputError('input.typeCode', 'collective');
  if (input.mode != null && !type.modes.includes(input.mode))
    throw new InvalidInputError('input.mode', 'invalidValue');
  // A call-back must never stand in the place of an appointment that the person asks for.
  if (type.option !== null) throw new InvalidInputError('input.typeCode', 'notWaitedFor');
  return type;
}

/**
 * Returns the person of the request: the viewer, a person the viewer may book, or null for a person who gives no name. A case, an
 * appointment and an account belong to a person who is named.
 * @param ofCase the case in which the person must be, if the viewer knows its persons
 */
async function requirePerson(
  op: Operation,
  input: RequestAppointmentInput,
  ofCase: CaseRow | null,
): Promise<string | null> {
  if (input.personId != null || asksForThemselves(op.viewer)) requireNothingSaid(input);
  if (asksForThemselves(op.viewer)) {
    if (input.personId != null && input.personId.toLowerCase() !== op.viewer.personId)
      throw new NotFoundError('input.personId');
    return op.viewer.personId ?? '';
  }
  if (input.personId == null) {
    if (input.caseId != null || input.insteadOfId != null || input.showOnline === true)
      throw new InvalidInputError('input.personId', 'required');
    return null;
  }
  const id = await requireBookable(op, input.personId);
  if (ofCase !== null) {
    const [concerned] = await op.tx.rows`select from case_person
      where case_id = ${ofCase.id}::uuid and person_id = ${id}::uuid`;
    if (concerned === undefined) throw new NotFoundError('input.personId');
  }
  return id;
}

/**
 * Returns the appointment that the person has and would have sooner: it is theirs, booked, ahead, with one worker, and as long as the
 * requested type. A viewer who reads its type is told if the types differ. To a viewer who may not read the type, each guess answers
 * alike: the appointment keeps its type, and is offered times for the requested type.
 */
async function requireInsteadOf(
  op: Operation,
  input: RequestAppointmentInput,
  districtId: string,
  personId: string | null,
  type: AppointmentTypeRow,
): Promise<AppointmentRow | null> {
  if (input.insteadOfId == null) return null;
  const row = await findAppointment(op, input.insteadOfId);
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
    row.workerIds.length === 1 &&
    row.expectedBackAt === null &&
    minutes === type.durationMinutes &&
    (input.mode != null || type.modes.includes(row.mode));
  // The person who booked it online named its type, and so knows it.
  const readsType = own || seesAppointmentContent(op.viewer, row);
  if (!isUsual || (readsType && row.typeCode !== type.code))
    throw new InvalidInputError('input.insteadOfId', 'otherKind');
  return row;
}

/** Checks that a person who asks for themselves has fewer than three requests waiting. */
async function requireFew(op: Operation): Promise<void> {
  await op.tx.run`select pg_advisory_xact_lock(hashtextextended('cosmos:waiting:' || viewer_person(), 0))`;
  const waiting = await op.tx.rows`select from appointment_request
    where person_id = viewer_person() and status = 'WAITING' and stands_for_id is null limit ${MAX_WAITING}`;
  if (waiting.length >= MAX_WAITING) throw new ForbiddenError('tooManyBookings');
}

/**
 * Puts a person on the waiting list of a district; the desk, a social worker or the person does so. The person is offered the earliest
 * time that suits them, in their turn. Nobody asks for the reason, nor for a name. A person who gives no name has a reference on paper,
 * and waits for half a year unless another day is said.
 * @throws NotFoundError; InvalidInputError; ConflictError ALREADY_WAITING for a person who waits for such an appointment; ForbiddenError for
 * an urgency that no social worker has judged, and for a person who waits three times already; RateLimitedError for the 41st request without
 * a name in an hour, and for a duty worker when the desk has given those of the day
 */
export async function requestAppointment(
  op: Operation,
  input: RequestAppointmentInput,
): Promise<RequestRow | null> {
  const id = await once(op, 'requestAppointment', input, async () => {
    const own = asksForThemselves(op.viewer);
    // This comes before the check: each guess is in the log.
    const named = own ? op.viewer.personId : input.personId == null ? null : parseId(input.personId);
    const tried = op.log.attempt('REQUEST_APPOINTMENT', { personId: named });
    const districtId = own
      ? await requireDistrict(op, input.districtId, 'input.districtId')
      : parseId(input.districtId);
    if (districtId === null || (!own && !asksInDistrict(op.viewer, districtId))) throw new ForbiddenError();
    const type = await requireType(op, { ...input, districtId });
    requireWanted(op, input);
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', districtId);
    const ofCase = input.caseId == null ? null : await requireCase(op, input.caseId);
    tried({ caseId: ofCase?.id ?? null, personId: named });
    if (ofCase !== null && ofCase.districtId !== districtId) throw new NotFoundError('input.caseId');
    if (ofCase !== null && !own && !isDesk && !followsCase(op.viewer, ofCase)) throw new ForbiddenError();
    if (ofCase !== null) requireOpenCase(ofCase);
    if (input.caseWorkerOnly === true && ofCase === null)
      throw new InvalidInputError('input.caseWorkerOnly', 'caseOnly');
    const personId = await requirePerson(op, input, isDesk ? null : ofCase);
    const dutyWorkerId = await dutyWorkerOf(op, input, districtId);
    if (isDesk && dutyWorkerId !== null) await requireGivable(op, { personId, districtId });
    // A viewer who is not at the desk books in no colleague's agenda: they ask for their own agenda, or that of a case that they follow.
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
    const { wantedFrom } = input;
    const until = input.wantedUntil == null ? null : toDay(input.wantedUntil);
    const wantedUntil =
      until ??
      (personId === null
        ? dayAfter(wantedFrom == null ? dayInParis(op.now) : toDay(wantedFrom), DAYS_WITHOUT_A_NAME)
        : null);
    const calledName = cleanCalledName(input.calledName);
    const { contact, phone } = requireChannel(input);
    const shortNotice = requireShortNotice(input);
    // If the type has one mode only, that mode is asked for. An appointment that the person has keeps its mode.
    const caseWorkerOnly = ofCase !== null && input.caseWorkerOnly !== false;
    if (personId === null) await requirePaperLeft(op);
    else if (isDesk)
      await requireNotOnListOfDesk(op, {
        districtId,
        personId,
        typeCode: type.code,
        caseWorkerOnly,
        dutyWorkerOnly,
      });
    const mode = input.mode ?? insteadOf?.mode ?? (type.modes.length === 1 ? type.modes[0] : null) ?? null;
    const made = await op.tx
      .run`insert into appointment_request (id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from,
        wanted_until, case_worker_only, duty_worker_only, duty_worker_id, appointment_id, show_online, called_name, contact, phone,
        short_notice_from, short_notice_until)
      values (${requestId}::uuid, ${districtId}::uuid, ${personId}::uuid, ${ofCase?.id ?? null}::uuid, ${type.code},
        ${mode}::"AppointmentMode", ${urgency}::"Urgency", ${input.askedBy ?? null}::"AskedBy",
        ${wantedFrom == null ? null : toDay(wantedFrom)}::date, ${wantedUntil}::date,
        ${caseWorkerOnly}, ${dutyWorkerOnly}, ${dutyWorkerId}::uuid,
        ${insteadOf?.id ?? null}::uuid, ${row.showOnline}, ${calledName}, ${contact}::"SafeContact", ${phone},
        ${shortNotice?.from ?? null}::time, ${shortNotice?.until ?? null}::time)
      on conflict do nothing`;
    // The person waits for this type, as the asker could read (`appointment_request_once`).
    if (made === 0) throw new ConflictError('ALREADY_WAITING');
    return requestId;
  });
  return loadRequest(op, id);
}

/** Returns the duty worker: the one named by the desk; a social worker who asks names themselves. */
async function dutyWorkerOf(
  op: Operation,
  input: RequestAppointmentInput,
  districtId: string,
): Promise<string | null> {
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
