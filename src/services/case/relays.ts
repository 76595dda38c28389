import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { allocates } from '../../access/case/case.js';
import { confirmsRelays, whereSeesRelay } from '../../access/case/relay.js';
import { uuids } from '../../access/operation/sql.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { EndRelayInput, OpenRelayInput, VersionedInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { mayBeAssigned, requireDistrictWorker } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { requirePeriod } from '../operation/period.js';
import { requireOne } from './absences.js';

/** A relay: a dated stand-in for an absent worker. */
export interface RelayRow {
  readonly id: string;
  readonly districtId: string;
  readonly absentWorkerId: string;
  readonly standInId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** A technical adviser may confirm the relay until then. A relay that waits gives nothing. Null for a relay in force. */
  readonly confirmBefore: Date | null;
  /** The technical adviser who confirmed it; null if none had to. */
  readonly confirmedById: string | null;
  readonly version: number;
}

const RELAY = Prisma.sql`r.id, r.district_id as "districtId", r.absent_worker_id as "absentWorkerId", r.stand_in_id as "standInId",
  r.starts_at as "startsAt", r.ends_at as "endsAt", r.pending_until as "confirmBefore", r.confirmed_by_id as "confirmedById", r.version`;
/** PostgreSQL's code for an exclusion that is violated: two relays of a worker at the same time (PostgreSQL, appendix A). */
const OVERLAPS = '23P01';

/** A relay lasts at most a year. */
const LONGEST_DAYS = 366;

/** Returns a relay of the viewer's districts, or one that waits for a technical adviser's yes, or null. */
export function loadRelay(op: Operation, id: string): Promise<RelayRow | null> {
  return batched(op, 'relay', async (ids) =>
    byKey(
      await op.tx.rows<RelayRow>`select ${RELAY} from relay r where r.id = any (${uuids(ids)})
      and ${whereSeesRelay(op.viewer, Prisma.sql`r`)}`,
      (row) => row.id,
    ),
  ).load(id);
}

/**
 * Lists the relays of a district of the viewer that run or are to come, by start; at most 100. Without a district, it lists those that wait
 * for a technical adviser's yes: an adviser sees the county's, the others those of their own districts. A relay that was not confirmed on
 * its day is not listed.
 */
export async function listRelays(
  op: Operation,
  districtId: string | null | undefined,
): Promise<readonly RelayRow[]> {
  const id = districtId == null ? null : parseId(districtId);
  if (districtId != null && id === null) return [];
  const asked =
    id === null
      ? Prisma.sql`r.pending_until > now()`
      : Prisma.sql`r.district_id = ${id}::uuid and (r.pending_until is null or r.pending_until > now())`;
  return op.tx.rows<RelayRow>`select ${RELAY} from relay r
    where ${asked} and ${whereSeesRelay(op.viewer, Prisma.sql`r`)} and r.ends_at > now() order by r.starts_at, r.id limit 100`;
}

/**
 * Opens a dated stand-in for an absent worker, within a declared absence; the relay ends with it at the latest. It opens identity, needs
 * and agenda, never earlier notes. A confidential address opens once the absence was declared a day ago. A head opens relays for two workers
 * a day whose absence was declared within a day. A further relay waits for a technical adviser's yes (`confirmBefore`).
 * @throws ForbiddenError; NotFoundError; InvalidInputError notAssignable, or noAbsence; ConflictError STATE_CHANGED for a second relay of
 * the same two workers
 */
export async function openRelay(op: Operation, input: OpenRelayInput): Promise<RelayRow | null> {
  const id = await once(op, 'openRelay', input, async () => {
    op.log.record('OPEN_RELAY', { targetWorkerId: parseId(input.standInId) });
    const districtId = parseId(input.districtId);
    if (districtId === null || !allocates(op.viewer, districtId)) throw new ForbiddenError();
    const absent = await requireDistrictWorker(op, input.absentWorkerId, districtId, 'input.absentWorkerId');
    const standIn = await requireDistrictWorker(op, input.standInId, districtId, 'input.standInId');
    if (standIn === absent || standIn === op.viewer.workerId)
      throw new InvalidInputError('input.standInId', 'notAssignable');
    if (!(await mayBeAssigned(op, standIn, districtId)))
      throw new InvalidInputError('input.standInId', 'notAssignable');
    requirePeriod('input.endsAt', input.startsAt, input.endsAt, LONGEST_DAYS);
    const relayId = randomUUID();
    requireOne(
      await op.tx.run`insert into relay (id, district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
        values (${relayId}::uuid, ${districtId}::uuid, ${absent}::uuid, ${standIn}::uuid, ${input.startsAt}, ${input.endsAt})
        on conflict do nothing`.catch((error: unknown) => {
        // The database locks the absence: a head who ends it meanwhile waits, or has ended it before.
        if (sqlStateOf(error) === CHECK_VIOLATION) throw new InvalidInputError('input.startsAt', 'noAbsence');
        throw error;
      }),
    );
    return relayId;
  });
  return loadRelay(op, id);
}

/**
 * Confirms a relay that waits, as a technical adviser who has no part in it. From now on it runs, and both workers are told.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, also once the day is over or the absence is contradicted;
 * STATE_CHANGED while another relay of the absent worker runs
 */
export async function confirmRelay(op: Operation, input: VersionedInput): Promise<RelayRow | null> {
  const id = await once(op, 'confirmRelay', input, async () => {
    const relay = await loadRelay(op, parseId(input.id) ?? '00000000-0000-4000-8000-000000000000');
    op.log.record('CONFIRM_RELAY', { targetWorkerId: relay?.absentWorkerId ?? null });
    if (relay === null) throw new NotFoundError('input.id');
    if (!confirmsRelays(op.viewer)) throw new ForbiddenError();
    const [done] = await op.tx.rows<{
      done: boolean;
    }>`select confirm_relay(${relay.id}::uuid, ${input.expectedVersion}::int) as done`.catch(
      (error: unknown) => {
        if (sqlStateOf(error) === OVERLAPS) throw new ConflictError('STATE_CHANGED');
        throw error;
      },
    );
    if (done?.done !== true) throw new ConflictError('VERSION_CHANGED');
    return relay.id;
  });
  return loadRelay(op, id);
}

/**
 * Ends a relay now.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED
 */
export async function endRelay(op: Operation, input: EndRelayInput): Promise<RelayRow | null> {
  const id = await once(op, 'endRelay', input, async () => {
    const relay = await loadRelay(op, parseId(input.id) ?? '00000000-0000-4000-8000-000000000000');
    op.log.record('END_RELAY', { targetWorkerId: relay?.standInId ?? null });
    if (relay === null) throw new NotFoundError('input.id');
    if (!allocates(op.viewer, relay.districtId)) throw new ForbiddenError();
    const changed = await op.tx.run`update relay
      set ends_at = greatest(clock_timestamp(), starts_at + interval '1 millisecond'), version = version + 1
      where id = ${relay.id}::uuid and version = ${input.expectedVersion} and ends_at > now()`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return relay.id;
  });
  return loadRelay(op, id);
}
