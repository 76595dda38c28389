-- ---- appointment_type ----------------------------------------------------------------------------------------------
grant select on appointment_type to cosmos_app;
grant select on appointment_type to cosmos_jobs;
grant select on appointment_type to cosmos_keeper;

-- ---- appointment ---------------------------------------------------------------------------------------------------
alter table appointment enable row level security, force row level security;
grant select on appointment to cosmos_app;
grant insert (
  id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, expected_back_at, place, places,
  booked_at_desk
) on appointment to cosmos_app;
grant update (
  type_code, mode, status, starts_at, ends_at, version, back_at, cancellation_reason, expected_back_at, place,
  places_unnamed
) on appointment to cosmos_app;
grant select on appointment to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, place) on appointment to cosmos_keeper;
grant update (
  mode, status, starts_at, ends_at, version, case_worker_id, worker_ids, online_person_ids, back_at, expected_back_at,
  place, places_named, place_by_id, cancelled_by_link, shown_id, shown_at, shown_since_version,
  gone_from_desk, cancellation_reason
) on appointment to cosmos_keeper;
-- The case of an appointment is one that the viewer reads. Otherwise the foreign key would tell that a hidden case is there.
create policy appointment_book on appointment for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and (case_id is null or exists (select from "case" c where c.id = case_id)));
create policy appointment_of_option on appointment as restrictive for insert to cosmos_app with check (
  holds_type(district_id, type_code, day_in_paris(starts_at)));
create policy appointment_change on appointment for update to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to() and not gone_from_desk)
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy appointment_scope on appointment as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_read on appointment for select to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to() and not gone_from_desk)
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (select viewer_person()) = any (online_person_ids));
create policy appointment_booked_at_desk on appointment as restrictive for insert to cosmos_app with check (
  not booked_at_desk
  or (case_id is null and district_id = any ((select viewer_districts('receptionist'))::uuid[])));

-- ---- appointment_subject -------------------------------------------------------------------------------------------
-- The workers who take part and the worker who follows the case read it and write it; the desk does neither.
alter table appointment_subject enable row level security, force row level security;
grant select on appointment_subject to cosmos_app;
grant insert (appointment_id, body, master_key_id, wrapped) on appointment_subject to cosmos_app;
grant select on appointment_subject to cosmos_keeper;
grant update (body, master_key_id, wrapped) on appointment_subject to cosmos_keeper;
grant select (appointment_id, master_key_id, wrapped) on appointment_subject to cosmos_jobs;
grant update (master_key_id, wrapped) on appointment_subject to cosmos_jobs;
create policy appointment_subject_scope on appointment_subject as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_subject_read on appointment_subject for select to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id and (
    ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('any'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));
create policy appointment_subject_write on appointment_subject for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id and (
    ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('any'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));
create policy appointment_subject_rotation on appointment_subject for all to cosmos_jobs using ((select is_jobs()));

-- ---- appointment_worker --------------------------------------------------------------------------------------------
-- A desk passes an appointment on to a colleague who is free.
alter table appointment_worker enable row level security, force row level security;
grant select, insert, delete on appointment_worker to cosmos_app;
grant select, insert, delete on appointment_worker to cosmos_keeper;
create policy appointment_worker_scope on appointment_worker as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_worker_read on appointment_worker for select to cosmos_app
  using (exists (select from appointment a where a.id = appointment_id));
create policy appointment_worker_add on appointment_worker for insert to cosmos_app
  with check (may_staff_with(appointment_id, worker_id));
create policy appointment_worker_pass_on on appointment_worker for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id
    and a.district_id = any ((select viewer_districts('receptionist'))::uuid[])));

-- ---- appointment_person --------------------------------------------------------------------------------------------
alter table appointment_person enable row level security, force row level security;
grant select, delete on appointment_person to cosmos_app;
grant insert (appointment_id, person_id) on appointment_person to cosmos_app;
grant update (outcome, version) on appointment_person to cosmos_app;
grant select, delete on appointment_person to cosmos_keeper;
grant insert (appointment_id, person_id, show_online) on appointment_person to cosmos_keeper;
grant update (
  case_worker_id, district_id, known_until, worker_ids, contact_from, contact_until, contact_worker_ids, contact_said
) on appointment_person to cosmos_keeper;
create policy appointment_person_add on appointment_person for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id) and may_book_person(person_id));
-- The policies of persons look here too, so either scope will do.
create policy appointment_person_scope on appointment_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')) or (select viewer_has_scope('persons:read')));
create policy appointment_person_read on appointment_person for select to cosmos_app using (
  (person_id = (select viewer_person()) and show_online)
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or ((select viewer_worker()) = any (worker_ids) and known_until > now()
    and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy appointment_person_leave on appointment_person for delete to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));
create policy appointment_person_came on appointment_person for update to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));

-- ---- appointment_notice --------------------------------------------------------------------------------------------
-- For the viewers who work with the appointment.
alter table appointment_notice enable row level security, force row level security;
grant select on appointment_notice to cosmos_app;
grant insert (appointment_id, person_id, district_id, kind, previous_starts_at) on appointment_notice to cosmos_app;
grant update (kind, done_at, outcome, version) on appointment_notice to cosmos_app;
grant select, delete on appointment_notice to cosmos_keeper;
grant insert (
  appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of
) on appointment_notice to cosmos_keeper;
grant update (kind, previous_starts_at, reminds_of, created_at, done_at, outcome, version, sending) on appointment_notice to cosmos_keeper;
create policy appointment_notice_scope on appointment_notice as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_notice_read on appointment_notice for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_notice_write on appointment_notice for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id and a.district_id = appointment_notice.district_id)
  and exists (select from appointment_person ap where ap.appointment_id = appointment_notice.appointment_id
    and ap.person_id = appointment_notice.person_id)
  and may_staff(appointment_id));
create policy appointment_notice_give on appointment_notice for update to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));

-- ---- online_booking ------------------------------------------------------------------------------------------------
-- Only functions of cosmos_keeper read and write it.
alter table online_booking enable row level security, force row level security;
grant select, insert on online_booking to cosmos_keeper;
grant update (address_digest, person_id) on online_booking to cosmos_keeper;

-- ---- appointment_participant ---------------------------------------------------------------------------------------
-- For the viewers who work with the appointment. A person who sees the appointment online does not read it. It has no place of its own, since
-- nothing would withhold that: a participant comes to the place of the appointment, or is on the line.
alter table appointment_participant enable row level security, force row level security;
grant select, insert, delete on appointment_participant to cosmos_app;
grant select, insert on appointment_participant to cosmos_keeper;
grant update (starts_at, ends_at) on appointment_participant to cosmos_keeper;
create policy appointment_participant_scope on appointment_participant as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_participant_read on appointment_participant for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_participant_invite on appointment_participant for insert to cosmos_app
  with check (may_staff(appointment_id));
create policy appointment_participant_excuse on appointment_participant for delete to cosmos_app
  using (may_staff(appointment_id) and exists (select from appointment a where a.id = appointment_id));

-- ---- occupancy -----------------------------------------------------------------------------------------------------
-- One row for each worker and time range: these must never overlap. The API inserts rows for appointments only, and never a hold.
alter table occupancy enable row level security, force row level security;
grant delete on occupancy to cosmos_app;
grant select (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;
grant insert (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;
grant select, insert, delete on occupancy to cosmos_keeper;
grant update (appointment_id, expires_at, offer_id) on occupancy to cosmos_keeper;
create policy occupancy_scope on occupancy as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy occupancy_read on occupancy for select to cosmos_app
  using (worker_id = (select viewer_worker()) or district_id = any ((select viewer_districts('any'))::uuid[]));
-- Only the time of a worker of the district is taken. Otherwise the exclusion would tell when any worker of the county is busy.
create policy occupancy_take on occupancy for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and may_staff_with(appointment_id, worker_id));
create policy occupancy_free on occupancy for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id and (
    a.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));

-- ---- home_word -----------------------------------------------------------------------------------------------------
-- By these rows the worker of a home visit gets its address, and colleagues who can send help get it when the worker is not back. Only
-- functions of cosmos_keeper read and write it.
alter table home_word enable row level security, force row level security;
grant select, insert, delete on home_word to cosmos_keeper;

-- ---- appointment_link ----------------------------------------------------------------------------------------------
-- Nobody reads it: the functions of the links find a row by the digest of its secret.
alter table appointment_link enable row level security, force row level security;
grant select, insert, update, delete on appointment_link to cosmos_keeper;
