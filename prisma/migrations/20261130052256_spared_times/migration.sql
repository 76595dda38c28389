set local lock_timeout = '5s';
set local check_function_bodies = off;
drop function public_gaps(uuid[],text,"AppointmentMode",timestamp with time zone,timestamp with time zone,interval,integer);
-- AlterTable
ALTER TABLE "free_time" ADD COLUMN     "spared_from" TIMESTAMPTZ(3),
ADD COLUMN     "spared_until" TIMESTAMPTZ(3);
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
    select v.id as availability_id, t.code, t.option, t.duration_minutes as length, v.place, v.kept_for_urgent,
      array_agg(t.duration_minutes) filter (where t.option is null) over (partition by v.id) as lengths,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes
    from availability v
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.id in (select availability_id from gap) and v.modes && t.modes)
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until, spared_from,
    spared_until)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end,
    s.spared, case when s.spared is not null then open_to_all_from(s.spared) end
  from gap g join offered t using (availability_id)
  cross join lateral (select case when t.option is null then spared_from(g.gap, t.length, t.lengths) end as spared) s
  where upper(g.gap) - lower(g.gap) >= make_interval(mins => t.length)
    and (t.option is null or option_in_force(g.district_id, t.option, day_in_paris(lower(g.gap))));
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
  v_spared_too boolean;
begin
  if not exists (select from appointment_type t where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by)) then
    return;
  end if;
  foreach v_spared_too in array array[false, true] loop
    return query
      with gap as (
        -- The gaps that have begun and are not over.
        select b.next as starts_at, max(b.ends_at) as ends_at, b.district_id, b.place, b.modes
        from (
          select f.starts_at + ceil(extract(epoch from p_from - f.starts_at) / (60 * p_minutes)) * v_length as next,
            open_until(f, now(), v_spared_too) as ends_at, f.district_id, f.place, f.modes
          from free_time f
          where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
            and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours'
            and open_until(f, now(), v_spared_too) >= p_from + v_length
            and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
        where b.ends_at >= b.next + v_length
        group by b.next, b.district_id, b.place, b.modes
        union all
        select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count, v_spared_too))
      select distinct s.at, g.district_id, g.place, g.modes
      from gap g
      cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
      where s.at < p_until
      order by s.at, g.district_id, g.place, g.modes limit p_count;
    exit when found;
  end loop;
end $$;
revoke all on function public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer, p_spared_too boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_districts is null then
    return query
      select f.starts_at, max(open_until(f, now(), p_spared_too)), f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
        and open_until(f, now(), p_spared_too) - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
      group by f.starts_at, f.district_id, f.place, f.modes
      order by f.starts_at, f.district_id, f.place, f.modes limit p_count;
  else
    return query
      select g.* from unnest(p_districts) d
      cross join lateral (
        select f.starts_at, max(open_until(f, now(), p_spared_too)), f.district_id, f.place, f.modes
        from free_time f
        where f.district_id = d and f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
          and open_until(f, now(), p_spared_too) - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;
revoke all on function public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function spared_from(p_gap tstzrange, p_length integer, p_lengths integer[]) returns timestamptz
  language plpgsql immutable as $$
declare
  v_minutes integer := floor(extract(epoch from upper(p_gap) - lower(p_gap)) / 60);
  v_rest integer := v_minutes % p_length;
begin
  if v_rest = 0 or v_rest >= (select min(l) from unnest(p_lengths) l) or most_filled(v_minutes, p_lengths) <= v_minutes - v_rest then
    return null;
  end if;
  return lower(p_gap) + make_interval(mins => v_minutes - v_rest - p_length);
end $$;
revoke all on function spared_from(tstzrange,int4,int4[]) from public, cosmos_app, cosmos_jobs;
create or replace function open_until(p_free free_time, p_now timestamptz, p_spared_too boolean) returns timestamptz
  language sql immutable
  return case
    when p_free.kept_until > p_now then p_free.starts_at
    when p_free.spared_until > p_now and not p_spared_too then p_free.spared_from
    else p_free.ends_at end;
revoke all on function open_until(free_time,timestamptz,bool) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
  v_spared_too boolean;
begin
  foreach v_spared_too in array array[false, true] loop
    return query
      select distinct s.at, f.district_id, f.place, f.modes
      from "case" c
      join free_time f on f.worker_id = c.assigned_worker_id and f.district_id = c.district_id
      join appointment_type t on t.code = f.type_code and 'BOOKING_CLIENT' = any (t.bookable_by)
      cross join lateral (
        select at from generate_series(f.starts_at, open_until(f, now(), v_spared_too) - v_length, v_length) at
        where at >= p_from and at < p_until limit p_count) s
      where c.id = p_case and c.status = 'OPEN' and viewer_person() = any (c.online_person_ids) and f.type_code = p_type
        and (p_mode is null or array_position(f.modes, p_mode) is not null)
        and f.starts_at > p_from - interval '12 hours' and f.starts_at < p_until and f.ends_at > p_from
      order by s.at, f.district_id, f.place, f.modes limit p_count;
    exit when found;
  end loop;
end $$;
revoke all on function case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_length interval;
  v_third timestamptz;
  v_workers bigint;
  v_withheld "Withheld";
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_length := make_interval(mins => v_type.duration_minutes);
    -- Each gap begins with a free time, so the third free time is no later than the start of the third gap.
    v_third := (
      select s.at from (
        select f.starts_at, open_until(f, v_from, false) as ends_at from free_time f
        where f.district_id = p_district and f.type_code = v_type.code and f.starts_at >= v_from and f.starts_at < v_until
          and open_until(f, v_from, false) > f.starts_at
        order by f.starts_at limit 3) g
      cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit 3) s
      order by s.at offset 2 limit 1);
    v_workers := (
      select count(distinct o.worker_id) from availability_occurrence o
      join worker w on w.id = o.worker_id and w.disabled_at is null
      where o.district_id = p_district and not o.closed and o.starts_at >= v_from
        and o.starts_at <= greatest(v_third, v_from + interval '7 days', case when v_third is null then v_until end)
        and exists (select from availability_type t where t.availability_id = o.availability_id and t.type_code = v_type.code)
        and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
          and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
        -- A worker who is away feeds no figure.
        and not exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)));
    -- There are no persons to count: free times are nobody's wait.
    v_withheld := coalesce(withheld_for(v_workers, 5), case when v_third is null then 'NO_FREE_TIME'::"Withheld" end);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, case when v_withheld is null then day_in_paris(v_third) - p_day end, v_withheld)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;
revoke all on function measure_waiting_day(uuid,date) from public, cosmos_app, cosmos_jobs;
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_from timestamptz := first_start(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel");
  v_until timestamptz := least(now() + interval '56 days', sooner_until(p_request));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if v_from >= v_until then return false; end if;
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > v_from - interval '12 hours' and f.starts_at < v_until and f.ends_at > v_from
    and (p_request.urgency <> 'ORDINARY' or open_until(f, now(), false) > f.starts_at)
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- One time is held for a request at a time, also for that of a person without a name. If a person has several such requests, it is one.
  perform from slot_offer o where o.request_id = p_request.id and o.status = 'HELD';
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;
revoke all on function may_be_served(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function slot_in(p_request appointment_request, p_channel "OfferChannel", p_range tstzrange, p_asks boolean)
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_from timestamptz := lower(p_range);
  v_after timestamptz := lower(p_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
  -- It is computed once and not for each time, since a person who has let many times go is looked at in each run.
  v_let_go tstzmultirange := case when p_asks then asked_before(p_request.id) else let_go(p_request.id, p_channel) end;
  v_most_asked integer := case when p_asks then people_in_a_wave() when p_channel = 'AT_DESK' then 1000 else 1 end;
begin
  if isempty(p_range) then return; end if;
  -- It reads up to 200 gaps at a time, by their start: the first ones suit most persons.
  loop
    v_last := (select max(g.starts_at) from (select f.starts_at from free_time f
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at < upper(p_range) order by f.starts_at limit 200) g);
    if v_last is null then return; end if;
    -- The times are sorted first (`offset 0` keeps the planner from merging the queries). Then the slow condition is tested for one time
    -- after the other, until one suits.
    return query select c.* from (
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(v_mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select case when p_request.urgency = 'ORDINARY' then open_until(f, now(), false) else f.ends_at end as ends_at) g
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          g.ends_at - v_length, v_length) at where at < upper(p_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(v_mode, f.modes) is not null
      order by s.at, random() offset 0) c
      where asked_for(c.worker_id, c.at, c.ends_at) < v_most_asked and not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;
revoke all on function slot_in(appointment_request,"OfferChannel",tstzrange,bool) from public, cosmos_app, cosmos_jobs;
create or replace function is_between_hours(p_at timestamptz, p_from time, p_until time) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return v_at::time >= p_from and v_at::time < p_until and extract(isodow from v_at) < 6
    and not exists (select from public_holiday h where h.day = v_at::date);
end $$;
revoke all on function is_between_hours(timestamptz,time,time) from public, cosmos_app, cosmos_jobs;
create or replace function most_filled(p_minutes integer, p_lengths integer[]) returns integer
  language sql immutable
  return (with recursive filled (minutes) as (
      select 0 union select f.minutes + l from filled f cross join unnest(p_lengths) l where f.minutes + l <= p_minutes)
    select max(minutes) from filled);
revoke all on function most_filled(int4,int4[]) from public, cosmos_app, cosmos_jobs;
alter function keep_free_time owner to cosmos_keeper;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;
alter function public_gaps owner to cosmos_keeper;
alter function most_filled owner to cosmos_keeper;
alter function spared_from owner to cosmos_keeper;
grant execute on function open_until to public;
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;
alter function measure_waiting_day owner to cosmos_keeper;
alter function may_be_served owner to cosmos_keeper;
alter function slot_in owner to cosmos_keeper;
alter function is_between_hours owner to cosmos_keeper;
alter table free_time add constraint free_time_spared check
  (num_nonnulls(spared_from, spared_until) <> 1 and spared_from >= starts_at and spared_from < ends_at);
