-- Each trigger runs for a statement of cosmos_app. A function of cosmos_keeper that does such an act calls `record_act` itself.

-- AFTER UPDATE: counts a change of a person whom the viewer does not follow: identity, contact, objection to statistics.
create function act_on_person() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or follows_person(new.id) then return null; end if;
  if (new.given_name, new.family_name, new.chosen_name, new.birth_date)
      is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date) then
    perform record_act('CHANGE_IDENTITY', new.district_id, 'person', new.id, array[new.id],
      jsonb_build_object('given_name', old.given_name, 'family_name', old.family_name, 'chosen_name', old.chosen_name, 'birth_date', old.birth_date));
  end if;
  if (new.phone, new.email, new.safe_contact, new.contact_suspended_at, new.language, new.communication_needs)
      is distinct from (old.phone, old.email, old.safe_contact, old.contact_suspended_at, old.language, old.communication_needs) then
    perform record_act('CHANGE_CONTACT', new.district_id, 'person', new.id, array[new.id], contact_columns(old));
  end if;
  if (new.statistics_objection_on is null) <> (old.statistics_objection_on is null) then
    perform record_act('SET_OBJECTION', new.district_id, 'person', new.id, array[new.id],
      jsonb_build_object('statistics_objection_on', old.statistics_objection_on));
  end if;
  return null;
end $$;
alter function act_on_person owner to cosmos_keeper;
create trigger act_on_person after update on person
  for each row when (current_user = 'cosmos_app') execute function act_on_person();

-- AFTER UPDATE: whoever writes to a row after an act of somebody else has settled it. So that act is not taken back any more: it would undo
-- what the second writer has seen and let stand. A worker who does not follow the person and saves it unchanged settles nothing. Such a save has no
-- measure, so an accomplice could keep false words for good.
create function act_is_settled() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'person' then
    if (new.given_name, new.family_name, new.chosen_name, new.birth_date, new.statistics_objection_on, new.confirm_nothing, contact_columns(new))
        is not distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date, old.statistics_objection_on, old.confirm_nothing,
          contact_columns(old)) and viewer_worker() is not null and not follows_person(new.id) then return null; end if;
  end if;
  perform settle_acts(new.id);
  -- An address that somebody else has written stands in the place of the one before, also if it is a row of its own that others do not read.
  if tg_table_name = 'person_address' then
    update act set before = null where subject = 'person_address' and person_ids = array[new.person_id]
      and worker_id is distinct from viewer_worker() and before is not null and done_at > now() - interval '2 days';
  end if;
  return null;
end $$;
alter function act_is_settled owner to cosmos_keeper;
create trigger act_is_settled after update on person for each row execute function act_is_settled();
create trigger act_is_settled after insert or update on person_address for each row execute function act_is_settled();
create trigger act_is_settled after update on appointment for each row when (new.version <> old.version) execute function act_is_settled();
create trigger act_is_settled after update on appointment_request for each row when (new.version <> old.version) execute function act_is_settled();
create trigger act_is_settled after update on availability for each row execute function act_is_settled();
create trigger act_is_settled after update on unavailability for each row execute function act_is_settled();

-- AFTER a change of an open address of a person whom the viewer does not follow.
create function act_on_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before person_address := case when tg_op <> 'INSERT' then old end;
  v_after person_address := case when tg_op <> 'DELETE' then new end;
  v_person uuid := coalesce(v_after.person_id, v_before.person_id);
begin
  if viewer_worker() is null or coalesce(v_after.confidential, v_before.confidential) or follows_person(v_person) then return null; end if;
  perform record_act('CHANGE_CONTACT', p.district_id, 'person_address', coalesce(v_after.id, v_before.id), array[v_person],
    case tg_op when 'INSERT' then '{}' else address_columns(v_before) end)
    from person p where p.id = v_person;
  return null;
end $$;
alter function act_on_address owner to cosmos_keeper;
create trigger act_on_address after insert or update of line, postal_code, city or delete on person_address
  for each row when (current_user = 'cosmos_app') execute function act_on_address();

-- AFTER UPDATE: counts a cancellation, a move or an outcome of an appointment that is not the viewer's own work. An outcome that frees a time
-- to come is a cancellation. What is cancelled in the person's name is no work of a day with ill workers, also in time off.
create function act_on_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null then return null; end if;
  if is_own_appointment(old.district_id, old.worker_ids, old.case_worker_id) then
    -- The viewer holds the appointment. Another worker may follow the person, and is told.
    if new.status <> old.status and new.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then
      perform tell_who_follows(p, 'APPOINTMENT_CANCELLED', null, null) from unnest(persons_of_appointment(new.id)) p;
    end if;
    return null;
  end if;
  if new.status <> old.status then
    if new.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
        or (old.status = 'BOOKED' and new.status <> 'HONOURED' and new.starts_at > now()) then
      perform record_act(case when new.status = 'CANCELLED_BY_SERVICE' and is_in_time_off(old.worker_ids, old.starts_at, old.ends_at) then 'CANCEL_IN_TIME_OFF' else 'CANCEL_APPOINTMENT' end::"ActKind",
        new.district_id, 'appointment', new.id, persons_of_appointment(new.id), appointment_columns(old));
    else
      perform record_act('RECORD_OUTCOME', new.district_id, 'appointment', new.id, persons_of_appointment(new.id), null);
    end if;
  elsif new.starts_at <> old.starts_at then
    perform record_move(old);
  end if;
  return null;
end $$;
alter function act_on_appointment owner to cosmos_keeper;
create trigger act_on_appointment after update of status, starts_at on appointment
  for each row when (current_user = 'cosmos_app') execute function act_on_appointment();

-- AFTER INSERT: counts an appointment in a colleague's agenda.
create function act_on_colleague() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  if viewer_worker() is null then return null; end if;
  select a.* into v_appointment from appointment a where a.id = new.appointment_id;
  if new.worker_id = viewer_worker() then
    -- The API lets nobody join the appointment of others, which then would be their own work. Raw SQL in the application's role does.
    if v_appointment.booked_at < now()::timestamptz(3) and cardinality(v_appointment.worker_ids) > 0
        and not is_own_appointment(v_appointment.district_id, v_appointment.worker_ids, v_appointment.case_worker_id) then
      perform record_move(v_appointment);
    end if;
    return null;
  end if;
  -- A move to another worker is counted by the worker who leaves.
  if v_appointment.booked_at < now()::timestamptz(3) or exists (select from act a where a.row_id = v_appointment.id and a.done_at = now()::timestamptz(3))
    or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids || new.worker_id, v_appointment.case_worker_id) then return null; end if;
  perform record_act('BOOK_APPOINTMENT', v_appointment.district_id, 'appointment', v_appointment.id,
    persons_of_appointment(v_appointment.id), null);
  return null;
end $$;
alter function act_on_colleague owner to cosmos_keeper;
create trigger act_on_colleague after insert on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function act_on_colleague();

-- AFTER DELETE: counts an appointment that passes from one worker to another at the same time. The name of the trigger makes it run before
-- `appointment_workers_changed`, while the appointment still has the worker.
create function act_of_passing_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = old.appointment_id;
  if not found or viewer_worker() is null
    or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids || old.worker_id, v_appointment.case_worker_id) then return null; end if;
  perform record_move(v_appointment);
  return null;
end $$;
alter function act_of_passing_on owner to cosmos_keeper;
create trigger act_of_passing_on after delete on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function act_of_passing_on();

-- AFTER UPDATE: counts what the desk records of an appointment that has ended for it, like any other outcome.
create function act_where_it_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_OUTCOME', new.district_id, 'ended_for_desk', new.id, '{}', null);
  return null;
end $$;
alter function act_where_it_ended owner to cosmos_keeper;
create trigger act_where_it_ended after update of shown on ended_for_desk
  for each row when (current_user = 'cosmos_app' and new.shown ->> 'status' is not null) execute function act_where_it_ended();

-- AFTER INSERT or UPDATE: counts a request that is neither of a case that the viewer follows nor for the viewer's own agenda. A request that
-- stands for another one counts like it, and its person is that of the other.
create function act_on_request() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_persons uuid[] := array_remove(array[coalesce((select s.person_id from appointment_request s where s.id = new.stands_for_id), new.person_id)], null);
begin
  if viewer_worker() is null or is_own_request(new) then return null; end if;
  if tg_op = 'INSERT' then
    perform record_act('REQUEST_APPOINTMENT', new.district_id, 'appointment_request', new.id, v_persons, null);
  elsif new.status <> old.status then
    if new.status = 'WITHDRAWN' then
      perform record_act('WITHDRAW_REQUEST', new.district_id, 'appointment_request', new.id, v_persons,
        jsonb_build_object('status', old.status, 'closed_at', old.closed_at));
    end if;
  elsif request_columns(new) <> request_columns(old) then
    perform record_act('CHANGE_REQUEST', new.district_id, 'appointment_request', new.id, v_persons, request_columns(old));
  elsif new.present_until is distinct from old.present_until then
    perform record_act('RECORD_PRESENCE', new.district_id, 'appointment_request', new.id, v_persons, null);
  end if;
  return null;
end $$;
alter function act_on_request owner to cosmos_keeper;
create trigger act_on_request after insert or update on appointment_request
  for each row when (current_user = 'cosmos_app') execute function act_on_request();

-- AFTER INSERT or UPDATE: counts hours that are opened, ended or closed in a colleague's agenda.
create function act_on_hours() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or new.worker_id = viewer_worker() then return null; end if;
  perform record_act('CHANGE_HOURS', new.district_id, 'availability', new.id, '{}',
    case when tg_op = 'INSERT' then '{}'::jsonb end);
  return null;
end $$;
alter function act_on_hours owner to cosmos_keeper;
create trigger act_on_hours after insert or update on availability
  for each row when (current_user = 'cosmos_app') execute function act_on_hours();

-- AFTER INSERT or UPDATE: counts time off that is declared or ended for a colleague.
create function act_on_time_off() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or new.worker_id = viewer_worker() then return null; end if;
  perform record_act('DECLARE_TIME_OFF', new.district_id, 'unavailability', new.id, '{}', case when tg_op = 'INSERT' then '{}'::jsonb end);
  return null;
end $$;
alter function act_on_time_off owner to cosmos_keeper;
create trigger act_on_time_off after insert or update of ends_at on unavailability
  for each row when (current_user = 'cosmos_app') execute function act_on_time_off();

-- AFTER INSERT or UPDATE: counts a recorded visit, and a change of a visit that is not the viewer's to receive.
create function act_on_visit() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then perform record_act('RECORD_VISIT', new.district_id, 'visit', new.id, '{}', null);
  elsif old.worker_id is distinct from viewer_worker() then
    perform record_act('CHANGE_VISIT', new.district_id, 'visit', new.id, '{}', null);
  end if;
  return null;
end $$;
alter function act_on_visit owner to cosmos_keeper;
create trigger act_on_visit after insert or update on visit
  for each row when (current_user = 'cosmos_app') execute function act_on_visit();

-- AFTER INSERT: counts a person who is registered.
create function act_of_registering() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('REGISTER_PERSON', new.district_id, 'person', new.id, '{}', null);
  return null;
end $$;
alter function act_of_registering owner to cosmos_keeper;
create trigger act_of_registering after insert on person
  for each row when (current_user = 'cosmos_app') execute function act_of_registering();

-- AFTER INSERT: counts that a person whom the viewer does not follow was given a privacy notice.
create function act_of_giving_notice() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if follows_person(new.person_id) then return null; end if;
  perform record_act('GIVE_NOTICE', p.district_id, 'notice_receipt', new.id, '{}', null) from person p where p.id = new.person_id;
  return null;
end $$;
alter function act_of_giving_notice owner to cosmos_keeper;
create trigger act_of_giving_notice after insert on notice_receipt
  for each row when (current_user = 'cosmos_app') execute function act_of_giving_notice();

-- AFTER UPDATE: counts that somebody was told of a change of an appointment that is not the viewer's own work.
create function act_of_telling() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_TOLD', new.district_id, 'appointment_notice', new.id, '{}', null) from appointment a
    where a.id = new.appointment_id and not is_own_appointment(a.district_id, a.worker_ids, a.case_worker_id);
  return null;
end $$;
alter function act_of_telling owner to cosmos_keeper;
create trigger act_of_telling after update of done_at on appointment_notice
  for each row when (current_user = 'cosmos_app' and new.done_at is not null and old.done_at is null) execute function act_of_telling();

-- AFTER UPDATE: counts that somebody was told of an offered time.
create function act_of_offering() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_TOLD', new.district_id, 'slot_offer', new.id, '{}', null) from appointment_request r
    where r.id = new.request_id and not is_own_request(r);
  return null;
end $$;
alter function act_of_offering owner to cosmos_keeper;
create trigger act_of_offering after update of told_at on slot_offer
  for each row when (current_user = 'cosmos_app') execute function act_of_offering();

-- AFTER a person joins, leaves or attends a collective appointment that is not the viewer's own work. To take a place back is to cancel it.
create function act_on_place() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_row appointment_person := case when tg_op = 'DELETE' then old else new end;
  v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = v_row.appointment_id and a.places is not null;
  if not found or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids, v_appointment.case_worker_id) then return null; end if;
  perform record_act(case tg_op when 'INSERT' then 'BOOK_APPOINTMENT' when 'DELETE' then 'CANCEL_APPOINTMENT' else 'RECORD_OUTCOME' end::"ActKind",
    v_appointment.district_id, 'appointment', v_appointment.id, array[v_row.person_id], null);
  return null;
end $$;
alter function act_on_place owner to cosmos_keeper;
create trigger act_on_place after insert or update of outcome or delete on appointment_person
  for each row when (current_user = 'cosmos_app') execute function act_on_place();

-- At COMMIT, after an act: tells who would notice it. Of an appointment these are its workers and those who follow its persons; of a request those
-- who follow its person; of an agenda its worker. It runs at COMMIT, so that its time does not tell the desk how many they are. A change of the
-- person has notifications of its own (`notify_contact_changed`, `notify_identity_changed`).
create function act_is_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  if new.kind in ('CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF') then
    select a.* into v_appointment from appointment a where a.id = new.row_id;
    perform tell_of_appointment(v_appointment, 'APPOINTMENT_CANCELLED');
    perform tell_who_follows(p, 'APPOINTMENT_CANCELLED', v_appointment.case_id, null) from unnest(new.person_ids) p;
  elsif new.kind in ('CHANGE_REQUEST', 'WITHDRAW_REQUEST') then
    perform tell_who_follows(p, 'REQUEST_CHANGED', null, null) from unnest(new.person_ids) p;
  elsif new.kind = 'CHANGE_HOURS' then
    insert into notification (worker_id, kind) select v.worker_id, 'AGENDA_CHANGED' from availability v where v.id = new.row_id;
  elsif new.kind = 'DECLARE_TIME_OFF' then
    insert into notification (worker_id, kind) select u.worker_id, 'AGENDA_CHANGED' from unavailability u where u.id = new.row_id;
  end if;
  if new.kind in ('CANCEL_APPOINTMENT', 'MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF') then perform tell_by_safe_contact(new); end if;
  return null;
end $$;
alter function act_is_told owner to cosmos_keeper;
create constraint trigger act_is_told after insert on act deferrable initially deferred for each row execute function act_is_told();
