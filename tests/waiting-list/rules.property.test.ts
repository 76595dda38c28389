import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRandom } from '../../prisma/seed/content/random.js';
import { MINUTE } from '../agenda/agenda.js';
import { raiseStage, type Scene, type Stage } from './scene.js';

/**
 * What is chosen for someone (`slot_for`) and what is said of why another time is not for them (`why_not`) are two questions about
 * the same rule: the first time of which nothing is said is the one that is chosen.
 */
const SCENES = 12;
const REQUESTS = 8;

let stage: Stage;

beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const CHOSEN = `with first_of as (
    select r.id, min(s.at) as starts_at
    from appointment_request r join appointment_type t on t.code = r.type_code
    join free_time f on f.district_id = r.district_id and f.type_code = r.type_code
    cross join lateral generate_series(f.starts_at, f.ends_at - make_interval(mins => t.duration_minutes),
      make_interval(mins => t.duration_minutes)) s(at)
    where r.district_id = $1 and s.at > now()
      and why_not(r, offer_channel(r), f.worker_id, f.modes, s.at, s.at + make_interval(mins => t.duration_minutes)) is null
    group by r.id)
  select r.id, c.starts_at as chosen, f.starts_at as first
  from appointment_request r left join lateral slot_for(r, offer_channel(r)) c on offer_channel(r) is not null
  left join first_of f on f.id = r.id
  where r.district_id = $1 and c.starts_at is distinct from f.starts_at`;

async function build(scene: Scene, seed: string): Promise<void> {
  const random = createRandom(seed);
  const workers = [];
  for (const name of ['alice', 'bruno', 'carla'])
    workers.push(
      await scene.worker(name, {
        slots: random.int(1, 4),
        days: random.int(1, 6),
        from: random.int(0, 3),
        opensAt: random.pick(['09:00', '09:15', '14:00']),
      }),
    );
  if (random.chance(0.5)) {
    await scene.sql('update availability set kept_for_urgent = true where worker_id = $1', [
      random.pick(workers).id,
    ]);
    // Computes the free time of these hours again.
    await scene.sql('update availability_occurrence set closed = closed where district_id = $1', [
      scene.districtId,
    ]);
  }
  if (random.chance(0.5)) {
    // A quarter of an hour is left at the end of each gap, unless somebody has 45 minutes.
    const { id } = random.pick(workers);
    await scene.sql(
      `insert into availability_type select id, 'FOLLOW_UP' from availability where worker_id = $1`,
      [id],
    );
    await scene.sql(
      `update availability_occurrence set ends_at = ends_at + interval '15 minutes' where worker_id = $1`,
      [id],
    );
  }
  const { id: late } = await scene.worker('dalia', { slots: REQUESTS, from: random.int(6, 20) });
  const [first] = await scene.sql<{ starts_at: Date }>(
    'select min(starts_at) as starts_at from free_time where worker_id = $1',
    [late],
  );
  for (let nth = 0; nth < REQUESTS; nth += 1) {
    const { id: personId } = await scene.district.person(
      random.pick([
        { safeContact: 'NEUTRAL_TEXT', phone: '06' },
        { safeContact: 'NONE' },
        { safeContact: 'THROUGH_SOMEONE' },
      ] as const),
    );
    const from = random.int(0, 5);
    // Half of them have a time, and would come sooner.
    const startsAt = new Date((first?.starts_at.getTime() ?? 0) + nth * 30 * MINUTE).toISOString();
    const insteadOfId = random.chance(0.5)
      ? await scene.booked(late, startsAt, { personIds: [personId] })
      : undefined;
    const id = await scene.waits({
      personId,
      ...(insteadOfId === undefined ? {} : { insteadOfId }),
      ...(random.chance(0.3) ? { mode: random.pick(['ON_SITE', 'PHONE']) } : {}),
      ...(random.chance(0.4) ? { wantedFrom: scene.day(from) } : {}),
      ...(random.chance(0.4) ? { wantedUntil: scene.day(from + random.int(1, 4)) } : {}),
    });
    if (random.chance(0.2)) await scene.present(id);
    if (random.chance(0.3))
      await scene.sql(`update appointment_request set urgency = 'THIS_WEEK' where id = $1`, [id]);
    if (random.chance(0.3)) {
      const times = await scene.sql<{ worker_id: string; starts_at: Date }>(
        'select worker_id, starts_at from free_time where district_id = $1 and worker_id <> $2 order by random() limit 1',
        [scene.districtId, late],
      );
      const [time] = times;
      if (time !== undefined)
        await scene.booked(time.worker_id, time.starts_at.toISOString(), { personIds: [personId] });
    }
  }
  // Some are offered, and let it go, or have it taken back.
  await scene.offer();
  await scene.sql(
    `update slot_offer set status = (array['DECLINED', 'WITHDRAWN']::"OfferStatus"[])[1 + (hashtext(id::text) & 1)],
        answered_at = case when hashtext(id::text) & 1 = 0 then now() end
      where district_id = $1 and hashtext(id::text) & 3 < 3`,
    [scene.districtId],
  );
}

test.each(Array.from({ length: SCENES }, (_, nth) => `scene ${nth}`))('%s', async (seed) => {
  const scene = await stage.scene();
  await build(scene, seed);
  expect(await scene.sql(CHOSEN, [scene.districtId])).toEqual([]);
});
