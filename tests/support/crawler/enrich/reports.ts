import { dayAfter } from '../../days.js';
import { saying } from '../../statistics.js';
import { idOf } from '../md5.js';
import type { Enriching } from './enriching.js';

/** A draft of each team for the year before last, and the county's. */
export async function addReports({ sql, make, now }: Enriching): Promise<void> {
  const districts = await sql<{ id: string; slug: string }>('select id, slug from district order by slug');
  await Promise.all(
    [...districts, { id: null, slug: 'county' }].map(({ id: districtId, slug }) =>
      make.activityReport({ id: idOf(`report ${slug}`), districtId, year: now.year }),
    ),
  );
}

/**
 * Each report had a text, and its team declined afterwards: three of them show a simulation of their wait. Two workers of the team have
 * signed that; the county's report is signed by one worker of each team.
 */
export async function signReports({ sql, make, now }: Enriching): Promise<void> {
  const reports = await sql<{ id: string; simulationId: string | null }>(
    `select r.id, (select s.id from wait_simulation s where s.district_id = r.district_id and s.days_now <> '{}'
       order by s.asked_at limit 1) as "simulationId"
     from activity_report r where r.year = $1 order by r.id`,
    [now.year],
  );
  await Promise.all(
    reports.map(({ id }) =>
      make.activityReportText({
        reportId: id,
        version: 1,
        text: saying('Notre année.'),
        statedOn: dayAfter(now.today, -12),
      }),
    ),
  );
  await sql('update activity_report set version = 2 where year = $1', [now.year]);
  await Promise.all(
    reports.map(({ id, simulationId }) =>
      make.activityReportText({
        reportId: id,
        version: 2,
        statedOn: dayAfter(now.today, -9),
        simulationId,
      }),
    ),
  );
  const signers = await sql<{ reportId: string; workerId: string; districtId: string }>(
    `select distinct on (r.id, m.worker_id) r.id as "reportId", m.worker_id as "workerId", m.district_id as "districtId"
     from activity_report r
     join (select district_id, worker_id, row_number() over (partition by district_id order by worker_id) as nth from membership
       where role = 'SOCIAL_WORKER' and ends_at is null) m
       on m.nth <= 2 and (m.district_id = r.district_id or r.district_id is null and m.nth = 1)
     where r.year = $1 order by r.id, m.worker_id, m.district_id`,
    [now.year],
  );
  await Promise.all(
    signers.map((signer) =>
      make.activityReportSignature({ ...signer, textVersion: 2, signedOn: dayAfter(now.today, -8) }),
    ),
  );
}

/** Of figures of a year, by the adviser and the officer in turn: two errata that are signed, and six that are not. */
export async function addErrata({ sql, make, now, worker }: Enriching): Promise<void> {
  const figures = await sql<{ period: string; code: string; districtId: string | null; nth: number }>(
    `select f.* from (select s.period, i.code, t.district_id as "districtId",
         row_number() over (order by s.period desc, i.code, t.district_id)::integer as nth
       from snapshot s join snapshot_table t on t.snapshot_id = s.id and t.dimensions = '{}' join indicator i on i.id = t.indicator_id
       where i.code in ('VISITS', 'OPEN_CASES') and length(s.period) = 4) f
     where f.nth <= 8 order by f.nth`,
  );
  await Promise.all(
    figures.map(({ period, code, districtId, nth }) =>
      make.erratum({
        id: idOf(`erratum ${nth}`),
        period,
        indicatorCode: code,
        districtId,
        textFr: 'Il en manquait.',
        textEn: 'Some were missing.',
        proposedById: worker(nth % 2 === 0 ? 'adviser' : 'dpo'),
        proposedOn: dayAfter(now.today, -10),
      }),
    ),
  );
  await sql(
    `update erratum e set signed_by_id = w.id, published_on = '2026-03-12' from worker w
     where w.subject in ('adviser', 'dpo') and w.id <> e.proposed_by_id and e.id = any ($1)`,
    [[idOf('erratum 1'), idOf('erratum 2')]],
  );
}
