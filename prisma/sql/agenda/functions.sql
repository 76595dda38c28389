-- A worker opens hours by a recurrence. Its days become instants (occurrences), and the free time of each is stored for each type that fits.
-- A search only reads this, so it is as fast when the weeks before are full.

-- The ranges in which a worker is busy or away between two instants, in all districts together. Only functions of cosmos_keeper may call it.
create function busy_ranges(p_worker uuid, p_from timestamptz, p_until timestamptz) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(range_agg(b.busy), '{}') from (
    -- An occupancy lasts 12 hours at most (occupancy_within_a_day): what began earlier is over.
    select tstzrange(o.starts_at, o.ends_at) as busy from occupancy o
      where o.worker_id = p_worker and o.starts_at < p_until and o.ends_at > p_from
        and o.starts_at > p_from - interval '12 hours'
    union all
    select tstzrange(u.starts_at, u.ends_at) from unavailability u
      where u.worker_id = p_worker and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_from, p_until)
    union all
    select tstzrange(a.starts_at, a.ends_at) from absence a
      where a.worker_id = p_worker and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_from, p_until)) b;
end;
alter function busy_ranges owner to cosmos_keeper;

-- When a time that is kept for urgent persons, or spared, is open to everyone: at midnight (Europe/Paris), two working days before it. Only
-- functions of cosmos_keeper may call it.
create function open_to_all_from(p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_day date := (p_starts_at at time zone 'Europe/Paris')::date;
  v_left integer := 2;
begin
  while v_left > 0 loop
    v_day := v_day - 1;
    if extract(isodow from v_day) < 6 and not exists (select from public_holiday h where h.day = v_day) then
      v_left := v_left - 1;
    end if;
  end loop;
  return v_day::timestamp at time zone 'Europe/Paris';
end $$;
alter function open_to_all_from owner to cosmos_keeper;

-- Computes the free time of these occurrences again, for each type that fits. An occurrence has none if the worker does not work in its
-- district then, or if the account is disabled. A type that needs an option of the team has free time only while the team has the option. Only
-- functions of cosmos_keeper may call it.
create function keep_free_time(p_occurrences uuid[]) returns void
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
alter function keep_free_time owner to cosmos_keeper;

-- Returns when a worker of the district is busy, merged, without the reason and in all districts together. It answers a viewer of the
-- district. cosmos_app may call it.
create function busy_times(p_worker uuid, p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select greatest(lower(busy), p_from), least(upper(busy), p_until)
  from unnest(busy_ranges(p_worker, p_from, p_until)) busy
  where p_district = any (viewer_districts('any'))
    and exists (select from membership m where m.worker_id = p_worker and m.district_id = p_district
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
  order by 1;
end;
alter function busy_times owner to cosmos_keeper;
grant execute on function busy_times to cosmos_app;

-- Why a colleague found no slot: the first of these reasons that is true. Null for a viewer of another district. An agenda has thousands of
-- hours. So it looks at the first of each availability, and goes on only where the worker is away then, when they are back. Hours that are not
-- closed are on days of their availability, so those that have ended or not begun are not looked at. cosmos_app may call it.
create function slots_wanting(p_district uuid, p_workers uuid[], p_type text, p_mode "AppointmentMode",
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
alter function slots_wanting owner to cosmos_keeper;
grant execute on function slots_wanting to cosmos_app;

-- Whether hours of a district are open between two instants, or hours of these workers there. Only functions of cosmos_keeper may call it.
create function any_hours(p_district uuid, p_workers uuid[], p_from timestamptz, p_until timestamptz) returns boolean
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
alter function any_hours owner to cosmos_keeper;

-- Returns the earliest times of a type that a person may book without a worker's help (`public_slots_before`). cosmos_app may call it.
create function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.* from public_slots_before(p_districts, p_type, p_mode, p_from, p_until, p_minutes, p_count, null) s;
end;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;

-- Returns the earliest times of a type that a person may book without a worker's help, in these districts or, if null, in the county. It
-- names no worker, and no time that is kept for urgent persons. It names spared times if no other time begins within two weeks of them.
-- p_other is another time that the person knows of, or null. cosmos_app may call it.
create function public_slots_before(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer, p_other timestamptz)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with open as materialized (
    select s.* from open_slots(p_districts, p_type, p_mode, p_from, p_until, p_minutes, p_count, false) s),
  spared as (
    select s.* from (select spared_until_other(coalesce(min(o.starts_at), p_other), p_until) as before from open o) u
    cross join lateral open_slots(p_districts, p_type, p_mode, p_from, u.before, p_minutes, p_count, true) s
    where u.before > p_from)
  select * from open union select * from spared order by 1, 2, 3, 4 limit p_count;
end;
alter function public_slots_before owner to cosmos_keeper;
grant execute on function public_slots_before to cosmos_app;

-- Returns the times of `public_slots_before`, with or without the spared ones. A gap that has begun goes on in its own steps of p_minutes, since
-- only these times can be booked. It reads as many gaps as slots are wanted: each gap begins with a slot. Only functions of cosmos_keeper may
-- call it.
create function open_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer, p_spared_too boolean)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
begin
  if not exists (select from appointment_type t where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by)) then
    return;
  end if;
  return query
    with gap as (
      -- The gaps that have begun and are not over.
      select b.next as starts_at, max(b.ends_at) as ends_at, b.district_id, b.place, b.modes
      from (
        select f.starts_at + ceil(extract(epoch from p_from - f.starts_at) / (60 * p_minutes)) * v_length as next,
          open_until(f, now(), p_spared_too) as ends_at, f.district_id, f.place, f.modes
        from free_time f
        where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
          and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours'
          and open_until(f, now(), p_spared_too) >= p_from + v_length
          and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
      where b.ends_at >= b.next + v_length
      group by b.next, b.district_id, b.place, b.modes
      union all
      select * from open_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count, p_spared_too))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;
alter function open_slots owner to cosmos_keeper;

-- Returns the free gaps of `open_slots` that begin after p_from. With districts it reads at most p_count gaps of each. Only functions of
-- cosmos_keeper may call it.
create function open_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer, p_spared_too boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_districts is null then
    return query
      select f.starts_at, max(open_until(f, now(), p_spared_too)), f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
        and open_until(f, now(), p_spared_too) - f.starts_at >= p_length
        and (p_mode is null or array_position(f.modes, p_mode) is not null)
      group by f.starts_at, f.district_id, f.place, f.modes
      order by f.starts_at, f.district_id, f.place, f.modes limit p_count;
  else
    return query
      select g.* from unnest(p_districts) d
      cross join lateral (
        select f.starts_at, max(open_until(f, now(), p_spared_too)), f.district_id, f.place, f.modes
        from free_time f
        where f.district_id = d and f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
          and open_until(f, now(), p_spared_too) - f.starts_at >= p_length
          and (p_mode is null or array_position(f.modes, p_mode) is not null)
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;
alter function open_gaps owner to cosmos_keeper;

-- The processes of the version before are in the middle of a search when this version comes. The next version drops it. Only functions of
-- cosmos_keeper may call it.
create function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select g.* from open_gaps(p_districts, p_type, p_mode, p_from, p_until, p_length, p_count, false) g;
end;
alter function public_gaps owner to cosmos_keeper;

-- Whether any worker there has open hours for a type between two instants. cosmos_app may call it.
create function public_hours(p_districts uuid[], p_type text, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from availability_type t
    join availability v on v.id = t.availability_id
    join availability_occurrence o on o.availability_id = v.id
    where t.type_code = p_type and (p_districts is null or v.district_id = any (p_districts)) and not o.closed
      and o.starts_at < p_until and o.ends_at > p_from);
alter function public_hours owner to cosmos_keeper;
grant execute on function public_hours to cosmos_app;

-- Returns what can be booked online in a district, so that people need not guess: the types for which hours are open, their modes, and the
-- first free time. It names no worker and tells no more than `public_slots`. cosmos_app may call it.
create function online_types(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (type_code text, modes "AppointmentMode"[], next_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  -- The district's hours that are not over come first: a search by type alone would read those of the whole county.
  with open as materialized (
    select v.id, v.modes from availability v
    where v.district_id = p_district and v.ends_on >= p_from::date and v.starts_on <= p_until::date),
  held as materialized (
    select vt.type_code, m.mode from open o join availability_type vt on vt.availability_id = o.id
    cross join lateral unnest(o.modes) m (mode) group by 1, 2)
  select t.code, array(select m.mode from unnest(t.modes) with ordinality m (mode, nth)
      where exists (select from held h where h.type_code = t.code and h.mode = m.mode) order by nth), s.starts_at
  from appointment_type t
  left join lateral (select p.starts_at
    from public_slots(array[p_district], t.code, null, p_from, p_until, t.duration_minutes, 1) p) s on true
  where 'BOOKING_CLIENT' = any (t.bookable_by)
    and exists (select from held h where h.type_code = t.code and h.mode = any (t.modes))
  order by t.code limit 20;
end;
alter function online_types owner to cosmos_keeper;
grant execute on function online_types to cosmos_app;
