-- BEFORE INSERT: the writer is the reader. BEFORE it is passed on: sets the assigned worker of the case as its receiver. It locks the case:
-- otherwise a reassignment that commits meanwhile would miss the encounter.
create function encounter_is_passed_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.reader_id := new.held_by_id;
  elsif new.case_id is distinct from old.case_id then
    if old.case_id is not null then raise 'what is passed on stays so'; end if;
    select assigned_worker_id, now() into new.passed_to_id, new.passed_on_at from "case"
      where id = new.case_id and district_id = new.district_id and status = 'OPEN' for share;
    -- The case was closed, or has lost its worker, meanwhile. The service reads it again.
    if new.passed_to_id is null then raise 'nobody to pass it on to' using errcode = 'serialization_failure'; end if;
  end if;
  return new;
end $$;
alter function encounter_is_passed_on owner to cosmos_keeper;
create trigger encounter_is_passed_on before insert or update of case_id on encounter
  for each row execute function encounter_is_passed_on();

-- AFTER an encounter is passed on: makes the assigned worker its reader, and tells that worker.
create function encounter_goes_to_its_reader() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- It changes this row alone: the time for the other encounters of the case would tell the writer their number.
  update encounter set reader_id = new.passed_to_id where id = new.id and reader_id <> new.passed_to_id;
  if new.passed_to_id <> new.held_by_id then
    insert into notification (worker_id, kind, case_id) values (new.passed_to_id, 'ENCOUNTER_PASSED_ON', new.case_id);
  end if;
  return null;
end $$;
alter function encounter_goes_to_its_reader owner to cosmos_keeper;
create trigger encounter_goes_to_its_reader after update of case_id on encounter
  for each row when (old.case_id is null and new.case_id is not null) execute function encounter_goes_to_its_reader();

-- At COMMIT, after a case gets another worker: sets the readers of its encounters.
create function case_takes_its_encounters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform reset_encounter_readers(new.id);
  return null;
end $$;
alter function case_takes_its_encounters owner to cosmos_keeper;
create constraint trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_takes_its_encounters();

-- AFTER each change: makes the person known to the reader of the encounter, by name, until 30 days after it was held or passed on. An
-- encounter opens no contact: the visit or the appointment does, unless the worker has made it themselves.
create function encounter_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from person_known where source_id = old.id;
  else
    perform keep_person_known(e.id, e.person_id, e.reader_id, e.district_id,
      coalesce(e.passed_on_at, e.held_at) + interval '30 days', false) from encounter e where e.id = new.id;
  end if;
  return null;
end $$;
alter function encounter_makes_known owner to cosmos_keeper;
create trigger encounter_makes_known after insert or update of case_id, reader_id, passed_on_at or delete on encounter
  for each row execute function encounter_makes_known();
