import type { TestDatabase } from '../database.js';

/** By which the booking client manages what it has booked. */
export const ENRICHED_SECRET = 'secret of the booking client';

/**
 * What the fictional county has none of on its first day, so that nothing in the schema is without a row: a release
 * asked for and one approved, what their workers are told, needs of one person and needs that have ended, someone
 * online with an address, a phone and a receipt. Ids and times are fixed: two counties enriched alike are alike.
 */
export async function enrichCounty(database: TestDatabase): Promise<void> {
  await database.sql(`do $$
    declare
      v_asker uuid := (select id from worker where subject = 'worker2.sevran');
      v_adviser uuid := (select id from worker where subject = 'adviser');
      v_case uuid;
      v_number integer := 0;
    begin
      -- Of a case taken over from someone who left, and of another of the same worker's.
      for v_case in select distinct on (c.id = any (array(select case_id from assignment a join worker w on w.id = a.worker_id
            where w.disabled_at is not null))) c.id
          from "case" c where c.assigned_worker_id = v_asker and c.status = 'OPEN'
          order by c.id = any (array(select case_id from assignment a join worker w on w.id = a.worker_id
            where w.disabled_at is not null)) desc, c.id loop
        v_number := v_number + 1;
        insert into release (id, case_id, requested_by_id, ground, requested_at)
          values (md5('release ' || v_number)::uuid, v_case, v_asker, 'PERSON_AGREEMENT', '2026-01-05T09:00:00Z');
        if v_number = 1 then
          update release set approved_at = '2026-01-06T09:00:00Z', approved_by_id = v_adviser where case_id = v_case;
        end if;
      end loop;
      -- Offered while the case is still the other's, and not accepted yet.
      insert into handover (id, case_id, from_worker_id, to_worker_id, offered_at)
        select md5('handover')::uuid, c.id, c.assigned_worker_id, v_asker, '2026-01-05T09:00:00Z' from "case" c
        join worker w on w.id = c.assigned_worker_id and w.subject = 'worker.sevran'
        where c.status = 'OPEN' order by c.id limit 1;
      insert into handover_note (handover_id, note_id)
        select h.id, n.id from handover h join interview_note n on n.case_id = h.case_id and n.author_id = h.from_worker_id
        where h.id = md5('handover')::uuid and n.status = 'FINAL' order by n.id limit 1;
      insert into notification (worker_id, kind, case_id)
        select w.id, 'HANDOVER_OFFERED', (select c.id from "case" c where c.assigned_worker_id = w.id order by c.id limit 1)
        from worker w;
      -- Times and ids as nobody's clock or dice would have made them.
      update notification n set id = md5('notification ' || r.nth)::uuid,
        created_at = '2026-01-06T09:00:00Z'::timestamptz + r.nth * interval '1 second'
        from (select id, row_number() over (order by worker_id, kind, case_id) as nth from notification) r where r.id = n.id;
      -- Out on a home visit since midnight, and not back.
      insert into appointment (id, district_id, case_id, type_code, mode, status, starts_at, ends_at, expected_back_at, booked_at)
        select md5('visit')::uuid, c.district_id, c.id, 'HOME_VISIT', 'HOME', 'BOOKED', d.day, d.day + interval '1 minute',
          d.day + interval '2 minutes', d.day - interval '9 days'
        from (select date_trunc('day', now()) as day) d, "case" c
        join worker w on w.id = c.assigned_worker_id and w.subject = 'worker.sevran'
        where c.status = 'OPEN' order by c.id limit 1;
      insert into appointment_worker (appointment_id, worker_id)
        select md5('visit')::uuid, id from worker where subject = 'worker.sevran';
      -- Persons to be told, and one who was.
      insert into appointment_notice (id, appointment_id, person_id, district_id, kind, previous_starts_at, created_at)
        select md5('notice ' || ap.appointment_id || ap.person_id)::uuid, ap.appointment_id, ap.person_id, ap.district_id, 'MOVED',
          a.starts_at - interval '1 day', date_trunc('day', now())
        from appointment_person ap join appointment a on a.id = ap.appointment_id
        where a.status = 'BOOKED' and a.starts_at > now() order by md5(ap.appointment_id::text || ap.person_id) limit 400;
      update appointment_notice set done_at = date_trunc('day', now()), outcome = 'TOLD' where id in (
        select id from appointment_notice order by id limit 10);
      -- Calendars that workers, and someone online, follow.
      insert into calendar_feed (id, worker_id, client_id, label, secret_hash, created_at)
        select md5('feed ' || id)::uuid, id, (select id from client where client_id = 'front.demo'), 'Téléphone', sha256(id::text::bytea), date_trunc('day', now()) from worker;
      insert into calendar_feed (id, person_id, client_id, label, secret_hash, created_at)
        select md5('feed ' || person_id)::uuid, person_id, (select id from client where client_id = 'front.demo'), 'Téléphone', sha256(person_id::text::bytea), date_trunc('day', now())
        from person_account;
      -- What the booking client has booked for someone, where nobody logs in who would move it: the client has the secret.
      insert into appointment (id, district_id, type_code, mode, status, starts_at, ends_at, booked_at)
        select md5('online')::uuid, id, 'FIRST_RECEPTION', 'ON_SITE', 'BOOKED', date_trunc('day', now()) + interval '40 days 4 hours',
          date_trunc('day', now()) + interval '40 days 4 hours 30 minutes', date_trunc('day', now())
        from district where slug = 'saint-ouen';
      insert into appointment_person (appointment_id, person_id)
        select md5('online')::uuid, p.id from person p join district d on d.id = p.district_id and d.slug = 'saint-ouen'
        order by p.id limit 1;
      insert into appointment_worker (appointment_id, worker_id)
        select md5('online')::uuid, id from worker where subject = 'agent-12';
      insert into online_booking (appointment_id, client_id, secret_hash, person_id)
        select md5('online')::uuid, c.id, sha256('${ENRICHED_SECRET}'), ap.person_id from client c
        join appointment_person ap on ap.appointment_id = md5('online')::uuid where c.client_id = 'client.booking';
      update need set ends_on = starts_on + 30 where id in (select id from need order by md5(id::text) limit 40);
    end $$`);
}
