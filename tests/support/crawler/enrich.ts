import { WHO_READS_WHAT } from '../../../src/services/data-protection/who-reads-what.js';
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
      v_holder uuid;
      v_taker uuid;
      v_number integer := 0;
    begin
      -- What follows from each row, at once: its ids and times are fixed at the end.
      set constraints all immediate;
      -- Of a case taken over from someone who left, and of another of the same worker's.
      for v_case in select distinct on (c.id = any (array(select case_id from assignment a join worker w on w.id = a.worker_id
            where w.disabled_at is not null))) c.id
          from "case" c where c.assigned_worker_id = v_asker and c.status = 'OPEN'
          order by c.id = any (array(select case_id from assignment a join worker w on w.id = a.worker_id
            where w.disabled_at is not null)) desc, c.id loop
        v_number := v_number + 1;
        insert into release (id, case_id, requested_by_id, ground, requested_at)
          values (md5('release ' || v_number)::uuid, v_case, v_asker, 'PERSON_AGREEMENT', date_trunc('day', now()) - interval '20 days');
        -- It opens for thirty days.
        if v_number = 1 then
          update release set approved_at = date_trunc('day', now()) - interval '10 days', approved_by_id = v_adviser where case_id = v_case;
        end if;
      end loop;
      -- Of each case that these workers took over from someone who is there: an appeal, with a no to every second one; and a danger, which
      -- waits, or was opened and reviewed.
      v_number := 0;
      for v_case, v_taker, v_holder in select c.id, c.assigned_worker_id, (select a.worker_id from assignment a join worker w on w.id = a.worker_id
            where a.case_id = c.id and a.worker_id <> c.assigned_worker_id and w.disabled_at is null order by a.starts_at desc limit 1)
          from "case" c join worker w on w.id = c.assigned_worker_id and w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny')
          where exists (select from assignment a join worker h on h.id = a.worker_id
            where a.case_id = c.id and a.worker_id <> c.assigned_worker_id and h.disabled_at is null)
            and not exists (select from release r where r.case_id = c.id) order by c.id loop
        v_number := v_number + 1;
        insert into release (id, case_id, requested_by_id, ground, requested_at)
          values (md5('waits ' || v_number)::uuid, v_case, v_taker, 'APPEAL', '2026-01-05T09:00:00Z');
        if v_number % 2 = 0 then
          update release_answer set answer = 'NO', reason = 'OTHER', answered_at = '2026-01-06T09:00:00Z'
            where release_id = md5('waits ' || v_number)::uuid and worker_id = v_holder;
        end if;
        -- One of an assignment waits at a time: this one is of another.
        update release set assignment_id = null where id = md5('waits ' || v_number)::uuid;
        insert into release (id, case_id, requested_by_id, ground, requested_at)
          values (md5('danger ' || v_number)::uuid, v_case, v_taker, 'COURT_ORDER', '2026-01-05T09:00:00Z');
        insert into danger_statement (release_id, facts, author_called_at, author_call)
          values (md5('danger ' || v_number)::uuid, 'canari-' || md5('facts ' || v_number), '2026-01-05T08:00:00Z', 'NO_ANSWER');
        update release set ground = 'DANGER', waits_until = requested_at, assignment_id = null, objected_at = null where id = md5('danger ' || v_number)::uuid;
        delete from release_answer where release_id = md5('danger ' || v_number)::uuid;
        if v_number % 2 = 0 then
          update release set approved_at = '2026-01-05T10:00:00Z', approved_by_id = v_adviser where id = md5('danger ' || v_number)::uuid;
        end if;
        if v_number % 4 = 0 then
          insert into release_review (release_id, as_role, reviewed_by_id, opinion, reviewed_at)
            select md5('danger ' || v_number)::uuid, 'DATA_PROTECTION_OFFICER', id, 'JUSTIFIED', '2026-01-09T09:00:00Z' from worker where subject = 'dpo';
        end if;
      end loop;
      -- Every second one was answered by a no.
      insert into handover_task (id, case_id, worker_id, to_worker_id, reassigned_at, answer, reason, closed_at)
        select md5('task ' || c.id || a.worker_id)::uuid, c.id, a.worker_id, c.assigned_worker_id, a.ends_at,
          case when no then 'NO'::"HandoverAnswer" end, case when no then 'CONCERNS_OTHERS'::"KeepReason" end, case when no then a.ends_at end
        from (select x.*, row_number() over (order by x.case_id, x.worker_id, x.id) % 2 = 0 as no from assignment x) a join "case" c on c.id = a.case_id join worker w on w.id = a.worker_id
        where a.ends_at is not null and c.assigned_worker_id <> a.worker_id and w.disabled_at is null;
      -- Cases of two workers that will go to each other, far off, so that no job carries it out.
      insert into planned_reassignment (id, case_id, to_worker_id, planned_by_id, planned_at, takes_effect_at)
        select md5('planned ' || c.id)::uuid, c.id, t.id, h.id, '2090-01-02T09:00:00Z', '2090-01-05T09:00:00Z'
        from (values ('worker.sevran', 'worker2.sevran'), ('worker2.sevran', 'worker.sevran')) v (leaver, taker)
        join worker f on f.subject = v.leaver join worker t on t.subject = v.taker join worker h on h.subject = 'head.sevran'
        join lateral (select id from "case" where assigned_worker_id = f.id and status = 'OPEN' order by id desc limit 4) c on true;
      -- Notes that who wrote them offers to a colleague, and has not been answered. What was offered once can be offered again.
      insert into handover (id, case_id, from_worker_id, to_worker_id, offered_at)
        select md5('offered ' || c.id)::uuid, c.id, f.id, t.id, '2026-01-05T09:00:00Z'
        from (values ('worker.sevran', 'worker2.sevran'), ('worker2.sevran', 'worker.sevran')) v (author, colleague)
        join worker f on f.subject = v.author join worker t on t.subject = v.colleague
        join lateral (select c.id from "case" c where c.assigned_worker_id = f.id and c.status = 'OPEN'
            and exists (select from interview_note n where n.case_id = c.id and n.author_id = f.id and n.status = 'FINAL')
          order by c.id limit 5) c on true order by 1;
      insert into handover_note (handover_id, note_id)
        select h.id, n.id from handover h join lateral (select id from interview_note n where n.case_id = h.case_id
            and n.author_id = h.from_worker_id and n.status = 'FINAL' order by id limit 2) n on true
        where h.id = md5('offered ' || h.case_id)::uuid order by 1, 2;
      -- In which language they are spoken to, and what it takes.
      update person set language = (array['ara', 'fsl', 'tam'])[1 + ascii(reference) % 3], communication_needs = '{INTERPRETER,LARGE_PRINT}'
        where not provisional;
      -- Ended long ago, and to be confirmed: so many that some are always among the rows that are drawn.
      insert into membership (id, worker_id, district_id, role, starts_at, ends_at)
        select md5('ended ' || w.id)::uuid, w.id, d.id, 'SOCIAL_WORKER', '2018-09-01T06:00:00Z', '2019-09-01T06:00:00Z'
        from worker w join district d on d.slug = 'saint-ouen' where w.subject like 'agent-%';
      -- Absences that these workers can contradict. They are far off, so that the agendas stay as they are.
      insert into absence (id, worker_id, district_id, starts_at, ends_at)
        select md5('absence ' || w.id || nth)::uuid, w.id, m.district_id, timestamptz '2090-01-01 08:00+01' + make_interval(days => nth),
          timestamptz '2090-01-01 17:00+01' + make_interval(days => nth)
        from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.ends_at is null
        cross join generate_series(1, 3) nth
        where w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny') order by w.id, nth;
      -- Offered while the case is still the other's, and not accepted yet.
      insert into handover (id, case_id, from_worker_id, to_worker_id, offered_at)
        select md5('handover')::uuid, c.id, c.assigned_worker_id, v_asker, '2026-01-05T09:00:00Z' from "case" c
        join worker w on w.id = c.assigned_worker_id and w.subject = 'worker.sevran'
        where c.status = 'OPEN' order by c.id limit 1;
      insert into handover_note (handover_id, note_id)
        select h.id, n.id from handover h join interview_note n on n.case_id = h.case_id and n.author_id = h.from_worker_id
        where h.id = md5('handover')::uuid and n.status = 'FINAL' order by n.id limit 1;
      -- Seen on duty: of an appointment without a case; passed on to a colleague; and a month ago, which nobody reads any more.
      insert into encounter (id, district_id, held_by_id, appointment_id, held_at)
        select md5('encounter ' || w.id)::uuid, a.district_id, w.id, a.id, date_trunc('day', now()) - interval '2 days'
        from worker w join lateral (select a.id, a.district_id from appointment a
          where a.worker_ids @> array[w.id] and a.case_id is null order by a.id limit 1) a on true
        where w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny') order by w.id;
      -- And enough to be passed on, and deleted.
      insert into encounter (id, district_id, held_by_id, person_id, held_at)
        select md5('held ' || w.id || p.id)::uuid, p.district_id, w.id, p.id, date_trunc('day', now()) - interval '2 days'
        from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null
        join lateral (select id, district_id from person where district_id = m.district_id order by id limit 4) p on true
        where w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny') order by w.id, p.id;
      insert into encounter (id, district_id, held_by_id, person_id, held_at)
        select md5('passed on ' || c.id)::uuid, c.district_id, h.id, c.person_id, date_trunc('day', now()) - interval '3 days'
        from (values ('worker.sevran', 'worker2.sevran'), ('worker2.sevran', 'worker.sevran')) v(holder, receiver)
        join worker h on h.subject = v.holder join worker r on r.subject = v.receiver
        join lateral (select c.id, c.district_id, cp.person_id from "case" c join case_person cp on cp.case_id = c.id
          where c.assigned_worker_id = r.id and c.status = 'OPEN' order by c.id, cp.person_id limit 1) c on true order by c.id;
      update encounter e set case_id = c.id from "case" c where e.id = md5('passed on ' || c.id)::uuid;
      update encounter set passed_on_at = held_at + interval '1 day' where passed_on_at > held_at + interval '1 day';
      insert into encounter (id, district_id, held_by_id, person_id, held_at)
        select md5('old encounter ' || id)::uuid, district_id, worker_id, person_id, date_trunc('day', now()) - interval '31 days'
        from visit where worker_id is not null order by id limit 6;
      -- Sent on to those who log in, by colleagues elsewhere: some to be allocated, some answered; and asked by partners about.
      insert into referral (id, case_id, to_district_id, to_worker_id, sent_by_id, sent_at, answer_by, status, refusal, closed_at)
        select md5('referral ' || s.subject || s.nth)::uuid, s.case_id, s.district_id, case when s.nth % 4 <> 0 then s.worker_id end,
          s.sender_id, d.day - interval '9 days', d.day + (s.nth - 3) * interval '1 day' + interval '1 hour',
          (case s.nth % 3 when 0 then 'SENT' when 1 then 'ACKNOWLEDGED' else 'REFUSED' end)::"ReferralStatus",
          (case when s.nth % 3 = 2 then 'NO_PLACE' end)::"ReferralRefusal", case when s.nth % 3 = 2 then d.day - interval '1 day' end
        from (select date_trunc('day', now(), 'Europe/Paris') as day) d, (
          select w.subject, w.id as worker_id, m.district_id, c.id as case_id, c.assigned_worker_id as sender_id,
            row_number() over (partition by w.id, m.district_id order by md5(c.id::text || w.subject))::integer as nth
          from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null
          join "case" c on c.district_id <> m.district_id and c.status = 'OPEN' and c.assigned_worker_id is not null
          where w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny')) s
        where s.nth <= 6 order by s.subject, s.nth;
      insert into referral_person (id, referral_id, case_id, person_id)
        select md5('concerned ' || r.id || cp.person_id)::uuid, r.id, r.case_id, cp.person_id from referral r
        join (select case_id, min(person_id::text)::uuid as person_id from case_person group by case_id) cp on cp.case_id = r.case_id
        where not exists (select from referral_person rp where rp.referral_id = r.id) order by 1;
      insert into referral_content (referral_id, body, need_codes)
        select r.id, 'Orientation', array(select min(code) from need_code) from referral r
        where not exists (select from referral_content c where c.referral_id = r.id) order by 1;
      insert into incoming_request (id, district_id, partner, mandated, person_id, received_on, recorded_at, answer_by, inform_by,
          deferral_ground, review_by, informed_at, worker_id, status, closed_at)
        select md5('asked ' || p.id)::uuid, p.district_id, 'JUSTICE', true, p.id, current_date - 9, d.day - interval '9 days',
          d.day + interval '9 days', d.day + interval '20 days', case when p.nth % 3 = 2 then 'NOT_REACHABLE'::"InformationGround" end, case when p.nth % 3 = 2 then d.day + interval '40 days' end,
          case when p.nth % 3 = 1 then d.day - interval '1 day' end,
          case when p.nth % 3 <> 0 then w.id end,
          (case p.nth % 3 when 0 then 'RECEIVED' when 1 then 'ANSWERED' else 'ALLOCATED' end)::"IncomingRequestStatus",
          case when p.nth % 3 = 1 then d.day - interval '1 day' end
        from (select date_trunc('day', now(), 'Europe/Paris') as day) d, (
          select p.id, p.district_id, d.slug, row_number() over (partition by d.id order by md5('asked' || p.id::text))::integer as nth
          from person p join district d on d.id = p.district_id and d.slug in ('sevran', 'gagny') where not p.sensitive_file) p
        join worker w on w.subject = case p.slug when 'sevran' then 'worker.sevran' else 'worker.gagny' end
        where p.nth <= 6 order by p.slug, p.nth;
      insert into incoming_request_content (request_id, body)
        select i.id, 'Saisine' from incoming_request i
        where not exists (select from incoming_request_content c where c.request_id = i.id) order by 1;
      insert into notification (worker_id, kind, case_id)
        select w.id, 'HANDOVER_OFFERED', (select c.id from "case" c where c.assigned_worker_id = w.id order by c.id limit 1)
        from worker w;
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
      -- Other calendars of workers, busy in the time of what is booked.
      insert into outside_calendar (id, worker_id, district_id, name, imported_at, reaches_until)
        select md5('outside ' || m.id)::uuid, m.worker_id, m.district_id, 'Outlook', date_trunc('day', now()),
          date_trunc('day', now()) + interval '182 days'
        from membership m where m.role = 'SOCIAL_WORKER' and m.ends_at is null order by m.id;
      insert into unavailability (id, worker_id, district_id, outside_calendar_id, starts_at, ends_at)
        select md5('busy ' || c.id || o.id)::uuid, c.worker_id, c.district_id, c.id, o.starts_at, o.starts_at + interval '5 minutes'
        from outside_calendar c cross join lateral (select o.* from occupancy o
          where o.worker_id = c.worker_id and o.starts_at > now() order by o.starts_at, o.id limit 2) o order by c.id, o.id;
      -- Meetings that someone holds, with some who have a place and one without a name: some that were, and some to come.
      insert into appointment (id, district_id, type_code, mode, status, starts_at, ends_at, booked_at, places, places_unnamed)
        select md5('meeting ' || m.days)::uuid, d.id, 'INFORMATION_MEETING', 'ON_SITE', 'BOOKED',
          date_trunc('day', now()) + make_interval(days => m.days, hours => 4),
          date_trunc('day', now()) + make_interval(days => m.days, hours => 5), date_trunc('day', now()) - interval '9 days', 12, 1
        from district d cross join unnest(array[-9, -8, -7, -6, 41, 42]) m (days) where d.slug = 'sevran';
      insert into appointment_worker (appointment_id, worker_id)
        select md5('meeting ' || m.days)::uuid, w.id from worker w cross join unnest(array[-9, -8, -7, -6, 41, 42]) m (days)
        where w.subject = 'worker.sevran';
      insert into appointment_person (appointment_id, person_id)
        select md5('meeting ' || m.days)::uuid, p.id from unnest(array[-9, -8, -7, -6, 41, 42]) m (days) cross join (
          select p.id from person p join district d on d.id = p.district_id and d.slug = 'sevran' order by p.id limit 6) p;
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
      -- Who comes today and came before: received by those who log in, under a name or under none; and who is to be called back.
      insert into visit (id, district_id, kind, person_id, worker_id, arrived_at, taken_in_at, closed_at, outcome)
        select md5('visit ' || v.id || v.nth)::uuid, v.district_id, (enum_range(null::"VisitKind"))[1 + v.nth % 2],
          case when v.nth % 3 <> 0 then v.id end, v.worker_id, d.day - v.nth % 5 * interval '1 day' + v.nth * interval '97 seconds',
          case when v.nth % 2 = 0 and v.worker_id is not null then d.day - v.nth % 5 * interval '1 day' + interval '2 hours' end,
          case when v.nth % 4 = 0 then d.day - v.nth % 5 * interval '1 day' + interval '3 hours' end,
          case when v.nth % 4 = 0 then (case when v.worker_id is null then 'ANSWERED' else 'RECEIVED' end)::"VisitOutcome" end
        from (select date_trunc('day', now(), 'Europe/Paris') as day) d, (
          select p.id, p.district_id, w.id as worker_id, row_number() over (partition by p.district_id order by md5('v' || p.id::text))::integer as nth
          from person p join district d on d.id = p.district_id
          left join worker w on w.subject = case d.slug when 'sevran' then case when hashtext(p.id::text) % 3 = 0 then 'worker.sevran'
            when hashtext(p.id::text) % 3 = 1 then 'worker2.sevran' end when 'gagny' then 'worker.gagny' end
          where not p.sensitive_file) v where v.nth <= 16
        -- By their numbers: each county gives the same ones.
        order by v.district_id, v.nth;
      insert into message (id, district_id, worker_id, person_id, name, phone, text, from_worker_id, call_from, call_until, sent_at, done_at)
        select md5('message ' || v.id)::uuid, v.district_id, v.worker_id, v.person_id, 'Quelqu’un', '06 39 98 00 00', 'Rappelez-nous', v.worker_id, date_trunc('day', now()) + interval '30 hours',
          date_trunc('day', now()) + interval '35 hours', v.arrived_at, case when hashtext(v.id::text) % 3 = 0 then v.arrived_at + interval '1 hour' end
        from visit v where v.worker_id is not null;
      -- More who wait than do on the first day: with cases of those who log in, or of whom one of them stands in for; brought to
      -- who is on duty; nobody's; and someone online who must be seen today, and does not know it.
      insert into appointment_request (id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, asked_at, wanted_from,
          wanted_until, case_worker_only, present_until, duty_worker_id, show_online)
        select md5('request ' || r.person_id)::uuid, r.district_id, r.person_id, r.case_id,
          case when r.case_id is null then 'FIRST_RECEPTION' else 'FOLLOW_UP' end,
          case when r.nth % 2 = 0 then 'PHONE'::"AppointmentMode" end,
          (enum_range(null::"Urgency"))[case when r.online then 1 else 1 + r.nth % 3 end],
          (enum_range(null::"AskedBy"))[1 + r.nth % 2], d.day - r.nth * interval '1 day',
          case when r.nth % 2 = 1 then current_date + 3 end, case when r.nth % 2 = 1 then current_date + 90 end,
          r.case_id is not null and r.nth % 3 = 1, case when r.nth % 4 = 1 then d.day + interval '1 day' end, r.duty_worker_id, r.online
        from (select date_trunc('day', now(), 'Europe/Paris') as day) d, (
          select c.district_id, cp.person_id, c.id as case_id, null::uuid as duty_worker_id,
            exists (select from person_account a where a.person_id = cp.person_id) as online,
            row_number() over (partition by c.assigned_worker_id order by exists (select from person_account a
              where a.person_id = cp.person_id) desc, c.id)::integer as nth
          from "case" c join (select distinct on (case_id) case_id, person_id from case_person order by case_id, person_id) cp
            on cp.case_id = c.id
          join worker w on w.id = c.assigned_worker_id and w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny', 'agent-03')
          where c.status = 'OPEN'
          union all
          select p.district_id, p.id, null, (select w.id from worker w where w.subject = case
              when p.nth % 3 = 0 then null when p.slug = 'gagny' then 'worker.gagny' when p.slug = 'saint-ouen' then 'agent-12'
              when p.nth % 3 = 1 then 'worker.sevran' else 'worker2.sevran' end), false, p.nth
          from (select p.id, p.district_id, d.slug, row_number() over (partition by d.id order by md5(p.id::text))::integer as nth
            from person p join district d on d.id = p.district_id
            where not p.sensitive_file and not exists (select from case_person cp where cp.person_id = p.id)) p) r
        where r.nth <= 6;
      -- And some who gave no name, brought to who is on duty or to nobody.
      insert into appointment_request (id, district_id, type_code, asked_at, duty_worker_id, reference, called_name, contact, phone)
        select md5('nameless ' || d.slug || n)::uuid, d.id, 'FIRST_RECEPTION', date_trunc('day', now(), 'Europe/Paris') - n * interval '1 day',
          case when n = 1 then (select w.id from worker w where w.subject = case d.slug when 'sevran' then 'worker.sevran'
            when 'gagny' then 'worker.gagny' end) end, 'D-' || upper(md5('paper ' || d.slug || n)), 'Étoile', 'VOICE_TO_ME_ONLY', '06 39 98 00 03'
        from district d cross join generate_series(1, 2) n;
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by,
          status, answered_at, told_at)
        select md5(o.status || ' offer ' || r.id)::uuid, r.id, r.district_id, r.worker_id, coalesce(r.mode, 'ON_SITE'), 'Mairie',
          d.day + o.ahead + r.nth * interval '1 hour', d.day + o.ahead + r.nth * interval '1 hour' + interval '30 minutes',
          case when r.show_online then 'ONLINE'
            else (array['AT_DESK', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT', 'LETTER', 'THROUGH_SOMEONE'])[1 + r.nth % 5] end::"OfferChannel",
          d.day + o.until - interval '2 days', d.day + o.until + r.nth * interval '1 minute', o.status::"OfferStatus",
          case when o.status = 'DECLINED' then d.day - interval '2 days' end,
          case when o.status = 'DECLINED' or r.nth % 4 = 0 then d.day - interval '3 days' end
        from (select date_trunc('day', now()) as day) d,
          (values ('HELD', interval '100 days', interval '2 days'), ('DECLINED', interval '99 days', interval '-1 day')) o(status, ahead, until),
          (select r.*, row_number() over (order by r.id)::integer as nth, coalesce(r.case_worker_id, r.duty_worker_id, (
              select m.worker_id from membership m where m.district_id = r.district_id and m.role = 'SOCIAL_WORKER'
                and m.ends_at is null order by m.worker_id limit 1)) as worker_id
            from appointment_request r where r.status = 'WAITING') r
        where r.show_online or (o.status = 'HELD' and r.nth % 6 <> 0) or (o.status = 'DECLINED' and r.nth % 3 = 0);
      -- Open then, for nothing else: what is held for them can be had.
      insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at)
        select distinct md5('held ' || worker_id || district_id)::uuid, worker_id, district_id, array['ON_SITE']::"AppointmentMode"[],
          current_date + 99, current_date + 130, time '06:00', time '18:00' from slot_offer where status = 'HELD';
      insert into availability_occurrence (id, availability_id, starts_at, ends_at)
        select md5('hours ' || id)::uuid, md5('held ' || worker_id || district_id)::uuid, starts_at, ends_at from slot_offer where status = 'HELD';
      insert into occupancy (id, worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        select md5('hold ' || id)::uuid, worker_id, district_id, id, answer_by, starts_at, ends_at from slot_offer where status = 'HELD';
      insert into offer_skip (id, offer_id, request_id, reason, skipped_at)
        select md5('skip ' || s.offer_id || s.request_id)::uuid, s.offer_id, s.request_id,
          (enum_range(null::"SkipReason"))[1 + s.nth % 8], s.offered_at
        from (select o.id as offer_id, r.id as request_id, o.offered_at,
            row_number() over (partition by r.id order by o.id)::integer as nth
          from appointment_request r join slot_offer o on o.district_id = r.district_id and o.request_id <> r.id
          where r.status = 'WAITING' and o.status = 'HELD') s where s.nth <= 2
        on conflict do nothing;
      -- Indicators at each step: one that was retired, some proposed, some on which the teams are asked, and some on which all agree.
      insert into indicator (id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind,
          dimensions, proposed_in_id, proposed_on, status, consulted_from, consulted_until, adopted_on, given_by, retired_on)
        select md5('indicator ' || s.status || n)::uuid, s.code || '_' || n, 1, 'Dossiers ouverts', 'Open cases',
          'Les dossiers ouverts à la fin de la période.', 'Un dossier suspendu.', 'Un dossier clos.', 'OPEN_CASES', 'CASE', 'STOCK',
          array['MISSION'], d.id, current_date - 40, s.status::"IndicatorStatus",
          case when s.status <> 'PROPOSED' then day_in_paris(now()) - 5 end, case when s.status <> 'PROPOSED' then day_in_paris(now()) + 20 end,
          case when s.status = 'RETIRED' then current_date - 3 end, case when s.status = 'RETIRED' then 'DISTRICT'::"IndicatorTerritory" end, case when s.status = 'RETIRED' then current_date - 1 end
        from (values ('RETIRED', 'OLD', 1), ('PROPOSED', 'NEW', 4), ('CONSULTED', 'AGREED', 4)) s(status, code, count)
        join district d on d.slug = 'gagny' cross join generate_series(1, s.count) n order by 1;
      -- Of the last everyone is still to be asked.
      insert into indicator_speaker (id, indicator_id, district_id, worker_id, is_named)
        select md5('speaker ' || i.code || m.worker_id)::uuid, i.id, m.district_id, m.worker_id, m.nth = 1
        from indicator i cross join (select district_id, worker_id, row_number() over (partition by district_id order by worker_id) as nth
          from (select distinct on (worker_id) worker_id, district_id from membership
            where role = 'SOCIAL_WORKER' and ends_at is null order by worker_id, district_id) one) m
        where m.nth <= 2 and i.code in ('AGREED_1', 'AGREED_2', 'AGREED_3') order by i.id, m.worker_id;
      insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on)
        select s.id, v.version, s.indicator_id, s.district_id, v.position::"VoicePosition", 'Une personne craint des comparaisons.', day_in_paris(now())
        from indicator_speaker s join indicator i on i.id = s.indicator_id cross join (values (1, 'AGAINST'), (2, 'FOR')) v(version, position)
        where i.code in ('AGREED_1', 'AGREED_2', 'AGREED_3') order by s.id, v.version;
      insert into indicator_observation (id, code, district_id, year, body, stated_on)
        select md5('observation ' || d.slug || n)::uuid, (array['APPOINTMENTS', 'VISITS', 'OPEN_CASES'])[n], d.id,
          extract(year from current_date)::integer - 1, 'Un guichet voisin a fermé.', current_date - n
        from district d cross join generate_series(1, 3) n where d.slug in ('sevran', 'gagny', 'saint-ouen') order by 1;
      -- A year before, of which every team has a draft, and the county.
      insert into snapshot (id, period, starts_on, ends_on, frozen_on, method_version, secret_mark)
        select md5('snapshot ' || y)::uuid, y::text, make_date(y, 1, 1), make_date(y + 1, 1, 1), make_date(y + 1, 2, 10), 1, ''
        from (select extract(year from current_date)::integer - 2) v(y) on conflict do nothing;
      -- The figures of that year are those of the year after. So the report of every district can be published.
      insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
        select n.id, d.code, d.label_fr, d.label_en, d.categories, d.categories_fr, d.categories_en
        from snapshot n join snapshot s on s.period = (n.period::integer + 1)::text
        join snapshot_dimension d on d.snapshot_id = s.id
        where n.period = (extract(year from current_date)::integer - 2)::text on conflict do nothing;
      insert into snapshot_table (id, snapshot_id, indicator_id, district_id, dimensions, cells, bases)
        select md5('table ' || t.id)::uuid, n.id, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases
        from snapshot n join snapshot s on s.period = (n.period::integer + 1)::text
        join snapshot_table t on t.snapshot_id = s.id
        where n.period = (extract(year from current_date)::integer - 2)::text on conflict do nothing;
      insert into activity_report (id, district_id, year)
        select md5('report ' || coalesce(d.slug, 'county'))::uuid, d.id, extract(year from current_date)::integer - 2
        from (select slug, id from district union all select null, null) d order by d.slug;
      -- Another way to reach them that some have asked for online.
      insert into contact_proposal (person_id, safe_contact, phone)
        select distinct person_id, 'NEUTRAL_TEXT'::"SafeContact", '06 39 98 00 00' from case_person
        where left(md5(person_id::text), 1) < '5' order by 1;
      -- Some who are not informed for now.
      insert into notice_deferral (id, case_id, person_id, ground, review_on, deferred_at, deferred_by_id)
        select md5('deferral ' || cp.case_id || cp.person_id)::uuid, cp.case_id, cp.person_id, 'CHILD_PROTECTION', '2027-01-05',
          '2026-01-05T10:00:00Z', cp.assigned_worker_id
        from case_person cp where cp.assigned_worker_id is not null and left(md5('deferral ' || cp.person_id::text), 1) < '4' order by 1;
      -- Notices that the county prepares, with an opinion and without.
      insert into privacy_notice_draft (id, kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at, opinion, opinion_text,
          opinion_on, opinion_by_id)
        select md5('draft ' || n)::uuid, k.kind, 'À dire : dpo@departement-fictif.fr', 'To say: dpo@departement-fictif.fr', $fr$${WHO_READS_WHAT.fr}$fr$, $en$${WHO_READS_WHAT.en}$en$,
          w.id, '2026-01-05T09:00:00Z'::timestamptz + n * interval '1 hour', case when n > 2 then 'WITH_RESERVATIONS'::"NoticeOpinion" end,
          case when n > 2 then 'À dire plus simplement.' end, case when n > 2 then '2026-01-06'::date end, case when n > 2 then o.id end
        from generate_series(1, 4) n join (values (0, 'SHORT'::"NoticeKind"), (1, 'FULL')) k (nth, kind) on k.nth = n % 2
        cross join (select id from worker order by id limit 1) w cross join (select id from worker order by id desc limit 1) o order by n;
      -- Each had a text, and declined afterwards.
      insert into activity_report_text (report_id, version, narrative, stated_on)
        select id, 1, 'Notre année.', current_date - 12 from activity_report where year = extract(year from current_date)::integer - 2 order by id;
      update activity_report set version = 2 where year = extract(year from current_date)::integer - 2;
      insert into activity_report_text (report_id, version, stated_on)
        select id, 2, current_date - 9 from activity_report where year = extract(year from current_date)::integer - 2 order by id;
      -- By two of each team; the county's by one of each.
      insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on)
        select r.id, 2, m.worker_id, m.district_id, current_date - 8 from activity_report r
        join (select district_id, worker_id, row_number() over (partition by district_id order by worker_id) as nth from membership
          where role = 'SOCIAL_WORKER' and ends_at is null) m
          on m.nth <= 2 and (m.district_id = r.district_id or r.district_id is null and m.nth = 1)
        where r.year = extract(year from current_date)::integer - 2 order by r.id, m.worker_id on conflict do nothing;
      -- Of figures of a year, by an adviser and an officer in turn: two that are signed, and six that are not.
      insert into erratum (id, period, indicator_code, district_id, text_fr, text_en, proposed_by_id, proposed_on)
        select md5('erratum ' || f.nth)::uuid, f.period, f.code, f.district_id, 'Il en manquait.', 'Some were missing.', w.id, current_date - 10
        from (select s.period, i.code, t.district_id, row_number() over (order by s.period desc, i.code, t.district_id) as nth
          from snapshot s join snapshot_table t on t.snapshot_id = s.id and t.dimensions = '{}' join indicator i on i.id = t.indicator_id
          where i.code in ('VISITS', 'OPEN_CASES') and length(s.period) = 4) f
        join worker w on w.subject = case when f.nth % 2 = 0 then 'adviser' else 'dpo' end where f.nth <= 8;
      update erratum e set signed_by_id = w.id, published_on = '2026-03-12' from worker w
        where w.subject in ('adviser', 'dpo') and w.id <> e.proposed_by_id and e.id in (md5('erratum 1')::uuid, md5('erratum 2')::uuid);
      update need set ends_on = starts_on + 30 where id in (select id from need order by md5(id::text) limit 40);
      -- Times and ids as nobody's clock or dice would have made them.
      update notification n set id = md5('notification ' || r.nth)::uuid,
        created_at = '2026-01-06T09:00:00Z'::timestamptz + r.nth * interval '1 second'
        from (select id, row_number() over (order by worker_id, kind, case_id) as nth from notification) r where r.id = n.id;
    end $$`);
}
