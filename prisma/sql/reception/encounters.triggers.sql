-- BEFORE INSERT: makes the writer the reader. BEFORE an encounter is written for a case: sets the absent worker for whom the writer stands in,
-- or nobody if the writer has opened the case and nobody is assigned to it. BEFORE an encounter is passed on: sets the assigned worker of the
-- case as its receiver. It locks the case: otherwise a reassignment that commits meanwhile would miss the encounter.
create function encounter_is_passed_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then new.reader_id := new.held_by_id; end if;
  if new.for_case_id is not null and (tg_op = 'INSERT' or old.for_case_id is null) then
    select c.assigned_worker_id into new.stands_for_id from "case" c
      where c.id = new.for_case_id and c.district_id = new.district_id and c.status = 'OPEN'
        and (c.assigned_worker_id is null and c.opener_id = new.held_by_id
          or (c.assigned_worker_id || ':' || c.district_id) = any (viewer_relays()) or is_own_tool()) for share;
    -- The case was closed or assigned, or the relay has ended, meanwhile. The service reads it again.
    if not found then raise 'not a case to write for' using errcode = 'serialization_failure'; end if;
  end if;
  if tg_op = 'UPDATE' and new.case_id is distinct from old.case_id then
    if old.case_id is not null then raise 'what is passed on stays so'; end if;
    -- What was written for the case goes to its worker, also if the case was closed meanwhile.
    select assigned_worker_id, now() into new.passed_to_id, new.passed_on_at from "case"
      where id = new.case_id and district_id = new.district_id and (status = 'OPEN' or old.for_case_id = id) for share;
    -- The case was closed, or has lost its worker, meanwhile. The service reads it again.
    if new.passed_to_id is null then raise 'nobody to pass it on to' using errcode = 'serialization_failure'; end if;
  end if;
  return new;
end $$;
alter function encounter_is_passed_on owner to cosmos_keeper;
create trigger encounter_is_passed_on before insert or update of case_id, for_case_id on encounter
  for each row execute function encounter_is_passed_on();

-- BEFORE UPDATE by cosmos_app: refuses that a worker passes on an encounter that is written for a case. The database does it in time.
create function what_is_for_a_case_waits() returns trigger language plpgsql as $$
begin
  if current_user = 'cosmos_app' and old.for_case_id is not null then
    raise 'it waits for its worker' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger what_is_for_a_case_waits before update of case_id, for_case_id on encounter
  for each row when ((new.case_id, new.for_case_id) is distinct from (old.case_id, old.for_case_id))
  execute function what_is_for_a_case_waits();

-- AFTER an encounter is passed on: makes the assigned worker its reader, and tells that worker.
create function encounter_goes_to_its_reader() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- It changes this row alone: the time for the other encounters of the case would tell the writer their number.
  update encounter set reader_id = new.passed_to_id where id = new.id and reader_id is distinct from new.passed_to_id;
  if new.passed_to_id <> new.held_by_id then
    insert into notification (worker_id, kind, case_id) values (new.passed_to_id, 'ENCOUNTER_PASSED_ON', new.case_id);
  end if;
  return null;
end $$;
alter function encounter_goes_to_its_reader owner to cosmos_keeper;
create trigger encounter_goes_to_its_reader after update of case_id on encounter
  for each row when (old.case_id is null and new.case_id is not null) execute function encounter_goes_to_its_reader();

-- At COMMIT, after a case gets another worker: sets the readers of its encounters, and settles those that are written for it.
create function case_takes_its_encounters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform reset_encounter_readers(new.id);
  perform settle_encounters(new.id, null);
  return null;
end $$;
alter function case_takes_its_encounters owner to cosmos_keeper;
create constraint trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_takes_its_encounters();

-- At COMMIT, after an absence or a relay changes: settles what stand-ins wrote for the absent worker.
create function stand_ins_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'absence' then
    perform settle_encounters(null, new.worker_id);
  else
    perform settle_encounters(null, new.absent_worker_id);
  end if;
  return null;
end $$;
alter function stand_ins_changed owner to cosmos_keeper;
create constraint trigger stand_ins_changed after update of ends_at, contradicted_at on absence
  deferrable initially deferred for each row execute function stand_ins_changed();
create constraint trigger stand_ins_changed after insert or update of ends_at on relay
  deferrable initially deferred for each row execute function stand_ins_changed();

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
