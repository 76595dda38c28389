import { randomUUID } from 'node:crypto';
import { decidesOnTimes, notesCallsIn, worksWithVisit } from '../../access/reception/reception.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { NoteTelephoneCancellationInput, RestoreAppointmentInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { requireMembers } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { toDay } from '../operation/period.js';
import { digestOf } from '../operation/secret.js';
import { thingsSaid } from '../person/persons.js';
import { NOTED, type Sentence } from './sentences.js';
import { loadVisit } from './visits.js';

/** The person and the case of an appointment, for the log. */
interface Matched {
  readonly personId: string;
  readonly caseId: string | null;
}

/**
 * Notes that a caller cancels an appointment, or wants another time. Nobody knows who calls. The database looks for the one appointment of
 * the person named on that day, holds its time, and tells the safe contact and the workers. The answer is the same sentence, whether one
 * appointment matched, several, or none. It counts as a look-up.
 * @param input the district of the desk, the full name, one thing that the caller says, the day (Europe/Paris), and the worker on duty
 * @throws ForbiddenError unless the viewer is at the desk of the district; NotFoundError at `input.dutyWorkerId`; InvalidInputError
 * lookUpOneThing, blank, tooLong; RateLimitedError when the hour's look-ups are spent
 */
export async function noteTelephoneCancellation(
  op: Operation,
  input: NoteTelephoneCancellationInput,
): Promise<Sentence> {
  await once(op, 'noteTelephoneCancellation', input, async () => {
    const lookedUp = op.log.attempt('LOOK_UP_PERSON');
    const noted = op.log.attempt('CALL_OFF_BY_TELEPHONE');
    const districtId = parseId(input.districtId);
    if (districtId === null || !notesCallsIn(op.viewer, districtId)) throw new ForbiddenError();
    const name = requireText('input.fullName', input.fullName, LONGEST.fullName);
    const { birthYear, reference, phone } = thingsSaid(input);
    // The secret of an online booking distinguishes capital and small letters.
    const secret = optionalText('input.reference', input.reference, LONGEST.reference);
    const dutyWorkerId = await requireDutyWorker(op, districtId, input.dutyWorkerId ?? null);
    const matched = await oneLookUp(
      op,
      `called off ${JSON.stringify(input)}`,
      'input',
      (async () => {
        const [row] = await op.tx.rows<{ matched: Matched | null }>`
          select note_telephone_cancellation(${districtId}::uuid, ${toDay(input.day)}::date, ${name}, ${birthYear}::integer,
            ${reference}, ${phone}, ${secret === null ? null : digestOf(secret)}::bytea, ${input.wantsAnother === true},
            ${dutyWorkerId}::uuid) as matched`;
        return row?.matched ?? null;
      })(),
    );
    lookedUp({ personId: matched?.personId ?? null });
    noted({ personId: matched?.personId ?? null, caseId: matched?.caseId ?? null });
    return randomUUID();
  });
  return NOTED;
}

async function requireDutyWorker(
  op: Operation,
  districtId: string,
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const workerId = parseId(id);
  if (workerId === null) throw new NotFoundError('input.dutyWorkerId');
  await requireMembers(op, 'input.dutyWorkerId', districtId, [workerId]);
  return workerId;
}

/**
 * Lets an appointment that was called off by telephone stand. A worker who was told gives its id. For a person at the counter, the desk or
 * the worker who receives the person gives the visit, and all the person's appointments stand. The answer to a visit is the same, whether
 * anything was called off or not.
 * @throws InvalidInputError idOrVisit; for a visit also byTelephone, gone; NotFoundError at `input.id` unless it was called off and the
 * viewer was told, and at `input.visitId`
 */
export async function restoreAppointment(op: Operation, input: RestoreAppointmentInput): Promise<Sentence> {
  await once(op, 'restoreAppointment', input, async () => {
    const restored = op.log.attempt('RESTORE_APPOINTMENT');
    if ((input.id == null) === (input.visitId == null)) throw new InvalidInputError('input', 'idOrVisit');
    if (input.visitId != null) {
      const visit = await loadVisit(op, input.visitId);
      restored({ personId: visit?.personId ?? null });
      if (visit === null || !worksWithVisit(op.viewer, visit)) throw new NotFoundError('input.visitId');
      if (visit.kind === 'CALL') throw new InvalidInputError('input.visitId', 'byTelephone');
      if (!visit.goesOn) throw new InvalidInputError('input.visitId', 'gone');
      await op.tx.run`select restore_times_of_present(${visit.id}::uuid)`;
      return visit.id;
    }
    const id = parseId(input.id ?? '');
    const [row] =
      id === null
        ? []
        : await op.tx.rows<{ matched: Matched | null }>`select restore_appointment(${id}::uuid) as matched`;
    if (id === null || row === undefined || row.matched === null) throw new NotFoundError('input.id');
    restored(row.matched);
    return id;
  });
  return NOTED;
}

/** An appointment that was called off by telephone, for a worker who was told. */
export interface TimeCalledOffRow {
  readonly id: string;
  readonly districtId: string;
  /** The worker who was told: the viewer. */
  readonly workerId: string;
  readonly publicLabel: string;
  readonly startsAt: Date;
  /** Until when the time is held for the person; null if silence never frees it. */
  readonly heldUntil: Date | null;
  readonly displayName: string | null;
  readonly wantsAnother: boolean;
}

/** Lists the appointments of which the viewer was told that a caller called them off; at most 100, the first to be freed first. */
export async function listTimesCalledOff(op: Operation): Promise<readonly TimeCalledOffRow[]> {
  const rows = await op.tx
    .rows<TimeCalledOffRow>`select id, district_id as "districtId", worker_id as "workerId",
    public_label_fr as "publicLabel", starts_at as "startsAt", held_until as "heldUntil", display_name as "displayName",
    wants_another as "wantsAnother" from times_called_off()`;
  return rows.filter((row) => decidesOnTimes(op.viewer, row));
}
