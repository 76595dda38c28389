-- Returns the rank of each of these requests: its place in the whole list of its district, as `waitingList` shows the list to the desk. If it
-- counted one type alone, a desk that withdraws papers of its own would see which requests are of this type. It answers viewers who work with
-- the request, and the head of the district. It walks along the index of the list, once for a district, as far as the last of these requests.
-- cosmos_app may call it.
create function request_ranks(p_requests uuid[]) returns table (request_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with asked as materialized (
    select r.id, r.district_id, r.rank_at, r.veiled_at is null and (r.district_id = any (viewer_districts('receptionist'))
        or r.district_id = any (viewer_districts('district_head'))) as as_desk from appointment_request r
    where r.id = any (p_requests) and r.status = 'WAITING' and (
      (r.veiled_at is null and (r.district_id = any (viewer_districts('receptionist')) or r.district_id = any (viewer_districts('district_head'))))
      or (r.duty_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays())))
  select a.id, l.rank
  from (select district_id, as_desk, max(rank_at) as last from asked group by district_id, as_desk) d
  cross join lateral (
    select o.id, (row_number() over (order by o.rank_at, o.id))::integer as rank from appointment_request o
    where o.district_id = d.district_id and o.status = 'WAITING' and o.rank_at <= d.last
      -- Each viewer counts the rows of their own list.
      and case when d.as_desk then o.veiled_at is null else o.stands_for_id is null end) l
  join asked a on a.id = l.id and a.as_desk = d.as_desk;
end;
alter function request_ranks owner to cosmos_keeper;
grant execute on function request_ranks to cosmos_app;

-- Whether the viewer, who is at the desk of the district, may give a request of this person to a duty worker: HERE, or ELSEWHERE if the person
-- does not stand at this desk. A person whom the desk does not read is ELSEWHERE, too. A request without a name is HERE. SPENT says that the
-- viewer has given twelve requests today (Europe/Paris). It locks the viewer's row until the transaction ends: requests that are given at the
-- same time are counted one after the other. cosmos_app may call it.
create function gives_to_duty_worker(p_person uuid, p_district uuid) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_given integer;
begin
  if viewer_worker() is null or not p_district = any (viewer_districts('receptionist')) then return 'ELSEWHERE'; end if;
  if p_person is not null and not stands_at_desk(p_person, p_district) then return 'ELSEWHERE'; end if;
  insert into duty_worker_turn as t (worker_id, day, given) values (viewer_worker(), day_in_paris(now()), 0)
    on conflict (worker_id) do update set day = excluded.day, given = case when t.day = excluded.day then t.given else 0 end
    returning t.given into v_given;
  return case when v_given < 12 then 'HERE' else 'SPENT' end;
end $$;
alter function gives_to_duty_worker owner to cosmos_keeper;
grant execute on function gives_to_duty_worker to cosmos_app;

-- Whether the viewer may answer an offer of this request: a viewer who works with the request, or the person, if it is shown to them. Only
-- functions of cosmos_keeper may call it.
create function viewer_answers(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('appointments:write') and coalesce(
      (p_request.district_id = any (viewer_districts('receptionist'))
        -- Of a request that the desk does not read, it reads what is offered to the person at the desk.
        and (p_request.veiled_at is null or p_request.present_until > now()))
      or (p_request.district_id = any (viewer_districts('social_worker'))
        and viewer_worker() in (p_request.duty_worker_id, p_request.case_worker_id))
      or (p_request.case_worker_id || ':' || p_request.district_id) = any (viewer_relays())
      or (p_request.show_online and p_request.person_id = viewer_person()), false);
  end $$;
alter function viewer_answers owner to cosmos_keeper;

-- Declines an offer, or accepts it: its time becomes the time of an appointment. Returns the outcome: ACCEPTED or DECLINED; or UNKNOWN,
-- OFFER_EXPIRED, SLOT_TAKEN (others were asked too, and one was first), VERSION_CHANGED or STATE_CHANGED, and then nothing is written. An
-- appointment that is moved keeps its type: the viewer may have no right to read this type, and must not guess it by asking for a sooner time
-- of another type. If the person gave no name, the appointment has no person. cosmos_app may call it.
create function answer_offer(p_offer uuid, p_version integer, p_accept boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_before appointment%rowtype;
  -- Null if the person has no appointment.
  v_moves boolean;
  v_appointment uuid;
begin
  select r.* into v_request from slot_offer o join appointment_request r on r.id = o.request_id where o.id = p_offer;
  if not found or not viewer_answers(v_request) then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `settle_requests`: first the request, then the offer.
  select * into v_request from appointment_request where id = v_request.id for update;
  select * into v_offer from slot_offer where id = p_offer;
  -- If others are asked too, two may say yes at once. Each takes the time before it locks its offer, so that neither waits for the other.
  if v_offer.status <> 'ASKED' then select * into v_offer from slot_offer where id = p_offer for update; end if;
  if v_offer.status = 'EXPIRED' or (v_offer.status in ('HELD', 'ASKED') and v_offer.answer_by <= now()) then
    return '{"outcome": "OFFER_EXPIRED"}';
  elsif v_offer.status = 'TAKEN' then return '{"outcome": "SLOT_TAKEN"}';
  elsif v_offer.version <> p_version then return '{"outcome": "VERSION_CHANGED"}';
  elsif v_offer.status not in ('HELD', 'ASKED') then return '{"outcome": "STATE_CHANGED"}';
  end if;
  if not is_own_request(v_request) then
    perform record_act('ANSWER_OFFER', v_request.district_id, 'slot_offer', p_offer, array_remove(array[v_request.person_id], null), null);
  end if;
  if not p_accept then
    update slot_offer set status = 'DECLINED', answered_at = now(), version = version + 1
      where id = p_offer and status = v_offer.status;
    if not found then return '{"outcome": "SLOT_TAKEN"}'; end if;
    return jsonb_build_object('outcome', 'DECLINED', 'caseId', v_request.case_id, 'personId', v_request.person_id);
  end if;
  if only_worker(v_request) <> v_offer.worker_id or not still_stands(v_offer)
    or busy_then(v_request, v_offer.starts_at, v_offer.ends_at) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  select * into v_before from appointment where id = v_request.appointment_id for update;
  v_moves := v_before.status <> 'CANCELLED_BY_SERVICE';
  if v_moves and (v_before.status <> 'BOOKED' or v_before.starts_at <= v_offer.starts_at or cardinality(v_before.worker_ids) <> 1
    or v_before.expected_back_at is not null
    or v_before.ends_at - v_before.starts_at <> v_offer.ends_at - v_offer.starts_at
    or not exists (select from appointment_person ap where ap.appointment_id = v_before.id and ap.person_id = v_request.person_id)) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  if v_offer.status = 'ASKED' then
    perform end_expired_holds(array[v_offer.worker_id], v_offer.starts_at, v_offer.ends_at);
    insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
      values (v_offer.worker_id, v_offer.district_id, p_offer, v_offer.answer_by, v_offer.starts_at, v_offer.ends_at)
      on conflict do nothing;
    if not found then return '{"outcome": "SLOT_TAKEN"}'; end if;
    -- The worker may have gone away meanwhile, which ends the offer.
    perform from slot_offer where id = p_offer and status = 'ASKED' for update;
    if not found then
      delete from occupancy where offer_id = p_offer;
      return '{"outcome": "STATE_CHANGED"}';
    end if;
  end if;
  if v_moves is not true then
    v_appointment := gen_random_uuid();
    insert into appointment (id, district_id, case_id, type_code, mode, place, asked_by, starts_at, ends_at)
      values (v_appointment, v_offer.district_id, v_request.case_id, v_request.type_code, v_offer.mode, v_offer.place,
        v_request.asked_by, v_offer.starts_at, v_offer.ends_at);
    insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    -- A person who gave no name has an appointment too: the reference is on their paper.
    insert into appointment_person (appointment_id, person_id, show_online)
      select v_appointment, v_request.person_id, v_request.show_online where v_request.person_id is not null;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    -- A person who accepts online can cancel or move the appointment online.
    if v_request.person_id = viewer_person() then
      insert into online_booking (appointment_id, person_id) values (v_appointment, v_request.person_id);
    end if;
  else
    v_appointment := v_before.id;
    -- In the person's name it is a move like any other: told by the safe contact, and taken back.
    if not is_own_request(v_request) then perform record_move(v_before); end if;
    -- The old time of the appointment becomes free.
    delete from occupancy where appointment_id = v_appointment;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    update appointment set starts_at = v_offer.starts_at, ends_at = v_offer.ends_at, mode = v_offer.mode, place = v_offer.place,
      version = version + 1 where id = v_appointment;
    update appointment_participant set starts_at = starts_at + (v_offer.starts_at - v_before.starts_at),
      ends_at = ends_at + (v_offer.starts_at - v_before.starts_at) where appointment_id = v_appointment;
    if v_before.worker_ids[1] <> v_offer.worker_id then
      delete from appointment_worker where appointment_id = v_appointment;
      insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    end if;
    -- The other persons of the appointment must be told.
    insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
      select ap.appointment_id, ap.person_id, ap.district_id, 'MOVED',
        known_starts_at(ap.appointment_id, ap.person_id, v_before.starts_at)
      from appointment_person ap where ap.appointment_id = v_appointment and ap.person_id <> v_request.person_id
      on conflict (appointment_id, person_id) where done_at is null
        do update set kind = excluded.kind, version = appointment_notice.version + 1;
  end if;
  update slot_offer set status = 'ACCEPTED', answered_at = now(), version = version + 1 where id = p_offer;
  update appointment_request set status = 'BOOKED', closed_at = now(), appointment_id = v_appointment, version = version + 1
    where id = v_request.id;
  return jsonb_build_object('outcome', 'ACCEPTED', 'id', v_appointment, 'moved', v_before.id is not distinct from v_appointment,
    'caseId', v_request.case_id, 'personId', v_request.person_id);
end $$;
alter function answer_offer owner to cosmos_keeper;
grant execute on function answer_offer to cosmos_app;

-- Deletes the name and the number of a person who is known by the request alone. The request was closed, and its appointment ended, at least
-- 30 days ago. Handles at most p_limit requests, and returns how many. cosmos_jobs may call it.
create function forget_who_waited(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update appointment_request set called_name = null, contact = 'NONE', phone = null where id in (
    select r.id from appointment_request r left join appointment a on a.id = r.appointment_id
    where (r.called_name is not null or r.phone is not null) and r.closed_at <= now() - interval '30 days'
      and (a.ends_at > now() - interval '30 days') is not true
    order by r.closed_at, r.id limit p_limit for update of r skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
alter function forget_who_waited owner to cosmos_keeper;
grant execute on function forget_who_waited to cosmos_jobs;
