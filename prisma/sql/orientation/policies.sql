-- ---- organisation --------------------------------------------------------------------------------------------------
-- Public, like the addresses of the districts. Only the import by the operator writes it.
grant select on organisation to cosmos_app;
grant select on organisation to cosmos_jobs;

-- ---- organisation_theme --------------------------------------------------------------------------------------------
grant select on organisation_theme to cosmos_app;
grant select on organisation_theme to cosmos_jobs;

-- ---- sector --------------------------------------------------------------------------------------------------------
grant select on sector to cosmos_app;
grant select on sector to cosmos_jobs;
grant select on sector to cosmos_keeper;

-- ---- referral ------------------------------------------------------------------------------------------------------
alter table referral enable row level security, force row level security;
grant select on referral to cosmos_app;
grant insert (
  id, case_id, to_district_id, to_worker_id, to_organisation_id, sent_by_id, answer_by, online_person_id
) on referral to cosmos_app;
grant update (to_worker_id, status, refusal, closed_at, online_person_id, version) on referral to cosmos_app;
grant select on referral to cosmos_keeper;
grant update (district_id, assigned_worker_id) on referral to cosmos_keeper;
-- These read a referral: the worker who follows the case; the worker who receives it, and the head of the receiving district; the person, if
-- it concerns this person alone and is shown to them.
create policy referral_scope on referral as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy referral_read on referral for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or to_district_id = any ((select viewer_districts('district_head'))::uuid[])
  or online_person_id = (select viewer_person()));
create policy referral_send on referral for insert to cosmos_app with check (
  sent_by_id = (select viewer_worker()) and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])));
-- The workers who read the row, and the person does not. PostgreSQL asks the policy of reading only if the statement reads a column.
create policy referral_go_on on referral for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or to_district_id = any ((select viewer_districts('district_head'))::uuid[]))
  with check (true);

-- ---- referral_content ----------------------------------------------------------------------------------------------
-- A table of its own, since a head sees that there is a content and never reads it.
alter table referral_content enable row level security, force row level security;
grant select on referral_content to cosmos_app;
grant insert (referral_id, body, master_key_id, wrapped, need_codes) on referral_content to cosmos_app;
grant select on referral_content to cosmos_keeper;
grant update (body, master_key_id, wrapped) on referral_content to cosmos_keeper;
grant select (referral_id, master_key_id, wrapped) on referral_content to cosmos_jobs;
grant update (master_key_id, wrapped) on referral_content to cosmos_jobs;
create policy referral_content_scope on referral_content as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy referral_content_read on referral_content for select to cosmos_app using (exists (select from referral r
  where r.id = referral_id and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.to_worker_id = (select viewer_worker()) and r.to_district_id = any ((select viewer_districts('social_worker'))::uuid[])))));
create policy referral_content_write on referral_content for insert to cosmos_app with check (exists (select from referral r
  where r.id = referral_id and r.sent_by_id = (select viewer_worker()) and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));
create policy referral_content_rotation on referral_content for all to cosmos_jobs using ((select is_jobs()));

-- ---- referral_person -----------------------------------------------------------------------------------------------
-- The persons of a referral. A desk learns by it only that there is a referral. The sender does not learn which case was opened because of
-- it: only functions of cosmos_keeper read that column.
alter table referral_person enable row level security, force row level security;
grant select (
  id, referral_id, case_id, person_id, district_id, assigned_worker_id, to_district_id, to_worker_id, status, online
) on referral_person to cosmos_app;
grant insert (referral_id, case_id, person_id) on referral_person to cosmos_app;
grant select on referral_person to cosmos_keeper;
grant update (district_id, assigned_worker_id, to_worker_id, status, online, opened_case_id) on referral_person to cosmos_keeper;
create policy referral_person_scope on referral_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy referral_person_read on referral_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or to_district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (person_id = (select viewer_person()) and online));
create policy referral_person_add on referral_person for insert to cosmos_app with check (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

-- ---- incoming_request ----------------------------------------------------------------------------------------------
-- A request of a partner, with a clock. A worker can say later that it is about a child to protect, which ends the clock of informing (CASF
-- L226-2-1).
alter table incoming_request enable row level security, force row level security;
grant select on incoming_request to cosmos_app;
grant insert (
  id, district_id, partner, mandated, person_id, name, received_on, answer_by, inform_by, child_protection
) on incoming_request to cosmos_app;
grant update (
  inform_by, informed_at, status, worker_id, closed_at, version, child_protection, deferral_ground, review_by
) on incoming_request to cosmos_app;
grant select on incoming_request to cosmos_keeper;
-- After it is recorded, the head who allocates it and the worker who has it read it. The desk that recorded it does not.
create policy incoming_request_scope on incoming_request as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy incoming_request_read on incoming_request for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy incoming_request_record on incoming_request for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('any'))::uuid[]) and (person_id is null or may_book_person(person_id)));
create policy incoming_request_go_on on incoming_request for update to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  with check (true);

-- ---- incoming_request_content --------------------------------------------------------------------------------------
-- A table of its own, since the head reads it only until the request is allocated.
alter table incoming_request_content enable row level security, force row level security;
grant select on incoming_request_content to cosmos_app;
grant insert (request_id, body, master_key_id, wrapped) on incoming_request_content to cosmos_app;
grant select on incoming_request_content to cosmos_keeper;
grant update (body, master_key_id, wrapped) on incoming_request_content to cosmos_keeper;
grant select (request_id, master_key_id, wrapped) on incoming_request_content to cosmos_jobs;
grant update (master_key_id, wrapped) on incoming_request_content to cosmos_jobs;
create policy incoming_request_content_scope on incoming_request_content as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy incoming_request_content_read on incoming_request_content for select to cosmos_app using (
  exists (select from incoming_request r where r.id = request_id and (
    (r.worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.worker_id is null and r.closed_at is null and r.district_id = any ((select viewer_districts('district_head'))::uuid[])))));
create policy incoming_request_content_write on incoming_request_content for insert to cosmos_app
  with check (may_describe(request_id));
create policy incoming_request_content_rotation on incoming_request_content for all to cosmos_jobs using ((select is_jobs()));
