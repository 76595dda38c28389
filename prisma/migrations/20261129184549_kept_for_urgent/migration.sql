set local lock_timeout = '5s';
set local check_function_bodies = off;
-- AlterTable
ALTER TABLE "availability" ADD COLUMN     "kept_for_urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "free_time" ADD COLUMN     "kept_until" TIMESTAMPTZ(3);
create or replace function open_to_all_from(p_starts_at timestamptz) returns timestamptz
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
revoke all on function open_to_all_from(timestamptz) from public, cosmos_app, cosmos_jobs;
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
    select v.id as availability_id, t.code, make_interval(mins => t.duration_minutes) as length, v.place, v.kept_for_urgent,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes
    from availability v
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.id in (select availability_id from gap) and v.modes && t.modes)
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end
  from gap g join offered t using (availability_id)
  where upper(g.gap) - lower(g.gap) >= t.length;
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
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
          f.ends_at, f.district_id, f.place, f.modes
        from free_time f
        where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
          and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours' and f.ends_at >= p_from + v_length
          and (f.kept_until is null or f.kept_until <= now())
          and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
      where b.ends_at >= b.next + v_length
      group by b.next, b.district_id, b.place, b.modes
      union all
      select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;
revoke all on function public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_districts is null then
    return query
      select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
        and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
        and (f.kept_until is null or f.kept_until <= now())
      group by f.starts_at, f.district_id, f.place, f.modes
      order by f.starts_at, f.district_id, f.place, f.modes limit p_count;
  else
    return query
      select g.* from unnest(p_districts) d
      cross join lateral (
        select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
        from free_time f
        where f.district_id = d and f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
          and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
          and (f.kept_until is null or f.kept_until <= now())
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;
revoke all on function public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4) from public, cosmos_app, cosmos_jobs;
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
        select f.starts_at, f.ends_at from free_time f
        where f.district_id = p_district and f.type_code = v_type.code and f.starts_at >= v_from and f.starts_at < v_until
          and (f.kept_until is null or f.kept_until <= v_from)
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
    and (f.kept_until is null or f.kept_until <= now() or p_request.urgency <> 'ORDINARY')
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- If a person has several such requests, one time is held for them, or asked of them, at a time.
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status in ('HELD', 'ASKED')
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
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(p_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(v_mode, f.modes) is not null
        and (f.kept_until is null or f.kept_until <= now() or p_request.urgency <> 'ORDINARY')
      order by s.at, random() offset 0) c
      where asked_for(c.worker_id, c.at, c.ends_at) < v_most_asked and not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;
revoke all on function slot_in(appointment_request,"OfferChannel",tstzrange,bool) from public, cosmos_app, cosmos_jobs;
create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
  p_modes "AppointmentMode"[], p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when is_kept_from(p_request, p_worker, p_starts_at) then 'KEPT_FOR_URGENT'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_request, p_channel) then 'TOO_SHORT_NOTICE'
        when p_starts_at >= sooner_until(p_request)
          and p_starts_at < (select a.starts_at from appointment a where a.id = p_request.appointment_id) then 'HARDLY_SOONER'
        else 'NOT_WANTED_THEN' end
    when p_starts_at <@ let_go(p_request.id, p_channel) then 'OFFERED_BEFORE'
    when p_channel <> 'AT_DESK' and asked_for(p_worker, p_starts_at, p_ends_at) > 0 then 'ASKED_OF_OTHERS'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not(appointment_request,"OfferChannel",uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function is_kept_from(p_request appointment_request, p_worker uuid, p_starts_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_request.urgency = 'ORDINARY' and exists (
      select from availability_occurrence o join availability v on v.id = o.availability_id and v.kept_for_urgent
      where o.worker_id = p_worker and o.starts_at <= p_starts_at and o.starts_at > p_starts_at - interval '12 hours'
        and o.ends_at > p_starts_at and not o.closed and open_to_all_from(o.starts_at) > now());
  end $$;
revoke all on function is_kept_from(appointment_request,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function why_not_asked(p_request appointment_request, p_worker uuid, p_modes "AppointmentMode"[],
  p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_channel "OfferChannel" := offer_channel(p_request);
begin
  return case
    when not may_be_asked(p_request) then 'TOO_SHORT_NOTICE'
    when v_channel is null or not can_be_asked(p_request, v_channel) then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when is_kept_from(p_request, p_worker, p_starts_at) then 'KEPT_FOR_URGENT'
    when p_starts_at >= sooner_until(p_request) then 'HARDLY_SOONER'
    when not p_starts_at <@ asked_range(p_request, v_channel) then 'NOT_WANTED_THEN'
    when p_starts_at <@ asked_before(p_request.id) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not_asked(appointment_request,uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct s.at, f.district_id, f.place, f.modes
  from "case" c
  join free_time f on f.worker_id = c.assigned_worker_id and f.district_id = c.district_id
  join appointment_type t on t.code = f.type_code and 'BOOKING_CLIENT' = any (t.bookable_by)
  cross join lateral (
    select at from generate_series(f.starts_at, f.ends_at - make_interval(mins => p_minutes), make_interval(mins => p_minutes)) at
    where at >= p_from and at < p_until limit p_count) s
  where c.id = p_case and c.status = 'OPEN' and viewer_person() = any (c.online_person_ids) and f.type_code = p_type
    and (p_mode is null or array_position(f.modes, p_mode) is not null)
    and f.starts_at > p_from - interval '12 hours' and f.starts_at < p_until and f.ends_at > p_from
    and (f.kept_until is null or f.kept_until <= now())
  order by s.at, f.district_id, f.place, f.modes limit p_count;
end;
revoke all on function case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function free_for_public_slot(p_district uuid, p_type text, p_mode "AppointmentMode", p_starts_at timestamptz,
  p_ends_at timestamptz, p_only uuid)
  returns table (worker_id uuid, place text)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select f.worker_id, f.place
  from free_time f join appointment_type t on t.code = f.type_code
  where f.district_id = p_district and f.type_code = p_type and array_position(f.modes, p_mode) is not null
    and f.starts_at <= p_starts_at and f.starts_at > p_starts_at - interval '12 hours' and f.ends_at >= p_ends_at
    and mod(extract(epoch from p_starts_at - f.starts_at), 60 * t.duration_minutes) = 0
    and (p_only is null or f.worker_id = p_only) and (f.kept_until is null or f.kept_until <= now())
  order by random() limit 20;
end;
revoke all on function free_for_public_slot(uuid,text,"AppointmentMode",timestamptz,timestamptz,uuid) from public, cosmos_app, cosmos_jobs;
alter function open_to_all_from owner to cosmos_keeper;
alter function keep_free_time owner to cosmos_keeper;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;
alter function public_gaps owner to cosmos_keeper;
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;
alter function free_for_public_slot owner to cosmos_keeper;
alter function measure_waiting_day owner to cosmos_keeper;
alter function may_be_served owner to cosmos_keeper;
alter function slot_in owner to cosmos_keeper;
alter function why_not owner to cosmos_keeper;
alter function is_kept_from owner to cosmos_keeper;
alter function why_not_asked owner to cosmos_keeper;
revoke all on availability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability enable row level security, force row level security;
grant select on availability to cosmos_app;
grant insert (
  id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence, kept_for_urgent
) on availability to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant select on availability to cosmos_keeper;
