import { idOf } from '../md5.js';
import type { Enriching } from './enriching.js';

/** Two workers of one district. Each of them hands over to the other. */
const PAIRS = `(values ('worker.sevran', 'worker2.sevran'), ('worker2.sevran', 'worker.sevran'))`;

/**
 * Handovers that former workers of a case are to make: every second one is answered by a no. And cases that will go from each worker of a
 * pair to the other, so late that no job moves them.
 */
export async function addHandoversToMake({ sql, make, worker }: Enriching): Promise<void> {
  const tasks = await sql<{
    caseId: string;
    workerId: string;
    toWorkerId: string;
    endsAt: Date;
    refused: boolean;
  }>(
    `select c.id as "caseId", a.worker_id as "workerId", c.assigned_worker_id as "toWorkerId", a.ends_at as "endsAt", a.refused
     from (select x.*, row_number() over (order by x.case_id, x.worker_id, x.id) % 2 = 0 as refused from assignment x) a
     join "case" c on c.id = a.case_id join worker w on w.id = a.worker_id
     where a.ends_at is not null and c.assigned_worker_id <> a.worker_id and w.disabled_at is null
     order by c.id, a.worker_id`,
  );
  await Promise.all(
    tasks.map(({ caseId, workerId, toWorkerId, endsAt, refused }) =>
      make.handoverTask({
        id: idOf(`task ${caseId}${workerId}`),
        caseId,
        workerId,
        toWorkerId,
        reassignedAt: endsAt,
        answer: refused ? 'NO' : null,
        reason: refused ? 'CONCERNS_OTHERS' : null,
        closedAt: refused ? endsAt : null,
      }),
    ),
  );
  const planned = await sql<{ caseId: string; toWorkerId: string }>(
    `select c.id as "caseId", t.id as "toWorkerId" from ${PAIRS} v (leaver, taker)
     join worker f on f.subject = v.leaver join worker t on t.subject = v.taker
     join lateral (select id from "case" where assigned_worker_id = f.id and status = 'OPEN' order by id desc limit 4) c on true
     order by c.id`,
  );
  await Promise.all(
    planned.map(({ caseId, toWorkerId }) =>
      make.plannedReassignment({
        id: idOf(`planned ${caseId}`),
        caseId,
        toWorkerId,
        plannedById: worker('head.sevran'),
        plannedAt: '2090-01-02T09:00:00Z',
        takesEffectAt: '2090-01-05T09:00:00Z',
      }),
    ),
  );
}

/** Notes that the author offers to a colleague, who has not answered. The author can offer them again. */
export async function addHandoversOffered({ sql, make }: Enriching): Promise<void> {
  const offered = await sql<{ caseId: string; fromWorkerId: string; toWorkerId: string }>(
    `select c.id as "caseId", f.id as "fromWorkerId", t.id as "toWorkerId" from ${PAIRS} v (author, colleague)
     join worker f on f.subject = v.author join worker t on t.subject = v.colleague
     join lateral (select c.id from "case" c where c.assigned_worker_id = f.id and c.status = 'OPEN'
         and exists (select from interview_note n where n.case_id = c.id and n.author_id = f.id and n.status = 'FINAL')
       order by c.id limit 5) c on true
     order by md5('offered ' || c.id)`,
  );
  const ids = await Promise.all(
    offered.map(({ caseId, fromWorkerId, toWorkerId }) =>
      make.handover({
        id: idOf(`offered ${caseId}`),
        caseId,
        fromWorkerId,
        toWorkerId,
        offeredAt: '2026-01-05T09:00:00Z',
      }),
    ),
  );
  await offerNotes({ sql, make }, ids, 2);
}

/** Notes that their author offers while the case is still the author's. The colleague has not accepted them. */
export async function addHandoverToColleague({ sql, make, worker }: Enriching): Promise<void> {
  const [first] = await sql<{ caseId: string; fromWorkerId: string }>(
    `select id as "caseId", assigned_worker_id as "fromWorkerId" from "case"
     where assigned_worker_id = $1 and status = 'OPEN' order by id limit 1`,
    [worker('worker.sevran')],
  );
  const id = await make.handover({
    ...first,
    id: idOf('handover'),
    toWorkerId: worker('worker2.sevran'),
    offeredAt: '2026-01-05T09:00:00Z',
  });
  await offerNotes({ sql, make }, [id], 1);
}

/** Adds to each handover the first final notes of its author. */
async function offerNotes(
  { sql, make }: Pick<Enriching, 'sql' | 'make'>,
  handoverIds: readonly string[],
  notes: number,
): Promise<void> {
  const chosen = await sql<{ handoverId: string; noteId: string }>(
    `select h.id as "handoverId", n.id as "noteId" from handover h
     join lateral (select id from interview_note n where n.case_id = h.case_id
       and n.author_id = h.from_worker_id and n.status = 'FINAL' order by id limit $2) n on true
     where h.id = any ($1) order by 1, 2`,
    [handoverIds, notes],
  );
  await Promise.all(chosen.map((note) => make.handoverNote(note)));
}
