-- BEFORE INSERT or UPDATE: copies the district and the assigned worker of the case into a confidential address, and keeps who wrote it while
-- nobody is assigned. If the case has taken over an open address, the viewer did not write it. It locks the case, so that either this trigger
-- sees a reassignment at the same time, or the reassignment sees the address.
create function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  -- A second confidential address of the person does not stop what is sent where they have named it since the first.
  new.contact_named := new.confidential and (new.contact_named or exists (select from person_address a
    where a.person_id = new.person_id and a.confidential and a.contact_named));
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  new.said_by_id := case when tg_op = 'INSERT' and new.case_id is not null and new.assigned_worker_id is null then viewer_worker() end;
  return new;
end $$;
alter function address_takes_its_case owner to cosmos_keeper;
create trigger address_takes_its_case before insert or update of case_id, confidential on person_address
  for each row execute function address_takes_its_case();

-- AFTER a change of an appointment or of its persons. A place that somebody typed leaves the row, whoever the persons are: it is on no board,
-- list, feed or text, and its absence tells nothing. The trigger looks at a place when it is written, and when the first worker comes. The
-- place of the worker's hours is the service's own, and stays in the row, as the place of a meeting does. If a home visit gets another worker,
-- person or time, it begins anew, whoever changes it (`begin_home_visit`). If the worker who follows the case moves it, the API says the word
-- again (`say_home_visit`).
create function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if new.mode <> old.mode or (new.mode = 'HOME' and (not new.worker_ids <@ old.worker_ids
        or (new.starts_at, new.ends_at) is distinct from (old.starts_at, old.ends_at))) then
      perform begin_home_visit(new.id);
    end if;
    if new.place is not null and new.places is null and (new.place is distinct from old.place or old.worker_ids = '{}')
        and not place_is_of_hours(new.id) then
      insert into withheld_place (appointment_id, place, worker_ids, typed_by_id, is_home, home_day)
        values (new.id, new.place, new.worker_ids, new.place_by_id, new.mode = 'HOME', home_day(new.mode, new.status, new.starts_at))
        on conflict (appointment_id) do update set place = excluded.place, worker_ids = excluded.worker_ids,
          typed_by_id = excluded.typed_by_id, is_home = excluded.is_home, home_day = excluded.home_day;
      update appointment set place = null where id = new.id;
      return null;
    end if;
    if (new.mode, new.worker_ids) is distinct from (old.mode, old.worker_ids) then perform keep_place_readers(new.id); end if;
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  elsif tg_op = 'INSERT' then
    perform begin_home_visit(new.appointment_id);
  end if;
  return null;
end $$;
alter function place_may_be_withheld owner to cosmos_keeper;
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, ends_at, status on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.ends_at, new.status)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.ends_at, old.status))
  execute function place_may_be_withheld();
create trigger place_is_withheld after insert on appointment_person
  for each row execute function place_may_be_withheld();

-- AFTER an address becomes confidential or is written anew: removes an open address of the same person that is the same place. Anyone who
-- may write the open address could have removed it. Any other open address stays, and nothing is sent there.
create function hidden_address_is_not_open() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from person_address a where a.person_id = new.person_id and not a.confidential
    and normalised_name(a.line) = normalised_name(new.line)
    and (a.postal_code is null or new.postal_code is null or a.postal_code = new.postal_code);
  return null;
end $$;
alter function hidden_address_is_not_open owner to cosmos_keeper;
create trigger hidden_address_is_not_open after insert or update of line, postal_code, confidential on person_address
  for each row when (new.confidential) execute function hidden_address_is_not_open();

-- At COMMIT, after a case gets another worker or district: gives its confidential and safe addresses to the new worker. The first assigned
-- worker is told that the duty worker wrote an address, and the duty worker reads it no longer. It runs at COMMIT, so that its time does not
-- tell the head who assigns the case how many addresses there are.
create function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) select new.assigned_worker_id, 'CONTACT_CHANGED'::"NotificationKind", new.id
    where new.assigned_worker_id is not null and exists (select from person_address a where a.case_id = new.id
      and a.said_by_id <> new.assigned_worker_id);
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id,
    said_by_id = case when new.assigned_worker_id is null then said_by_id end where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  return null;
end $$;
alter function case_changes_addresses owner to cosmos_keeper;
create constraint trigger case_changes_addresses after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_addresses();

-- BEFORE INSERT or UPDATE: letters go to an open address if the worker who speaks first has written it (`speaks_first`), if a viewer without a
-- worker has written it, or if the person has no case. Otherwise a receptionist who writes an address and looks whether letters go there would
-- learn that another address is confidential.
create function address_for_letters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or (new.line, new.postal_code, new.city) is distinct from (old.line, old.postal_code, old.city)
      or speaks_first(new.person_id) then
    new.for_letters := viewer_worker() is null or speaks_first(new.person_id)
      or not exists (select from case_person cp where cp.person_id = new.person_id);
  end if;
  return new;
end $$;
alter function address_for_letters owner to cosmos_keeper;
create trigger address_for_letters before insert or update of line, postal_code, city on person_address
  for each row execute function address_for_letters();

-- At COMMIT, like the rest of the addresses. Tells everyone who follows the person that an open address was written: letters go there once
-- they have written it themselves. Tells them also that an open address was removed. Nobody is told of a confidential address.
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
    perform tell_who_follows(old.person_id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;
alter function notify_open_address owner to cosmos_keeper;
create constraint trigger notify_open_address after insert or delete or update of confidential, line on person_address
  deferrable initially deferred for each row execute function notify_open_address();
