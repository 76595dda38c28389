-- A refused mutation must tell nothing of rows that its author may not read: neither by the time that it takes, nor by the locks that it
-- holds until it is rolled back to its savepoint. So work that grows with such rows runs at COMMIT, in deferred triggers, which that rollback
-- discards. It does not run after the COMMIT, since a worker who has lost the case could read in between.

-- AFTER each change of an assignment, at once: copies the assigned worker to the case and to the rows of its persons, which the head has read
-- in order to allocate it. The answer of the API depends on these copies. The first assignment ends for good what the worker who opened the
-- case reads by having opened it. `assignment_reaches_its_case` does the rest at COMMIT.
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

-- BEFORE INSERT: copies the district and the assigned worker of the case into the row. It locks the case: otherwise a reassignment that
-- commits meanwhile would miss the new row.
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

-- AFTER each change of the persons of a case: keeps on the case the list of persons who see it online.
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

-- BEFORE UPDATE: keeps the case, the worker, the start, and an end once it is set.
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

-- BEFORE INSERT: records the viewer as the worker who assigned the case, unless a job names the planner.
create function assignment_says_by_whom() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.assigned_by_id := coalesce(new.assigned_by_id, viewer_worker());
  return new;
end $$;
create trigger assignment_says_by_whom before insert on assignment
  for each row execute function assignment_says_by_whom();

-- At COMMIT, after a change of an assignment: copies the worker to needs, appointments and requests, of which the head reads nothing, lapses
-- releases and sets the readers of the notes. The case is locked since `assignment_changed`. A reassignment runs this twice, for the
-- assignment that ends and for the one that begins; the second run finds nothing to do.
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

-- At COMMIT, after an assignment begins: tells the new worker and the worker who had the case. Handover tasks that wait are closed, and their
-- workers get a task towards the new worker: they had chosen another colleague. A worker whose offer to the leaving worker was not accepted
-- gets a task, too. An offer ends if the case comes back to the worker who made it. It uses assignments and offers and no note, so that it
-- tells of none (rule 1). A worker to whom the case comes back within 30 days is told if somebody else has meanwhile written how its persons are
-- reached, or who they are: a head and a colleague can reassign a case for an hour.
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
  insert into notification (worker_id, kind, case_id) select new.worker_id, 'CONTACT_CHANGED', new.case_id where exists (
    select from case_person cp join access_log l on l.person_id = cp.person_id
    where cp.case_id = new.case_id and not l.blanked and l.outcome = 'DONE' and l.actor_id <> new.worker_id
      and l.action in ('UPDATE_PERSON', 'SET_SAFE_CONTACT', 'SET_SAFE_ADDRESS', 'SET_AGREED_WORD', 'ANSWER_CONTACT_WORD', 'ANSWER_CONTACT_PROPOSAL')
      and l.occurred_at > (select max(a.ends_at) from assignment a where a.case_id = new.case_id and a.worker_id = new.worker_id
        and a.ends_at > now() - interval '30 days'));
  insert into notification (worker_id, kind, case_id) select giver, 'CASE_REASSIGNED', new.case_id from unnest(v_givers) giver;
  insert into handover_task (case_id, worker_id, to_worker_id) select new.case_id, giver, new.worker_id from unnest(v_givers) giver;
  return null;
end $$;
alter function assignment_tells owner to cosmos_keeper;
create constraint trigger assignment_tells after insert on assignment
  deferrable initially deferred for each row when (new.assigned_by_id is not null) execute function assignment_tells();

-- BEFORE INSERT by cosmos_app: refuses a row in a closed case. It locks the case, so that nobody closes it before the row is there. The error
-- is a serialization failure: the service reads the case again and tells the worker that it is closed.
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

-- BEFORE the status changes by cosmos_app: the assigned worker closes and reopens the case. A head of the district reopens it if nobody is
-- assigned, or if the assigned worker may not be assigned in the district today.
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

-- AFTER a case is reopened: tells the assigned worker, unless they did it.
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

-- BEFORE INSERT by cosmos_app: records the social worker who opens the case, who reads their own entries until the case is assigned. A head
-- of the district is not recorded: their role says what they read. Nobody else writes into a case that has no worker, so the opener reads no
-- entry of a colleague.
create function case_has_its_opener() returns trigger language plpgsql as $$
begin
  new.opener_id := case when new.district_id = any (viewer_districts('social_worker'))
    and not new.district_id = any (viewer_districts('district_head')) then viewer_worker() end;
  return new;
end $$;
create trigger case_has_its_opener before insert on "case"
  for each row when (current_user = 'cosmos_app') execute function case_has_its_opener();

-- BEFORE INSERT by cosmos_app: marks a row of the worker who opened the case. `row_takes_its_case` has locked the case.
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

-- At COMMIT, after the first assignment of a case: ends what the receiver of a referral knows of the person by the referral. From then on the
-- case makes the person known.
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

-- At COMMIT, after a person enters a case or its worker changes: tells the workers of the person's other cases that a colleague follows the
-- person.
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

-- The reference of a case: ten symbols in groups, as in K7QF-3M9X-2T.
create trigger case_draws_its_reference before insert on "case"
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')) execute function draws_its_reference('', '4', '4', '2');
