set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function keep_free_time(p_occurrences uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if cardinality(p_occurrences) = 0 then return; end if;
  -- A second transaction waits here until the first commits, and then sees the time that the first has taken.
  perform from availability_occurrence where id = any (p_occurrences) order by id for update;
  delete from free_time where occurrence_id = any (p_occurrences);
  with gap as materialized (
    -- Once for each occurrence, and not for each type that it takes.
    select o.id, o.availability_id, o.worker_id, o.district_id, gap
    from availability_occurrence o
    join worker w on w.id = o.worker_id and w.disabled_at is null
    cross join lateral unnest(tstzmultirange(tstzrange(o.starts_at, o.ends_at))
      - busy_ranges(o.worker_id, o.starts_at, o.ends_at)) gap
    where o.id = any (p_occurrences) and not o.closed
      and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
        and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))),
  offered as materialized (
    select v.id as availability_id, t.code, make_interval(mins => t.duration_minutes) as length, v.place,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes
    from availability v
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.id in (select availability_id from gap) and v.modes && t.modes)
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place
  from gap g join offered t using (availability_id)
  where upper(g.gap) - lower(g.gap) >= t.length;
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
alter function keep_free_time owner to cosmos_keeper;
