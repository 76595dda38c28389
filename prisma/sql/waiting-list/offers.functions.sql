-- A time that is free is held for one person at a time until a deadline, and then for the next person. Near times must not stay unused while
-- somebody is asked who has an appointment already. So a hold of a near time is short, and such a person is offered only a time that is much
-- sooner.

-- Ends the holds of these workers that are past their deadline, so that the caller can book the time. It does not wait for the queue of jobs.
-- cosmos_app may call it.
create function end_expired_holds(p_workers uuid[], p_from timestamptz, p_until timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
  from occupancy h
  where h.worker_id = any (p_workers) and h.starts_at < p_until and h.ends_at > p_from
    and h.starts_at > p_from - interval '12 hours' and h.expires_at <= now()
    and o.id = h.offer_id and o.status = 'HELD';
end;
alter function end_expired_holds owner to cosmos_keeper;
grant execute on function end_expired_holds to cosmos_app;

-- How a person who waits can be told of an offer at this moment (rule 8): at the desk while they are there, by the API if the request is
-- shown to them, or by their safe contact, letters included. Null if no way is open. A person who gave no name is told by the number that
-- they gave. Only functions of cosmos_keeper may call it.
create function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
  if p_request.person_id is null then
    return case when p_request.contact <> 'NONE' then p_request.contact::text::"OfferChannel" end;
  end if;
  select * into v_person from person where id = p_request.person_id;
  if v_person.contact_suspended_at is not null then return null; end if;
  if p_request.show_online and exists (select from person_account a where a.person_id = p_request.person_id) then
    return 'ONLINE';
  end if;
  return case
    when v_person.safe_contact = 'VOICE_TO_ME_ONLY' and v_person.phone is not null then 'VOICE_TO_ME_ONLY'
    when v_person.safe_contact = 'NEUTRAL_TEXT' and num_nonnulls(v_person.phone, v_person.email) > 0 then 'NEUTRAL_TEXT'
    when v_person.safe_contact = 'LETTER' and exists (select from letter_address(v_person.id)) then 'LETTER'
    when v_person.safe_contact = 'THROUGH_SOMEONE' then 'THROUGH_SOMEONE' end;
end $$;
alter function offer_channel owner to cosmos_keeper;

-- The deadline of an offer: 20 minutes at the desk, a week by letter. By other channels it depends on the start of the appointment: one hour
-- of working time if that is within three days, two hours within a week, 24 hours otherwise. A deadline of a day or a week is on a working
-- day between 9:00 and 18:00 (Europe/Paris), or else it moves to the next noon of a working day. Away from the desk it is two hours before
-- the appointment at the latest. Only functions of cosmos_keeper may call it.
create function answer_by(p_from timestamptz, p_channel "OfferChannel", p_starts_at timestamptz) returns timestamptz
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
alter function answer_by owner to cosmos_keeper;

-- The only worker who may hold an appointment for this request; null means any worker. If the appointment that the person has names a case or
-- a subject, or has a sensitive file, it is the worker of that appointment. Otherwise it is the case's worker, if the request wants that.
-- Otherwise, if a duty worker asked for their own agenda or the file is sensitive, it is the case's worker or else the duty worker. Only
-- functions of cosmos_keeper may call it.
create function only_worker(p_request appointment_request) returns uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_worker uuid;
begin
  select a.worker_ids[1] into v_worker from appointment a
    where a.id = p_request.appointment_id and a.status = 'BOOKED' and (a.case_id is not null
      or exists (select from appointment_subject s where s.appointment_id = a.id)
      or exists (select from appointment_person ap join person p on p.id = ap.person_id
        where ap.appointment_id = a.id and p.sensitive_file));
  if found then return v_worker; end if;
  -- No worker has this id: a request for a case's worker waits while the case has none.
  if p_request.case_worker_only then
    return coalesce(p_request.case_worker_id, '00000000-0000-0000-0000-000000000000');
  end if;
  if p_request.duty_worker_only or exists (select from person p where p.id = p_request.person_id and p.sensitive_file) then
    return coalesce(p_request.case_worker_id, p_request.duty_worker_id);
  end if;
  return null;
end $$;
alter function only_worker owner to cosmos_keeper;

-- Whether the person is expected elsewhere at this time. It uses only what the viewers of the offer may know: what is shown online, if the
-- offer is shown to the person; the appointments of the duty worker or the case's worker, if the offer is for their agenda; otherwise all of
-- the district. A held offer of another such request of the person counts too. Only functions of cosmos_keeper may call it.
create function busy_then(p_request appointment_request, p_starts_at timestamptz, p_ends_at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p_request.person_id and a.district_id = p_request.district_id and a.status = 'BOOKED'
        and a.id is distinct from p_request.appointment_id and a.starts_at < p_ends_at and a.ends_at > p_starts_at
        and case when p_request.show_online then ap.show_online
          when p_request.duty_worker_only or p_request.case_worker_only
            then a.worker_ids && array[p_request.duty_worker_id, p_request.case_worker_id] else true end)
    or exists (select from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
      where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.id <> p_request.id
        and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only
        and o.starts_at < p_ends_at and o.ends_at > p_starts_at);
alter function busy_then owner to cosmos_keeper;

-- The mode in which an appointment is offered: the mode that the request wants, or else the first of the mode list, so on site before others.
-- A home visit is offered only if the request wants one. Null if no mode fits. Every role may call it.
create function offered_mode(p_wanted "AppointmentMode", p_modes "AppointmentMode"[]) returns "AppointmentMode"
  language sql immutable
  return (select mode from unnest(p_modes) mode where case when p_wanted is null then mode <> 'HOME' else mode = p_wanted end
    order by mode limit 1);
grant execute on function offered_mode to public;

-- The range in which a time is searched for a request: late enough to tell the person, on the days that suit them, at most 56 days ahead, and
-- much sooner than an appointment that they have. Near times are for persons who can be told in time. Only functions of cosmos_keeper may
-- call it.
create function wanted_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_start(p_request, p_channel), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(now() + interval '56 days', p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    sooner_until(p_request));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;
alter function wanted_range owner to cosmos_keeper;

-- Whether a time of the type is free in a range, for the worker and the mode of the request. It is a quick test by an index: most requests wait
-- because nothing is free on the days that suit them. Only functions of cosmos_keeper may call it.
create function is_free_in(p_request appointment_request, p_range tstzrange) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode";
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if isempty(p_range) then return false; end if;
  v_mode := mode_to_offer(p_request);
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > lower(p_range) - interval '12 hours' and f.starts_at < upper(p_range) and f.ends_at > lower(p_range)
    and (p_request.urgency <> 'ORDINARY' or open_until(f, now(), spared_too(p_request)) > f.starts_at)
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  return found;
end $$;
alter function is_free_in owner to cosmos_keeper;

-- Whether a request may get an offer at this moment. It is a quick test inside the limits of `wanted_range`, so a request is passed over at
-- once if nothing is free on its days. Only functions of cosmos_keeper may call it.
create function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- Nobody can tell a person without a name and without a number, unless they are there.
  if p_request.person_id is null and p_request.contact = 'NONE' and (p_request.present_until > now()) is not true then return false; end if;
  if not is_free_in(p_request, wanted_range(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel")) then
    return false;
  end if;
  -- One time is held for a request at a time, also for that of a person without a name. If a person has several such requests, it is one.
  perform from slot_offer o where o.request_id = p_request.id and o.status = 'HELD';
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;
alter function may_be_served owner to cosmos_keeper;

-- Returns the earliest free time of the district in a range that suits the person, or no row. If it is to be held for the person, the days
-- that the person has let go are left out, and the times that others are asked for: those are open to the first yes, unless the person is at
-- the desk. If the person is to be asked (`p_asks`), the times that they were asked for before are left out, and those that enough others are
-- asked for. `why_not` gives the reason why another time does not suit. Only functions of cosmos_keeper may call it.
create function slot_in(p_request appointment_request, p_channel "OfferChannel", p_range tstzrange, p_asks boolean)
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
alter function slot_in owner to cosmos_keeper;

-- Returns the time that is held for the person next (`slot_in`), or no row. Only functions of cosmos_keeper may call it.
create function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select s.* from slot_in(p_request, p_channel, wanted_range(p_request, p_channel), false) s;
end;
alter function slot_for owner to cosmos_keeper;

-- Why a time does not suit a request; null if it suits. One reason is that the time is hardly sooner than the appointment that the person
-- has. Only functions of cosmos_keeper may call it.
create function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
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
alter function why_not owner to cosmos_keeper;

-- Whether a time is kept for persons who must be seen soon, and the person of this request is not one. Only functions of cosmos_keeper may
-- call it.
create function is_kept_from(p_request appointment_request, p_worker uuid, p_starts_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_request.urgency = 'ORDINARY' and exists (
      select from availability_occurrence o join availability v on v.id = o.availability_id and v.kept_for_urgent
      where o.worker_id = p_worker and o.starts_at <= p_starts_at and o.starts_at > p_starts_at - interval '12 hours'
        and o.ends_at > p_starts_at and not o.closed and open_to_all_from(o.starts_at) > now());
  end $$;
alter function is_kept_from owner to cosmos_keeper;

-- Whether an offer can still be held: its worker works in the district then, has open hours and is not away. Only functions of cosmos_keeper
-- may call it.
create function still_stands(p_offer slot_offer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from availability_occurrence o join worker w on w.id = o.worker_id and w.disabled_at is null
      join membership m on m.worker_id = o.worker_id and m.district_id = o.district_id
        and m.starts_at <= p_offer.starts_at and (m.ends_at is null or m.ends_at >= p_offer.ends_at)
      where o.worker_id = p_offer.worker_id and o.district_id = p_offer.district_id and not o.closed
        and o.starts_at <= p_offer.starts_at and o.ends_at >= p_offer.ends_at
        and o.starts_at > p_offer.starts_at - interval '12 hours')
    and not exists (select from unavailability u where u.worker_id = p_offer.worker_id
      and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at))
    and not exists (select from absence s where s.worker_id = p_offer.worker_id
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at));
alter function still_stands owner to cosmos_keeper;

-- Brings the requests and offers of a district up to date. It ends offers past their deadline and withdraws offers that do not stand. A
-- request lapses when its days are over. It lapses too if it asks for a sooner time, and the appointment that the person has begins or is not
-- booked any more. Only functions of cosmos_keeper may call it.
create function settle_requests(p_district uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- The locks are taken in the order of `answer_offer`: first the request, then the offer.
  perform from appointment_request r where r.district_id = p_district and r.status = 'WAITING'
    and exists (select from slot_offer o where o.request_id = r.id and o.status in ('HELD', 'ASKED')) order by r.id for update;
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
    where o.district_id = p_district and o.status in ('HELD', 'ASKED') and o.answer_by <= now();
  -- A question can be asked in the moment in which its time is taken.
  update slot_offer o set status = 'TAKEN', version = o.version + 1
    where o.district_id = p_district and o.status = 'ASKED' and exists (select from occupancy h where h.worker_id = o.worker_id
      and h.starts_at > o.starts_at - interval '12 hours' and h.starts_at < o.ends_at and h.ends_at > o.starts_at);
  -- If the service cancels the appointment, the request goes on, with the rank of the time when the person asked.
  update appointment_request r set appointment_id = null, version = r.version + 1 from appointment a
    where r.district_id = p_district and r.status = 'WAITING' and a.id = r.appointment_id
      and a.status = 'CANCELLED_BY_SERVICE';
  update appointment_request r set status = 'LAPSED', closed_at = now(), version = r.version + 1
    where r.district_id = p_district and r.status = 'WAITING' and (
      r.wanted_until::timestamp at time zone 'Europe/Paris' <= now()
      or exists (select from appointment a where a.id = r.appointment_id and (a.status <> 'BOOKED' or a.starts_at <= now())));
  -- Withdraws offers that cannot be held, and those that nobody has told yet and whose channel has changed.
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1 from appointment_request r
    where o.district_id = p_district and o.status in ('HELD', 'ASKED') and r.id = o.request_id and (
      only_worker(r) <> o.worker_id or not still_stands(o)
      or (o.told_at is null and offer_channel(r) is distinct from o.channel)
      or exists (select from appointment a where a.id = r.appointment_id and a.starts_at <= o.starts_at));
end $$;
alter function settle_requests owner to cosmos_keeper;

-- Offers the free times of a district to the persons who wait, in the order of the list: each gets the earliest time that suits them. Then
-- it asks persons for times at short notice. It makes at most p_limit offers. It does nothing if nothing has changed since the last run,
-- unless p_in_any_case. Returns the number of offers; a second run offers nothing twice. cosmos_jobs may call it.
create function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
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
  -- The loop reads the list in portions, in the order of the index, and stops after the last offer. It has no limit: whoever is passed over must
  -- not hide those behind.
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.stands_for_id is null and may_be_served(r)
    order by r.rank_at, r.id
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
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;

-- Records each request that waits before the one that gets this offer, with the reason why the time was not for it. A request that has an
-- earlier offer was not skipped. If several are asked for a time, only requests that agreed to be asked are recorded, and each once: those
-- between the one that was asked before and this one. It records the first 1,000 requests: the places on the list decide, which the desk
-- sees.
--
-- The desk reads the reasons, and not the types. So each request of the district counts, with the reason that it would have if it were of the
-- type of the offer. Otherwise a desk that offers a time to a paper of its own would see which requests are of the type of this paper.
-- Only functions of cosmos_keeper may call it.
create function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_asked_before appointment_request%rowtype;
begin
  select * into v_offer from slot_offer where id = p_offer;
  select * into v_request from appointment_request where id = v_offer.request_id;
  if v_offer.at_short_notice then
    select r.* into v_asked_before from slot_offer o join appointment_request r on r.id = o.request_id
      where o.worker_id = v_offer.worker_id and o.starts_at = v_offer.starts_at and o.id <> p_offer
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
      order by r.rank_at desc, r.id desc limit 1;
  end if;
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select p_offer, s.request_id, s.reason, now() from (
    select a.id as request_id, case
      when h.starts_at <= v_offer.starts_at then null
      when h.starts_at > v_offer.starts_at then 'HAS_OFFER'
      when v_offer.at_short_notice then why_not_asked(w.would, v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at)
      else why_not(w.would, offer_channel(a), v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at) end as reason
    from (
      select r.* from appointment_request r where r.district_id = v_request.district_id and r.status = 'WAITING'
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
        and (v_asked_before.id is null or (r.rank_at, r.id) > (v_asked_before.rank_at, v_asked_before.id))
        and (r.short_notice_from is not null or not v_offer.at_short_notice)
      order by r.rank_at, r.id limit 1000) k
    join appointment_request a on a.id = k.id
    left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    cross join lateral (
      select jsonb_populate_record(a, jsonb_build_object('type_code', v_request.type_code)) as would offset 0) w) s
  where s.reason is not null;
end $$;
alter function log_skips owner to cosmos_keeper;

-- The instant that is p_time of office hours after p_from. Office hours are 9:00 to 18:00 on working days, Europe/Paris. An end at 18:00
-- becomes 9:00 on the next working day. Only functions of cosmos_keeper may call it.
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
alter function in_working_time owner to cosmos_keeper;

-- The earliest start that an offer may have: in 5 minutes at the desk, in 10 days by letter. By other channels it is in 24 hours, or in 3
-- days if the person has an appointment already and the request is not urgent. Only functions of cosmos_keeper may call it.
create function first_start(p_request appointment_request, p_channel "OfferChannel") returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return now() + case when p_channel = 'AT_DESK' then interval '5 minutes' when p_channel = 'LETTER' then interval '10 days'
      when p_request.appointment_id is null or p_request.urgency <> 'ORDINARY' then interval '24 hours'
      else interval '3 days' end;
  end $$;
alter function first_start owner to cosmos_keeper;

-- A person who has an appointment is asked only about a time before this instant; null for a person who has none. The time must spare the
-- person half of the wait that is left. A day is enough if the request is urgent or the person is at the desk. Only functions of
-- cosmos_keeper may call it.
create function sooner_until(p_request appointment_request) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select case when p_request.urgency <> 'ORDINARY' or p_request.present_until > now()
        then a.starts_at - interval '1 day' else now() + (a.starts_at - now()) / 2 end
      from appointment a where a.id = p_request.appointment_id);
  end $$;
alter function sooner_until owner to cosmos_keeper;

-- The times that the person has let go: the days (Europe/Paris) of the offers that they declined or did not answer. At the desk it is only
-- the start of each offer, and not the whole day. A question at short notice lets nothing go. Only functions of cosmos_keeper may call it.
create function let_go(p_request uuid, p_channel "OfferChannel") returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(case when p_channel = 'AT_DESK' then tstzrange(o.starts_at, o.starts_at, '[]')
      else tstzrange(d.day::timestamp at time zone 'Europe/Paris', (d.day + 1)::timestamp at time zone 'Europe/Paris') end), '{}')
    from slot_offer o cross join lateral (select (o.starts_at at time zone 'Europe/Paris')::date as day) d
    where o.request_id = p_request and o.status in ('DECLINED', 'EXPIRED') and not o.at_short_notice);
alter function let_go owner to cosmos_keeper;

-- The mode that a request wants, if its type has this mode; otherwise null. Another type with the same public label may have the mode (by
-- phone, at home). Null is offered in every mode of the type but at home, like a request that names no mode. Only functions of cosmos_keeper
-- may call it.
create function mode_to_offer(p_request appointment_request) returns "AppointmentMode"
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select p_request.mode from appointment_type t where t.code = p_request.type_code and p_request.mode = any (t.modes));
  end $$;
alter function mode_to_offer owner to cosmos_keeper;
