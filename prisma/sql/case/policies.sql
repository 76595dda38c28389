-- ---- case ----------------------------------------------------------------------------------------------------------
alter table "case" enable row level security, force row level security;
grant select on "case" to cosmos_app;
-- Nobody says when a case was opened: the oldest case of a person speaks first.
grant insert (id, district_id, mission) on "case" to cosmos_app;
grant update (status, closed_at, version) on "case" to cosmos_app;
grant select on "case" to cosmos_keeper;
grant update (assigned_worker_id, online_person_ids, version, opener_id) on "case" to cosmos_keeper;
create policy case_scope on "case" as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy case_read on "case" for select to cosmos_app using (
  district_id = any ((select viewer_districts('any'))::uuid[])
  or (select viewer_person()) = any (online_person_ids));
create policy case_open on "case" for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('social_worker'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy case_change on "case" for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy case_in_release on "case" for select to cosmos_app
  using ((select viewer_has_role('TECHNICAL_ADVISER')) and is_in_release(id));

-- ---- case_person ---------------------------------------------------------------------------------------------------
alter table case_person enable row level security, force row level security;
grant select on case_person to cosmos_app;
grant insert (case_id, person_id) on case_person to cosmos_app;
grant select on case_person to cosmos_keeper;
grant update (district_id, assigned_worker_id, opener_id) on case_person to cosmos_keeper;
create policy case_person_add on case_person for insert to cosmos_app with check (
  assigned_worker_id is null
  and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('district_head'))::uuid[]))
  and (person_id in (select persons_within_look_up(array[person_id])) or serves_unfollowed(person_id)
    or person_id in (select accepted_persons(district_id, array[person_id]))));
-- The policies of persons look here too, so either scope will do.
create policy case_person_scope on case_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')) or (select viewer_has_scope('persons:read')));
create policy case_person_read on case_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (person_id = (select viewer_person()) and show_online)
  -- A receptionist of the district. The API asks only for a person that the receptionist has found by look-up.
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- ---- assignment ----------------------------------------------------------------------------------------------------
alter table assignment enable row level security, force row level security;
grant select on assignment to cosmos_app;
grant insert (id, case_id, worker_id) on assignment to cosmos_app;
grant update (ends_at) on assignment to cosmos_app;
grant select on assignment to cosmos_keeper;
grant insert (case_id, worker_id, assigned_by_id) on assignment to cosmos_keeper;
grant update (ends_at) on assignment to cosmos_keeper;
create policy assignment_read on assignment for select to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy assignment_open on assignment for insert to cosmos_app
  with check (worker_id <> (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));
create policy assignment_end on assignment for update to cosmos_app
  using (exists (select from "case" c where c.id = case_id
    and c.district_id = any ((select viewer_districts('district_head'))::uuid[])));

-- ---- planned_reassignment ------------------------------------------------------------------------------------------
alter table planned_reassignment enable row level security, force row level security;
grant select on planned_reassignment to cosmos_app;
grant insert (id, case_id, to_worker_id, takes_effect_at) on planned_reassignment to cosmos_app;
grant update (outcome, ended_at, version) on planned_reassignment to cosmos_app;
grant select on planned_reassignment to cosmos_keeper;
grant update (outcome, ended_at, version) on planned_reassignment to cosmos_keeper;
create policy planned_reassignment_scope on planned_reassignment as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy planned_reassignment_read on planned_reassignment for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (select viewer_worker()) in (from_worker_id, to_worker_id)
    and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy planned_reassignment_plan on planned_reassignment for insert to cosmos_app with check (
  planned_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy planned_reassignment_withdraw on planned_reassignment for update to cosmos_app
  using (outcome is null and (select viewer_has_scope('cases:write'))
    and district_id = any ((select viewer_districts('district_head'))::uuid[]))
  with check (outcome = 'WITHDRAWN');

-- ---- absence -------------------------------------------------------------------------------------------------------
alter table absence enable row level security, force row level security;
grant select on absence to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at) on absence to cosmos_app;
grant update (ends_at, version, contradicted_at) on absence to cosmos_app;
grant select on absence to cosmos_keeper;
grant update (version) on absence to cosmos_keeper;
create policy absence_declare on absence for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy absence_read on absence for select to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()));
create policy absence_change on absence for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()))
  with check (true);

-- ---- relay ---------------------------------------------------------------------------------------------------------
alter table relay enable row level security, force row level security;
grant select, insert on relay to cosmos_app;
grant update (ends_at, version) on relay to cosmos_app;
grant select on relay to cosmos_keeper;
grant update (ends_at, version, pending_until, confirmed_by_id) on relay to cosmos_keeper;
create policy relay_read on relay for select to cosmos_app using (
  district_id = any ((select viewer_districts('any'))::uuid[])
  -- A technical adviser reads the relays that wait for a yes, in any district, and those that they confirmed.
  or ((pending_until > now() or confirmed_by_id = (select viewer_worker())) and (select viewer_has_role('TECHNICAL_ADVISER'))));
create policy relay_open on relay for insert to cosmos_app
  with check (district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy relay_change on relay for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]));

-- ---- need_code -----------------------------------------------------------------------------------------------------
grant select on need_code to cosmos_app;
grant select on need_code to cosmos_jobs;
grant select on need_code to cosmos_keeper;

-- ---- need ----------------------------------------------------------------------------------------------------------
alter table need enable row level security, force row level security;
grant select on need to cosmos_app;
grant insert (id, case_id, person_id, code, starts_on, ends_on) on need to cosmos_app;
grant update (code, starts_on, ends_on, version) on need to cosmos_app;
grant select on need to cosmos_keeper;
grant update (district_id, assigned_worker_id, opener_id) on need to cosmos_keeper;
create policy need_scope on need as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy need_all on need for all to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
