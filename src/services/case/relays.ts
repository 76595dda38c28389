import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { allocates } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { EndRelayInput, OpenRelayInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { teamDistricts } from '../../viewer.js';
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
  readonly version: number;
}

const RELAY = Prisma.sql`r.id, r.district_id as "districtId", r.absent_worker_id as "absentWorkerId", r.stand_in_id as "standInId",
  r.starts_at as "startsAt", r.ends_at as "endsAt", r.version`;

/** A relay lasts at most a year. */
const LONGEST_DAYS = 366;

/** Returns a relay of the viewer's districts, or null. */
export function loadRelay(op: Operation, id: string): Promise<RelayRow | null> {
  return batched(op, 'relay', async (ids) =>
    byKey(
      await op.tx.rows<RelayRow>`select ${RELAY} from relay r where r.id = any (${uuids(ids)})
      and r.district_id = any (${uuids(teamDistricts(op.viewer))})`,
      (row) => row.id,
    ),
  ).load(id);
}

/** Lists the relays of a district of the viewer that run or are to come, by start; at most 100. */
export async function listRelays(op: Operation, districtId: string): Promise<readonly RelayRow[]> {
  const id = parseId(districtId);
  if (id === null) return [];
  return op.tx.rows<RelayRow>`select ${RELAY} from relay r
    where r.district_id = ${id}::uuid and r.district_id = any (${uuids(teamDistricts(op.viewer))}) and r.ends_at > now() order by r.starts_at, r.id limit 100`;
}

/**
 * Opens a dated stand-in for an absent worker, within a declared absence; the relay ends with it at the latest. It opens identity, needs
 * and agenda, never earlier notes.
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
