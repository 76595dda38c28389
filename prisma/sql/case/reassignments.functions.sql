-- Returns the planned reassignments whose time has come, at most 500 in one call, the earliest first. cosmos_jobs may call it.
create function due_reassignments() returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select id from planned_reassignment where outcome is null and takes_effect_at <= now()
    order by takes_effect_at, id limit 500;
end $$;
alter function due_reassignments owner to cosmos_keeper;
grant execute on function due_reassignments to cosmos_jobs;

-- Reassigns one case whose time has come, in the name of the head who planned it. It happens once, even if several jobs try. It checks the
-- conditions again: the case is open and has the same worker, the new worker may be assigned, and the planner still heads the district.
-- Otherwise the plan lapses. Returns whether the case was reassigned. cosmos_jobs may call it.
create function carry_out_reassignment(p_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case "case"%rowtype;
  v_plan planned_reassignment%rowtype;
  v_stands boolean;
begin
  perform only_jobs();
  -- The case is locked first, in the same order as in a reassignment or a closing, so that no deadlock occurs.
  select c.* into v_case from planned_reassignment p join "case" c on c.id = p.case_id where p.id = p_id for no key update of c;
  select * into v_plan from planned_reassignment
    where id = p_id and outcome is null and takes_effect_at <= now() for update;
  if not found then return false; end if;
  v_stands := v_case.status = 'OPEN' and v_case.assigned_worker_id is not distinct from v_plan.from_worker_id
    and may_be_assigned(v_plan.to_worker_id, v_plan.district_id)
    and exists (select from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
      where m.worker_id = v_plan.planned_by_id and m.district_id = v_plan.district_id and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  -- The plan ends before the assignment changes: otherwise `case_calls_off_its_reassignment` would make it lapse.
  update planned_reassignment set ended_at = now(), version = version + 1,
    outcome = case when v_stands then 'DONE'::"PlannedReassignmentOutcome" else 'LAPSED' end where id = p_id;
  if v_stands then
    update "case" set version = version + 1 where id = v_plan.case_id;
    update assignment set ends_at = clock_timestamp() where case_id = v_plan.case_id and ends_at is null;
    insert into assignment (case_id, worker_id, assigned_by_id)
      values (v_plan.case_id, v_plan.to_worker_id, v_plan.planned_by_id);
  end if;
  insert into access_log (operation_id, actor_kind, action, outcome, case_id, target_worker_id)
    values (gen_random_uuid(), 'JOBS', 'REASSIGN_CASE', case when v_stands then 'DONE' else 'REFUSED' end, v_plan.case_id, v_plan.to_worker_id);
  return v_stands;
end $$;
alter function carry_out_reassignment owner to cosmos_keeper;
grant execute on function carry_out_reassignment to cosmos_jobs;
