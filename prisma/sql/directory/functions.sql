-- Whether the viewer may add workers to an appointment: a receptionist of its district, or a social worker of the district who takes part,
-- follows the case or stands in. While the appointment has no worker, every social worker of the district may: one of them has just made it.
-- cosmos_app may call it.
create function may_staff(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    a.district_id = any (viewer_districts('receptionist'))
    or (a.district_id = any (viewer_districts('social_worker'))
      and (a.worker_ids = '{}' or viewer_worker() = any (a.worker_ids) or a.case_worker_id = viewer_worker()
        or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())))));
alter function may_staff owner to cosmos_keeper;
grant execute on function may_staff to cosmos_app;

-- Whether the viewer may put this worker down for this appointment: the worker has a post in its district. cosmos_app may call it.
create function may_staff_with(p_appointment uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return may_staff(p_appointment) and exists (select from appointment a join membership m on m.district_id = a.district_id
    where a.id = p_appointment and m.worker_id = p_worker and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function may_staff_with owner to cosmos_keeper;
grant execute on function may_staff_with to cosmos_app;

-- Whether the viewer knows who works today in another district than their own. Colleagues of another district need it: otherwise a district
-- would look empty to them. Past and coming posts and those of the county stay with the viewers of `membership_read`. It is in PL/pgSQL, and
-- a statement reads it once, like the other functions of the viewer. Every role may call it.
create function viewer_knows_every_team() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return viewer_client_reads_directory()
      or (viewer_has_scope('directory:read') and (
        viewer_posts('receptionist') <> '{}' or viewer_posts('social_worker') <> '{}'
        or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
        or viewer_has_role('ADMINISTRATOR')));
  end $$;
grant execute on function viewer_knows_every_team to public;
