-- What if: a team asks how long people would wait under other means. The answer comes from the figures of weeks (waiting_week), which viewers of
-- statistics read anyway, from the number of posts, and from what the team states. So it tells nothing of a worker that these do not tell.

-- Returns the third next available of each of the 26 weeks before a Monday, the oldest first; null for a week without a figure. cosmos_app
-- may call it.
create function weeks_waited(p_district uuid, p_type text, p_until date) returns double precision[]
  language sql stable
  return array(select d.days::double precision from generate_series(p_until - 182, p_until - 7, interval '7 days') w(monday)
    left join waiting_week d on d.district_id = p_district and d.type_code = p_type
      -- The whole period too, so that the index reads no more.
      and d.week >= p_until - 182 and d.week < p_until and d.week = w.monday::date
    order by w.monday);
alter function weeks_waited owner to cosmos_keeper;
grant execute on function weeks_waited to cosmos_app;

-- Returns the oldest simulation that nobody has worked out, with its weeks, and locks it. The counts are in half-days, posts and per cent.
-- cosmos_jobs may call it.
create function next_wait_simulation() returns table (
    id uuid, weeks double precision[], half_days_now integer, posts_now integer, more_half_days integer, more_posts integer, more_asks_percent integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select s.id, weeks_waited(s.district_id, s.type_code, s.foreseen_from), s.half_days_now, s.posts_now, s.more_half_days,
      s.more_posts, s.more_asks_percent
    from wait_simulation s where s.days_now = '{}' order by s.asked_at limit 1 for update skip locked;
end $$;
alter function next_wait_simulation owner to cosmos_keeper;
grant execute on function next_wait_simulation to cosmos_jobs;

-- Writes what a simulation gave: each the middle, the lower and the upper end. It is written once. cosmos_jobs may call it.
create function answer_wait_simulation(p_id uuid, p_load_now double precision[], p_days_now double precision[], p_load_then double precision[],
    p_days_then double precision[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  update wait_simulation set load_now = p_load_now, days_now = p_days_now, load_then = p_load_then, days_then = p_days_then
    where id = p_id and days_now = '{}';
end $$;
alter function answer_wait_simulation owner to cosmos_keeper;
grant execute on function answer_wait_simulation to cosmos_jobs;

-- Locks the questions of the viewer until the transaction ends, and returns how many of them there were in the last day. cosmos_app may call
-- it.
create function take_simulation_turn() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('cosmos:simulating:' || viewer_worker(), 0));
  return (select count(*) from wait_simulation s where s.asked_by_id = viewer_worker() and s.asked_at > now() - interval '1 day');
end $$;
alter function take_simulation_turn owner to cosmos_keeper;
grant execute on function take_simulation_turn to cosmos_app;

-- The number of social workers who belong to a district now. cosmos_app may call it: who works in a district is no secret.
create function posts_now(p_district uuid) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select count(distinct m.worker_id) from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
    where m.district_id = p_district and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function posts_now owner to cosmos_keeper;
grant execute on function posts_now to cosmos_app;

-- Forgets who asked, a day after. Returns for how many. cosmos_jobs may call it.
create function forget_who_simulated(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update wait_simulation set asked_by_id = null where id in (select s.id from wait_simulation s
    where s.asked_by_id is not null and s.asked_at < now() - interval '1 day' limit p_limit for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
alter function forget_who_simulated owner to cosmos_keeper;
grant execute on function forget_who_simulated to cosmos_jobs;

-- Deletes the simulations of more than a quarter ago that no text of a report names; at most p_limit. Returns how many. cosmos_jobs may call
-- it.
create function delete_old_wait_simulations(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from wait_simulation where id in (select s.id from wait_simulation s where s.asked_at < now() - interval '92 days'
    and not exists (select from activity_report_text t where t.simulation_id = s.id) limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
alter function delete_old_wait_simulations owner to cosmos_keeper;
grant execute on function delete_old_wait_simulations to cosmos_jobs;

-- Whether a published report shows the simulation with its last text. Then everybody reads it. cosmos_app may call it.
create function is_shown_simulation(p_simulation uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report_text t join activity_report r on r.id = t.report_id
    where t.simulation_id = p_simulation and r.published_on is not null and is_last_text(t.report_id, t.version));
alter function is_shown_simulation owner to cosmos_keeper;
grant execute on function is_shown_simulation to cosmos_app;

-- Whether the viewer asks for simulations of the district, and reads them: a social worker or the head of the district, or a technical adviser.
-- cosmos_app may call it.
create function viewer_simulates(p_district uuid) returns boolean
  language plpgsql stable as $$ begin
    return p_district = any (viewer_posts('social_worker')) or p_district = any (viewer_posts('district_head'))
      or viewer_has_role('TECHNICAL_ADVISER');
  end $$;
grant execute on function viewer_simulates to cosmos_app;
