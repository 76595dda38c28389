-- A reassignment may be dated up to five days ahead: the author chooses what to hand over while they still read it. A job carries it out
-- within a minute of its time. Nothing of the case opens before.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'REASSIGNMENT_PLANNED';
ALTER TYPE "NotificationKind" ADD VALUE 'REASSIGNMENT_CALLED_OFF';

-- CreateEnum
CREATE TYPE "PlannedReassignmentOutcome" AS ENUM ('DONE', 'WITHDRAWN', 'LAPSED');

-- CreateTable
CREATE TABLE "planned_reassignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "from_worker_id" UUID NOT NULL,
    "to_worker_id" UUID NOT NULL,
    "takes_effect_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_by_id" UUID NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" "PlannedReassignmentOutcome",
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "planned_reassignment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "planned_reassignment_case_id_idx" ON "planned_reassignment"("case_id");

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_from_worker_id_fkey" FOREIGN KEY ("from_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_reassignment" ADD CONSTRAINT "planned_reassignment_planned_by_id_fkey" FOREIGN KEY ("planned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What always holds -----------------------------------------------------------------------------------------------
-- Domain, rule 3: nobody assigns a case to themselves. That a head is not assigned cases where they head is in may_be_assigned().
alter table planned_reassignment
  add constraint planned_reassignment_to_another check (to_worker_id <> from_worker_id),
  add constraint planned_reassignment_not_to_oneself check (to_worker_id <> planned_by_id),
  add constraint planned_reassignment_five_days check (takes_effect_at > planned_at and takes_effect_at <= planned_at + interval '5 days'),
  add constraint planned_reassignment_ended check ((outcome is null) = (ended_at is null));
create unique index planned_reassignment_once on planned_reassignment (case_id) where outcome is null;
create index planned_reassignment_to_come on planned_reassignment (to_worker_id, takes_effect_at, id) where outcome is null;
create index planned_reassignment_due on planned_reassignment (takes_effect_at, id) where outcome is null;

-- ---- Who may ------------------------------------------------------------------------------------------------------------
alter table planned_reassignment enable row level security;
alter table planned_reassignment force row level security;
grant select on planned_reassignment to cosmos_app;
grant insert (id, case_id, to_worker_id, takes_effect_at) on planned_reassignment to cosmos_app;
grant update (outcome, ended_at, version) on planned_reassignment to cosmos_app;
create policy planned_reassignment_read on planned_reassignment for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (select viewer_worker()) in (from_worker_id, to_worker_id)
    and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy planned_reassignment_plan on planned_reassignment for insert to cosmos_app with check (
  planned_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and district_id = any ((select viewer_districts('district_head'))::uuid[]));
create policy planned_reassignment_withdraw on planned_reassignment for update to cosmos_app
  using (outcome is null and (select viewer_has_scope('cases:write'))
    and district_id = any ((select viewer_districts('district_head'))::uuid[]))
  with check (outcome = 'WITHDRAWN');

-- ---- Planned ------------------------------------------------------------------------------------------------------------
-- Neither this nor what follows looks at a note, so that no refusal tells of one.
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
create trigger reassignment_takes_its_case before insert on planned_reassignment
  for each row execute function reassignment_takes_its_case();

create function notify_reassignment_planned() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select told, 'REASSIGNMENT_PLANNED'::"NotificationKind", new.case_id from unnest(array[new.from_worker_id, new.to_worker_id]) told;
  return null;
end $$;
create trigger notify_reassignment_planned after insert on planned_reassignment
  for each row execute function notify_reassignment_planned();

-- ---- Called off ---------------------------------------------------------------------------------------------------------
-- Withdrawn by a head, or lapsed: both workers and the heads of the district are told, but for whoever did it.
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
create trigger notify_reassignment_called_off after update of outcome on planned_reassignment
  for each row when (old.outcome is null and new.outcome <> 'DONE') execute function notify_reassignment_called_off();

-- Whoever reassigns or closes the case meanwhile has decided anew.
create function case_calls_off_its_reassignment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update planned_reassignment set outcome = 'LAPSED', ended_at = now(), version = version + 1
    where case_id = new.id and outcome is null;
  return null;
end $$;
create trigger case_calls_off_its_reassignment after update of status, district_id, assigned_worker_id on "case"
  for each row when ((old.status, old.district_id) is distinct from (new.status, new.district_id)
    or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_calls_off_its_reassignment();

-- ---- Carried out --------------------------------------------------------------------------------------------------------
create function due_reassignments() returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select id from planned_reassignment where outcome is null and takes_effect_at <= now()
    order by takes_effect_at, id limit 500;
end $$;

-- Reassigns one case whose time has come, as the head who planned it; once, whoever else tries. What was allowed when it was planned
-- is asked again: the case is open and still the same worker's, the new worker may be assigned, and who planned it heads the district.
-- Else it lapses. Answers whether the case was reassigned.
create function carry_out_reassignment(p_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case "case"%rowtype;
  v_plan planned_reassignment%rowtype;
  v_stands boolean;
begin
  -- First the case, as whoever reassigns or closes it.
  select c.* into v_case from planned_reassignment p join "case" c on c.id = p.case_id where p.id = p_id for no key update of c;
  select * into v_plan from planned_reassignment
    where id = p_id and outcome is null and takes_effect_at <= now() for update;
  if not found then return false; end if;
  v_stands := v_case.status = 'OPEN' and v_case.assigned_worker_id is not distinct from v_plan.from_worker_id
    and may_be_assigned(v_plan.to_worker_id, v_plan.district_id)
    and exists (select from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
      where m.worker_id = v_plan.planned_by_id and m.district_id = v_plan.district_id and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  -- Ended before the case moves, which would call it off.
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

grant select, update (outcome, ended_at, version) on planned_reassignment to cosmos_keeper;
grant update (version) on "case" to cosmos_keeper;
grant insert (case_id, worker_id, assigned_by_id), update (ends_at) on assignment to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['reassignment_takes_its_case()', 'notify_reassignment_planned()', 'notify_reassignment_called_off()',
    'case_calls_off_its_reassignment()', 'due_reassignments()', 'carry_out_reassignment(uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function due_reassignments(), carry_out_reassignment(uuid) to cosmos_jobs;
