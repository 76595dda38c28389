set local lock_timeout = '5s';
set local check_function_bodies = off;
-- AlterTable
ALTER TABLE "free_time" ADD COLUMN     "in_a_row" SMALLINT NOT NULL DEFAULT 8;

-- CreateIndex
CREATE INDEX "free_time_district_id_type_code_in_a_row_starts_at_idx" ON "free_time"("district_id", "type_code", "in_a_row", "starts_at");
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
    select g.id, g.gap, t.code, t.duration_minutes as minutes, v.place, v.kept_for_urgent,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes,
      array_agg(t.duration_minutes) over (partition by g.id, g.gap) as lengths
    from gap g
    join availability v on v.id = g.availability_id
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.modes && t.modes and (t.option is null or option_in_force(g.district_id, t.option, day_in_paris(lower(g.gap)))))
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until, spared_from,
    spared_until, in_a_row)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end,
    s.spared, case when s.spared is not null then open_to_all_from(s.spared) end,
    least(8, floor(extract(epoch from upper(g.gap) - lower(g.gap)) / (60 * t.minutes)))
  from gap g join offered t using (id, gap)
  -- `offset 0`: it is computed once.
  cross join lateral (select spared_from(g.gap, t.minutes, t.lengths) as spared offset 0) s
  where upper(g.gap) - lower(g.gap) >= make_interval(mins => t.minutes);
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function slots_wanting(p_district uuid, p_workers uuid[], p_type text, p_mode "AppointmentMode",
  p_from timestamptz, p_until timestamptz) returns text
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_offered record;
  v_hours record;
  v_back timestamptz;
  v_of_type boolean := false;
  v_of_mode boolean := false;
begin
  if not p_district = any (viewer_districts('any')) then return null; end if;
  for v_offered in
    select v.id, v.worker_id, p_mode is null or p_mode = any (v.modes) as of_mode from availability v
    -- `limit`: the planner would rather read the type's hours of the whole county.
    cross join lateral (select from availability_type t where t.availability_id = v.id and t.type_code = p_type limit 1) t
    where v.district_id = p_district and (p_workers is null or v.worker_id = any (p_workers))
      and v.ends_on >= day_in_paris(p_from) and v.starts_on <= day_in_paris(p_until)
  loop
    continue when v_of_type and not v_offered.of_mode;
    select o.starts_at, o.ends_at into v_hours from availability_occurrence o
    where o.availability_id = v_offered.id and not o.closed and o.starts_at < p_until and o.ends_at > p_from
      and o.starts_at > p_from - interval '12 hours'
    order by o.starts_at limit 1;
    continue when not found;
    v_of_type := true;
    continue when not v_offered.of_mode;
    v_of_mode := true;
    select max(a.ends_at) into v_back from (
      select coalesce(s.ends_at, 'infinity') as ends_at from absence s where s.worker_id = v_offered.worker_id
        and tstzrange(s.starts_at, s.ends_at) @> tstzrange(v_hours.starts_at, v_hours.ends_at)
      union all
      select u.ends_at from unavailability u where u.worker_id = v_offered.worker_id
        and tstzrange(u.starts_at, u.ends_at) @> tstzrange(v_hours.starts_at, v_hours.ends_at)) a;
    if v_back is null or exists (
      -- Hours last 12 hours at most.
      select from availability_occurrence o
      where o.availability_id = v_offered.id and not o.closed and o.starts_at < p_until and o.ends_at > v_back
        and o.starts_at > greatest(v_hours.starts_at, v_back - interval '12 hours')
        and not exists (select from absence s where s.worker_id = v_offered.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = v_offered.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)))
    then
      return 'ALL_TAKEN';
    end if;
  end loop;
  return case
    when v_of_mode then 'WORKERS_AWAY'
    when v_of_type then 'MODE_NOT_OFFERED'
    when any_hours(p_district, p_workers, p_from, p_until) then 'TYPE_NOT_OFFERED'
    else 'NO_HOURS' end;
end $$;
revoke all on function slots_wanting(uuid,uuid[],text,"AppointmentMode",timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function any_hours(p_district uuid, p_workers uuid[], p_from timestamptz, p_until timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_workers is null then
    return exists (select from availability_occurrence o
      where o.district_id = p_district and not o.closed and o.starts_at < p_until and o.ends_at > p_from
        and o.starts_at > p_from - interval '12 hours');
  end if;
  -- Worker by worker: the hours of the district are more.
  return exists (select from unnest(p_workers) w cross join lateral (
    select from availability_occurrence o
    where o.worker_id = w and o.district_id = p_district and not o.closed and o.starts_at < p_until and o.ends_at > p_from
      and o.starts_at > p_from - interval '12 hours' limit 1) h);
end $$;
revoke all on function any_hours(uuid,uuid[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
alter function keep_free_time owner to cosmos_keeper;
alter function slots_wanting owner to cosmos_keeper;
grant execute on function slots_wanting to cosmos_app;
alter function any_hours owner to cosmos_keeper;
