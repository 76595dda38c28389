-- BEFORE INSERT or UPDATE: copies the assigned worker of the case, and locks the case.
create function appointment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id for share);
  return new;
end $$;
alter function appointment_takes_its_case owner to cosmos_keeper;
create trigger appointment_takes_its_case before insert or update of case_id on appointment
  for each row execute function appointment_takes_its_case();

-- AFTER a worker joins or leaves: keeps the list of workers on the appointment.
create function appointment_workers_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set worker_ids = coalesce((select array_agg(worker_id order by worker_id)
    from appointment_worker where appointment_id = v_appointment), '{}') where id = v_appointment;
  return null;
end $$;
alter function appointment_workers_changed owner to cosmos_keeper;
create trigger appointment_workers_changed after insert or delete on appointment_worker
  for each row execute function appointment_workers_changed();

-- AFTER each change of the persons: keeps the list of persons who see the appointment online.
create function appointment_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}') where id = v_appointment
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}');
  return null;
end $$;
alter function appointment_persons_changed owner to cosmos_keeper;
create trigger appointment_persons_changed after insert or update of show_online or delete on appointment_person
  for each row execute function appointment_persons_changed();

-- BEFORE INSERT: copies the columns of the appointment, and opens the person's contact to its workers as far as the viewer may (rule 8).
create function appointment_person_takes_its_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, worker_ids, case_worker_id, known_until(status, ends_at), contact_from(starts_at),
      known_until(status, ends_at)
    into new.district_id, new.worker_ids, new.case_worker_id, new.known_until, new.contact_from, new.contact_until
    from appointment where id = new.appointment_id;
  new.contact_said := says_contact(new.person_id, new.district_id);
  new.contact_worker_ids := array(select w from unnest(new.worker_ids) w
    where opens_contact(new.person_id, new.district_id, w) order by w);
  return new;
end $$;
alter function appointment_person_takes_its_appointment owner to cosmos_keeper;
create trigger appointment_person_takes_its_appointment before insert on appointment_person
  for each row execute function appointment_person_takes_its_appointment();

-- AFTER UPDATE: keeps the copies in the rows of the persons. A worker who joins gets the contact only if it was opened before and the viewer
-- who adds the worker may open it. So a viewer who passes on an appointment of a colleague opens nothing that the colleague did not have. A
-- viewer who moves an appointment without the right to open the contact only narrows its time: from the later start to the earlier end.
create function appointment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_person ap set district_id = new.district_id, worker_ids = new.worker_ids,
    case_worker_id = new.case_worker_id, known_until = known_until(new.status, new.ends_at),
    contact_worker_ids = array(select w from unnest(new.worker_ids) w where w = any (ap.contact_worker_ids)
      or (ap.contact_said and w <> all (old.worker_ids) and opens_contact(ap.person_id, new.district_id, w)) order by w),
    contact_from = case
      when new.starts_at = old.starts_at then ap.contact_from
      when said.contact then contact_from(new.starts_at)
      else greatest(ap.contact_from, contact_from(new.starts_at)) end,
    contact_until = case
      when said.contact then known_until(new.status, new.ends_at)
      when known_until(new.status, new.ends_at) is not null then least(ap.contact_until, known_until(new.status, new.ends_at)) end
    from (select p.person_id, says_contact(p.person_id, new.district_id) as contact from appointment_person p
      where p.appointment_id = new.id) said
    where ap.appointment_id = new.id and said.person_id = ap.person_id;
  return null;
end $$;
alter function appointment_changed owner to cosmos_keeper;
create trigger appointment_changed after update of district_id, worker_ids, case_worker_id, status, starts_at, ends_at on appointment
  for each row execute function appointment_changed();

-- BEFORE UPDATE: records when the status changed.
create function appointment_status_changed() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then new.status_at := now(); end if;
  return new;
end $$;
create trigger appointment_status_changed before update of status on appointment
  for each row execute function appointment_status_changed();

-- AFTER a person joins or leaves a meeting: adds to the number of named places. It adds and does not count, so that a second transaction adds
-- to the number that the first has left.
create function place_taken() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update appointment set places_named = places_named + 1 where id = new.appointment_id and places is not null;
  else
    update appointment set places_named = places_named - 1 where id = old.appointment_id and places is not null;
  end if;
  return null;
end $$;
alter function place_taken owner to cosmos_keeper;
create trigger place_taken after insert or delete on appointment_person for each row execute function place_taken();

-- BEFORE INSERT or UPDATE by cosmos_app: records the worker who typed the place. This worker reads it, whoever the persons are.
create function place_is_by() returns trigger language plpgsql as $$
begin
  if current_user = 'cosmos_app' and new.place is not null then new.place_by_id := viewer_worker(); end if;
  return new;
end $$;
create trigger place_is_by before insert or update of place on appointment for each row execute function place_is_by();

-- BEFORE UPDATE: raises the version that the person and the booking client see if something changes that they see. A place that changes with
-- the hours of another time changes together with that time.
create function appointment_shows_its_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.version <> old.version and (new.status, new.starts_at, new.ends_at, new.mode, new.place, new.type_code)
    is distinct from (old.status, old.starts_at, old.ends_at, old.mode, old.place, old.type_code) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
create trigger appointment_shows_its_version before update of version on appointment
  for each row execute function appointment_shows_its_version();

-- BEFORE INSERT: refuses a subject of a meeting, where each person would learn the matter of the others, and of what a desk has booked, since
-- the desk asks nobody why they come.
create function subject_is_not_of_the_desk() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from appointment a where a.id = new.appointment_id and (a.places is not null or a.booked_at_desk)) then
    raise 'neither a meeting nor what a desk books has a subject' using errcode = 'check_violation';
  end if;
  return new;
end $$;
alter function subject_is_not_of_the_desk owner to cosmos_keeper;
create trigger subject_is_not_of_the_desk before insert on appointment_subject
  for each row execute function subject_is_not_of_the_desk();

-- BEFORE the application or one of its functions moves an appointment to another day, or gives it another type: the team must have the option of
-- the type on that day.
create function appointment_keeps_its_option() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not holds_type(new.district_id, new.type_code, day_in_paris(new.starts_at)) then raise 'the team does not have the option of this type then'; end if;
  return new;
end $$;
alter function appointment_keeps_its_option owner to cosmos_keeper;
create trigger appointment_keeps_its_option before update of starts_at, type_code on appointment
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')
    and (old.type_code <> new.type_code or day_in_paris(old.starts_at) <> day_in_paris(new.starts_at)))
  execute function appointment_keeps_its_option();

-- AFTER the application gives a worker an appointment: a call-back lies in hours that the worker has opened for it, unless the viewer is that
-- worker. It runs after the policies, so it tells nothing of an appointment that the viewer may not write.
create function worker_opens_hours() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a join appointment_type t on t.code = a.type_code and t.option is not null and t.places is null
    where a.id = new.appointment_id and new.worker_id is distinct from viewer_worker()
      and not opens_hours_for(new.worker_id, a.district_id, a.type_code, a.starts_at, a.ends_at);
  if found then raise 'the worker has not opened hours for this type'; end if;
  return null;
end $$;
alter function worker_opens_hours owner to cosmos_keeper;
create trigger worker_opens_hours after insert on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function worker_opens_hours();
