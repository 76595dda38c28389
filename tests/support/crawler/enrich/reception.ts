import { DAY } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR } from './enriching.js';

/**
 * Persons who come today and who came before: the social workers receive them, under a name or under none. And messages for the worker who
 * received the person.
 */
export async function addVisits(county: Enriching): Promise<void> {
  await addVisitsOfPersons(county);
  await addMessages(county);
}

async function addVisitsOfPersons({ sql, make, now }: Enriching): Promise<void> {
  // In the order of their numbers: each county gives the same tickets.
  const persons = await sql<{ id: string; districtId: string; workerId: string | null; nth: number }>(
    `select v.* from (
       select p.id, p.district_id as "districtId", w.id as "workerId",
         row_number() over (partition by p.district_id order by md5('v' || p.id::text))::integer as nth
       from person p join district d on d.id = p.district_id
       left join worker w on w.subject = case d.slug when 'sevran' then case when hashtext(p.id::text) % 3 = 0 then 'worker.sevran'
         when hashtext(p.id::text) % 3 = 1 then 'worker2.sevran' end when 'gagny' then 'worker.gagny' end
       where not p.sensitive_file) v
     where v.nth <= 16 order by v."districtId", v.nth`,
  );
  await Promise.all(
    persons.map(({ id, districtId, workerId, nth }) => {
      const midnight = now.midnightInParis - (nth % 5) * DAY;
      const isClosed = nth % 4 === 0;
      return make.visit({
        id: idOf(`visit ${id}${nth}`),
        districtId,
        kind: nth % 2 === 0 ? 'WALK_IN' : 'CALL',
        personId: nth % 3 === 0 ? null : id,
        workerId,
        arrivedAt: at(midnight + nth * 97_000),
        takenInAt: nth % 2 === 0 && workerId !== null ? at(midnight + 2 * HOUR) : null,
        closedAt: isClosed ? at(midnight + 3 * HOUR) : null,
        outcome: isClosed ? (workerId === null ? 'ANSWERED' : 'RECEIVED') : null,
      });
    }),
  );
}

async function addMessages({ sql, make, now }: Enriching): Promise<void> {
  const visits = await sql<{
    id: string;
    districtId: string;
    workerId: string;
    personId: string | null;
    arrivedAt: Date;
    isDone: boolean;
  }>(
    `select id, district_id as "districtId", worker_id as "workerId", person_id as "personId", arrived_at as "arrivedAt",
       hashtext(id::text) % 3 = 0 as "isDone" from visit where worker_id is not null order by id`,
  );
  const texts = new Map(
    await Promise.all(
      visits.map(async ({ id }) => [id, await make.messageText({ id: idOf(`said ${id}`) })] as const),
    ),
  );
  await Promise.all(
    visits.map(({ id, districtId, workerId, personId, arrivedAt, isDone }) =>
      make.message({
        id: idOf(`message ${id}`),
        districtId,
        workerId,
        personId,
        name: 'Quelqu’un',
        phone: '06 39 98 00 00',
        textId: texts.get(id),
        fromWorkerId: workerId,
        callFrom: at(now.midnight + 30 * HOUR),
        callUntil: at(now.midnight + 35 * HOUR),
        sentAt: arrivedAt,
        doneAt: isDone ? at(arrivedAt.getTime() + HOUR) : null,
      }),
    ),
  );
}
