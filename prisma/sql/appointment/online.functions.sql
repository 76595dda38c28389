-- Booking without a worker's help: by a person through a front end, or by a registered client for a person who gives a name. Free times are
-- public; which worker is free is not. So the database chooses the worker, and returns only the outcome.

-- Whether the viewer may book online: a person for themselves, or an integration client with the scope `booking` for others. Only functions
-- of cosmos_keeper may call it.
create function viewer_books_online() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp
  as $$ begin
    return (viewer_person() is not null and viewer_has_scope('appointments:write'))
      or (viewer_has_scope('booking')
        and exists (select from client c where c.id = viewer_client() and c.kind = 'INTEGRATION'));
  end $$;
alter function viewer_books_online owner to cosmos_keeper;

-- Returns the free times of the assigned worker of the person's own open case, if it is shown online to the person. It offers no other
-- worker, and spared times if no other begins within two weeks of them. cosmos_app may call it.
create function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
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
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;

-- Returns the times of `case_slots`, with or without the spared ones. Only functions of cosmos_keeper may call it.
create function open_case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
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
alter function open_case_slots owner to cosmos_keeper;

-- Returns up to 20 workers who are free for a public slot, with their place, in a random order: no worker is always the first, and nobody can
-- choose one. Only functions of cosmos_keeper may call it.
create function free_for_public_slot(p_district uuid, p_type text, p_mode "AppointmentMode", p_starts_at timestamptz,
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
alter function free_for_public_slot owner to cosmos_keeper;

-- Takes the time of the first of these workers who is still free. A hold past its deadline ends first. Returns the position of the worker in
-- the array, or null. Only functions of cosmos_keeper may call it.
create function take_public_slot(p_appointment uuid, p_district uuid, p_workers uuid[], p_starts_at timestamptz,
  p_ends_at timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform end_expired_holds(p_workers, p_starts_at, p_ends_at);
  for v_nth in 1 .. cardinality(p_workers) loop
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (p_workers[v_nth], p_district, p_appointment, p_starts_at, p_ends_at) on conflict do nothing;
    if found then return v_nth; end if;
  end loop;
  return null;
end $$;
alter function take_public_slot owner to cosmos_keeper;

-- Returns the type of a public slot; no row if it cannot be booked online or does not have this mode. Only functions of cosmos_keeper may
-- call it.
create function public_type(p_type text, p_mode "AppointmentMode") returns setof appointment_type
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.* from appointment_type t
  where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by) and p_mode = any (t.modes);
end;
alter function public_type owner to cosmos_keeper;

-- Whether a client has a booking left in its share of a day: at most half of what it has booked in the district that day (Europe/Paris) and of
-- the public times that are still free, in units of the type's length; always one. It counts the part of the day that is still to come. A
-- free time of several types counts once. It leaves out the booking p_except, which is being moved. Only functions of cosmos_keeper may call it.
create function has_day_share(p_client uuid, p_district uuid, p_type text, p_at timestamptz, p_except uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := day_in_paris(p_at)::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := (day_in_paris(p_at) + 1)::timestamp at time zone 'Europe/Paris';
  v_seconds integer := (select 60 * t.duration_minutes from appointment_type t where t.code = p_type);
  v_booked bigint;
  v_free numeric;
begin
  select count(*) into v_booked from appointment a join online_booking b on b.appointment_id = a.id
    where a.district_id = p_district and a.starts_at >= greatest(v_from, now()) and a.starts_at < v_until
      and a.status = 'BOOKED' and b.client_id = p_client and a.id is distinct from p_except;
  select coalesce(sum(floor(extract(epoch from g.ends_at - g.starts_at) / v_seconds)), 0) into v_free
    from (select distinct f.worker_id, greatest(f.starts_at, now()) as starts_at, f.ends_at from free_time f
      where f.district_id = p_district
        and f.type_code in (select t.code from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by))
        and f.starts_at >= v_from and f.starts_at < v_until and f.ends_at > now()
        and (f.kept_until is null or f.kept_until <= now())) g;
  return v_booked + 1 <= greatest(1, (v_booked + v_free) / 2);
end $$;
alter function has_day_share owner to cosmos_keeper;

-- Waits until no other transaction books within the client's share of a day. Every booking takes its locks in one order: address, day.
-- Only functions of cosmos_keeper may call it.
create function lock_day_share(p_client uuid, p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$ begin
    perform pg_advisory_xact_lock(hashtextextended(
      concat_ws(':', 'cosmos:online:day', p_client, p_district, day_in_paris(p_at)), 0));
  end $$;
alter function lock_day_share owner to cosmos_keeper;

-- Returns the outcome DAY_SHARE, with the next day, within four weeks, on which the type has a free time and the client a booking left.
-- Only functions of cosmos_keeper may call it.
create function day_share_taken(p_client uuid, p_district uuid, p_type text, p_at timestamptz) returns jsonb
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz;
  v_until timestamptz;
begin
  for v_day in 1 .. 28 loop
    v_from := (day_in_paris(p_at) + v_day)::timestamp at time zone 'Europe/Paris';
    v_until := (day_in_paris(p_at) + v_day + 1)::timestamp at time zone 'Europe/Paris';
    if exists (select from free_time f where f.district_id = p_district and f.type_code = p_type and f.starts_at >= v_from
        and f.starts_at < v_until and (f.kept_until is null or f.kept_until <= now()))
      and has_day_share(p_client, p_district, p_type, v_from, null) then
      return jsonb_build_object('outcome', 'DAY_SHARE', 'from', v_from, 'until', v_until);
    end if;
  end loop;
  return '{"outcome": "DAY_SHARE"}';
end $$;
alter function day_share_taken owner to cosmos_keeper;

-- Looks at the shares of a client that are not of a day: the bookings ahead of an end user's address (p_address, a keyed digest), and the
-- client's hour. Only bookings that still stand count, so a cancelled one gives its place back. No share is of a name: whoever books under a name
-- of their choice would learn from the refusal what is booked under it. Returns null, or the outcome AHEAD or HOUR. The hour has no lock:
-- bookings at the same time may pass it by their number. Only functions of cosmos_keeper may call it.
create function share_taken(p_client uuid, p_address bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_spare timestamptz;
begin
  -- A process of the version before reports no address.
  if p_address is not null then
    perform pg_advisory_xact_lock(hashtextextended(
      concat_ws(':', 'cosmos:online:address', p_client, encode(p_address, 'hex')), 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.client_id = p_client and b.address_digest = p_address and a.status = 'BOOKED' and a.starts_at > now())
      >= (select c.bookings_ahead_of_address from client c where c.id = p_client) then
      return '{"outcome": "AHEAD"}';
    end if;
  end if;
  -- The 600th latest booking of the hour.
  v_spare := (select b.booked_at + interval '1 hour' from online_booking b join appointment a on a.id = b.appointment_id
    where b.client_id = p_client and b.booked_at > now() - interval '1 hour'
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    order by b.booked_at desc offset 599 limit 1);
  if v_spare is not null then
    return jsonb_build_object('outcome', 'HOUR', 'retryAfter', ceil(greatest(1, extract(epoch from v_spare - now()))));
  end if;
  return null;
end $$;
alter function share_taken owner to cosmos_keeper;

-- Books a public slot for the person of the viewer, or for a provisional person of this name, within the shares of the client. p_address is a
-- keyed digest of the end user's address. Returns the outcome: BOOKED, TAKEN, TOO_MANY, OWN (the person has another appointment then), AHEAD,
-- DAY_SHARE and HOUR (shares of the client), or what is not there: TYPE, CASE, VIEWER. If the outcome is not BOOKED, the caller must roll back.
-- cosmos_app may call it.
create function book_within_shares(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_secret_hash bytea, p_address bytea)
  returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_type appointment_type%rowtype;
  v_worker uuid;
  v_person uuid := viewer_person();
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
  v_share jsonb;
  v_has_day boolean := true;
begin
  if not viewer_books_online() or p_starts_at < now() then return '{"outcome": "VIEWER"}'; end if;
  select * into v_type from public_type(p_type, p_mode);
  if not found then return '{"outcome": "TYPE"}'; end if;
  if p_case is not null then
    select assigned_worker_id into v_worker from "case"
      where id = p_case and district_id = p_district and status = 'OPEN' and v_person = any (online_person_ids);
    if not found then return '{"outcome": "CASE"}'; end if;
    if v_worker is null then return '{"outcome": "TAKEN"}'; end if;
  end if;
  v_ends_at := p_starts_at + make_interval(mins => v_type.duration_minutes);
  -- A person has at most 3 coming appointments.
  if v_person is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || v_person, 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.person_id = v_person and b.booked_at > now() - interval '400 days' and a.status = 'BOOKED'
          and a.starts_at > now()) >= 3 then
      return '{"outcome": "TOO_MANY"}';
    end if;
    -- A person cannot have two appointments at once. Only appointments that are shown to them count.
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = v_person and ap.show_online and a.status = 'BOOKED' and a.starts_at < v_ends_at
          and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  else
    -- An end user, and a client that is faulty or stolen, cannot take all times of the county.
    v_share := share_taken(viewer_client(), p_address);
    if v_share is not null then return v_share; end if;
    perform lock_day_share(viewer_client(), p_district, p_starts_at);
    v_has_day := has_day_share(viewer_client(), p_district, p_type, p_starts_at, null);
  end if;

  if v_person is null then
    insert into person (district_id, chosen_name, provisional) values (p_district, p_name, true)
      returning id into v_person;
  end if;
  insert into appointment (id, district_id, case_id, type_code, mode, asked_by, starts_at, ends_at)
    values (p_appointment, p_district, p_case, p_type, p_mode, p_asked_by, p_starts_at, v_ends_at);
  select array_agg(worker_id), array_agg(place) into v_workers, v_places
    from free_for_public_slot(p_district, p_type, p_mode, p_starts_at, v_ends_at, v_worker);
  v_taken := take_public_slot(p_appointment, p_district, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then return '{"outcome": "TAKEN"}'; end if;
  if not v_has_day then return day_share_taken(viewer_client(), p_district, p_type, p_starts_at); end if;
  update appointment set place = v_places[v_taken] where id = p_appointment and p_mode = 'ON_SITE';
  insert into appointment_worker (appointment_id, worker_id) values (p_appointment, v_workers[v_taken]);
  -- A person who books online sees the appointment online.
  insert into appointment_person (appointment_id, person_id, show_online)
    values (p_appointment, v_person, viewer_person() is not null);
  insert into online_booking (appointment_id, client_id, person_id, secret_hash, address_digest)
    values (p_appointment, viewer_client(), v_person, p_secret_hash, case when viewer_client() is not null then p_address end);
  return jsonb_build_object('outcome', 'BOOKED', 'personId', v_person);
end $$;
alter function book_within_shares owner to cosmos_keeper;
grant execute on function book_within_shares to cosmos_app;

-- The processes of the version before book without an address. The next version drops it. cosmos_app may call it.
create function book_online(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_secret_hash bytea)
  returns jsonb
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select book_within_shares(p_appointment, p_district, p_type, p_mode, p_starts_at, p_case, p_asked_by, p_name, p_secret_hash, null);
end;
alter function book_online owner to cosmos_keeper;
grant execute on function book_online to cosmos_app;

-- Returns the appointments that the viewer manages online, until a day after their end: a client by the secret of the booking, or a person
-- who sees the appointment online. The body is a string, which PostgreSQL reads at each call: so its rows have a column that is added to
-- `appointment` later. Only functions of cosmos_keeper may call it.
create function managed_online(p_appointment uuid, p_secret_hash bytea) returns setof appointment
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.* from online_booking b join appointment a on a.id = b.appointment_id
  where b.secret_hash = p_secret_hash and b.client_id = viewer_client() and viewer_has_scope('booking')
    and a.ends_at > now() - interval '1 day'
  union all
  select a.* from appointment a
  where a.id = p_appointment and p_secret_hash is null and viewer_person() = any (a.online_person_ids)
    and viewer_has_scope('appointments:write') and a.ends_at > now() - interval '1 day';
$$;
alter function managed_online owner to cosmos_keeper;

-- Returns the appointment as its booker sees it: without its workers, and with the version that counts only changes that the booker sees.
-- cosmos_app may call it.
create function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;
alter function read_online owner to cosmos_keeper;
grant execute on function read_online to cosmos_app;

-- Whether the viewer may change an appointment online, and locks it: FINE, or UNKNOWN, VERSION_CHANGED, STATE_CHANGED (it is not booked or
-- has begun), BY_DESK (it was not booked online by this viewer). A person who was added to it since is no reason to refuse: the refusal would
-- tell of that person. Only functions of cosmos_keeper may call it.
create function changeable_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
begin
  if not exists (select from managed_online(p_appointment, p_secret_hash)) then return 'UNKNOWN'; end if;
  select a.* into v_appointment from appointment a
    where a.id = (select m.id from managed_online(p_appointment, p_secret_hash) m) for update;
  return case
    when v_appointment.shown_version is distinct from p_version then 'VERSION_CHANGED'
    when v_appointment.status <> 'BOOKED' or v_appointment.starts_at <= now() then 'STATE_CHANGED'
    when not exists (select from online_booking b where b.appointment_id = v_appointment.id
      and (b.secret_hash = p_secret_hash or (b.client_id is null and b.person_id = viewer_person()))) then 'BY_DESK'
    else 'FINE' end;
end $$;
alter function changeable_online owner to cosmos_keeper;

-- Makes a notice for the persons of an appointment, but not for the person of the booking, who changes it. Only functions of cosmos_keeper
-- may call it.
create function tell_others(p_appointment uuid, p_kind "AppointmentNoticeKind", p_previous_starts_at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
  select ap.appointment_id, ap.person_id, ap.district_id, p_kind,
    known_starts_at(ap.appointment_id, ap.person_id, p_previous_starts_at)
  from appointment_person ap join online_booking b on b.appointment_id = ap.appointment_id
  where ap.appointment_id = p_appointment and ap.person_id <> b.person_id
  on conflict (appointment_id, person_id) where done_at is null
    do update set kind = excluded.kind, version = appointment_notice.version + 1;
end;
alter function tell_others owner to cosmos_keeper;

-- Cancels an appointment online. Returns the outcome: CANCELLED, UNKNOWN, VERSION_CHANGED, STATE_CHANGED or BY_DESK. cosmos_app may call it.
create function cancel_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_appointment appointment%rowtype;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_appointment from managed_online(p_appointment, p_secret_hash);
  update appointment set status = 'CANCELLED_BY_PERSON', version = version + 1 where id = v_appointment.id;
  delete from occupancy where appointment_id = v_appointment.id;
  perform tell_others(v_appointment.id, 'CANCELLED', v_appointment.starts_at);
  -- The person who cancels need not be told.
  update appointment_notice n set done_at = now(), outcome = 'TOLD', version = n.version + 1 from online_booking b
    where n.appointment_id = v_appointment.id and n.done_at is null and b.appointment_id = n.appointment_id
      and b.person_id = n.person_id;
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_appointment.id, 'caseId', v_appointment.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_appointment.id));
end $$;
alter function cancel_online owner to cosmos_keeper;
grant execute on function cancel_online to cosmos_app;

-- Cancels together what a client booked in the hour from p_hour on in the district, for its desk or its head: up to 600 appointments that are
-- booked and to come, those that were booked first. Their times are free again, and their persons are to be told; a provisional person of whom
-- no contact is known is told by nobody. The heads are told of each call. Returns the appointments, for the access log: none also for a client
-- that is not there. Returns null for any other viewer. cosmos_app may call it.
create function cancel_bookings_of_client(p_district uuid, p_client uuid, p_hour timestamptz) returns uuid[]
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_ids uuid[];
begin
  if (viewer_has_scope('appointments:write')
      and p_district = any (viewer_districts('receptionist') || viewer_districts('district_head'))) is not true then
    return null;
  end if;
  v_ids := array(select a.id from online_booking b join appointment a on a.id = b.appointment_id
    where b.client_id = p_client and b.booked_at >= p_hour and b.booked_at < p_hour + interval '1 hour'
      and a.district_id = p_district and a.status = 'BOOKED' and a.starts_at > now()
    order by b.booked_at, a.id limit 600);
  -- What somebody else has changed meanwhile is left out.
  v_ids := array(select a.id from appointment a where a.id = any (v_ids) and a.district_id = p_district and a.status = 'BOOKED'
      and a.starts_at > now()
    order by a.id for update);
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select a.id, p.id, ap.district_id, 'CANCELLED', known_starts_at(a.id, p.id, a.starts_at)
    from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
    where a.id = any (v_ids) and (not p.provisional or p.phone is not null or p.email is not null
      or exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = p.id and n.done_at is null))
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, version = appointment_notice.version + 1;
  if v_ids <> '{}' then
    perform record_act('CANCEL_BOOKINGS_OF_CLIENT', p_district, 'client', p_client, '{}', (select jsonb_object_agg(a.id, appointment_columns(a))
      from appointment a where a.id = any (v_ids)));
    perform tell_measure('CANCEL_BOOKINGS_OF_CLIENT', p_district, cardinality(v_ids));
  end if;
  update appointment set status = 'CANCELLED_BY_SERVICE', version = version + 1 where id = any (v_ids);
  delete from occupancy where appointment_id = any (v_ids);
  return v_ids;
end $$;
alter function cancel_bookings_of_client owner to cosmos_keeper;
grant execute on function cancel_bookings_of_client to cosmos_app;

-- Moves an appointment to another public slot, with the same worker if that worker is free; an appointment of a case only with the case's
-- worker. Returns the outcome: MOVED, TAKEN, SAME, OWN, DAY_SHARE, UNKNOWN, VERSION_CHANGED, STATE_CHANGED or BY_DESK. It does not refuse because a
-- person was added, since the refusal would tell of that person. With several workers the outcome is TAKEN, as if the slot were not free.
-- cosmos_app may call it.
create function move_online(p_appointment uuid, p_secret_hash bytea, p_version integer, p_starts_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_before appointment%rowtype;
  v_client uuid := case when p_secret_hash is not null then viewer_client() end;
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_before from managed_online(p_appointment, p_secret_hash);
  v_ends_at := p_starts_at + (v_before.ends_at - v_before.starts_at);
  if p_starts_at < now()
    or not exists (select from public_type(v_before.type_code, v_before.mode)) then
    return '{"outcome": "BY_DESK"}';
  end if;
  if p_starts_at = v_before.starts_at then return '{"outcome": "SAME"}'; end if;
  if viewer_person() is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || viewer_person(), 0));
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = viewer_person() and ap.show_online and a.id <> v_before.id and a.status = 'BOOKED'
          and a.starts_at < v_ends_at and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  end if;
  -- The answer does not say who the workers are, nor that there are several: no search finds a common free time.
  if cardinality(v_before.worker_ids) <> 1 then
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  -- The client's share of the new day. On the same day, the booking has its place already.
  if v_client is not null and day_in_paris(p_starts_at) <> day_in_paris(v_before.starts_at) then
    perform lock_day_share(v_client, v_before.district_id, p_starts_at);
    if not has_day_share(v_client, v_before.district_id, v_before.type_code, p_starts_at, v_before.id) then
      return day_share_taken(v_client, v_before.district_id, v_before.type_code, p_starts_at)
        || jsonb_build_object('districtId', v_before.district_id, 'typeCode', v_before.type_code, 'mode', v_before.mode);
    end if;
  end if;
  -- Both the slots that are offered at this moment and those that exist once the old time is free. The second way allows a move by less than
  -- the length of the appointment.
  select array_agg(worker_id), array_agg(place) into v_workers, v_places from free_for_public_slot(v_before.district_id,
    v_before.type_code, v_before.mode, p_starts_at, v_ends_at, case when v_before.case_id is not null then v_before.case_worker_id end);
  update appointment set starts_at = p_starts_at, ends_at = v_ends_at, back_at = null,
    expected_back_at = expected_back_at + (p_starts_at - v_before.starts_at), version = version + 1 where id = v_before.id;
  delete from occupancy where appointment_id = v_before.id;
  select v_workers || array_agg(worker_id), v_places || array_agg(place) into v_workers, v_places from free_for_public_slot(
    v_before.district_id, v_before.type_code, v_before.mode, p_starts_at, v_ends_at,
    case when v_before.case_id is not null then v_before.case_worker_id end);
  select array_agg(worker), array_agg(place) into v_workers, v_places from (
    select worker, place from unnest(v_workers, v_places) with ordinality u (worker, place, nth)
    where v_before.case_id is null or worker = v_before.case_worker_id
    order by worker = v_before.worker_ids[1] desc, nth) u;
  v_taken := take_public_slot(v_before.id, v_before.district_id, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then
    -- The old time is taken again: the caller then searches for other free times.
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (v_before.worker_ids[1], v_before.district_id, v_before.id, v_before.starts_at,
        coalesce(v_before.expected_back_at, v_before.ends_at)) on conflict do nothing;
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  update appointment set place = v_places[v_taken] where id = v_before.id and mode = 'ON_SITE';
  update appointment_participant set starts_at = starts_at + (p_starts_at - v_before.starts_at),
    ends_at = ends_at + (p_starts_at - v_before.starts_at) where appointment_id = v_before.id;
  if v_workers[v_taken] <> v_before.worker_ids[1] then
    delete from appointment_worker where appointment_id = v_before.id;
    insert into appointment_worker (appointment_id, worker_id) values (v_before.id, v_workers[v_taken]);
  end if;
  perform tell_others(v_before.id, 'MOVED', v_before.starts_at);
  return jsonb_build_object('outcome', 'MOVED', 'id', v_before.id, 'caseId', v_before.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_before.id));
end $$;
alter function move_online owner to cosmos_keeper;
grant execute on function move_online to cosmos_app;

-- Whether the viewer, a person, booked this appointment online for themselves: only the desk changes what the desk booked. cosmos_app may
-- call it.
create function booked_online_by_viewer(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from online_booking b join appointment a on a.id = b.appointment_id
    where b.appointment_id = p_appointment and b.client_id is null and b.person_id = viewer_person()
      and viewer_person() = any (a.online_person_ids));
alter function booked_online_by_viewer owner to cosmos_keeper;
grant execute on function booked_online_by_viewer to cosmos_app;
