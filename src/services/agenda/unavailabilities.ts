import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { keepsAgenda, whereReadsAgenda } from '../../access/agenda/agenda.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { DeclareUnavailabilityInput, VersionedInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { requirePeriod, startOfToday } from '../operation/period.js';
import { requireAgenda, requireAgendaToKeep } from './agenda.js';

/** Time off for a while, never its cause. A half-open interval of instants. */
export interface UnavailabilityRow {
  readonly id: string;
  readonly workerId: string;
  readonly districtId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly version: number;
}

const UNAVAILABILITY = Prisma.sql`u.id, u.worker_id as "workerId", u.district_id as "districtId", u.starts_at as "startsAt",
  u.ends_at as "endsAt", u.version`;
const u = Prisma.sql`u`;

/** Returns the time off that the viewer may read, or null: a missing and a forbidden one answer alike. */
export async function loadUnavailability(op: Operation, id: string): Promise<UnavailabilityRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'unavailability', async (ids) =>
    byKey(
      await op.tx.rows<UnavailabilityRow>`select ${UNAVAILABILITY} from unavailability u
        where u.id = any (${uuids(ids)}) and u.outside_calendar_id is null and ${whereReadsAgenda(op.viewer, u)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Lists a worker's declared time off in a district that runs or is to come, by start; at most 100. Times from outside calendars are busy
 * times, and not listed here. Reading a colleague's is logged.
 * @throws ForbiddenError
 */
export async function listUnavailabilities(
  op: Operation,
  args: { readonly districtId: string; readonly workerId: string },
): Promise<readonly UnavailabilityRow[]> {
  const agenda = requireAgenda(op, args);
  return op.tx.rows<UnavailabilityRow>`select ${UNAVAILABILITY} from unavailability u
    where u.worker_id = ${agenda.workerId}::uuid and u.district_id = ${agenda.districtId}::uuid
      and u.outside_calendar_id is null and ${whereReadsAgenda(op.viewer, u)} and u.ends_at > now() and u.ends_at > u.starts_at
      -- None lasts longer than that: what began before is over.
      and u.starts_at > now() - interval '366 days' order by u.starts_at, u.id limit 100`;
}

/**
 * Declares time off. Appointments in it never prevent it: they are flagged, for someone to move or cancel.
 * @throws ForbiddenError; NotFoundError; InvalidInputError for an end before the start, a past end, more than a year
 */
export async function declareUnavailability(
  op: Operation,
  input: DeclareUnavailabilityInput,
): Promise<UnavailabilityRow | null> {
  const id = await once(op, 'declareUnavailability', input, async () => {
    const { districtId, workerId } = await requireAgendaToKeep(op, input);
    requirePeriod('input.endsAt', input.startsAt, input.endsAt, 366);
    if (input.startsAt < startOfToday(op.now)) throw new InvalidInputError('input.startsAt', 'past');
    if (input.endsAt <= op.now) throw new InvalidInputError('input.endsAt', 'past');
    requirePeriod('input.startsAt', startOfToday(op.now), input.startsAt, 731);
    const unavailabilityId = randomUUID();
    await op.tx.run`insert into unavailability (id, worker_id, district_id, starts_at, ends_at)
      values (${unavailabilityId}::uuid, ${workerId}::uuid, ${districtId}::uuid, ${input.startsAt}, ${input.endsAt})`;
    return unavailabilityId;
  });
  return loadUnavailability(op, id);
}

/**
 * Ends time off now, or withdraws it before it begins: these hours are free again.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, or STATE_CHANGED once it is over
 */
export async function endUnavailability(
  op: Operation,
  input: VersionedInput,
): Promise<UnavailabilityRow | null> {
  const id = await once(op, 'endUnavailability', input, async () => {
    const row = await loadUnavailability(op, input.id);
    op.log.record('CHANGE_AGENDA', { targetWorkerId: row?.workerId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!keepsAgenda(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.endsAt <= op.now || row.endsAt <= row.startsAt) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update unavailability
      set ends_at = greatest(starts_at, least(ends_at, now())), version = version + 1
      where id = ${row.id}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadUnavailability(op, id);
}
