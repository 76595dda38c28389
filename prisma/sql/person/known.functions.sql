-- Which persons a worker knows by meeting them, and by whose word their contact is opened to the worker (rule 8).

-- Whose word opens the contact of a person: the desk of the person's district; a desk that knows the person by such a word; the worker who follows
-- the person; and the person. Without a worker it is the person's own word, or that of the client by which they book, or that of the county's own
-- tools. A colleague who has looked a person up does not make the person known to another desk. Where nothing is confirmed of the person, the
-- desk does not see the person, and gives no word.
create function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is null
    or exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
      and (p.district_id = any (viewer_districts('receptionist'))
        or (p_district = any (viewer_districts('receptionist')) and exists (select from appointment_person ap
          where ap.person_id = p.id and ap.contact_said and ap.district_id = any (viewer_districts('receptionist'))))))
    or follows_person(p_person);
alter function says_contact owner to cosmos_keeper;

-- Nobody's word opens it to themselves.
create function opens_contact(p_person uuid, p_district uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is distinct from p_worker and says_contact(p_person, p_district);
alter function opens_contact owner to cosmos_keeper;

-- Who follows someone is told that a colleague may call and write to them.
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

-- From a week before an appointment, until 30 days after its end, and not at all once it is cancelled.
create function contact_from(p_starts_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return p_starts_at - interval '168 hours';
grant execute on function contact_from to public;

-- Opens the contact of the persons of an appointment to its workers, as far as it is the viewer's to open. Returns for how many persons. A meeting
-- opens nobody's contact: one word would open that of all who come.
create function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then perform say_home_visit(p_appointment); end if;
  return v_confirmed;
end $$;
alter function confirm_contact owner to cosmos_keeper;
grant execute on function confirm_contact to cosmos_app;

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
        -- It is opened by saying who it is for, and not by what becomes of it.
        contact = case when k.worker_id = excluded.worker_id then k.contact else excluded.contact end;
  end if;
end $$;
alter function keep_person_known owner to cosmos_keeper;

-- Names, and no more: of the persons that a worker meets, of those that the desk expects by a colleague's own making, and one's own. How to reach
-- them is not opened by what the viewer does (rule 8): a row of `person` holds the rest.
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

-- The same of those who come to these appointments.
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

-- Whether the viewer may know how to reach someone: as who reads their row, but for a head, who knows a name, to allocate.
create function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or desk_knows_contact(p.id)
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.known_until > now() and k.district_id = any (viewer_districts('any')))));
alter function knows_contact owner to cosmos_keeper;

-- Whether the viewer stands at a desk that knows the person's contact.
create function desk_knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
    and (p.district_id = any (viewer_districts('receptionist'))
      or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist')))));
alter function desk_knows_contact owner to cosmos_keeper;
