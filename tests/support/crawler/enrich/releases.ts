import { DAY } from '../../days.js';
import { idOf, md5 } from '../md5.js';
import { at, type Enriching, SOCIAL_WORKERS } from './enriching.js';

export async function addReleases(county: Enriching): Promise<void> {
  await addReleasesByAgreement(county);
  await addAppealsAndDangers(county);
}

/**
 * A release of a case that the worker took over from a worker who left, and one of another case of the same worker. The first release is
 * approved.
 */
async function addReleasesByAgreement({ sql, make, now, worker }: Enriching): Promise<void> {
  const asker = worker('worker2.sevran');
  const cases = await sql<{ id: string }>(
    `select distinct on (c."takenOver") c.id from (
       select id, id = any (array(select a.case_id from assignment a join worker w on w.id = a.worker_id
         where w.disabled_at is not null)) as "takenOver"
       from "case" where assigned_worker_id = $1 and status = 'OPEN') c
     order by c."takenOver" desc, c.id`,
    [asker],
  );
  for (const [before, { id }] of cases.entries()) {
    await make.release({
      id: idOf(`release ${before + 1}`),
      caseId: id,
      requestedById: asker,
      ground: 'PERSON_AGREEMENT',
      requestedAt: at(now.midnight - 20 * DAY),
    });
    // The release opens notes for thirty days.
    if (before === 0)
      await sql('update release set approved_at = $2, approved_by_id = $3 where case_id = $1', [
        id,
        at(now.midnight - 10 * DAY),
        worker('adviser'),
      ]);
  }
}

/**
 * Two releases of each case that a social worker took over from a worker who is still there: an appeal, and the former worker answers every
 * second one by a no; and a danger. Every second danger is approved, and the data protection officer reviews every fourth.
 */
async function addAppealsAndDangers(county: Enriching): Promise<void> {
  const cases = await county.sql<{ caseId: string; takerId: string; holderId: string }>(
    `select c.id as "caseId", c.assigned_worker_id as "takerId", (select a.worker_id from assignment a join worker w on w.id = a.worker_id
       where a.case_id = c.id and a.worker_id <> c.assigned_worker_id and w.disabled_at is null
       order by a.starts_at desc limit 1) as "holderId"
     from "case" c join worker w on w.id = c.assigned_worker_id and w.subject = any ($1)
     where exists (select from assignment a join worker h on h.id = a.worker_id
         where a.case_id = c.id and a.worker_id <> c.assigned_worker_id and h.disabled_at is null)
       and not exists (select from release r where r.case_id = c.id)
     order by c.id`,
    [SOCIAL_WORKERS],
  );
  for (const [before, { caseId, takerId, holderId }] of cases.entries()) {
    await addAppeal(county, before + 1, caseId, takerId, holderId);
    await addDanger(county, before + 1, caseId, takerId);
  }
}

async function addAppeal(
  { sql, make, now }: Enriching,
  nth: number,
  caseId: string,
  requestedById: string,
  holderId: string,
): Promise<void> {
  const id = await make.release({
    id: idOf(`waits ${nth}`),
    caseId,
    requestedById,
    ground: 'APPEAL',
    requestedAt: at(now.midnight - 30 * DAY),
  });
  if (nth % 2 === 0)
    await sql(
      `update release_answer set answer = 'NO', reason = 'OTHER', answered_at = $3
       where release_id = $1 and worker_id = $2`,
      [id, holderId, at(now.midnight - 29 * DAY)],
    );
  // One release of an assignment waits at a time, and the danger is of this assignment.
  await sql('update release set assignment_id = null where id = $1', [id]);
}

async function addDanger(
  { sql, make, now, worker }: Enriching,
  nth: number,
  caseId: string,
  requestedById: string,
): Promise<void> {
  // The database refuses a danger to a worker who was assigned long ago, so the release begins with another ground.
  const id = await make.release({
    id: idOf(`danger ${nth}`),
    caseId,
    requestedById,
    ground: 'COURT_ORDER',
    requestedAt: at(now.midnight - 30 * DAY),
  });
  await make.dangerStatement({
    releaseId: id,
    text: `canari-${md5(`facts ${nth}`)}`,
    authorCalledAt: at(now.midnight - 30 * DAY),
    authorCall: 'NO_ANSWER',
  });
  await sql(
    `update release set ground = 'DANGER', waits_until = requested_at, assignment_id = null, objected_at = null where id = $1`,
    [id],
  );
  await sql('delete from release_answer where release_id = $1', [id]);
  if (nth % 2 === 0)
    await sql('update release set approved_at = $3, approved_by_id = $2 where id = $1', [
      id,
      worker('adviser'),
      at(now.midnight - 30 * DAY),
    ]);
  if (nth % 4 === 0)
    await make.releaseReview({
      releaseId: id,
      asRole: 'DATA_PROTECTION_OFFICER',
      reviewedById: worker('dpo'),
      opinion: 'JUSTIFIED',
      reviewedAt: at(now.midnight - 26 * DAY),
    });
}
