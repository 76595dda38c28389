import { DAY } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, SOCIAL_WORKERS } from './enriching.js';

export async function addEncounters(county: Enriching): Promise<void> {
  await addEncountersOfAppointments(county);
  await addEncountersOfPersons(county);
  await addEncountersPassedOn(county);
  await addOldEncounters(county);
}

/** Encounters of a social worker at an appointment without a case. */
async function addEncountersOfAppointments({ sql, make, now }: Enriching): Promise<void> {
  const seen = await sql<{ heldById: string; appointmentId: string; districtId: string }>(
    `select w.id as "heldById", a.id as "appointmentId", a.district_id as "districtId"
     from worker w join lateral (select a.id, a.district_id from appointment a
       where a.worker_ids @> array[w.id] and a.case_id is null order by a.id limit 1) a on true
     where w.subject = any ($1) order by w.id`,
    [SOCIAL_WORKERS],
  );
  await Promise.all(
    seen.map((encounter) =>
      make.encounter({
        ...encounter,
        id: idOf(`encounter ${encounter.heldById}`),
        heldAt: at(now.midnight - 2 * DAY),
      }),
    ),
  );
}

/** So many encounters that the social worker can pass some on and delete others. */
async function addEncountersOfPersons({ sql, make, now }: Enriching): Promise<void> {
  const seen = await sql<{ heldById: string; personId: string; districtId: string }>(
    `select w.id as "heldById", p.id as "personId", p.district_id as "districtId"
     from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null
     join lateral (select id, district_id from person where district_id = m.district_id order by id limit 4) p on true
     where w.subject = any ($1) order by w.id, p.id`,
    [SOCIAL_WORKERS],
  );
  await Promise.all(
    seen.map((encounter) =>
      make.encounter({
        ...encounter,
        id: idOf(`held ${encounter.heldById}${encounter.personId}`),
        heldAt: at(now.midnight - 2 * DAY),
      }),
    ),
  );
}

/** Encounters that a social worker passed on to a colleague, who is the assigned worker of the person's case. */
async function addEncountersPassedOn({ sql, make, now }: Enriching): Promise<void> {
  const seen = await sql<{ caseId: string; districtId: string; heldById: string; personId: string }>(
    `select c.id as "caseId", c.district_id as "districtId", h.id as "heldById", c.person_id as "personId"
     from (values ('worker.sevran', 'worker2.sevran'), ('worker2.sevran', 'worker.sevran')) v (holder, receiver)
     join worker h on h.subject = v.holder join worker r on r.subject = v.receiver
     join lateral (select c.id, c.district_id, cp.person_id from "case" c join case_person cp on cp.case_id = c.id
       where c.assigned_worker_id = r.id and c.status = 'OPEN' order by c.id, cp.person_id limit 1) c on true
     order by c.id`,
  );
  await Promise.all(
    seen.map(({ caseId, ...encounter }) =>
      make.encounter({ ...encounter, id: idOf(`passed on ${caseId}`), heldAt: at(now.midnight - 3 * DAY) }),
    ),
  );
  await sql(
    `update encounter e set case_id = c.id from "case" c where e.id = md5('passed on ' || c.id)::uuid`,
  );
  await sql(
    `update encounter set passed_on_at = held_at + interval '1 day' where passed_on_at > held_at + interval '1 day'`,
  );
}

/** Encounters of a month ago, which nobody reads any more. */
async function addOldEncounters({ sql, make, now }: Enriching): Promise<void> {
  const visits = await sql<{ id: string; districtId: string; heldById: string; personId: string | null }>(
    `select id, district_id as "districtId", worker_id as "heldById", person_id as "personId"
     from visit where worker_id is not null order by id limit 6`,
  );
  await Promise.all(
    visits.map(({ id, ...encounter }) =>
      make.encounter({ ...encounter, id: idOf(`old encounter ${id}`), heldAt: at(now.midnight - 31 * DAY) }),
    ),
  );
}
