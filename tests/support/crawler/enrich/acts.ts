import { idOf } from '../md5.js';
import { at, type Enriching, HOUR, inTurn } from './enriching.js';

/**
 * What the receptionists of two districts have changed since midnight, of persons whom somebody follows and of others. The heads were told
 * that one of them reached a measure.
 */
export async function addActs({ sql, make, now, worker }: Enriching): Promise<void> {
  const persons = await sql<{ id: string; districtId: string; workerId: string; nth: number }>(
    `select p.* from (
       select p.id, p.district_id as "districtId", w.id as "workerId",
         row_number() over (partition by p.district_id, has_nobody(p.id) order by md5('act ' || p.id))::integer as nth
       from person p join district d on d.id = p.district_id join worker w on w.subject = 'reception.' || d.slug
       where d.slug in ('sevran', 'gagny')) p
     where p.nth <= 12 order by p."districtId", p.id`,
  );
  await Promise.all(
    persons.map(({ id, nth, ...act }) =>
      make.act({
        ...act,
        id: idOf(`act ${id}`),
        kind: inTurn(nth, ['CHANGE_CONTACT', 'CHANGE_IDENTITY', 'SET_OBJECTION']),
        doneAt: at(now.midnightInParis + nth * 60_000),
        rowId: id,
        personIds: [id],
      }),
    ),
  );
  await Promise.all(
    ['sevran', 'gagny'].map((district) =>
      make.notification({
        workerId: worker(`head.${district}`),
        kind: 'MEASURE_REACHED',
        aboutWorkerId: worker(`reception.${district}`),
        act: 'SET_OBJECTION',
        count: 10,
        createdAt: at(now.midnightInParis + HOUR),
      }),
    ),
  );
}
