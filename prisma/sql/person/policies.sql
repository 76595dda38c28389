-- ---- person --------------------------------------------------------------------------------------------------------
-- A worker who may change what is known of a person also records the person's objection to statistics, and its end.
alter table person enable row level security, force row level security;
grant select on person to cosmos_app;
grant insert (
  id, district_id, given_name, family_name, chosen_name, birth_date, phone, safe_contact, email,
  communication_needs, language
) on person to cosmos_app;
grant update (
  given_name, family_name, chosen_name, birth_date, phone, safe_contact, version, provisional, email,
  statistics_objection_on
) on person to cosmos_app;
grant select, delete on person to cosmos_keeper;
grant insert (district_id, chosen_name, provisional) on person to cosmos_keeper;
grant update (
  phone, safe_contact, version, email, confirm_nothing, contact_suspended_at, communication_needs, language,
  confirm_nothing_case_id, contact_suspended_case_id, given_name, family_name, chosen_name, birth_date, statistics_objection_on
) on person to cosmos_keeper;
create policy person_register on person for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy person_scope on person as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- A desk reads the persons of its district, and those whose contact was opened at an appointment in its district. It reads no sensitive
  -- file (a colleague, a neighbour), and no person with "confirm nothing".
  or (not sensitive_file and not confirm_nothing and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  -- The cases come before the appointments: for a worker's page nothing else is looked up.
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    -- A head does not read the name of a person with "confirm nothing", like the desk: the head allocates the case without it.
    or (not confirm_nothing and cp.district_id = any ((select viewer_districts('district_head'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not sensitive_file and not confirm_nothing and exists (select from appointment_person ap where ap.person_id = person.id
    and ap.contact_said and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.contact_until > now() and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id and ap.contact_said
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

-- ---- person_address ------------------------------------------------------------------------------------------------
alter table person_address enable row level security, force row level security;
grant select, delete on person_address to cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, version, case_id) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
grant select, delete on person_address to cosmos_keeper;
grant insert (person_id, line, postal_code, city, for_letters) on person_address to cosmos_keeper;
grant update (
  confidential, assigned_worker_id, case_id, district_id, contact_named, said_by_id, line, postal_code, city, for_letters, version
) on person_address to cosmos_keeper;
create policy person_address_scope on person_address as restrictive for select to cosmos_app using (
  (select viewer_has_scope('persons:read')));
create policy person_address_read on person_address for select to cosmos_app using (
  -- Online, nobody reads a confidential address: somebody else may hold the phone of the person.
  (not confidential and person_id = (select viewer_person()))
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])
    -- The duty worker reads what they have written, until somebody is assigned.
    or (said_by_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))))
  or (not confidential and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    -- The desk, and workers who have an appointment with the person or have received them: the policies of the tables below decide. A head
    -- knows the name, to allocate, and no address.
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_write on person_address for insert to cosmos_app with check (
  (confidential and exists (select from case_person cp where cp.case_id = person_address.case_id and cp.person_id = person_address.person_id)
    and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
      or (assigned_worker_id is null and (select viewer_has_scope('persons:write')) and serves_in_case(case_id) and shelters_on_duty(person_id))))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])
    or (said_by_id = (select viewer_worker()) and (select viewer_has_scope('persons:write')) and serves_in_case(case_id))))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
-- Whoever may write an open address may also remove it. So an open address that is gone tells nothing.
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])
    or (said_by_id = (select viewer_worker()) and (select viewer_has_scope('persons:write')) and serves_in_case(case_id))))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));

-- ---- safe_address --------------------------------------------------------------------------------------------------
-- The one postal address that a person named for letters. It belongs to the case that recorded it, like a confidential address. Nobody reads
-- it online, since somebody else may hold the phone of the person. Only functions write it: the word of most workers waits (`contact_word`).
alter table safe_address enable row level security, force row level security;
grant select on safe_address to cosmos_app;
grant select, insert, delete on safe_address to cosmos_keeper;
grant update (district_id, assigned_worker_id, line, postal_code, city, version, recorded_at) on safe_address to cosmos_keeper;
create policy safe_address_scope on safe_address as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy safe_address_read on safe_address for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

-- ---- withheld_place ------------------------------------------------------------------------------------------------
-- The place of an appointment that somebody typed, whoever the persons are. It is not in the row of the appointment, so that no board, list,
-- feed, letter or text can show it, and its absence tells nothing. The worker who typed it reads it, and so do the workers of the
-- appointment. The workers of a home visit read it on its day (Europe/Paris).
alter table withheld_place enable row level security, force row level security;
grant select on withheld_place to cosmos_app;
grant select, insert, update, delete on withheld_place to cosmos_keeper;
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  typed_by_id = (select viewer_worker())
  or ((select viewer_worker()) = any (worker_ids) and (not is_home or home_day = (now() at time zone 'Europe/Paris')::date)));

-- ---- person_account ------------------------------------------------------------------------------------------------
-- Only login() and other functions of cosmos_keeper read it.
alter table person_account enable row level security, force row level security;
grant select on person_account to cosmos_keeper;

-- ---- contact_proposal ----------------------------------------------------------------------------------------------
-- Online, a person closes every channel and opens none, since somebody else may have the phone. An opening is a proposal: nothing changes
-- until the worker who follows the person accepts it. Only that worker and the person read it, and only functions write it.
alter table contact_proposal enable row level security, force row level security;
grant select on contact_proposal to cosmos_app;
grant select, insert, update, delete on contact_proposal to cosmos_keeper;
create policy contact_proposal_scope on contact_proposal as restrictive for select to cosmos_app using (
  (select viewer_has_scope('persons:read')));
create policy contact_proposal_read on contact_proposal for select to cosmos_app using (
  person_id = (select viewer_person()) or follows_person(person_id));

-- ---- contact_word --------------------------------------------------------------------------------------------------
-- What somebody has said of how a person is reached whose word may be false. Nobody reads the rows: functions return what a worker who follows
-- the person may know.
alter table contact_word enable row level security, force row level security;
grant select, insert, update, delete on contact_word to cosmos_keeper;

-- ---- agreed_word ---------------------------------------------------------------------------------------------------
-- The word that a person with "confirm nothing" has agreed on. It calls the duty worker at any desk of the county, as a booking reference of
-- the person does. Nobody reads it: functions compare it and never return it.
alter table agreed_word enable row level security, force row level security;
grant select, insert, update, delete on agreed_word to cosmos_keeper;

-- ---- look_up_turn --------------------------------------------------------------------------------------------------
-- One row per worker, to be locked: look-ups that a worker sends at the same time are counted one after the other. The row holds no time and
-- no number, since only the access log tells when and how often a worker looks up.
alter table look_up_turn enable row level security, force row level security;
grant select, insert, update on look_up_turn to cosmos_keeper;

-- ---- person_known --------------------------------------------------------------------------------------------------
-- Which worker knows which person, by which source (a visit, a message, a request, an encounter or a referral), and until when.
alter table person_known enable row level security, force row level security;
grant select on person_known to cosmos_app;
grant select, insert, update, delete on person_known to cosmos_keeper;
create policy person_known_scope on person_known as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy person_known_read on person_known for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
