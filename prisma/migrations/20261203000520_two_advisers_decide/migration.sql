-- One technical adviser refused an indicator that every team was for, for good, or retired one that was adopted. Now two of them do, each
-- with their reason and in their own name, which everyone reads. One is enough where the teams have not agreed to it.

-- CreateEnum
CREATE TYPE "IndicatorDecisionKind" AS ENUM ('REFUSE', 'RETIRE');
-- CreateTable
CREATE TABLE "indicator_decision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "indicator_id" UUID NOT NULL,
    "kind" "IndicatorDecisionKind" NOT NULL,
    "refusal" "IndicatorRefusal",
    "reason" TEXT NOT NULL,
    "worker_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "said_on" DATE NOT NULL,
    CONSTRAINT "indicator_decision_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE INDEX "indicator_decision_worker_id_idx" ON "indicator_decision"("worker_id");
-- CreateIndex
CREATE UNIQUE INDEX "indicator_decision_indicator_id_kind_worker_id_key" ON "indicator_decision"("indicator_id", "kind", "worker_id");
-- AddForeignKey
ALTER TABLE "indicator_decision" ADD CONSTRAINT "indicator_decision_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_decision" ADD CONSTRAINT "indicator_decision_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table indicator_decision
  add constraint indicator_decision_refusal check ((kind = 'REFUSE') = (refusal is not null)),
  add constraint indicator_decision_reason check (length(reason) between 1 and 2000);
create trigger in_ones_own_name before insert on indicator_decision for each row execute function in_ones_own_name();

-- ---- Who reads and writes --------------------------------------------------------------------------------------
-- What an adviser says stays: nobody takes it back, nor changes it.
grant select on indicator_decision to cosmos_app;
grant insert (id, indicator_id, kind, refusal, reason, worker_id, said_on) on indicator_decision to cosmos_app;
alter table indicator_decision enable row level security;
alter table indicator_decision force row level security;
create policy indicator_decision_read on indicator_decision for select to cosmos_app using (true);
create policy indicator_decision_say on indicator_decision for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from indicator i where i.id = indicator_id
    and case indicator_decision.kind when 'REFUSE' then i.status in ('PROPOSED', 'CONSULTED') else i.status = 'ADOPTED' end));

-- ---- What must hold --------------------------------------------------------------------------------------------
-- Two advisers have said it; or one, of a refusal, and the teams were asked and have not agreed.
create function indicator_is_decided(p_indicator uuid, p_kind "IndicatorDecisionKind") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= 2
      or (count(*) = 1 and p_kind = 'REFUSE' and exists (select from indicator i where i.id = p_indicator
        and i.consulted_from is not null and indicator_obstacle(i.id) = 'NOT_AGREED'))
    from indicator_decision d where d.indicator_id = p_indicator and d.kind = p_kind);

-- Retired is also what another version has taken the place of, which stands at COMMIT.
create function two_advisers_decide() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not indicator_is_decided(new.id, (case new.status when 'REFUSED' then 'REFUSE' else 'RETIRE' end)::"IndicatorDecisionKind")
      and not (new.status = 'RETIRED'
        and exists (select from indicator i where i.code = new.code and i.status = 'ADOPTED' and i.version > new.version)) then
    raise 'one adviser alone does not decide this';
  end if;
  return null;
end $$;
create constraint trigger two_advisers_decide after update of status on indicator deferrable initially deferred
  for each row when (current_user = 'cosmos_app' and new.status in ('REFUSED', 'RETIRED')) execute function two_advisers_decide();

grant select on indicator_decision to cosmos_keeper;
do $$
declare f regprocedure;
begin
  foreach f in array array['indicator_is_decided(uuid,"IndicatorDecisionKind")', 'two_advisers_decide()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function indicator_is_decided(uuid, "IndicatorDecisionKind") to cosmos_app;
