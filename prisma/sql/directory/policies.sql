-- ---- district ------------------------------------------------------------------------------------------------------
-- Public: everyone reads the addresses and hours.
grant select on district to cosmos_app;
grant select on district to cosmos_jobs;
grant select on district to cosmos_keeper;

-- ---- commune -------------------------------------------------------------------------------------------------------
grant select on commune to cosmos_app;
grant select on commune to cosmos_jobs;
grant select on commune to cosmos_keeper;

-- ---- opening_hours -------------------------------------------------------------------------------------------------
grant select on opening_hours to cosmos_app;
grant select on opening_hours to cosmos_jobs;
grant select on opening_hours to cosmos_keeper;

-- ---- district_place ------------------------------------------------------------------------------------------------
-- Public, as the addresses are. Only the county's file fills it: what stands here is on public pages.
grant select on district_place to cosmos_app;
grant select on district_place to cosmos_jobs;
grant select on district_place to cosmos_keeper;

-- ---- public_holiday ------------------------------------------------------------------------------------------------
grant select on public_holiday to cosmos_app;
grant select on public_holiday to cosmos_jobs;
grant select on public_holiday to cosmos_keeper;

-- ---- worker --------------------------------------------------------------------------------------------------------
-- cosmos_app has no grant for `issuer` and `subject`: login() reads them.
alter table worker enable row level security, force row level security;
grant select (id, given_name, family_name, disabled_at, suspended_until, version) on worker to cosmos_app;
grant update (disabled_at, version) on worker to cosmos_app;
grant select on worker to cosmos_keeper;
grant update (disabled_at, suspended_until, version) on worker to cosmos_keeper;
create policy worker_disable on worker for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_client_reads_directory())
  or id = any (array(select unnest(ap.worker_ids) from appointment_person ap
    where ap.person_id = (select viewer_person()) and ap.show_online))
  or id = any (array(select cp.assigned_worker_id from case_person cp
    where cp.person_id = (select viewer_person()) and cp.show_online)));

-- ---- membership ----------------------------------------------------------------------------------------------------
-- If a post ended by itself, or if nobody is named who ended it, the first administrator who says so is the first of the two.
alter table membership enable row level security, force row level security;
grant select on membership to cosmos_app;
grant update (ends_at, version, ended_by_id, end_confirmed_by_id, end_confirmed_at, end_contradicted_at) on membership to cosmos_app;
grant select on membership to cosmos_keeper;
grant update (ends_at, ended_by_id, suspended_until, version) on membership to cosmos_keeper;
create policy membership_read on membership for select to cosmos_app using (
  worker_id = (select viewer_worker())
  or (select viewer_has_role('ADMINISTRATOR'))
  or district_id = any ((select viewer_posts('any'))::uuid[]));
create policy membership_end on membership for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));
create policy membership_contradict on membership for update to cosmos_app
  using (worker_id = (select viewer_worker()) and ends_at <= now() and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()));
create policy membership_team on membership for select to cosmos_app using (
  district_id is not null and starts_at <= now() and (ends_at is null or ends_at > now())
  and (select viewer_knows_every_team()));

-- ---- client --------------------------------------------------------------------------------------------------------
alter table client enable row level security, force row level security;
grant select on client to cosmos_app;
grant update (scopes, disabled_at, version) on client to cosmos_app;
grant select on client to cosmos_keeper;
grant update (scopes, disabled_at, suspended_until, version) on client to cosmos_keeper;
create policy client_read on client for select to cosmos_app using ((select viewer_has_role('ADMINISTRATOR')));
create policy client_update on client for update to cosmos_app
  using ((select viewer_has_role('ADMINISTRATOR')) and (select viewer_has_scope('directory:write')));

-- ---- suspension ----------------------------------------------------------------------------------------------------
-- Triggers on worker, membership and client make the rows. Everyone who is told of suspensions reads them, and may end one.
alter table suspension enable row level security, force row level security;
grant select on suspension to cosmos_app;
grant update (confirmed_by_id, successor_id, lifted_by_id) on suspension to cosmos_app;
grant select, insert on suspension to cosmos_keeper;
create policy suspension_read on suspension for select to cosmos_app using ((select viewer_ends_suspensions()));
create policy suspension_end on suspension for update to cosmos_app
  using ((select viewer_ends_suspensions())) with check ((select viewer_worker()) in (confirmed_by_id, lifted_by_id));
