-- ---- appointment_request -------------------------------------------------------------------------------------------
-- The waiting list. The desk of the district reads a request, and so do the head (who changes nothing), the duty worker who judges it, and
-- the worker who follows its case. The person reads it if it is shown to them.
alter table appointment_request enable row level security, force row level security;
grant select on appointment_request to cosmos_app;
grant insert (
  id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until, case_worker_only,
  duty_worker_only, duty_worker_id, appointment_id, show_online, called_name, contact, phone, short_notice_from,
  short_notice_until
) on appointment_request to cosmos_app;
grant update (
  person_id, mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online,
  version, called_name, contact, phone, short_notice_from, short_notice_until
) on appointment_request to cosmos_app;
grant select, insert, update, delete on appointment_request to cosmos_keeper;
create policy appointment_request_scope on appointment_request as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_request_read on appointment_request for select to cosmos_app using (
  -- The desk and the head do not read a request of a person with "confirm nothing", but another one that stands for it.
  (veiled_at is null and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  or (veiled_at is null and district_id = any ((select viewer_districts('district_head'))::uuid[]))
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_change on appointment_request for update to cosmos_app using (
  (veiled_at is null and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_ask on appointment_request for insert to cosmos_app with check (
  (show_online and person_id = (select viewer_person()) and urgency = 'ORDINARY' and duty_worker_id is null
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or booked_online_by_viewer(appointment_id)))
  or ((district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    and (person_id is null or may_book_person(person_id))
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or exists (select from appointment_person ap
      where ap.appointment_id = appointment_request.appointment_id and ap.person_id = appointment_request.person_id
        and ap.district_id = appointment_request.district_id))
    -- A social worker who is not at the desk asks for their own agenda as the duty worker, or for a case that they follow.
    and (district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or (case_id is null and duty_worker_only and duty_worker_id = (select viewer_worker()))
      or exists (select from case_person cp where cp.case_id = appointment_request.case_id
        and cp.person_id = appointment_request.person_id and (cp.assigned_worker_id = (select viewer_worker())
          or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))))));

-- ---- duty_worker_turn ----------------------------------------------------------------------------------------------
-- How many requests a login at the desk has given to duty workers today, one row per login. Nobody reads it: only the database counts.
alter table duty_worker_turn enable row level security, force row level security;
grant select, insert, update on duty_worker_turn to cosmos_keeper;

-- ---- slot_offer ----------------------------------------------------------------------------------------------------
alter table slot_offer enable row level security, force row level security;
grant select on slot_offer to cosmos_app;
grant update (told_at) on slot_offer to cosmos_app;
grant select, insert, update, delete on slot_offer to cosmos_keeper;
-- The viewers who work with the request read its offers, and the person does. The head does not: a head allocates cases, and not hours.
create policy slot_offer_read on slot_offer for select to cosmos_app using (
  exists (select from appointment_request r where (r.id = request_id
    -- The desk reads an offer to a hidden person under the request that stands for the person's own.
    or (r.stands_for_id = request_id and channel = 'AT_DESK' and offered_at >= r.asked_at)) and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.show_online and r.person_id = (select viewer_person())))));
create policy slot_offer_tell on slot_offer for update to cosmos_app using (
  exists (select from appointment_request r where (r.id = request_id
    -- The desk reads an offer to a hidden person under the request that stands for the person's own.
    or (r.stands_for_id = request_id and channel = 'AT_DESK' and offered_at >= r.asked_at)) and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));

-- ---- offer_skip ----------------------------------------------------------------------------------------------------
alter table offer_skip enable row level security, force row level security;
grant select on offer_skip to cosmos_app;
grant select, insert on offer_skip to cosmos_keeper;
-- Only the desk reads why a request was skipped: the reason tells what else the person has in the district.
create policy offer_skip_read on offer_skip for select to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id
    and r.district_id = any ((select viewer_districts('receptionist'))::uuid[])));

-- ---- offer_wake ----------------------------------------------------------------------------------------------------
-- A row says that something has changed for the persons who wait. It is deleted with the offers that are made because of it. A job in the
-- queue only says that it is time to look. Without the schema of the queue, which `npm run migrate` makes, no job is added and nothing fails.
alter table offer_wake enable row level security, force row level security;
grant select, insert, delete on offer_wake to cosmos_keeper;
