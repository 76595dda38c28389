-- BEFORE INSERT: copies the district and the assigned worker of the open case, sets the planner, and refuses a worker who may not be
-- assigned. No trigger of this table looks at a note, so that no refusal tells of one (rule 1).
create function reassignment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.from_worker_id
    from "case" where id = new.case_id and status = 'OPEN' for share;
  new.planned_by_id := coalesce(new.planned_by_id, viewer_worker());
  if not may_be_assigned(new.to_worker_id, new.district_id) then
    raise 'not assignable' using errcode = 'check_violation';
  end if;
  return new;
end $$;
alter function reassignment_takes_its_case owner to cosmos_keeper;
create trigger reassignment_takes_its_case before insert on planned_reassignment
  for each row execute function reassignment_takes_its_case();

-- AFTER INSERT: tells the assigned worker and the new worker.
create function notify_reassignment_planned() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select told, 'REASSIGNMENT_PLANNED'::"NotificationKind", new.case_id from unnest(array[new.from_worker_id, new.to_worker_id]) told;
  return null;
end $$;
alter function notify_reassignment_planned owner to cosmos_keeper;
create trigger notify_reassignment_planned after insert on planned_reassignment
  for each row execute function notify_reassignment_planned();

-- AFTER a plan is withdrawn or lapses: tells both workers and the heads of the district, but not the worker who did it.
create function notify_reassignment_called_off() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select told, 'REASSIGNMENT_CALLED_OFF'::"NotificationKind", new.case_id from (
    select unnest(array[new.from_worker_id, new.to_worker_id]) as told
    union select m.worker_id from membership m where m.district_id = new.district_id and m.role = 'DISTRICT_HEAD'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())) concerned
  where told is distinct from viewer_worker();
  return null;
end $$;
alter function notify_reassignment_called_off owner to cosmos_keeper;
create trigger notify_reassignment_called_off after update of outcome on planned_reassignment
  for each row when (old.outcome is null and new.outcome <> 'DONE') execute function notify_reassignment_called_off();

-- AFTER a case is closed, reopened, moved or reassigned: makes its plan lapse, since this decision replaces the plan.
create function case_calls_off_its_reassignment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update planned_reassignment set outcome = 'LAPSED', ended_at = now(), version = version + 1
    where case_id = new.id and outcome is null;
  return null;
end $$;
alter function case_calls_off_its_reassignment owner to cosmos_keeper;
create trigger case_calls_off_its_reassignment after update of status, district_id, assigned_worker_id on "case"
  for each row when ((old.status, old.district_id) is distinct from (new.status, new.district_id)
    or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_calls_off_its_reassignment();
