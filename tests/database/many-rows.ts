import pg from 'pg';
import { rowsOf } from '../support/county/rows.js';
import type { TestDatabase } from '../support/database.js';

/**
 * Rows by the ten thousand around the fictional county, so that the planner has something to avoid: other districts and
 * workers with cases of their own, more of them for the demonstration's, and years of what accumulates. Copies are
 * written as their triggers would.
 */
export async function addManyRows(database: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('begin');
    // Neither triggers nor foreign keys: each row below names what is there.
    await client.query('set local session_replication_role = replica');
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('commit');
    const { rows } = await client.query<{ releaseId: string; authorCalledAt: Date }>(
      `select id as "releaseId", requested_at as "authorCalledAt" from release r where ground = 'DANGER'
         and not exists (select from danger_statement d where d.release_id = r.id)`,
    );
    const make = rowsOf(database);
    // These are opened, where an adviser lists the dangers.
    await Promise.all(rows.map((row) => make.dangerStatement(row)));
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The columns of a text in the vault's form, which nobody opens. */
const SEALED = `decode(rpad('01', 570, '00'), 'hex'), 'test', '\\x00'::bytea`;

const STATEMENTS = [
  `insert into district (slug, name, address_line, postal_code, commune_code, phone)
   select 'more-' || n, 'Circonscription ' || n, '1 rue du Test', '93000', '93008', '01 99 00 99 ' || n
   from generate_series(10, 25) n`,
  `insert into worker (issuer, subject, given_name, family_name)
   select 'more', 'more-' || n, 'Prénom', 'Nom ' || n from generate_series(1, 80) n`,
  `insert into membership (worker_id, district_id, role, starts_at)
   select w.id, d.id, 'SOCIAL_WORKER', '2020-01-01' from
     (select id, row_number() over (order by subject) as n from worker where issuer = 'more') w
     join (select id, row_number() over (order by slug) as n from district where slug like 'more-%') d on d.n = 1 + w.n % 16`,
  `insert into suspension (worker_id, what, suspended_by_id, suspended_at, lapses_at)
   select w.id, 'ACCOUNT', a.id, now() - n * interval '1 day', now() - (n - 1) * interval '1 day'
   from worker w cross join generate_series(2, 60) n join worker a on a.subject = 'admin' where w.issuer = 'more'`,
  // Each worker of a district has 100 cases more, one in four of them closed.
  `create temporary table added on commit drop as
   select gen_random_uuid() as case_id, gen_random_uuid() as person_id, m.worker_id, m.district_id, n,
     now() - random() * interval '1000 days' as opened_at, row_number() over () as nth
   from membership m cross join generate_series(1, 100) n
   where m.role = 'SOCIAL_WORKER' and m.ends_at is null order by random()`,
  `insert into person (id, district_id, reference, given_name, family_name, birth_date, phone)
   select person_id, district_id, 'P-ADDED' || nth, 'Prénom' || nth, 'Nom' || nth, '1980-01-01', '06 39 98 00 00' from added`,
  `insert into "case" (id, reference, district_id, mission, status, closed_at, assigned_worker_id, opened_at)
   select case_id, 'ADDED-' || nth, district_id,
     (enum_range(null::"Mission"))[1 + nth % 5], (case when n % 4 = 0 then 'CLOSED' else 'OPEN' end)::"CaseStatus",
     case when n % 4 = 0 then now() end, case when n % 40 <> 1 then worker_id end, opened_at from added`,
  `insert into case_person (case_id, person_id, district_id, assigned_worker_id)
   select case_id, person_id, district_id, case when n % 40 <> 1 then worker_id end from added`,
  `insert into assignment (case_id, worker_id, starts_at) select case_id, worker_id, opened_at from added where n % 40 <> 1`,
  `insert into need (case_id, person_id, code, starts_on, district_id, assigned_worker_id)
   select case_id, person_id, 'LOG-01', opened_at::date, district_id, case when n % 40 <> 1 then worker_id end from added`,
  `insert into interview_note (case_id, district_id, author_id, reader_id, body, written_at)
   select case_id, district_id, worker_id, worker_id, '\\x00', opened_at + k * interval '10 days'
   from added cross join generate_series(1, 2) k where n % 40 <> 1`,
  `insert into case_key (case_id, master_key_id, wrapped) select case_id, 'test', '\\x00' from added`,
  // Three years of appointments; what lies ahead is booked, and nobody is in two places.
  `create temporary table booked on commit drop as
   select gen_random_uuid() as id, *, date_trunc('hour', now()) - interval '950 days'
     + ((row_number() over (partition by worker_id order by nth, k)) * interval '150 minutes' * 17) as starts_at
   from added cross join generate_series(1, 4) k`,
  `insert into appointment (id, district_id, case_id, type_code, status, starts_at, ends_at, case_worker_id, worker_ids)
   select id, district_id, case_id, 'FOLLOW_UP', (case when starts_at > now() then 'BOOKED'
       when nth % 9 = 0 then 'NOT_HONOURED' when nth % 11 = 0 then 'CANCELLED_BY_SERVICE' else 'HONOURED' end)::"AppointmentStatus",
     starts_at, starts_at + interval '45 minutes', case when n % 40 <> 1 then worker_id end, array[worker_id] from booked`,
  // One in twenty of the appointments to come was called off by telephone, and waits.
  `insert into telephone_cancellation (appointment_id, person_id, district_id, held_until)
   select id, person_id, district_id, now() + interval '2 hours' from booked where nth % 20 = 0 and starts_at > now()`,
  `insert into appointment_subject (appointment_id, body, master_key_id, wrapped) select id, ${SEALED} from booked where nth % 2 = 0`,
  // One in seven is a home visit, whose return was written down; and with an interpreter.
  `update appointment a set mode = 'HOME', expected_back_at = a.ends_at, back_at = a.ends_at from booked b
   where b.id = a.id and b.nth % 7 = 0 and a.starts_at < now()`,
  `insert into appointment_participant (appointment_id, kind, language, starts_at, ends_at)
   select id, 'INTERPRETER', 'tam', starts_at, starts_at + interval '45 minutes' from booked where nth % 7 = 0`,
  // Whoever has lost a telephone ten times.
  `insert into calendar_feed (worker_id, client_id, secret_hash, created_at, revoked_at)
   select id, (select id from client where client_id = 'front.demo'), sha256((id || ':' || n)::bytea), now() - n * interval '1 day', case when n > 3 then now() end
   from worker cross join generate_series(1, 40) n`,
  // Who was told of a change, and one in fifty who was not.
  `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, created_at, done_at, outcome)
   select id, person_id, district_id, 'MOVED', starts_at - interval '7 days', starts_at - interval '9 days',
     case when n % 50 <> 0 then starts_at - interval '8 days' end,
     case when n % 50 <> 0 then 'TOLD'::"AppointmentNoticeOutcome" end from booked`,
  // Who came: today a few, before many; and who was to be called back.
  `insert into visit (district_id, kind, person_id, worker_id, day, ticket, arrived_at, taken_in_at, closed_at, outcome)
   select district_id, 'WALK_IN', person_id, worker_id, at::date, 1000 + nth, at, case when not today then at + interval '1 minute' end,
     case when not today then at + interval '20 minutes' end, case when not today then 'RECEIVED'::"VisitOutcome" end
   from (select *, n % 20 = 0 as today, case when n % 20 = 0 then now() - interval '1 minute' else opened_at end as at from added) v`,
  `insert into message (district_id, worker_id, person_id, sent_at, done_at)
   select district_id, worker_id, person_id, opened_at, case when n % 20 <> 0 then opened_at + interval '1 day' end from added`,
  // Who was seen on duty: in the last days, or passed on since.
  `insert into encounter (district_id, held_by_id, reader_id, person_id, held_at, case_id, passed_to_id, passed_on_at)
   select district_id, worker_id, worker_id, person_id, case when n % 4 = 0 then now() - n * interval '1 hour' else opened_at end,
     case when n % 4 <> 0 then case_id end, case when n % 4 <> 0 then worker_id end, case when n % 4 <> 0 then opened_at end from added`,
  `insert into encounter_key (encounter_id, master_key_id, wrapped) select id, 'test', '\\x00' from encounter on conflict do nothing`,
  `insert into person_known (source_id, person_id, worker_id, district_id, known_until, contact)
   select id, person_id, worker_id, district_id, arrived_at + interval '30 days', true from visit where person_id is not null and worker_id is not null
   on conflict do nothing`,
  // What colleagues did to them in the last two days; nobody follows some of them.
  `insert into act (worker_id, kind, done_at, district_id, subject, row_id, person_ids, before)
   select (select id from worker where subject = 'more-1'), 'CHANGE_CONTACT', now() - (nth % 48) * interval '1 hour', district_id, 'person',
     person_id, array[person_id], '{}' from added where n % 4 = 1`,
  // Where they were sent, and what partners asked: one in twenty is to be answered still.
  `create temporary table sent on commit drop as
   select gen_random_uuid() as id, *, n % 20 = 0 as waits from added`,
  `insert into referral (id, case_id, to_district_id, to_worker_id, sent_by_id, sent_at, answer_by, status, refusal, closed_at,
     online_person_id, district_id, assigned_worker_id, mission)
   select id, case_id, district_id, case when n % 3 <> 0 then worker_id end, worker_id, opened_at,
     case when waits then greatest(now() + (nth % 40 - 10) * interval '1 hour', opened_at + interval '1 hour') else opened_at + interval '15 days' end,
     (case when waits then 'SENT' when n % 7 = 0 then 'REFUSED' else 'ACCEPTED' end)::"ReferralStatus",
     (case when not waits and n % 7 = 0 then 'NO_PLACE' end)::"ReferralRefusal", case when not waits then opened_at + interval '9 days' end,
     null, district_id, case when n % 40 <> 1 then worker_id end, 'POLYVALENCE' from sent`,
  `insert into referral_person (referral_id, case_id, person_id, district_id, assigned_worker_id, to_district_id, to_worker_id, status, online)
   select r.id, r.case_id, s.person_id, r.district_id, r.assigned_worker_id, r.to_district_id, r.to_worker_id, r.status, false
   from referral r join sent s on s.id = r.id`,
  `insert into referral_content (referral_id, body, master_key_id, wrapped) select id, ${SEALED} from sent`,
  `insert into incoming_request (id, district_id, partner, person_id, received_on, recorded_at, answer_by, due_at, status, worker_id, closed_at)
   select id, district_id, 'SCHOOL', person_id, opened_at::date, opened_at, case when waits then now() + (nth % 40 - 10) * interval '1 hour'
     else opened_at + interval '30 days' end, case when waits then now() + (nth % 40 - 10) * interval '1 hour' end,
     (case when not waits then 'ANSWERED' when n % 3 <> 0 then 'ALLOCATED' else 'RECEIVED' end)::"IncomingRequestStatus",
     case when not waits or n % 3 <> 0 then worker_id end, case when not waits then opened_at + interval '20 days' end from sent`,
  `insert into incoming_request_content (request_id, body, master_key_id, wrapped) select id, ${SEALED} from sent`,
  `insert into organisation (source, source_id, name, name_key, commune_code, themes, updated_on)
   select 'many', n || ':' || id, 'Structure ' || n, 'structure ' || n, (array['93071', '93032', '75101'])[1 + n % 3],
     array['numerique--acquerir-un-equipement'], current_date from worker cross join generate_series(1, 40) n`,
  `insert into organisation_theme (organisation_id, theme, name_key, commune_code)
   select id, theme, name_key, commune_code from organisation cross join unnest(array['numerique--acquerir-un-equipement', 'numerique']) theme
   where source = 'many'`,
  // Who waited, and one in twenty who does still; each was offered three times and passed over five.
  `create temporary table waited on commit drop as
   select gen_random_uuid() as id, *, n % 20 = 0 as waits, case when n % 3 = 0 then worker_id end as duty_worker_id,
     case when n % 40 <> 1 and n % 3 <> 0 then worker_id end as case_worker_id from added`,
  `insert into appointment_request (id, district_id, person_id, case_id, type_code, status, asked_at, rank_at, closed_at, duty_worker_id,
     case_worker_id, show_online)
   select id, district_id, person_id, case when n % 3 <> 0 then case_id end, case when n % 3 = 0 then 'FIRST_RECEPTION' else 'FOLLOW_UP' end,
     (case when waits then 'WAITING' when n % 7 = 0 then 'LAPSED' else 'WITHDRAWN' end)::"RequestStatus", opened_at, opened_at,
     case when not waits then opened_at + interval '20 days' end, duty_worker_id, case_worker_id, n % 2 = 0 from waited`,
  `insert into slot_offer (request_id, district_id, worker_id, mode, starts_at, ends_at, channel, offered_at, answer_by, status, answered_at, told_at)
   select id, district_id, worker_id, 'ON_SITE', answer_by + interval '9 days', answer_by + interval '9 days 1 hour', 'NEUTRAL_TEXT',
     answer_by - interval '1 day', answer_by, (case when held then 'HELD' when k = 2 then 'DECLINED' else 'EXPIRED' end)::"OfferStatus",
     case when not held and k = 2 then answer_by end, case when not held or n % 40 = 0 then answer_by end
   from (select *, waits and k = 1 as held, case when waits and k = 1 then now() + (1 + nth % 40) * interval '1 hour'
     else opened_at + k * interval '2 days' end as answer_by from waited cross join generate_series(1, 3) k) o`,
  `insert into offer_skip (offer_id, request_id, reason, skipped_at)
   select o.id, w.id, 'OTHER_WORKER', o.offered_at from waited w
   join lateral (select id, offered_at from slot_offer where district_id = w.district_id and request_id <> w.id limit 5) o on true`,
  'insert into appointment_worker (appointment_id, worker_id) select id, worker_id from booked',
  `insert into appointment_person (appointment_id, person_id, district_id, worker_ids, case_worker_id, known_until,
     contact_worker_ids, contact_from, contact_until)
   select id, person_id, district_id, array[worker_id], case when n % 40 <> 1 then worker_id end,
     starts_at + interval '31 days', array[worker_id], starts_at - interval '7 days', starts_at + interval '31 days' from booked`,
  // Meetings of three years, a week's in every twenty days; most of those to come have places left.
  // One in four was booked online, by the person.
  `insert into online_booking (appointment_id, person_id, booked_at)
   select distinct on (a.id) a.id, p.person_id, a.starts_at - interval '9 days' from appointment_person p
   join appointment a on a.id = p.appointment_id where abs(hashtext(a.id::text)) % 4 = 0 order by a.id, p.person_id on conflict do nothing`,
  `insert into appointment (district_id, type_code, status, starts_at, ends_at, worker_ids, places, places_unnamed)
   select d.district_id, 'INFORMATION_MEETING', (case when n < 0 then 'HONOURED' else 'BOOKED' end)::"AppointmentStatus",
     now() + n * interval '17 hours', now() + n * interval '17 hours' + interval '1 hour', array[d.worker_id], 12, case when n % 7 = 0 then 12 else 3 end
   from (select distinct on (district_id) district_id, worker_id from added order by district_id, worker_id) d
   cross join generate_series(-1500, 300) n`,
  `insert into person_address (person_id, line) select person_id, '1 rue du Test' from added`,
  `insert into notice_receipt (person_id, notice_id, channel, given_at, stated_by_id)
   select person_id, (select id from privacy_notice limit 1), 'ORAL', opened_at, worker_id from added`,
  `insert into notice_deferral (case_id, person_id, ground, review_on, deferred_by_id)
   select case_id, person_id, 'NOT_REACHABLE', current_date + 30, worker_id from added`,
  `insert into access_log (operation_id, actor_kind, actor_id, action, outcome, case_id)
   select gen_random_uuid(), 'WORKER', worker_id, 'READ_CASE', 'DONE', case_id from added cross join generate_series(1, 3)`,
  // Of a case, a person and a worker of the demonstration's as much as a flood would leave, in every action, confidential or not.
  `insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id, blanked)
   select gen_random_uuid(), now() - n * interval '20 minutes', 'WORKER', case when n % 2 = 0 then w.id end, k.action, 'DONE', c.id, p.id,
     case when n % 2 = 1 then w.id end, k.action like '%NOTE%'
   from worker w
   join lateral (select id from "case" where assigned_worker_id = w.id order by reference limit 200) c on true
   join lateral (select p.id from case_person cp join person p on p.id = cp.person_id where cp.case_id = c.id limit 1) p on true
   cross join generate_series(1, 100) n
   cross join lateral (select (array['READ_CASE', 'READ_PERSON', 'READ_NOTES', 'WRITE_NOTE', 'BOOK_APPOINTMENT', 'LOOK_UP_PERSON',
     'MOVE_APPOINTMENT', 'RECORD_NEED', 'FILTER_BY_WORKER', 'READ_REFERRAL'])[1 + (n / 3) % 10] as action) k
   where w.subject = 'worker.sevran'`,
  `insert into notification (worker_id, kind, case_id, created_at)
   select worker_id, 'HANDOVER_OFFERED', case_id, opened_at from added`,
  `insert into handover (case_id, from_worker_id, to_worker_id, offered_at, accepted_at)
   select case_id, (select id from worker where subject = 'more-1'), worker_id, opened_at, opened_at from added
   where n % 3 = 0 and worker_id <> (select id from worker where subject = 'more-1')`,
  `insert into handover_task (case_id, worker_id, to_worker_id, reassigned_at, answer, reason, closed_at)
   select case_id, worker_id, (select id from worker where subject = 'more-1'), opened_at, 'NO', 'OTHER', opened_at from added
   where worker_id <> (select id from worker where subject = 'more-1')`,
  `insert into handover_task (case_id, worker_id, to_worker_id, reassigned_at, answer, reason, closed_at)
   select case_id, (select id from worker where subject = 'more-2'), worker_id, opened_at, 'NO', 'OTHER', opened_at from added
   where n % 3 = 0 and worker_id <> (select id from worker where subject = 'more-2')`,
  `insert into planned_reassignment (case_id, district_id, from_worker_id, to_worker_id, planned_by_id, planned_at, takes_effect_at, outcome, ended_at)
   select case_id, district_id, worker_id, (select id from worker where subject = 'more-1'), (select id from worker where subject = 'head.sevran'),
     opened_at, opened_at + interval '2 days', 'DONE', opened_at + interval '2 days' from added
   where worker_id <> (select id from worker where subject = 'more-1')`,
  `insert into planned_reassignment (case_id, district_id, from_worker_id, to_worker_id, planned_by_id, takes_effect_at)
   select case_id, district_id, worker_id, (select id from worker where subject = 'worker.sevran'), (select id from worker where subject = 'head.sevran'),
     now() + interval '2 days' from added
   where worker_id <> (select id from worker where subject = 'worker.sevran') order by nth limit 50`,
  `insert into release (case_id, district_id, requested_by_id, holder_ids, ground, requested_at, waits_until, approved_by_id, approved_at,
     open_until)
   select case_id, district_id, worker_id, array[(select id from worker where subject = 'more-1')], 'PERSON_AGREEMENT', opened_at, opened_at,
     (select id from worker where subject = 'adviser'), opened_at, opened_at + interval '30 days' from added where n % 3 = 1`,
  `insert into release (case_id, district_id, requested_by_id, holder_ids, ground, requested_at, waits_until, approved_by_id, approved_at,
     open_until)
   select case_id, district_id, worker_id, array(select id from worker where subject in ('more-1', 'worker.sevran')), 'DANGER', opened_at, opened_at,
     (select id from worker where subject = 'adviser'), opened_at, opened_at + interval '72 hours' from added where n % 30 = 2`,
  `insert into release (case_id, district_id, requested_by_id, holder_ids, ground, waits_until)
   select case_id, district_id, worker_id, array[(select id from worker where subject = 'more-1')], 'COURT_ORDER', now()
   from added where n % 3 = 1 order by nth limit 5`,
  `insert into release_answer (release_id, worker_id, answer, reason, answered_at)
   select id, holder_ids[1], 'NO', 'OTHER', requested_at from release where approved_at is not null and ground <> 'DANGER' and holder_ids <> '{}'`,
  `insert into release_answer (release_id, worker_id) select id, holder_ids[1] from release where approved_at is null and holder_ids <> '{}'`,
  `insert into release_review (release_id, as_role, reviewed_by_id, opinion)
   select id, 'DATA_PROTECTION_OFFICER', (select id from worker where subject = 'dpo'), 'JUSTIFIED' from release
   where ground = 'DANGER' and approved_at < now() - interval '60 days'`,
  `insert into absence (worker_id, district_id, starts_at, ends_at, declared_at)
   select worker_id, district_id, '2019-01-01'::timestamptz + n * interval '20 days',
     '2019-01-01'::timestamptz + n * interval '20 days' + interval '3 days',
     '2019-01-01'::timestamptz + n * interval '20 days' from added`,
  // Agendas open for two years and one gone by, most of it taken; now and then a morning off.
  `create temporary table opened on commit drop as
   select gen_random_uuid() as id, w.worker_id, w.district_id
   from (select distinct on (worker_id) worker_id, district_id from added order by worker_id, district_id) w`,
  `insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at)
   select id, worker_id, district_id, '{ON_SITE,PHONE}', current_date - 300, current_date + 400, '18:00', '20:00' from opened`,
  `insert into availability (worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at)
   select worker_id, district_id, '{PHONE}', current_date - 400 - n, current_date - 390 - n, '18:00', '20:00'
   from opened cross join generate_series(1, 40) n`,
  `insert into availability_type (availability_id, type_code) select id, code from opened join appointment_type on places is null`,
  `insert into availability_occurrence (availability_id, worker_id, district_id, starts_at, ends_at, closed)
   select id, worker_id, district_id, current_date + n * interval '1 day' + interval '18 hours',
     current_date + n * interval '1 day' + interval '20 hours', n % 40 = 7 from opened cross join generate_series(-300, 399) n`,
  `insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes)
   select o.id, t.type_code, o.starts_at, o.ends_at, o.worker_id, o.district_id, '{ON_SITE,PHONE}'
   from availability_occurrence o join availability_type t using (availability_id) join opened on opened.id = o.availability_id
   where not o.closed and extract(day from o.starts_at)::integer % 3 = 0`,
  `insert into unavailability (worker_id, district_id, starts_at, ends_at)
   select worker_id, district_id, current_date + n * interval '5 days', current_date + n * interval '5 days' + interval '4 hours'
   from opened cross join generate_series(-60, 60) n`,
  // Measured for twenty years, in every district.
  `insert into waiting_week (district_id, type_code, week, days)
   select d.id, t.code, '2001-01-01'::date + n, n % 30 from district d
   cross join (select code from appointment_type where 'BOOKING_CLIENT' = any (bookable_by)) t cross join generate_series(0, 6999, 21) n
   on conflict do nothing`,
  // Frozen each month of twenty years, in every district and in the county: the total and by one dimension.
  `insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
   select to_char(m, 'YYYY-MM'), m, m + interval '1 month', m + interval '40 days', 1, ''
   from generate_series('2000-01-01'::timestamp, '2020-12-01', interval '1 month') m`,
  `insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells)
   select s.id, i.id, d.id, k.dimensions, '{30}' from snapshot s
   cross join (select id from district union all select null) d
   cross join (select id, dimensions from indicator where status = 'ADOPTED' and dimensions <> '{}' order by code limit 6) i
   cross join lateral (values ('{}'::text[]), (i.dimensions[1:1])) k(dimensions) where s.starts_on < '2021-01-01'`,
  // Half of them are signed.
  `insert into erratum (period, indicator_code, district_id, text_fr, proposed_by_id, proposed_by, proposed_on, signed_by_id, signed_by, published_on)
   select distinct s.period, i.code, t.district_id, 'x', w.ids[1], 'Camille Martin', case when h.signed then s.frozen_on else current_date - 5 end,
     case when h.signed then w.ids[2] end,
     case when h.signed then 'Claude Martin' end, case when h.signed then s.frozen_on + 2 end
   from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id
   cross join (select array(select id from worker order by id limit 2) as ids) w
   cross join (values (true), (false)) h(signed) where s.starts_on < '2021-01-01' and t.dimensions = '{}'`,
  `insert into indicator_observation (code, district_id, year, body, stated_on)
   select i.code, d.id, y, 'x', make_date(y, 2, 1) from indicator i, district d, generate_series(2001, 2020) y where i.status = 'ADOPTED'`,
  // Each district has asked twenty times a day about its wait, for a quarter; the last ones are not worked out. And ten times in each year, for
  // its reports, of which each shows one.
  `insert into wait_simulation (district_id, type_code, asked_by_id, asked_at, foreseen_from, half_days_now, posts_now, more_half_days,
     more_posts, more_asks_percent, load_now, days_now, load_then, days_then)
   select d.id, 'FIRST_RECEPTION', (select id from worker where subject = 'more-2'), a.at, date_trunc('week', a.at)::date, 24, 4, 2, 0, 0,
     k.load, k.days, k.load, k.days
   from district d
   cross join (select now() - n * interval '72 minutes' as at from generate_series(1, 1800) n
     union all select make_timestamptz(y, 1, n, 9, 0, 0) from generate_series(2002, 2021) y, generate_series(1, 10) n) a
   cross join lateral (select case when a.at < now() - interval '2 hours' then '{1,0.9,1.1}'::float8[] else '{}' end as load,
     case when a.at < now() - interval '2 hours' then '{6,4,9}'::float8[] else '{}' end as days) k`,
  // Each team has voted four times a year on each kind of option, for ten years; and votes on the next ones.
  `insert into team_option (id, district_id, kind, status, proposed_on, voted_until, starts_on, ends_on)
   select gen_random_uuid(), d.id, k, case when n = 0 then 'PROPOSED' when n % 5 = 4 then 'REJECTED' else 'ADOPTED' end::"TeamOptionStatus",
     o.day - 10, o.day - 3, o.day, o.day + 90
   from district d cross join unnest(enum_range(null::"TeamOptionKind")) k cross join generate_series(0, 39) n
   cross join lateral (select current_date + 5 - 91 * n as day) o
   where not exists (select from team_option t where t.district_id = d.id and t.kind = k)`,
  `insert into team_vote (option_id, worker_id, in_favour)
   select o.id, m.worker_id, true from team_option o join membership m on m.district_id = o.district_id and m.ends_at is null
     and m.role in ('SOCIAL_WORKER', 'RECEPTIONIST') where o.status = 'PROPOSED' on conflict do nothing`,
  // Two workers of a district hold hours without an appointment, on each day of the next quarter.
  `insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes)
   select o.id, 'WALK_IN_HOUR', o.starts_at, o.starts_at + interval '1 hour', o.worker_id, o.district_id, '{ON_SITE}'
   from availability_occurrence o join (select worker_id, district_id, row_number() over (partition by district_id order by worker_id) as nth
       from membership where role = 'SOCIAL_WORKER' and ends_at is null) m using (worker_id, district_id)
   where m.nth <= 2 and o.starts_at > now() on conflict do nothing`,
  // A report of each of those years, in every district, published with what it cites.
  `insert into activity_report (district_id, year) select d.id, y from district d, generate_series(2001, 2020) y`,
  `insert into activity_report_text (report_id, version, stated_on, simulation_id)
   select r.id, 1, make_date(r.year + 1, 3, 1), (select s.id from wait_simulation s where s.district_id = r.district_id
     and s.asked_at >= make_date(r.year + 1, 1, 1) order by s.asked_at limit 1)
   from activity_report r where r.year between 2001 and 2020`,
  `insert into activity_report_signature (report_id, text_version, worker_id, district_id, name, signed_on)
   select r.id, 1, w.id, r.district_id, 'Claude Martin', make_date(r.year + 1, 3, 1) from activity_report r
   cross join (select id from worker where subject <> 'adviser' order by id limit 2) w where r.year between 2001 and 2020`,
  `insert into activity_report_table (report_id, table_id)
   select r.id, t.id from activity_report r join snapshot s on s.period like r.year || '-0_'
   join snapshot_table t on t.snapshot_id = s.id and t.district_id = r.district_id where r.year <= 2020 on conflict do nothing`,
  `update activity_report set published_on = make_date(year + 1, 3, 1), published_by_id = (select id from worker where subject = 'adviser'),
     social_workers = 5, receptionists = 2
   where published_on is null and year <= 2020`,
  // What other calendars hold: six of them, three removed, the others with eight hundred times each; of forty workers, who asks among them.
  `insert into outside_calendar (worker_id, district_id, name, imported_at, reaches_until, removed_at)
   select worker_id, district_id, 'Outlook ' || n, current_date - n, current_date + 182, case when n > 3 then current_date end
   from opened cross join generate_series(1, 6) n`,
  `insert into unavailability (worker_id, district_id, outside_calendar_id, starts_at, ends_at)
   select c.worker_id, c.district_id, c.id, current_date + n * interval '5 hours', current_date + n * interval '5 hours' + interval '1 hour'
   from outside_calendar c cross join generate_series(1, 800) n
   where c.removed_at is null and c.worker_id in (select worker_id from opened
     order by worker_id <> (select id from worker where subject = 'worker.sevran'), worker_id limit 40)`,
  `insert into relay (district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
   select district_id, worker_id, (select id from worker where subject = 'more-2'),
     '2019-01-01'::timestamptz + n * interval '20 days', '2019-01-01'::timestamptz + n * interval '20 days' + interval '3 days'
   from added where worker_id <> (select id from worker where subject = 'more-2')`,
];
