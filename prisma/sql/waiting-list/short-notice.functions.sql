-- What is freed at short notice goes to persons who agreed to be asked. Three persons of the list are asked for a time in their order, and the
-- first yes has it. The time is held for nobody: a desk may give it to a person who is there. If nobody says yes, three more are asked. Nobody
-- loses a time or a rank by silence or by a no.

-- How many persons are asked for one time together. Only functions of cosmos_keeper may call it.
create function people_in_a_wave() returns integer language sql immutable return 3;
alter function people_in_a_wave owner to cosmos_keeper;

-- The earliest start of a time that a person is asked for: in two hours, so that they can come. Only functions of cosmos_keeper may call it.
create function first_asked_start() returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin return now() + interval '2 hours'; end $$;
alter function first_asked_start owner to cosmos_keeper;

-- Until when the person may be asked, at this moment: the end of the hours of today that they said (Europe/Paris). Null if this is not in their
-- hours, or if they did not agree. Only functions of cosmos_keeper may call it.
create function asking_ends_at(p_request appointment_request) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return case when is_between_hours(now(), p_request.short_notice_from, p_request.short_notice_until)
      then ((now() at time zone 'Europe/Paris')::date + p_request.short_notice_until) at time zone 'Europe/Paris' end;
  end $$;
alter function asking_ends_at owner to cosmos_keeper;

-- Until when a yes counts: for an hour, within the hours that the person said, and until one hour before the appointment at the latest. Only
-- functions of cosmos_keeper may call it.
create function asked_until(p_request appointment_request, p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return least(now() + interval '1 hour', asking_ends_at(p_request), p_starts_at - interval '1 hour');
  end $$;
alter function asked_until owner to cosmos_keeper;

-- Whether an instant is on a working day, between these hours of the day (Europe/Paris). Only functions of cosmos_keeper may call it.
create function is_between_hours(p_at timestamptz, p_from time, p_until time) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return v_at::time >= p_from and v_at::time < p_until and extract(isodow from v_at) < 6
    and not exists (select from public_holiday h where h.day = v_at::date);
end $$;
alter function is_between_hours owner to cosmos_keeper;

-- Whether the person agreed to be asked, and may be asked now, with a quarter of an hour left to tell them. Only functions of cosmos_keeper may
-- call it.
create function may_be_asked(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_request.short_notice_from is not null and coalesce(asking_ends_at(p_request) > now() + interval '15 minutes', false);
  end $$;
alter function may_be_asked owner to cosmos_keeper;

-- Whether the person can be asked by this channel within the hour. Nobody is asked for whom nothing may be confirmed. Whether other persons
-- have the same number is not looked at: a desk that enters numbers would learn which of them the county knows. Only functions of
-- cosmos_keeper may call it.
create function can_be_asked(p_request appointment_request, p_channel "OfferChannel") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_channel in ('ONLINE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT')
    and not exists (select from person p where p.id = p_request.person_id and p.confirm_nothing);
alter function can_be_asked owner to cosmos_keeper;

-- How many persons are asked for a time that overlaps with this one. Only functions of cosmos_keeper may call it.
create function asked_for(p_worker uuid, p_starts_at timestamptz, p_ends_at timestamptz) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*)::integer from slot_offer o where o.worker_id = p_worker and o.status = 'ASKED'
    and o.starts_at > p_starts_at - interval '12 hours' and o.starts_at < p_ends_at and o.ends_at > p_starts_at);
alter function asked_for owner to cosmos_keeper;

-- The last nine digits of a telephone number: they are the same with the code of the country and without. Null for a text without digits. Every
-- role may call it, since an index uses it.
create function digits_of(p_phone text) returns text language sql immutable
  return nullif(right(regexp_replace(p_phone, '\D', '', 'g'), 9), '');
grant execute on function digits_of to public;

-- The starts of the times that the person was asked for. Nobody is asked twice for a time. Among requests without a name, what one telephone
-- number was asked is asked of it once, however many papers have this number. The numbers of known persons are not compared: a desk that
-- enters numbers would learn which of them the county knows. Only functions of cosmos_keeper may call it.
create function asked_before(p_request uuid) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(tstzrange(o.starts_at, o.starts_at, '[]')), '{}') from (
    select o.starts_at from slot_offer o where o.request_id = p_request
    union select o.starts_at from appointment_request r
      join appointment_request a on a.person_id is null and a.district_id = r.district_id and digits_of(a.phone) = digits_of(r.phone)
      join slot_offer o on o.request_id = a.id and o.at_short_notice and o.starts_at > now()
      where r.id = p_request and r.person_id is null) o);
alter function asked_before owner to cosmos_keeper;

-- The range of the times that a person is asked for: from two hours on, until the first time that would be held for them (`first_start`). The
-- wished days count, and a time must be much sooner than the appointment that the person has. Only functions of cosmos_keeper may call it.
create function asked_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_asked_start(), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(first_start(p_request, p_channel), p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    sooner_until(p_request));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;
alter function asked_range owner to cosmos_keeper;

-- Returns the earliest time that the person is asked for at this moment (`slot_in`), or no row. Only functions of cosmos_keeper may call it.
create function slot_to_ask_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_be_asked(p_request) and can_be_asked(p_request, p_channel) then
    return query select s.* from slot_in(p_request, p_channel, asked_range(p_request, p_channel), true) s;
  end if;
end $$;
alter function slot_to_ask_for owner to cosmos_keeper;

-- Whether a request may be asked about a time at this moment. It is a quick test inside the limits of `asked_range`. A person who has an offer
-- or a question is not asked. Only functions of cosmos_keeper may call it.
create function is_to_be_asked(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not may_be_asked(p_request) or not is_free_in(p_request, asked_range(p_request, null)) then return false; end if;
  perform from slot_offer o where o.request_id = p_request.id and o.status in ('HELD', 'ASKED');
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status in ('HELD', 'ASKED')
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id limit 1;
  return not found;
end $$;
alter function is_to_be_asked owner to cosmos_keeper;

-- Asks persons of a district who agreed to it, in the order of the list, each for the earliest time that suits them: at most p_limit persons.
-- The times are held for nobody. Returns how many were asked. Only functions of cosmos_keeper may call it.
create function ask_at_short_notice(p_district uuid, p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_asked integer := 0;
begin
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.stands_for_id is null and r.short_notice_from is not null
      and is_to_be_asked(r)
    order by r.rank_at, r.id
  loop
    exit when v_asked >= p_limit;
    v_channel := offer_channel(v_request);
    continue when v_channel is null;
    select * into v_slot from slot_to_ask_for(v_request, v_channel);
    continue when not found;
    -- Another request of the person was asked in this run.
    perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'ASKED'
      where r.person_id = v_request.person_id and r.district_id = p_district;
    continue when found;
    -- The request is locked and read again: it may have been withdrawn or changed since. Then its turn comes in the next run.
    v_read := v_request;
    select r.* into v_request from appointment_request r where r.id = v_read.id for update;
    continue when v_request is distinct from v_read;
    v_offer := gen_random_uuid();
    insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, status, at_short_notice,
        offered_at, answer_by)
      values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode, case when v_slot.mode = 'ON_SITE' then v_slot.place end,
        v_slot.starts_at, v_slot.ends_at, v_channel, 'ASKED', true, now(), asked_until(v_request, v_slot.starts_at));
    perform log_skips(v_offer);
    v_asked := v_asked + 1;
  end loop;
  return v_asked;
end $$;
alter function ask_at_short_notice owner to cosmos_keeper;

-- Why a person is not asked for a time; null if they could be. A channel that is closed and a person for whom nothing may be confirmed have
-- the same reason. Only functions of cosmos_keeper may call it.
create function why_not_asked(p_request appointment_request, p_worker uuid, p_modes "AppointmentMode"[],
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
alter function why_not_asked owner to cosmos_keeper;
