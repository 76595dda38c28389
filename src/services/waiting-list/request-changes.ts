import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import {
  changesRequest,
  saysWhoIsThere,
  seesRequestContent,
  setsUrgency,
} from '../../access/waiting-list/appointment-request.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ChangeRequestInput, RecordPresenceInput, SetUrgencyInput } from '../../generated/inputs.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { loadAppointmentTypes } from '../agenda/appointment-types.js';
import { once } from '../operation/idempotency.js';
import { daysAfter, startOfToday, toDay } from '../operation/period.js';
import { loadRequest, type RequestRow } from './appointment-requests.js';
import { cleanCalledName, requireChannel, requireNothingSaid } from './nameless-requests.js';
import { requireDutyWorker, requireGivable, requireShortNotice, requireWanted } from './request-wishes.js';

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
  op.log.record(action, { caseId: row?.caseId ?? null, personId: row?.personId ?? null });
  if (row === null) throw new NotFoundError('input.id');
  if (!may(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  if (row.status !== 'WAITING') throw new ConflictError('STATE_CHANGED');
  return row;
}

/**
 * Writes to a request of this version that still waits.
 * @throws ConflictError VERSION_CHANGED for a second writer
 */
async function write(op: Operation, row: RequestRow, columns: Prisma.Sql): Promise<string> {
  const changed = await op.tx.run`update appointment_request set ${columns}, version = version + 1
    where id = ${row.id}::uuid and ${op.viewer.kind === 'PERSON' ? Prisma.sql`shown_version` : Prisma.sql`version`} = ${row.version}
      and status = 'WAITING'`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
  return row.id;
}

/**
 * Checks the mode. A viewer who reads the type may choose the modes of the type. For other viewers, each mode of any type with the same
 * public label passes: a refusal would tell which type it is. If the type lacks the mode, the database offers what the type has.
 */
async function requireMode(op: Operation, row: RequestRow, mode: AppointmentMode): Promise<void> {
  const types = await loadAppointmentTypes(op);
  const own = types.filter(({ code }) => code === row.typeCode);
  const alike = seesRequestContent(op.viewer, row)
    ? own
    : types.filter(({ publicLabelFr }) => publicLabelFr === own[0]?.publicLabelFr);
  if (!alike.some(({ modes }) => modes.includes(mode)))
    throw new InvalidInputError('input.mode', 'invalidValue');
}

/**
 * Returns the new data of a person who gave no name.
 * @throws InvalidInputError; ForbiddenError for another channel or number while they are not present
 */
function requireUnnamed(
  op: Operation,
  row: RequestRow,
  input: ChangeRequestInput,
): Pick<RequestRow, 'calledName' | 'contact' | 'phone'> {
  if (row.personId !== null) requireNothingSaid(input);
  else if (input.showOnline === true) throw new InvalidInputError('input.showOnline', 'personOnly');
  const calledName = input.calledName === undefined ? row.calledName : cleanCalledName(input.calledName);
  if (input.contact === undefined && input.phone === undefined)
    return { calledName, contact: row.contact, phone: row.phone };
  const said = requireChannel(input);
  // Someone else who holds the paper must learn nothing by giving a number of their own.
  if (said.contact !== 'NONE' && !(row.presentUntil !== null && row.presentUntil > op.now))
    throw new ForbiddenError();
  return { calledName, ...said };
}

/**
 * Changes the days, the mode, the duty worker and whether the request is shown online: absent is unchanged, null clears. The request
 * keeps its rank, and an offer already made stays. A person who gave no name may change the called name, close the channel, or, while
 * present, give another number; channel and number are said together.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED, STATE_CHANGED; RateLimitedError for a duty worker
 * when the desk has given those of the day
 */
export async function changeRequest(op: Operation, input: ChangeRequestInput): Promise<RequestRow | null> {
  const id = await once(op, 'changeRequest', input, async () => {
    const row = await requireWaiting(op, input, 'CHANGE_APPOINTMENT_REQUEST', changesRequest);
    if (input.showOnline != null && op.viewer.kind === 'PERSON') throw new ForbiddenError();
    // The desk names the duty worker. A request for the asking worker's own agenda keeps that worker.
    const isDesk = holdsRoleIn(op.viewer, 'RECEPTIONIST', row.districtId);
    if (input.dutyWorkerId !== undefined && (!isDesk || row.dutyWorkerOnly)) throw new ForbiddenError();
    const wantedFrom = input.wantedFrom === undefined ? row.wantedFrom : input.wantedFrom;
    const wantedUntil = input.wantedUntil === undefined ? row.wantedUntil : input.wantedUntil;
    requireWanted(op, { wantedFrom, wantedUntil });
    if (input.mode != null) await requireMode(op, row, input.mode);
    const unnamed = requireUnnamed(op, row, input);
    const shortNotice =
      input.shortNoticeFrom === undefined && input.shortNoticeUntil === undefined
        ? { from: row.shortNoticeFrom, until: row.shortNoticeUntil }
        : requireShortNotice(input);
    const dutyWorkerId =
      input.dutyWorkerId === undefined
        ? row.dutyWorkerId
        : await requireDutyWorker(op, row.districtId, input.dutyWorkerId);
    if (dutyWorkerId !== null && dutyWorkerId !== row.dutyWorkerId) await requireGivable(op, row);
    return write(
      op,
      row,
      Prisma.sql`mode = ${input.mode === undefined ? row.mode : input.mode}::"AppointmentMode",
        wanted_from = ${wantedFrom === null ? null : toDay(wantedFrom)}::date,
        wanted_until = ${wantedUntil === null ? null : toDay(wantedUntil)}::date,
        duty_worker_id = ${dutyWorkerId}::uuid, show_online = ${input.showOnline ?? row.showOnline},
        called_name = ${unnamed.calledName}, contact = ${unnamed.contact}::"SafeContact", phone = ${unnamed.phone},
        short_notice_from = ${shortNotice?.from ?? null}::time, short_notice_until = ${shortNotice?.until ?? null}::time`,
    );
  });
  return loadRequest(op, id);
}

/**
 * Sets the urgency, for the duty worker, and for the worker who follows the case.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function setUrgency(op: Operation, input: SetUrgencyInput): Promise<RequestRow | null> {
  const id = await once(op, 'setUrgency', input, async () => {
    const row = await requireWaiting(op, input, 'SET_URGENCY', setsUrgency);
    return write(op, row, Prisma.sql`urgency = ${input.urgency}::"Urgency"`);
  });
  return loadRequest(op, id);
}

/**
 * Records that the person is on the premises, until midnight at the latest, or has left: times freed within a day are for those present.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function recordPresence(op: Operation, input: RecordPresenceInput): Promise<RequestRow | null> {
  const id = await once(op, 'recordPresence', input, async () => {
    const row = await requireWaiting(op, input, 'RECORD_PRESENCE', saysWhoIsThere);
    // Tomorrow's midnight in Paris, also on the days when the clock changes.
    const midnight = startOfToday(daysAfter(startOfToday(op.now), 1.5));
    return write(op, row, Prisma.sql`present_until = ${input.present ? midnight : null}`);
  });
  return loadRequest(op, id);
}

/**
 * Takes a request off the list: a time offered for it is free again. Nobody is asked why.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function withdrawRequest(op: Operation, input: ChangeInput): Promise<RequestRow | null> {
  const id = await once(op, 'withdrawRequest', input, async () => {
    const row = await requireWaiting(op, input, 'WITHDRAW_APPOINTMENT_REQUEST', changesRequest);
    return write(op, row, Prisma.sql`status = 'WITHDRAWN', closed_at = now()`);
  });
  return loadRequest(op, id);
}
