-- "Confirm nothing" is seen in no list. Without these functions, the rows of the person would keep their id, hour and rank, and only lose the
-- name. A reader with the list of yesterday would see who asked for it. So, when it is said, the rows end for the desk and the head, as rows end
-- by an ordinary act, and other rows without a name begin. When it is taken back, the same happens again.
--
-- The person, the workers who serve the person, and all others keep their row, with its id, its history and its rank.

-- Writes what the desk reads from now on under the id of a row: the row as it is, with these changes. An id ends only once: a second call
-- changes nothing. Only functions of cosmos_keeper may call it.
create function end_for_desk(p_id uuid, p_kind text, p_district uuid, p_reference text, p_row jsonb, p_changes jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into ended_for_desk (id, kind, district_id, reference, shown)
    values (p_id, p_kind, p_district, p_reference, p_row || jsonb_build_object('id', p_id) || p_changes) on conflict do nothing;
end $$;
alter function end_for_desk owner to cosmos_keeper;

-- Puts another request on the list of the desk and the head in place of this one. It asks as of now, for the same type; all else is as in a
-- request about which nobody said more. It has the person of the request. If "confirm nothing" holds, it has a reference and no name. Only
-- functions of cosmos_keeper may call it.
create function put_in_place_of(p_request appointment_request) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_person uuid := (select p.id from person p where p.id = p_request.person_id and not p.confirm_nothing);
begin
  insert into appointment_request (district_id, person_id, type_code, mode, wanted_until, stands_for_id)
  select p_request.district_id, v_person, t.code, case when cardinality(t.modes) = 1 then t.modes[1] end,
    case when v_person is null then day_in_paris(now()) + 182 end, p_request.id
  from appointment_type t where t.code = p_request.type_code;
end $$;
alter function put_in_place_of owner to cosmos_keeper;

-- Ends the requests of a person for the desk and the head: those that wait, and those that were booked for these appointments. In place of a
-- request that waits, another one stands on the list. Only functions of cosmos_keeper may call it.
create function show_requests_anew(p_person uuid, p_appointments uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_seen appointment_request%rowtype;
  v_ends jsonb;
begin
  for v_request in
    select r.* from appointment_request r where r.person_id = p_person and r.stands_for_id is null
      and (r.status = 'WAITING' or (r.status = 'BOOKED' and r.appointment_id = any (p_appointments)))
    order by r.id for update
  loop
    -- The row that the desk reads: this one, or the one that stands for it. It is none if the desk has given that one a name.
    select r.* into v_seen from appointment_request r where r.stands_for_id = v_request.id;
    if not found and v_request.veiled_at is null then v_seen := v_request; end if;
    if v_seen.id is not null then
      v_ends := case when v_seen.status = 'WAITING'
        then jsonb_build_object('status', 'WITHDRAWN', 'closed_at', now(), 'version', v_seen.version + 1) else '{}' end;
      perform end_for_desk(v_seen.id, 'appointment_request', v_seen.district_id, v_seen.reference, to_jsonb(v_seen), v_ends
        || jsonb_build_object('person_id', null, 'case_id', null, 'case_worker_id', null, 'called_name', null, 'contact', 'NONE', 'phone', null,
          'stands_for_id', null, 'appointment_id', (select coalesce(a.shown_id, a.id) from appointment a where a.id = v_seen.appointment_id)));
      perform end_for_desk(o.id, 'slot_offer', o.district_id, null, to_jsonb(o), jsonb_build_object('request_id', v_seen.id)
          || case when o.status in ('HELD', 'ASKED')
            then jsonb_build_object('status', 'WITHDRAWN', 'version', o.version + 1) else '{}' end)
        from slot_offer o where o.request_id = v_request.id
          and (v_seen.id = v_request.id or (o.channel = 'AT_DESK' and o.offered_at >= v_seen.asked_at));
      delete from appointment_request where id = v_seen.id and stands_for_id is not null;
    end if;
    update appointment_request set veiled_at = now() where id = v_request.id;
    if v_request.status = 'WAITING' then perform put_in_place_of(v_request); end if;
  end loop;
end $$;
alter function show_requests_anew owner to cosmos_keeper;

-- The booked appointments of a person that a desk still sees, without meetings: in a meeting the person is one of several in the same row. Only
-- functions of cosmos_keeper may call it.
create function appointments_at_desks(p_person uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(array_agg(a.id order by a.id), '{}') from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = p_person and a.status = 'BOOKED' and a.places is null and not a.gone_from_desk
      and a.starts_at >= desk_reaches_back_to());
alter function appointments_at_desks owner to cosmos_keeper;

-- Ends appointments for the desk, as cancelled ones end. An appointment to come then stands there under another id, as booked now. So does a home
-- visit from which the worker is not back. Any other one that has begun is over for the desk: nobody books a time that is past. Only functions
-- of cosmos_keeper may call it.
create function show_appointments_anew(p_appointments uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a where a.id = any (p_appointments) order by a.id for update;
  -- The row that ended has a key of its own: what the desk writes to it changes nothing else.
  perform end_for_desk(coalesce(a.shown_id, a.id), 'appointment', a.district_id, null, to_jsonb(a), jsonb_build_object(
      'id', gen_random_uuid(), 'shown_id', coalesce(a.shown_id, a.id), 'status', 'CANCELLED_BY_PERSON', 'status_at', now(),
      'version', a.version + 1, 'case_id', null, 'case_worker_id', null, 'online_person_ids', '[]'::jsonb))
    from appointment a where a.id = any (p_appointments);
  update appointment a set shown_id = case when stays then gen_random_uuid() end, shown_at = case when stays then now() end,
      shown_since_version = a.version, gone_from_desk = not stays
    from (select b.id, b.starts_at > now() or (b.expected_back_at is not null and b.back_at is null) as stays
      from appointment b where b.id = any (p_appointments)) s
    where a.id = s.id;
end $$;
alter function show_appointments_anew owner to cosmos_keeper;

-- The person is present: ends their visits for the desk and the head, as visits are closed, and gives them another id, another number of the day
-- and another hour. The worker who receives the person still finds the visit by its old id. Only functions of cosmos_keeper may call it.
create function show_visits_anew(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_visit visit%rowtype;
  v_id uuid;
begin
  for v_visit in
    select v.* from visit v where v.person_id = p_person and v.closed_at is null and v.day = day_in_paris(now()) order by v.id for update
  loop
    perform end_for_desk(v_visit.id, 'visit', v_visit.district_id, null, to_jsonb(v_visit), jsonb_build_object(
      'person_id', null, 'known_id', null, 'closed_at', now(), 'version', v_visit.version + 1,
      'outcome', case when v_visit.taken_in_at is null then 'LEFT' else 'RECEIVED' end));
    perform pg_advisory_xact_lock(hashtextextended('cosmos:ticket:' || v_visit.district_id || v_visit.day, 0));
    v_id := gen_random_uuid();
    update visit v set id = v_id, known_id = coalesce(v.known_id, v.id), arrived_at = now(), version = 1,
        taken_in_at = case when v.taken_in_at is not null then now() end,
        ticket = (select max(o.ticket) + 1 from visit o where o.district_id = v.district_id and o.day = v.day)
      where v.id = v_visit.id;
    update person_known set source_id = v_id where source_id = v_visit.id;
    perform pg_notify('visit_changed', v_visit.district_id || ' ' || v_visit.id);
  end loop;
end $$;
alter function show_visits_anew owner to cosmos_keeper;

-- Ends the rows of a person for the desk and the head, and puts other rows in their place. Only functions of cosmos_keeper may call it.
create function show_anew(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointments uuid[] := appointments_at_desks(p_person);
begin
  perform show_requests_anew(p_person, v_appointments);
  perform show_visits_anew(p_person);
  perform show_appointments_anew(v_appointments);
end $$;
alter function show_anew owner to cosmos_keeper;

-- The reference of the request that stands for this one, for the workers who serve the person: they tell it to the person. cosmos_app may call
-- it.
create function reference_on_list(p_request uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select m.reference from appointment_request r join appointment_request m on m.stands_for_id = r.id
    where r.id = p_request and ((viewer_worker() in (r.duty_worker_id, r.case_worker_id) and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays())));
alter function reference_on_list owner to cosmos_keeper;
grant execute on function reference_on_list to cosmos_app;
