-- The third lock. A policy compares columns of the row itself with settings that are read once per statement,
-- hence (select …). Policies depend on one another in one direction only:
-- person -> case_person, appointment_person -> appointment.

grant select on district, commune, sector, opening_hours, public_holiday, need_code, appointment_type, privacy_notice
  to cosmos_app, cosmos_jobs;

-- ---- Directory --------------------------------------------------------------------------------------------
alter table worker enable row level security;
alter table worker force row level security;
-- issuer and subject are not granted: login() alone reads them.
grant select (id, given_name, family_name, disabled_at, version) on worker to cosmos_app;
grant update (disabled_at, version) on worker to cosmos_app;

alter table membership enable row level security;
alter table membership force row level security;
grant select on membership to cosmos_app;
grant update (ends_at, version) on membership to cosmos_app;
create policy membership_read on membership for select to cosmos_app using (
  worker_id = (select viewer_worker())
  or (select viewer_has_role('ADMINISTRATOR'))
  or district_id = any ((select viewer_districts('any'))::uuid[]));
create policy membership_end on membership for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));

alter table client enable row level security;
alter table client force row level security;
grant select on client to cosmos_app;
grant update (scopes, disabled_at, version) on client to cosmos_app;
create policy client_read on client for select to cosmos_app using ((select viewer_has_role('ADMINISTRATOR')));
create policy client_update on client for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));

-- ---- Cases ------------------------------------------------------------------------------------------------
alter table "case" enable row level security;
alter table "case" force row level security;
grant select on "case" to cosmos_app;
grant insert (id, reference, district_id, mission, opened_at) on "case" to cosmos_app;
grant update (status, closed_at, version) on "case" to cosmos_app;
create policy case_read on "case" for select to cosmos_app using (
  district_id = any ((select viewer_districts('any'))::uuid[])
  or (select viewer_person()) = any (online_person_ids));
create policy case_open on "case" for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('social_worker'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy case_change on "case" for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));

alter table case_person enable row level security;
alter table case_person force row level security;
grant select on case_person to cosmos_app;
grant insert (case_id, person_id) on case_person to cosmos_app;
create policy case_person_read on case_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (person_id = (select viewer_person()) and show_online)
  -- The desk and an open case: whom it is about, asked only for a person already found by look-up.
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

alter table assignment enable row level security;
alter table assignment force row level security;
grant select on assignment to cosmos_app;
grant insert (id, case_id, worker_id) on assignment to cosmos_app;
grant update (ends_at) on assignment to cosmos_app;
create policy assignment_read on assignment for select to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy assignment_open on assignment for insert to cosmos_app
  with check (worker_id <> (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));
create policy assignment_end on assignment for update to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));

alter table absence enable row level security;
alter table absence force row level security;
grant select on absence to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at) on absence to cosmos_app;
create policy absence_read on absence for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));
create policy absence_declare on absence for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));

alter table relay enable row level security;
alter table relay force row level security;
grant select, insert on relay to cosmos_app;
grant update (ends_at, version) on relay to cosmos_app;
create policy relay_read on relay for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));
create policy relay_open on relay for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy relay_change on relay for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]));

alter table need enable row level security;
alter table need force row level security;
grant select on need to cosmos_app;
grant insert (id, case_id, person_id, code, starts_on, ends_on) on need to cosmos_app;
grant update (code, starts_on, ends_on, version) on need to cosmos_app;
create policy need_all on need for all to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

-- ---- Interview notes: rule 1 ------------------------------------------------------------------------------
alter table interview_note enable row level security;
alter table interview_note force row level security;
grant select on interview_note to cosmos_app;
grant insert (id, case_id, author_id, status, body) on interview_note to cosmos_app;
grant update (status, body, amended_at, version) on interview_note to cosmos_app;
create policy interview_note_read on interview_note for select to cosmos_app using (
  reader_id = (select viewer_note_reader())
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_write on interview_note for insert to cosmos_app with check (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_amend on interview_note for update to cosmos_app using (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));

alter table case_key enable row level security;
alter table case_key force row level security;
grant select, insert on case_key to cosmos_app;
create policy case_key_use on case_key for all to cosmos_app using (
  (select viewer_note_reader()) is not null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
grant select, update (master_key_id, wrapped) on case_key to cosmos_jobs;
create policy case_key_rotation on case_key for all to cosmos_jobs using (true);

alter table handover enable row level security;
alter table handover force row level security;
grant select on handover to cosmos_app;
grant insert (id, case_id, from_worker_id, to_worker_id) on handover to cosmos_app;
grant update (accepted_at) on handover to cosmos_app;
create policy handover_read on handover for select to cosmos_app
  using (from_worker_id = (select viewer_worker()) or to_worker_id = (select viewer_worker()));
create policy handover_offer on handover for insert to cosmos_app with check (
  from_worker_id = (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_accept on handover for update to cosmos_app using (
  to_worker_id = (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));

alter table handover_note enable row level security;
alter table handover_note force row level security;
grant select, insert on handover_note to cosmos_app;
-- How many notes a handover carries is known to who chose them, and by the notes themselves to who accepted.
create policy handover_note_choose on handover_note for all to cosmos_app using (
  exists (select from handover h join interview_note n on n.case_id = h.case_id
    where h.id = handover_id and h.from_worker_id = (select viewer_worker()) and h.accepted_at is null
      and n.id = note_id and n.status = 'FINAL'));

-- ---- Appointments -----------------------------------------------------------------------------------------
alter table appointment enable row level security;
alter table appointment force row level security;
grant select on appointment to cosmos_app;
grant insert (id, district_id, case_id, type_code, mode, subject, starts_at, ends_at) on appointment to cosmos_app;
grant update (type_code, mode, subject, status, starts_at, ends_at, version) on appointment to cosmos_app;
create policy appointment_read on appointment for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (select viewer_person()) = any (online_person_ids));
create policy appointment_book on appointment for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy appointment_change on appointment for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

alter table appointment_worker enable row level security;
alter table appointment_worker force row level security;
grant select, insert on appointment_worker to cosmos_app;
create policy appointment_worker_read on appointment_worker for select to cosmos_app
  using (exists (select from appointment a where a.id = appointment_id));

alter table appointment_person enable row level security;
alter table appointment_person force row level security;
grant select on appointment_person to cosmos_app;
grant insert (appointment_id, person_id) on appointment_person to cosmos_app;
create policy appointment_person_read on appointment_person for select to cosmos_app using (
  (person_id = (select viewer_person()) and show_online)
  or ((select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id
    and (not (select viewer_worker()) = any (a.worker_ids)
      or a.case_worker_id = (select viewer_worker())
      or a.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      -- Who held the appointment knows its person until 30 days after.
      or a.ends_at > now() - interval '30 days'))));

alter table occupancy enable row level security;
alter table occupancy force row level security;
grant select, insert, delete on occupancy to cosmos_app;
create policy occupancy_read on occupancy for select to cosmos_app
  using (worker_id = (select viewer_worker()) or district_id = any ((select viewer_districts('any'))::uuid[]));
create policy occupancy_take on occupancy for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy occupancy_free on occupancy for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id and (
    a.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));

-- ---- Persons ----------------------------------------------------------------------------------------------
alter table person enable row level security;
alter table person force row level security;
grant select on person to cosmos_app;
grant insert (id, district_id, reference, given_name, family_name, chosen_name, birth_date, phone, safe_contact)
  on person to cosmos_app;
grant update (given_name, family_name, chosen_name, birth_date, phone, safe_contact, version) on person to cosmos_app;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- The desk: the district's persons, but for files that a colleague or a neighbour must not open.
  or (not sensitive_file and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = person.id and a.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = person.id and (select viewer_worker()) = any (a.worker_ids)
      and a.district_id = any ((select viewer_districts('any'))::uuid[])
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
      and a.ends_at > now() - interval '30 days'));
create policy person_register on person for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = person.id and a.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

alter table person_address enable row level security;
alter table person_address force row level security;
grant select, insert, update, delete on person_address to cosmos_app;
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  -- The desk and who holds an appointment, unless it is confidential. A head knows the name, to allocate, no address.
  or (not confidential and exists (select from person p where p.id = person_id and (
    p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = p.id)))));
-- Whoever cannot read an address cannot change it: a bare UPDATE reads nothing, hence the condition once more.
create policy person_address_write on person_address for insert to cosmos_app with check (
  exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_change on person_address for update to cosmos_app using (
  exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_replace on person_address for delete to cosmos_app using (
  exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

alter table person_account enable row level security;
alter table person_account force row level security;
-- No grant: login() alone reads it.

alter table notice_receipt enable row level security;
alter table notice_receipt force row level security;
grant select, insert on notice_receipt to cosmos_app;
create policy notice_receipt_read on notice_receipt for select to cosmos_app
  using (exists (select from person p where p.id = person_id));
create policy notice_receipt_state on notice_receipt for insert to cosmos_app
  with check (stated_by_id = (select viewer_worker()) and exists (select from person p where p.id = person_id));

-- Workers' names: colleagues, clients with the scope, and persons for the appointments shown to them.
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_setting('client_reads_directory')) = 'yes'
  or exists (select from appointment_worker aw where aw.worker_id = worker.id)
  or exists (select from "case" c where c.assigned_worker_id = worker.id
    and (select viewer_person()) = any (c.online_person_ids)));
create policy worker_disable on worker for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));

-- ---- Operations -------------------------------------------------------------------------------------------
alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
grant select, insert, update, delete on idempotency_key to cosmos_app;
create policy idempotency_key_own on idempotency_key for all to cosmos_app using (actor = (select viewer_actor()));

-- Nobody but the keeper's functions touches the access log.
alter table access_log enable row level security;
alter table access_log force row level security;
