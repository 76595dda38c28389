set local lock_timeout = '5s';
set local check_function_bodies = off;
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
    select g.id, g.gap, t.code, t.duration_minutes as minutes, v.place, v.kept_for_urgent,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes,
      array_agg(t.duration_minutes) over (partition by g.id, g.gap) as lengths
    from gap g
    join availability v on v.id = g.availability_id
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.modes && t.modes and (t.option is null or option_in_force(g.district_id, t.option, day_in_paris(lower(g.gap)))))
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until, spared_from,
    spared_until)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end,
    s.spared, case when s.spared is not null then open_to_all_from(s.spared) end
  from gap g join offered t using (id, gap)
  -- `offset 0`: it is computed once.
  cross join lateral (select spared_from(g.gap, t.minutes, t.lengths) as spared offset 0) s
  where upper(g.gap) - lower(g.gap) >= make_interval(mins => t.minutes);
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function open_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
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
revoke all on function open_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function open_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
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
revoke all on function open_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function spared_from(p_gap tstzrange, p_length integer, p_lengths integer[]) returns timestamptz
  language plpgsql immutable as $$
declare
  v_minutes integer := floor(extract(epoch from upper(p_gap) - lower(p_gap)) / 60);
  v_rest integer := v_minutes % p_length;
begin
  if v_rest = 0 then return null; end if;
  if v_rest >= (select min(l) from unnest(p_lengths) l) or most_filled(v_minutes, p_lengths) <= v_minutes - v_rest then
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
create or replace function spared_until_other(p_other timestamptz, p_until timestamptz) returns timestamptz
  language sql immutable return least(p_until, p_other - interval '14 days');
revoke all on function spared_until_other(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_spared_from(p_request appointment_request, p_worker uuid, p_starts_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return not spared_too(p_request) and exists (select from free_time f where f.worker_id = p_worker
      and f.type_code = p_request.type_code and f.starts_at > p_starts_at - interval '12 hours' and f.spared_from = p_starts_at
      and f.spared_until > now());
  end $$;
revoke all on function is_spared_from(appointment_request,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function spared_too(p_request appointment_request) returns boolean
  language sql immutable return p_request.urgency <> 'ORDINARY' or p_request.appointment_id is null;
revoke all on function spared_too(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function third_free(p_district uuid, p_type appointment_type, p_from timestamptz, p_until timestamptz, p_spared_too boolean)
  returns timestamptz language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_length interval := make_interval(mins => p_type.duration_minutes);
begin
  -- Each gap begins with a free time, so the third free time is no later than the start of the third gap.
  return (select s.at from (
      select f.starts_at, open_until(f, p_from, p_spared_too) as ends_at from free_time f
      where f.district_id = p_district and f.type_code = p_type.code and f.starts_at >= p_from and f.starts_at < p_until
        and open_until(f, p_from, p_spared_too) > f.starts_at
      order by f.starts_at limit 3) g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit 3) s
    where s.at < p_until order by s.at offset 2 limit 1);
end $$;
revoke all on function third_free(uuid,appointment_type,timestamptz,timestamptz,bool) from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_third timestamptz;
  v_spared timestamptz;
  v_workers bigint;
  v_withheld "Withheld";
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_third := third_free(p_district, v_type, v_from, v_until, false);
    v_spared := third_free(p_district, v_type, v_from, spared_until_other(v_third, v_until), true);
    v_third := coalesce(v_spared, v_third);
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
    and (p_request.urgency <> 'ORDINARY' or open_until(f, now(), spared_too(p_request)) > f.starts_at)
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
        select case when p_request.urgency = 'ORDINARY' then open_until(f, now(), spared_too(p_request)) else f.ends_at end as ends_at) g
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
create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
  p_modes "AppointmentMode"[], p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when is_kept_from(p_request, p_worker, p_starts_at) then 'KEPT_FOR_URGENT'
    when is_spared_from(p_request, p_worker, p_starts_at) then 'SPARED'
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
create or replace function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_answer_by timestamptz;
  v_offered integer := 0;
begin
  perform only_jobs();
  -- One run of a district at a time: a second run sees what the first one has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- These rows tell of changes that are committed, which the statements below see. A later change writes a new row.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and may_be_served(r)
    order by r.rank_at, r.id limit 1000
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- The request is locked and read again: it may have been withdrawn or changed since.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      -- While the time is free: it may be spared from others.
      perform log_skips(v_offer);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Another transaction has taken the time. The skips go with the offer.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- After the persons who are there.
  v_offered := v_offered + ask_at_short_notice(p_district, p_limit - v_offered);
  -- There may be more free times for the next run.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;
revoke all on function offer_slots(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function is_between_hours(p_at timestamptz, p_from time, p_until time) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return v_at::time >= p_from and v_at::time < p_until and extract(isodow from v_at) < 6
    and not exists (select from public_holiday h where h.day = v_at::date);
end $$;
revoke all on function is_between_hours(timestamptz,time,time) from public, cosmos_app, cosmos_jobs;
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
    when is_spared_from(p_request, p_worker, p_starts_at) then 'SPARED'
    when p_starts_at >= sooner_until(p_request) then 'HARDLY_SOONER'
    when not p_starts_at <@ asked_range(p_request, v_channel) then 'NOT_WANTED_THEN'
    when p_starts_at <@ asked_before(p_request.id) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not_asked(appointment_request,uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots_before(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
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
revoke all on function public_slots_before(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.* from public_slots_before(p_districts, p_type, p_mode, p_from, p_until, p_minutes, p_count, null) s;
end;
revoke all on function public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select g.* from open_gaps(p_districts, p_type, p_mode, p_from, p_until, p_length, p_count, false) g;
end;
revoke all on function public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4) from public, cosmos_app, cosmos_jobs;
create or replace function most_filled(p_minutes integer, p_lengths integer[]) returns integer
  language sql immutable
  return (with recursive filled (minutes) as (
      select 0 union select f.minutes + l from filled f cross join unnest(p_lengths) l where f.minutes + l <= p_minutes)
    select max(minutes) from filled);
revoke all on function most_filled(int4,int4[]) from public, cosmos_app, cosmos_jobs;
create or replace function open_case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer, p_spared_too boolean)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct s.at, f.district_id, f.place, f.modes
  from "case" c
  join free_time f on f.worker_id = c.assigned_worker_id and f.district_id = c.district_id
  join appointment_type t on t.code = f.type_code and 'BOOKING_CLIENT' = any (t.bookable_by)
  cross join lateral (
    select at from generate_series(f.starts_at, open_until(f, now(), p_spared_too) - make_interval(mins => p_minutes),
      make_interval(mins => p_minutes)) at
    where at >= p_from and at < p_until limit p_count) s
  where c.id = p_case and c.status = 'OPEN' and viewer_person() = any (c.online_person_ids) and f.type_code = p_type
    and (p_mode is null or array_position(f.modes, p_mode) is not null)
    and f.starts_at > p_from - interval '12 hours' and f.starts_at < p_until and f.ends_at > p_from
  order by s.at, f.district_id, f.place, f.modes limit p_count;
end;
revoke all on function open_case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with open as materialized (
    select s.* from open_case_slots(p_case, p_type, p_mode, p_from, p_until, p_minutes, p_count, false) s),
  spared as (
    select s.* from (select spared_until_other(min(o.starts_at), p_until) as before from open o) u
    cross join lateral open_case_slots(p_case, p_type, p_mode, p_from, u.before, p_minutes, p_count, true) s
    where u.before > p_from)
  select * from open union select * from spared order by 1, 2, 3, 4 limit p_count;
end;
revoke all on function case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
alter function keep_free_time owner to cosmos_keeper;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;
alter function public_slots_before owner to cosmos_keeper;
grant execute on function public_slots_before to cosmos_app;
alter function open_slots owner to cosmos_keeper;
alter function open_gaps owner to cosmos_keeper;
alter function public_gaps owner to cosmos_keeper;
alter function most_filled owner to cosmos_keeper;
alter function spared_from owner to cosmos_keeper;
grant execute on function open_until to public;
grant execute on function spared_until_other to public;
alter function is_spared_from owner to cosmos_keeper;
alter function spared_too owner to cosmos_keeper;
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;
alter function open_case_slots owner to cosmos_keeper;
alter function third_free owner to cosmos_keeper;
alter function measure_waiting_day owner to cosmos_keeper;
alter function may_be_served owner to cosmos_keeper;
alter function slot_in owner to cosmos_keeper;
alter function why_not owner to cosmos_keeper;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function is_between_hours owner to cosmos_keeper;
alter function why_not_asked owner to cosmos_keeper;
alter table free_time add constraint free_time_spared check
  (num_nonnulls(spared_from, spared_until) <> 1 and spared_from >= starts_at and spared_from < ends_at);
alter table appointment_type add constraint appointment_type_duration check (duration_minutes between 5 and 720);
