import { ConflictError, RateLimitedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { loadAppointmentTypes } from '../agenda/appointment-types.js';

/** The request that the desk would make, or the request without a name for which it names the person. */
export interface AskedAtDesk {
  readonly districtId: string;
  readonly personId: string;
  readonly typeCode: string;
  readonly caseWorkerOnly: boolean;
  readonly dutyWorkerOnly: boolean;
}

/**
 * Checks for the desk that the person does not wait already. The desk does not read the type, so each type with the same public label counts
 * alike. It counts only what the list of the desk shows: an answer that depended on the type, on the case, or on a hidden request would tell it.
 * The agenda of a duty worker does not count, nor does the case's worker, unless the desk asks for the same.
 *
 * Two requests of a type are refused by the database (`appointment_request_once`). Whatever it refuses to a desk is refused here before.
 * @throws ConflictError ALREADY_WAITING
 */
export async function requireNotOnListOfDesk(op: Operation, asked: AskedAtDesk): Promise<void> {
  const { districtId, personId } = asked;
  const types = await loadAppointmentTypes(op);
  const own = types.find(({ code }) => code === asked.typeCode);
  const alike = types
    .filter(({ publicLabelFr }) => publicLabelFr === own?.publicLabelFr)
    .map(({ code }) => code);
  // Two desks that ask at the same time do so one after the other.
  await op.tx
    .run`select pg_advisory_xact_lock(hashtextextended('cosmos:waits:' || ${districtId} || ${personId}, 0))`;
  const waiting = await op.tx.rows`select from appointment_request r
    where r.person_id = ${personId}::uuid and r.district_id = ${districtId}::uuid and r.status = 'WAITING' and r.veiled_at is null
      and r.type_code = any (${alike}::text[])
      and (not r.duty_worker_only or ${asked.dutyWorkerOnly}) and (not r.case_worker_only or ${asked.caseWorkerOnly || asked.dutyWorkerOnly})
    limit 1`;
  if (waiting.length > 0) throw new ConflictError('ALREADY_WAITING');
}

const HOUR_MS = 3_600_000;

/**
 * Checks that the worker may make one more request without a name. Nobody else counts such requests: as with look-ups, the access log is
 * counted (decision 0040).
 * @throws RateLimitedError when those of the hour are spent
 */
export async function requirePaperLeft(op: Operation): Promise<void> {
  const [hour] = await op.tx.rows<{
    used: number;
    oldest: Date | null;
  }>`select used, oldest from take_paper_turn()`;
  if (hour === undefined || hour.used < op.papersPerHour) return;
  const since = op.now.getTime() - (hour.oldest ?? op.now).getTime();
  throw new RateLimitedError(
    'input.personId',
    'papersSpent',
    Math.max(1, Math.ceil((HOUR_MS - since) / 1_000)),
  );
}
