-- Which persons a worker knows because they meet them, and which viewers may open a person's contact to a worker (rule 8).

-- Whether the viewer may open the contact of a person to a colleague in a district. These viewers may: a desk of the person's district; a
-- desk of that district where such a viewer has already booked the person; the worker who follows the person. The person
-- may too, and a client that books, and the county's own tools (`is_own_tool`). A worker who only looked a person up does not make them known
-- to another desk. A desk does not see a person with a sensitive file or with "confirm nothing", and opens nothing. Only functions of
-- cosmos_keeper may call it.
create function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(viewer_self() = p_person, false) or is_own_tool()
    or (viewer_client() is not null and (viewer_has_scope('booking') or viewer_has_scope('appointments:write')))
    or exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
      and (p.district_id = any (viewer_districts('receptionist'))
        or (p_district = any (viewer_districts('receptionist')) and exists (select from appointment_person ap
          where ap.person_id = p.id and ap.contact_said and ap.district_id = any (viewer_districts('receptionist'))))))
    or follows_person(p_person);
alter function says_contact owner to cosmos_keeper;

-- Whether the viewer may open the contact of a person to this worker. Nobody opens it to themselves (rule 8). Only functions of cosmos_keeper
-- may call it.
create function opens_contact(p_person uuid, p_district uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is distinct from p_worker and says_contact(p_person, p_district);
alter function opens_contact owner to cosmos_keeper;

-- Tells the workers who follow a person that colleagues may call and write to the person. A colleague who is assigned to a case of the person
-- does not count. Only functions of cosmos_keeper may call it.
create function notify_contact_opened(p_person uuid, p_workers uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_OPENED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is distinct from viewer_worker() and exists (
    select from unnest(p_workers) w where not exists (
      select from case_person own where own.person_id = p_person and own.assigned_worker_id = w))
    and cp.assigned_worker_id is not null;
end $$;
alter function notify_contact_opened owner to cosmos_keeper;

-- The instant from which an appointment opens contact: 168 hours before it starts. `known_until` gives the end. Every role may call it.
create function contact_from(p_starts_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return p_starts_at - interval '168 hours';
grant execute on function contact_from to public;

-- Opens the contact of the persons of a booked appointment to its workers, as far as the viewer may open it. The viewer reads the row of the
-- appointment: a booking client, which may open a contact by a booking of its own, confirms nobody else's. Returns the number of persons. A
-- meeting with several places opens no contact: one confirmation would open the contact of everybody who comes. cosmos_app may call it.
create function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  perform record_act('CONFIRM_APPOINTMENT', a.district_id, 'appointment', a.id, persons_of_appointment(a.id), null) from appointment a
    where a.id = p_appointment and sees_appointment(a.id) and not is_own_appointment(a.district_id, a.worker_ids, a.case_worker_id);
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and sees_appointment(a.id) and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then perform say_home_visit(p_appointment); end if;
  return v_confirmed;
end $$;
alter function confirm_contact owner to cosmos_keeper;
grant execute on function confirm_contact to cosmos_app;

-- Writes, changes or deletes the row by which a worker knows a person from a source (a visit, a message, a request, an encounter, a
-- referral). Without a person or a worker it deletes the row. Only functions of cosmos_keeper may call it.
create function keep_person_known(p_source uuid, p_person uuid, p_worker uuid, p_district uuid, p_until timestamptz, p_contact boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_person is null or p_worker is null then
    delete from person_known where source_id = p_source;
  else
    insert into person_known as k (source_id, person_id, worker_id, district_id, known_until, contact)
      values (p_source, p_person, p_worker, p_district, p_until, p_contact)
      on conflict (source_id) do update set worker_id = excluded.worker_id, known_until = excluded.known_until,
        known_from = case when k.worker_id = excluded.worker_id then k.known_from else now() end,
        -- The contact is opened when the source gets its worker. A later change of the source does not open or close it.
        contact = case when k.worker_id = excluded.worker_id then k.contact else excluded.contact end;
  end if;
end $$;
alter function keep_person_known owner to cosmos_keeper;

-- Returns the names of these persons, and nothing else, if the viewer meets the person, has opened a case of the person, or is the person. A
-- receptionist also gets the names of persons that a colleague has booked into the receptionist's district without opening their contact.
-- What the viewer does opens only the name (rule 8): the row of `person` has the rest. cosmos_app may call it.
create function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (p.id = viewer_self()
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from case_person cp where cp.person_id = p.id and cp.opener_id = viewer_worker()
      and cp.district_id = any (viewer_districts('social_worker')))
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.known_until > now() and (
      (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
      or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist'))))));
end;
alter function names_of_met owner to cosmos_keeper;
grant execute on function names_of_met to cosmos_app;

-- Returns the same names for the persons of these appointments. cosmos_app may call it.
create function names_at_appointments(p_ids uuid[])
  returns table (appointment_id uuid, id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select ap.appointment_id, p.id, p.given_name, p.family_name, p.chosen_name
  from appointment_person ap join person p on p.id = ap.person_id
  where ap.appointment_id = any (p_ids) and ap.known_until > now() and (
    (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
    or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
      and ap.district_id = any (viewer_districts('receptionist'))));
end;
alter function names_at_appointments owner to cosmos_keeper;
grant execute on function names_at_appointments to cosmos_app;

-- Whether the viewer may know how to reach a person. The rule is that of reading the row of `person`, but for a head, who reads the name to
-- allocate and no contact. Only functions of cosmos_keeper may call it.
create function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or desk_knows_contact(p.id)
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.contact_until > now() and k.known_until > now() and k.district_id = any (viewer_districts('any')))));
alter function knows_contact owner to cosmos_keeper;

-- Whether the viewer is a receptionist of a desk that knows the person's contact. Only functions of cosmos_keeper may call it.
create function desk_knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
    and (p.district_id = any (viewer_districts('receptionist'))
      or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist')))));
alter function desk_knows_contact owner to cosmos_keeper;
