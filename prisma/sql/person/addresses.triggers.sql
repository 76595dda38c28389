-- BEFORE INSERT or UPDATE: copies the district and the assigned worker of the case into a confidential address. It locks the case, so that
-- either this trigger sees a reassignment at the same time, or the reassignment sees the address.
create function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  return new;
end $$;
alter function address_takes_its_case owner to cosmos_keeper;
create trigger address_takes_its_case before insert or update of case_id, confidential on person_address
  for each row execute function address_takes_its_case();

-- AFTER a change of an appointment or of its persons: withholds its place or puts it back. A home visit with another worker or another
-- person, or on another day that one of its own workers has chosen, begins anew (`begin_home_visit`).
create function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if new.mode <> old.mode or (new.mode = 'HOME' and (not new.worker_ids <@ old.worker_ids
        or ((new.starts_at at time zone 'Europe/Paris')::date <> (old.starts_at at time zone 'Europe/Paris')::date
          and viewer_worker() = any (new.worker_ids)))) then
      perform begin_home_visit(new.id);
    end if;
    perform keep_place_withheld(new.id);
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  else
    if tg_op = 'INSERT' then perform begin_home_visit(new.appointment_id); end if;
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;
alter function place_may_be_withheld owner to cosmos_keeper;
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, status on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.status)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.status))
  execute function place_may_be_withheld();
create trigger place_is_withheld after insert or delete on appointment_person
  for each row execute function place_may_be_withheld();

-- AFTER each change of an address: applies `keep_sheltered` to each person that the old or the new confidential address covers. It locks
-- first the cases and then the persons, against bookings at the same time.
create function address_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_persons uuid[] := array[coalesce(new.person_id, old.person_id)];
begin
  perform hold_each('case', array(select c from unnest(array[case when tg_op <> 'INSERT' then old.case_id end,
    case when tg_op <> 'DELETE' then new.case_id end]) c where c is not null));
  if tg_op <> 'INSERT' and old.confidential then v_persons := v_persons || persons_sheltered_with(old.person_id, old.case_id); end if;
  if tg_op <> 'DELETE' and new.confidential then v_persons := v_persons || persons_sheltered_with(new.person_id, new.case_id); end if;
  perform hold_each('person', v_persons);
  if tg_op <> 'INSERT' and old.confidential then
    perform keep_sheltered(persons_sheltered_with(old.person_id, old.case_id), null);
  end if;
  if tg_op <> 'DELETE' and new.confidential then
    perform keep_sheltered(persons_sheltered_with(new.person_id, new.case_id), null);
  end if;
  return null;
end $$;
alter function address_shelters owner to cosmos_keeper;
create trigger address_shelters after insert or delete or update of confidential, case_id, line on person_address
  for each row execute function address_shelters();

-- AFTER a person joins a case: a confidential address of the case covers them from then on. It locks the case and the person.
create function case_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform hold_each('case', array[new.case_id]);
  if exists (select from person_address a where a.case_id = new.case_id) then
    perform hold_each('person', array[new.person_id]);
    perform keep_sheltered(array[new.person_id], now());
  end if;
  return null;
end $$;
alter function case_shelters owner to cosmos_keeper;
create trigger case_shelters after insert on case_person for each row execute function case_shelters();

-- At COMMIT, after a case gets another worker or district: gives its confidential and safe addresses, and the withheld places, to the new
-- worker. It runs at COMMIT, so that its time does not tell the head who assigns the case how many addresses there are.
create function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  -- A booking at the same time withholds its place for the former worker: the lock lets it end first.
  perform hold_each('person', array(select person from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person where a.case_id = new.id));
  perform keep_place_withheld(w.appointment_id) from (select distinct w.appointment_id from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person
    join appointment_person ap on ap.person_id = person join withheld_place w on w.appointment_id = ap.appointment_id
    where a.case_id = new.id) w;
  return null;
end $$;
alter function case_changes_addresses owner to cosmos_keeper;
create constraint trigger case_changes_addresses after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_addresses();

-- BEFORE INSERT or UPDATE: letters go to an open address if the worker who follows the person has written it, if a viewer without a worker
-- has written it, or if the person has no case. Otherwise a receptionist who writes an address and looks whether letters go there would learn
-- that another address is confidential.
create function address_for_letters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or (new.line, new.postal_code, new.city) is distinct from (old.line, old.postal_code, old.city)
      or follows_person(new.person_id) then
    new.for_letters := viewer_worker() is null or follows_person(new.person_id)
      or not exists (select from case_person cp where cp.person_id = new.person_id);
  end if;
  return new;
end $$;
alter function address_for_letters owner to cosmos_keeper;
create trigger address_for_letters before insert or update of line, postal_code, city on person_address
  for each row execute function address_for_letters();

-- At COMMIT, like the rest of the addresses. Tells everyone who follows the person that an open address was written: letters go there once
-- they have written it themselves. Tells them also that a case has deleted an open address or made it its own. Nobody is told of a
-- confidential address.
create function notify_open_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'DELETE' and not new.confidential then
    perform tell_who_follows(new.person_id, 'OPEN_ADDRESS_WRITTEN', null, null);
    insert into notification (worker_id, kind, case_id)
    select c.assigned_worker_id, 'OPEN_ADDRESS_WRITTEN'::"NotificationKind", c.id
    from sheltering_cases(new.person_id) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker()
      and not exists (select from case_person cp where cp.case_id = c.id and cp.person_id = new.person_id);
  elsif tg_op <> 'INSERT' and not old.confidential and viewer_worker() is not null
      and not exists (select from person_address a where a.person_id = old.person_id and not a.confidential) then
    perform tell_who_follows(old.person_id, 'CONTACT_CHANGED', case when tg_op = 'UPDATE' then new.case_id end, null);
  end if;
  return null;
end $$;
alter function notify_open_address owner to cosmos_keeper;
create constraint trigger notify_open_address after insert or delete or update of confidential, line on person_address
  deferrable initially deferred for each row execute function notify_open_address();
