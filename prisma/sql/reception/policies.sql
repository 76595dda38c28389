-- ---- visit ---------------------------------------------------------------------------------------------------------
-- A person who comes or calls, without a name if they wish, under a number of the day. Nobody is asked for the reason.
alter table visit enable row level security, force row level security;
grant select on visit to cosmos_app;
grant insert (id, district_id, kind, person_id, appointment_id, worker_id) on visit to cosmos_app;
grant update (worker_id, taken_in_at, closed_at, outcome, version) on visit to cosmos_app;
grant select on visit to cosmos_keeper;
grant update (id, known_id, person_id, ticket, arrived_at, taken_in_at, version) on visit to cosmos_keeper;
-- The desk of the district reads it, its head (who changes nothing), and the worker who is to receive the person.
create policy visit_scope on visit as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy visit_read on visit for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy visit_record on visit for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  and (person_id is null or may_book_person(person_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id and a.district_id = visit.district_id)));
create policy visit_go_on on visit for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  -- A worker who passes a person on to a colleague does not see the visit after that.
  with check (true);

-- ---- ended_for_desk ------------------------------------------------------------------------------------------------
-- The desk of the district reads it, and the head reads it for requests and visits, by the same rules as for the row itself. It names nobody.
alter table ended_for_desk enable row level security, force row level security;
grant select on ended_for_desk to cosmos_app;
grant update (shown) on ended_for_desk to cosmos_app;
grant select, insert on ended_for_desk to cosmos_keeper;
create policy ended_for_desk_scope on ended_for_desk as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy ended_for_desk_read on ended_for_desk for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (kind <> 'appointment' and district_id = any ((select viewer_districts('district_head'))::uuid[])));
-- A desk that records an outcome under the old id gets the same answer as for any cancelled appointment.
create policy ended_for_desk_record on ended_for_desk for update to cosmos_app using (
  kind = 'appointment' and district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- ---- message -------------------------------------------------------------------------------------------------------
-- "Please call back".
alter table message enable row level security, force row level security;
grant select on message to cosmos_app;
grant insert (id, district_id, worker_id, person_id, name, phone, call_from, call_until) on message to cosmos_app;
grant update (done_at, version) on message to cosmos_app;
grant select (person_id) on message to cosmos_keeper;
grant insert (district_id, worker_id, person_id, from_worker_id, text_id) on message to cosmos_keeper;
-- Only its worker reads it once it is sent: not the worker who took it down, not the desk, not the stand-in.
create policy message_scope on message as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy message_read on message for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
create policy message_send on message for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and (person_id is null or may_book_person(person_id)));
create policy message_done on message for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));

-- ---- message_text --------------------------------------------------------------------------------------------------
-- Only `send_blind_message` writes one. Whoever has a message with this text reads it.
alter table message_text enable row level security, force row level security;
grant select on message_text to cosmos_app;
grant select, insert on message_text to cosmos_keeper;
grant update (body, master_key_id, wrapped) on message_text to cosmos_keeper;
grant select (id, master_key_id, wrapped) on message_text to cosmos_jobs;
grant update (master_key_id, wrapped) on message_text to cosmos_jobs;
create policy message_text_read on message_text for select to cosmos_app using (exists (select from message m where m.text_id = message_text.id
  and m.worker_id = (select viewer_worker()) and m.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy message_text_rotation on message_text for all to cosmos_jobs using ((select is_jobs()));

-- ---- encounter -----------------------------------------------------------------------------------------------------
-- A person who is seen once on duty, without a case. The writer reads the text until it is passed on to the assigned worker of a case; then
-- only that worker does. Otherwise it is deleted after 30 days. An encounter that is written for a case waits for the worker of the case, and
-- is kept. The worker who opened the case writes it until somebody is assigned, and a stand-in writes it until the absence is over.
alter table encounter enable row level security, force row level security;
grant select, delete on encounter to cosmos_app;
grant insert (id, district_id, held_by_id, person_id, visit_id, appointment_id, body, for_case_id) on encounter to cosmos_app;
grant update (body, case_id, for_case_id, version) on encounter to cosmos_app;
grant select, delete on encounter to cosmos_keeper;
grant update (reader_id, case_id, for_case_id, stands_for_id, kept_from) on encounter to cosmos_keeper;
-- An encounter has one reader at a time. After 30 days it has none, even if the job has not deleted it yet. A stand-in reads it only while a
-- relay lasts.
create policy encounter_read on encounter for select to cosmos_app using (
  reader_id = (select viewer_note_reader())
  and (num_nonnulls(case_id, for_case_id) > 0 or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
-- Until it is passed on, its writer changes it, passes it on, and may delete it early. After that nobody does.
create policy encounter_write on encounter for update to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker())
  and (for_case_id is not null or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  with check (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = encounter.district_id));
create policy encounter_delete on encounter for delete to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker())
  and (for_case_id is not null or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_record on encounter for insert to cosmos_app with check (
  held_by_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[])
  and (person_id is null or may_book_person(person_id))
  and (visit_id is null or exists (select from visit v where v.id = visit_id
    and v.worker_id = (select viewer_worker()) and v.district_id = encounter.district_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id
    and (select viewer_worker()) = any (a.worker_ids) and a.district_id = encounter.district_id
    -- The assigned worker writes a note of the case. The stand-in writes for the case.
    and (a.case_id = for_case_id or (a.case_worker_id = (select viewer_worker())
      or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[])) is not true))));

-- ---- encounter_key -------------------------------------------------------------------------------------------------
alter table encounter_key enable row level security, force row level security;
grant select, insert on encounter_key to cosmos_app;
grant select on encounter_key to cosmos_jobs;
grant select on encounter_key to cosmos_keeper;
grant update (master_key_id, wrapped) on encounter_key to cosmos_jobs;
create policy encounter_key_use on encounter_key for all to cosmos_app using (
  exists (select from encounter e where e.id = encounter_id));
create policy encounter_key_rotation on encounter_key for all to cosmos_jobs using ((select is_jobs()));

-- ---- telephone_cancellation ----------------------------------------------------------------------------------------
-- Only functions of cosmos_keeper read it: at the desk a call must look as if nothing had matched.
alter table telephone_cancellation enable row level security, force row level security;
grant select, insert, delete on telephone_cancellation to cosmos_keeper;
grant update (wants_another, held_until) on telephone_cancellation to cosmos_keeper;
