-- A refusal is no oracle. A mutation that is refused is undone to its savepoint: what it has done until then takes time, and others wait for it. So what
-- grows with rows that the writer may not read is done at COMMIT, by deferred triggers, of which the savepoint leaves nothing. It is not done
-- after the commit: a worker who reads no longer would read in between.

-- At once: whose the case is, and the persons whom the head has read to allocate it. What the answer asks about the case is decided by that. The
-- first assignment ends, for good, what the opener of the case reads. `assignment_reaches_its_case` does the rest at COMMIT.
create function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
begin
  update "case" set assigned_worker_id = v_open, opener_id = null where id = v_case;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open, opener_id = null where case_id = v_case;
  return null;
end $$;
alter function assignment_changed owner to cosmos_keeper;
create trigger assignment_changed after insert or update or delete on assignment
  for each row execute function assignment_changed();

-- The case is held while a row takes its copies: a reassignment that commits meanwhile would pass it by.
create function row_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id
    from "case" where id = new.case_id for share;
  return new;
end $$;
alter function row_takes_its_case owner to cosmos_keeper;
create trigger row_takes_its_case before insert on case_person for each row execute function row_takes_its_case();
create trigger row_takes_its_case before insert on need for each row execute function row_takes_its_case();
create trigger row_takes_its_case before insert on safe_address for each row execute function row_takes_its_case();

create function case_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_case uuid := coalesce(new.case_id, old.case_id);
begin
  update "case" set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}') where id = v_case
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}');
  return null;
end $$;
alter function case_persons_changed owner to cosmos_keeper;
create trigger case_persons_changed after insert or update of show_online or delete on case_person
  for each row execute function case_persons_changed();

create function assignment_keeps_its_past() returns trigger language plpgsql as $$
begin
  if (new.case_id, new.worker_id, new.starts_at) is distinct from (old.case_id, old.worker_id, old.starts_at)
    or (old.ends_at is not null and new.ends_at is distinct from old.ends_at) then
    raise 'an assignment keeps its past';
  end if;
  return new;
end $$;
create trigger assignment_keeps_its_past before update on assignment
  for each row execute function assignment_keeps_its_past();

create function assignment_says_by_whom() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.assigned_by_id := coalesce(new.assigned_by_id, viewer_worker());
  return new;
end $$;
create trigger assignment_says_by_whom before insert on assignment
  for each row execute function assignment_says_by_whom();

-- The rest, of which the head reads nothing: needs, appointments, who waits, releases, notes. The case is held since it was assigned.
-- A reassignment comes by here twice, for what ends and for what begins: the second time finds everything done.
create function assignment_reaches_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select assigned_worker_id from "case" where id = v_case);
begin
  update need set assigned_worker_id = v_open, opener_id = null
    where case_id = v_case and (assigned_worker_id is distinct from v_open or opener_id is not null);
  update appointment set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;
alter function assignment_reaches_its_case owner to cosmos_keeper;
create constraint trigger assignment_reaches_its_case after insert or update or delete on assignment
  deferrable initially deferred for each row execute function assignment_reaches_its_case();

-- At COMMIT, by the assignment that a worker begins. A task that waits closes, and goes on as another to the worker who has the case now: the answer to
-- the first chose another colleague. So does a choice that was offered to the worker who leaves, and not accepted. An offer falls when the case
-- comes back to who made it. All this is said by assignments and offers, and nothing of it by a note.
create function assignment_tells() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before uuid;
  v_givers uuid[];
begin
  if new.ends_at is not null then return null; end if;
  select worker_id into v_before from assignment
    where case_id = new.case_id and id <> new.id and ends_at is not null order by ends_at desc limit 1;
  with closed as (
    update handover_task set closed_at = now() where case_id = new.case_id and closed_at is null returning worker_id
  )
  select array_agg(distinct giver) into v_givers from (
    select worker_id as giver from closed
    union select from_worker_id from handover where case_id = new.case_id and to_worker_id = v_before
      and accepted_at is null and withdrawn_at is null
    union select v_before) g
  where giver <> new.worker_id;
  update handover set withdrawn_at = now()
    where case_id = new.case_id and from_worker_id = new.worker_id and accepted_at is null and withdrawn_at is null;
  insert into notification (worker_id, kind, case_id) values (new.worker_id, 'CASE_ASSIGNED', new.case_id);
  insert into notification (worker_id, kind, case_id) select giver, 'CASE_REASSIGNED', new.case_id from unnest(v_givers) giver;
  insert into handover_task (case_id, worker_id, to_worker_id) select new.case_id, giver, new.worker_id from unnest(v_givers) giver;
  return null;
end $$;
alter function assignment_tells owner to cosmos_keeper;
create constraint trigger assignment_tells after insert on assignment
  deferrable initially deferred for each row when (new.assigned_by_id is not null) execute function assignment_tells();

-- The case is held meanwhile: it cannot be closed before the row is there. Whoever writes into a case that was closed meanwhile looks
-- again, and is told so by the service.
create function closed_case_takes_nothing() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_status "CaseStatus";
begin
  select status into v_status from "case" where id = new.case_id for share;
  if v_status = 'CLOSED' then
    raise 'a closed case takes nothing new' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
alter function closed_case_takes_nothing owner to cosmos_keeper;
create trigger closed_case_takes_nothing before insert on need
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on referral
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment_request
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();

-- The head reopens a case that nobody keeps: nobody is assigned, or the assigned worker no longer works here.
create function case_goes_on() returns trigger language plpgsql as $$
declare
  v_keeps boolean := old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.status = 'CLOSED' and v_keeps is not true then raise 'the assigned worker closes'; end if;
  if new.status = 'OPEN' and v_keeps is not true and (old.district_id = any (viewer_districts('district_head'))
      and (old.assigned_worker_id is null or not may_be_assigned(old.assigned_worker_id, old.district_id))) is not true then
    raise 'who keeps the case reopens it';
  end if;
  return new;
end $$;
create trigger case_goes_on before update of status on "case"
  for each row when (current_user = 'cosmos_app' and old.status <> new.status) execute function case_goes_on();

-- Whoever keeps the case is told when another reopens it.
create function case_reopened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.assigned_worker_id, 'CASE_REOPENED', new.id);
  return null;
end $$;
alter function case_reopened owner to cosmos_keeper;
create trigger case_reopened after update of status on "case"
  for each row when (old.status = 'CLOSED' and new.status = 'OPEN' and new.assigned_worker_id is not null
    and new.assigned_worker_id is distinct from viewer_worker()) execute function case_reopened();

-- A social worker of the district, and not its head, who knows by that what they may know. No other has entered anything: nobody follows
-- a case that is nobody's.
create function case_has_its_opener() returns trigger language plpgsql as $$
begin
  new.opener_id := case when new.district_id = any (viewer_districts('social_worker'))
    and not new.district_id = any (viewer_districts('district_head')) then viewer_worker() end;
  return new;
end $$;
create trigger case_has_its_opener before insert on "case"
  for each row when (current_user = 'cosmos_app') execute function case_has_its_opener();

-- The opener's own entries, while the case is held by row_takes_its_case.
create function row_takes_its_opener() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.opener_id := (select c.opener_id from "case" c where c.id = new.case_id and c.opener_id = viewer_worker());
  return new;
end $$;
alter function row_takes_its_opener owner to cosmos_keeper;
create trigger row_takes_its_opener before insert on case_person
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();
create trigger row_takes_its_opener before insert on need
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();

create function case_has_someone() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(rp.referral_id) from referral_person rp where rp.opened_case_id = new.id;
  return null;
end $$;
alter function case_has_someone owner to cosmos_keeper;
create constraint trigger case_has_someone after update of opener_id on "case"
  deferrable initially deferred for each row when (old.opener_id is not null and new.opener_id is null)
  execute function case_has_someone();

-- A colleague follows the person from now on, by another case.
create function notify_followed_by_another() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.assigned_worker_id is null or viewer_worker() is null then return null; end if;
  if tg_op = 'UPDATE' then
    if new.assigned_worker_id is not distinct from old.assigned_worker_id then return null; end if;
  end if;
  perform tell_who_follows(new.person_id, 'CONTACT_OPENED', new.case_id, new.assigned_worker_id);
  return null;
end $$;
alter function notify_followed_by_another owner to cosmos_keeper;
create constraint trigger notify_followed_by_another after insert or update on case_person
  deferrable initially deferred for each row execute function notify_followed_by_another();
