import type { Enriching } from './enriching.js';

export async function addNotifications({ sql, make }: Enriching): Promise<void> {
  const workers = await sql<{ workerId: string; caseId: string | null }>(
    `select w.id as "workerId", (select c.id from "case" c where c.assigned_worker_id = w.id order by c.id limit 1) as "caseId"
     from worker w order by w.id`,
  );
  await Promise.all(
    workers.map((notification) => make.notification({ ...notification, kind: 'HANDOVER_OFFERED' })),
  );
}

/** Gives the notifications ids and times that do not come from chance or from the clock: triggers wrote most of them. */
export async function fixNotifications({ sql }: Enriching): Promise<void> {
  await sql(`update notification n set id = md5('notification ' || r.nth)::uuid,
      created_at = '2026-01-06T09:00:00Z'::timestamptz + r.nth * interval '1 second'
    from (select id, row_number() over (order by worker_id, kind, case_id) as nth from notification) r where r.id = n.id`);
}
