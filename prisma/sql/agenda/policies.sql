-- ---- availability --------------------------------------------------------------------------------------------------
-- The worker and the desk of the district read and change it. A stand-in reads it.
alter table availability enable row level security, force row level security;
grant select on availability to cosmos_app;
grant insert (
  id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence, kept_for_urgent
) on availability to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant select on availability to cosmos_keeper;
grant update (ends_on, version) on availability to cosmos_keeper;
create policy availability_read on availability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_open on availability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = availability.worker_id
      and m.district_id = availability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy availability_change on availability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- ---- availability_type ---------------------------------------------------------------------------------------------
alter table availability_type enable row level security, force row level security;
grant select, insert on availability_type to cosmos_app;
grant select on availability_type to cosmos_keeper;
create policy availability_type_read on availability_type for select to cosmos_app
  using (exists (select from availability v where v.id = availability_id));
create policy availability_type_open on availability_type for insert to cosmos_app with check (
  exists (select from availability v where v.id = availability_id and (
    (v.worker_id = (select viewer_worker()) and v.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or v.district_id = any ((select viewer_districts('receptionist'))::uuid[]))));

-- A worker opens hours for an option of the team for themselves alone. They are open only on days on which the team has it.
create policy availability_type_option on availability_type as restrictive for insert to cosmos_app with check (
  (select t.option is null from appointment_type t where t.code = type_code)
  or exists (select from availability v where v.id = availability_id and v.worker_id = (select viewer_worker())
    and holds_type(v.district_id, type_code, v.starts_on) and holds_type(v.district_id, type_code, v.ends_on - 1)));

-- ---- availability_occurrence ---------------------------------------------------------------------------------------
-- cosmos_keeper has the grant to update `closed` because it locks the row while it computes its free time.
alter table availability_occurrence enable row level security, force row level security;
grant select on availability_occurrence to cosmos_app;
grant insert (id, availability_id, starts_at, ends_at) on availability_occurrence to cosmos_app;
grant update (closed) on availability_occurrence to cosmos_app;
grant select on availability_occurrence to cosmos_keeper;
grant update (closed) on availability_occurrence to cosmos_keeper;
create policy availability_occurrence_read on availability_occurrence for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_occurrence_open on availability_occurrence for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy availability_occurrence_close on availability_occurrence for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- ---- unavailability ------------------------------------------------------------------------------------------------
-- Only the worker reads the rows of an outside calendar; other viewers see only busy times. Nobody ends a single row of it.
alter table unavailability enable row level security, force row level security;
grant select, delete on unavailability to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at, outside_calendar_id) on unavailability to cosmos_app;
grant update (ends_at, version) on unavailability to cosmos_app;
grant select on unavailability to cosmos_keeper;
grant update (ends_at, version) on unavailability to cosmos_keeper;
create policy unavailability_read on unavailability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy unavailability_declare on unavailability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = unavailability.worker_id
      and m.district_id = unavailability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy unavailability_end on unavailability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy unavailability_outside_read on unavailability as restrictive for select to cosmos_app using (
  outside_calendar_id is null or worker_id = (select viewer_worker()));
create policy unavailability_outside_import on unavailability as restrictive for insert to cosmos_app with check (
  outside_calendar_id is null or exists (select from outside_calendar c where c.id = outside_calendar_id
    and c.worker_id = unavailability.worker_id and c.district_id = unavailability.district_id and c.removed_at is null));
create policy unavailability_outside_stays on unavailability as restrictive for update to cosmos_app using (
  outside_calendar_id is null);
create policy unavailability_outside_replace on unavailability for delete to cosmos_app using (
  outside_calendar_id is not null and worker_id = (select viewer_worker()));

-- ---- outside_calendar ----------------------------------------------------------------------------------------------
-- A worker imports a calendar in a district where they have an agenda. They may remove it also when they do not work there any more.
alter table outside_calendar enable row level security, force row level security;
grant select on outside_calendar to cosmos_app;
grant insert (id, worker_id, district_id, name, imported_at, reaches_until) on outside_calendar to cosmos_app;
grant update (imported_at, reaches_until, removed_at) on outside_calendar to cosmos_app;
create policy outside_calendar_own on outside_calendar for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy outside_calendar_import on outside_calendar for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy outside_calendar_replace on outside_calendar for update to cosmos_app using (worker_id = (select viewer_worker()));

-- ---- free_time -----------------------------------------------------------------------------------------------------
-- Every colleague of the district may know which times are free.
alter table free_time enable row level security, force row level security;
grant select on free_time to cosmos_app;
grant select, insert, delete on free_time to cosmos_keeper;
create policy free_time_read on free_time for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));

-- ---- team_option ---------------------------------------------------------------------------------------------------
-- The members read what the team votes on and what it decided. All who work in the district read what it adopted. A member proposes; only the
-- job decides. Nobody reads who proposed.
alter table team_option enable row level security, force row level security;
grant select (id, district_id, kind, status, proposed_on, voted_until, starts_on, ends_on) on team_option to cosmos_app;
grant insert (id, district_id, kind, proposed_by_id, proposed_on, voted_until, starts_on, ends_on) on team_option to cosmos_app;
grant select, update on team_option to cosmos_keeper;
create policy team_option_scope on team_option as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy team_option_read on team_option for select to cosmos_app using (
  district_id = any ((select viewer_votes_in())::uuid[])
  or (status = 'ADOPTED' and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy team_option_propose on team_option for insert to cosmos_app with check (
  status = 'PROPOSED' and proposed_by_id = (select viewer_worker()) and proposed_on = day_in_paris(now())
  and district_id = any ((select viewer_votes_in())::uuid[]) and team_can_vote(district_id));

-- ---- team_vote -----------------------------------------------------------------------------------------------------
-- A secret vote: a member writes their own, and reads no other. It can change until the vote is over.
alter table team_vote enable row level security, force row level security;
grant select on team_vote to cosmos_app;
grant insert (option_id, worker_id, in_favour) on team_vote to cosmos_app;
grant update (in_favour) on team_vote to cosmos_app;
grant select, delete on team_vote to cosmos_keeper;
create policy team_vote_own on team_vote for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy team_vote_cast on team_vote for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and viewer_may_vote(option_id));
create policy team_vote_change on team_vote for update to cosmos_app using (worker_id = (select viewer_worker()))
  with check (worker_id = (select viewer_worker()) and viewer_may_vote(option_id));
