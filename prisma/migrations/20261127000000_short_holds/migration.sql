-- A time that is free soon does not lie idle while someone is asked who has one already: holds are short where it is near, a
-- time is sooner only if it is much sooner, and a day that someone has let go is not offered to them hour by hour.

-- AlterEnum
ALTER TYPE "SkipReason" ADD VALUE 'HARDLY_SOONER';

-- So much later, counted while the offices are open: from nine to six on working days, in Paris. What would end at six ends
-- the next morning at nine.
create function in_working_time(p_from timestamptz, p_time interval) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_at timestamp := p_from at time zone 'Europe/Paris';
  v_left interval := p_time;
begin
  loop
    v_at := greatest(v_at, v_at::date + time '09:00');
    if v_at::time < '18:00' and extract(isodow from v_at) < 6
      and not exists (select from public_holiday h where h.day = v_at::date) then
      if v_at + v_left < v_at::date + time '18:00' then return (v_at + v_left) at time zone 'Europe/Paris'; end if;
      v_left := v_left - (v_at::date + time '18:00' - v_at);
    end if;
    v_at := v_at::date + 1;
  end loop;
end $$;

-- Until when an offer is held: twenty minutes for whoever stands at the desk, a week for a letter. For the others an hour of
-- working time if it begins within three days, two within a week, and a day else. Never during the night, on a day off or in
-- the evening: a week, or a day, that ends then goes on until the next noon of a working day, in Paris. Two hours before it
-- begins at the latest.
create or replace function answer_by(p_from timestamptz, p_channel "OfferChannel", p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_at timestamp;
  v_at_latest timestamptz := p_starts_at - interval '2 hours';
begin
  if p_channel = 'AT_DESK' then return least(p_from + interval '20 minutes', p_starts_at); end if;
  if p_channel <> 'LETTER' and p_starts_at < p_from + interval '7 days' then
    return least(v_at_latest, in_working_time(p_from,
      case when p_starts_at < p_from + interval '3 days' then interval '1 hour' else interval '2 hours' end));
  end if;
  v_at := (p_from + case when p_channel = 'LETTER' then interval '7 days' else interval '24 hours' end) at time zone 'Europe/Paris';
  if v_at::time >= '18:00' then v_at := v_at::date + 1 + time '12:00';
  elsif v_at::time < '09:00' then v_at := v_at::date + time '12:00'; end if;
  while extract(isodow from v_at) > 5 or exists (select from public_holiday h where h.day = v_at::date) loop
    v_at := v_at::date + 1 + time '12:00';
  end loop;
  return least(v_at at time zone 'Europe/Paris', v_at_latest);
end $$;

-- The first start that is offered to someone: what is free within a day is for those who are there, and a letter takes days to
-- go and to be answered. What is free within three days is held for those who have no time yet or must be seen sooner. Most
-- who have one let so near a one go, and whoever asks meanwhile would have taken it.
drop function first_start("OfferChannel");
create function first_start(p_request appointment_request, p_channel "OfferChannel") returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return now() + case when p_channel = 'AT_DESK' then interval '5 minutes' when p_channel = 'LETTER' then interval '10 days'
      when p_request.appointment_id is null or p_request.urgency <> 'ORDINARY' then interval '24 hours'
      else interval '3 days' end;
  end $$;

-- Before when a time is sooner enough than the one they have to be worth asking them, and freeing that; null if they have
-- none. It spares them half of what they still have to wait; or a day, if they must be seen sooner or are there anyway.
create function sooner_until(p_request appointment_request) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select case when p_request.urgency <> 'ORDINARY' or p_request.present_until > now()
        then a.starts_at - interval '1 day' else now() + (a.starts_at - now()) / 2 end
      from appointment a where a.id = p_request.appointment_id);
  end $$;

-- What they let go before: those days, or those very times if they are there now. What the service took back may come again.
drop function offered_before(uuid, timestamptz);
create function let_go(p_request uuid, p_channel "OfferChannel") returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(case when p_channel = 'AT_DESK' then tstzrange(o.starts_at, o.starts_at, '[]')
      else tstzrange(d.day::timestamp at time zone 'Europe/Paris', (d.day + 1)::timestamp at time zone 'Europe/Paris') end), '{}')
    from slot_offer o cross join lateral (select (o.starts_at at time zone 'Europe/Paris')::date as day) d
    where o.request_id = p_request and o.status in ('DECLINED', 'EXPIRED'));

-- As before, and: near times for some alone, and only what is much sooner than what they have.
create or replace function wanted_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_start(p_request, p_channel), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(now() + interval '56 days', p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    sooner_until(p_request));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;

-- As before, within the same limits.
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := first_start(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel");
  v_until timestamptz := least(now() + interval '56 days', sooner_until(p_request));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if v_from >= v_until then return false; end if;
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > v_from - interval '12 hours' and f.starts_at < v_until and f.ends_at > v_from
    and (v_only is null or f.worker_id = v_only) and offered_mode(p_request.mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- One time is held for one person, however often they are asked for.
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;

-- As before, and: by the day that was let go.
create or replace function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_range tstzrange := wanted_range(p_request, p_channel);
  v_from timestamptz := lower(v_range);
  v_after timestamptz := lower(v_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
  -- Once, and not of each time: whoever has let much go is asked about at every turn.
  v_let_go tstzmultirange := let_go(p_request.id, p_channel);
begin
  if isempty(v_range) then return; end if;
  -- As many gaps at a time as are read at once, by their start; what begins in the first suits most.
  loop
    v_last := (select max(g.starts_at) from (select f.starts_at from free_time f
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at < upper(v_range) order by f.starts_at limit 200) g);
    if v_last is null then return; end if;
    -- By their start first: the rest is asked of one after the other, until one suits.
    return query select c.* from (
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(p_request.mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(v_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(p_request.mode, f.modes) is not null
      order by s.at, random() offset 0) c
      where not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;

-- As before, and: what is hardly sooner than the time they have.
create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid, p_modes "AppointmentMode"[],
  p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(p_request.mode, p_modes) is null then 'OTHER_MODE'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_request, p_channel) then 'TOO_SHORT_NOTICE'
        when p_starts_at >= sooner_until(p_request)
          and p_starts_at < (select a.starts_at from appointment a where a.id = p_request.appointment_id) then 'HARDLY_SOONER'
        else 'NOT_WANTED_THEN' end
    when p_starts_at <@ let_go(p_request.id, p_channel) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'in_working_time(timestamptz,interval)', 'first_start(appointment_request,"OfferChannel")', 'sooner_until(appointment_request)',
    'let_go(uuid,"OfferChannel")']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
