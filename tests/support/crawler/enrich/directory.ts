import { DAY } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR, SOCIAL_WORKERS } from './enriching.js';

/** Memberships that ended long ago, and are to be confirmed: so many that some are always among the rows that the crawler draws. */
export async function addEndedMemberships({ sql, make, district }: Enriching): Promise<void> {
  const workers = await sql<{ id: string }>(`select id from worker where subject like 'agent-%' order by id`);
  await Promise.all(
    workers.map(({ id: workerId }) =>
      make.membership({
        id: idOf(`ended ${workerId}`),
        workerId,
        districtId: district('saint-ouen'),
        role: 'SOCIAL_WORKER',
        startsAt: '2018-09-01T06:00:00Z',
        endsAt: '2019-09-01T06:00:00Z',
      }),
    ),
  );
}

/** Absences that the social workers can contradict. They are far off, so that the agendas stay as they are. */
export async function addAbsences({ sql, make }: Enriching): Promise<void> {
  const members = await sql<{ workerId: string; districtId: string }>(
    `select w.id as "workerId", m.district_id as "districtId" from worker w
     join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.ends_at is null
     where w.subject = any ($1) order by w.id`,
    [SOCIAL_WORKERS],
  );
  const first = Date.parse('2090-01-01T08:00:00+01:00');
  await Promise.all(
    members.flatMap(({ workerId, districtId }) =>
      [1, 2, 3].map((nth) =>
        make.absence({
          id: idOf(`absence ${workerId}${nth}`),
          workerId,
          districtId,
          startsAt: at(first + nth * DAY),
          endsAt: at(first + nth * DAY + 9 * HOUR),
        }),
      ),
    ),
  );
}

/** Suspended accounts of workers who do not log in. Each can be lifted or confirmed once. */
export async function addSuspensions({ sql, make, now, worker }: Enriching): Promise<void> {
  const workers = await sql<{ id: string }>(
    `select id from worker where subject like 'agent-%' order by md5(subject) limit 12`,
  );
  await Promise.all(
    workers.map(({ id: workerId }) =>
      make.suspension({
        id: idOf(`suspended ${workerId}`),
        workerId,
        suspendedById: worker('admin'),
        suspendedAt: at(now.midnight + 12 * HOUR),
        lapsesAt: at(now.midnight + 36 * HOUR),
      }),
    ),
  );
}

/** Relays that wait for an adviser's yes, each with its absence. They are far off, so that the agendas stay as they are. */
export async function addRelaysToConfirm({ sql, make, now, worker, district }: Enriching): Promise<void> {
  const districtId = district('saint-ouen');
  const workers = await sql<{ id: string }>(
    `select w.id from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.ends_at is null
     where w.subject like 'agent-%' and m.district_id = $1 order by md5(w.subject) limit 9`,
    [districtId],
  );
  const first = Date.parse('2091-01-01T08:00:00+01:00');
  const [standIn, ...absent] = workers;
  if (standIn === undefined) throw new Error('the district has no workers');
  await Promise.all(
    absent.map(async ({ id: absentWorkerId }, nth) => {
      const span = { startsAt: at(first + nth * DAY), endsAt: at(first + nth * DAY + 9 * HOUR) };
      await make.absence({
        id: idOf(`relayed ${absentWorkerId}`),
        workerId: absentWorkerId,
        districtId,
        ...span,
      });
      await make.relay({
        id: idOf(`relay ${absentWorkerId}`),
        districtId,
        absentWorkerId,
        standInId: standIn.id,
        openedById: worker('head.sevran'),
        openedAt: at(now.midnight),
        pendingUntil: at(now.midnight + 48 * HOUR),
        ...span,
      });
    }),
  );
}
