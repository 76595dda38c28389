import { Prisma } from '../../../prisma/generated/client.js';
import { whereAllocates } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { loadWorkers, type WorkerRow } from '../directory/directory.js';
import type { AbsenceRow } from './absences.js';

/** The most workers who are proposed for an absence. */
const MOST = 30;

/**
 * Lists the social workers who could stand in for an absent worker, for the head of the district: members of the district during the
 * whole absence, who are not absent themselves and stand in for nobody else then. By name: the order tells nothing of anyone's load. Empty
 * for a departure, since a relay has an end, and for everyone but the head.
 */
export async function loadStandIns(op: Operation, absence: AbsenceRow): Promise<readonly WorkerRow[]> {
  const rows = await batched(op, 'stand-ins', async (ids) =>
    groupedBy(
      await op.tx.rows<{ id: string; workerId: string }>`select a.id, s.worker_id as "workerId"
        from unnest(${uuids(ids)}) parent(id)
        join absence a on a.id = parent.id and a.ends_at is not null and ${whereAllocates(op.viewer, Prisma.sql`a`)}
        cross join lateral (
          select m.worker_id from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
          where m.district_id = a.district_id and m.role = 'SOCIAL_WORKER'
            and m.starts_at <= greatest(a.starts_at, now()) and (m.ends_at is null or m.ends_at >= a.ends_at)
            and m.worker_id <> a.worker_id and m.worker_id is distinct from ${op.viewer.workerId}::uuid
            and not exists (select from absence o where o.worker_id = m.worker_id
              and tstzrange(o.starts_at, o.ends_at) && tstzrange(a.starts_at, a.ends_at))
            and not exists (select from relay r where r.stand_in_id = m.worker_id and r.pending_until is null and r.starts_at < a.ends_at and r.ends_at > a.starts_at)
          order by w.family_name, w.given_name, w.id limit ${MOST}) s`,
      (row) => row.id,
    ),
  ).load(absence.id);
  return loadWorkers(
    op,
    (rows ?? []).map(({ workerId }) => workerId),
  );
}
