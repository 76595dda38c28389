-- A figure that is frozen stays, also where it is wrong: a new one beside the old would show who was added or left out. An error that is found
-- later is said, in public, with its reason and the names of two who sign it. A report is recalled in the same way.

-- CreateTable
CREATE TABLE "erratum" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "period" TEXT NOT NULL,
    "indicator_code" TEXT,
    "district_id" UUID,
    "text_fr" TEXT NOT NULL,
    "text_en" TEXT,
    "recalls" BOOLEAN NOT NULL DEFAULT false,
    "proposed_by_id" UUID NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_on" DATE NOT NULL,
    "signed_by_id" UUID,
    "signed_by" TEXT,
    "published_on" DATE,
    "withdrawn_on" DATE,
    CONSTRAINT "erratum_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE INDEX "erratum_period_indicator_code_idx" ON "erratum"("period", "indicator_code");
-- CreateIndex
CREATE INDEX "erratum_district_id_idx" ON "erratum"("district_id");
-- CreateIndex
CREATE INDEX "erratum_proposed_by_id_idx" ON "erratum"("proposed_by_id");
-- CreateIndex
CREATE INDEX "erratum_signed_by_id_idx" ON "erratum"("signed_by_id");
-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_signed_by_id_fkey" FOREIGN KEY ("signed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold --------------------------------------------------------------------------------------------
create index erratum_published on erratum (published_on desc, id) where published_on is not null;
-- Nobody signs it any more from this day on: what no second person confirms in sixty days is not confirmed.
create function erratum_lapses_on(p_proposed_on date) returns date language sql immutable return p_proposed_on + 60;
grant execute on function erratum_lapses_on(date) to cosmos_app;
create index erratum_unsigned on erratum (erratum_lapses_on(proposed_on) desc, id) where published_on is null and withdrawn_on is null;
-- Without an indicator it is about the report of that year.
alter table erratum
  add constraint erratum_period check (period ~ '^\d{4}(-(0[1-9]|1[0-2]))?$'),
  add constraint erratum_of_a_report check (indicator_code is not null or length(period) = 4),
  add constraint erratum_recalls_a_report check (not recalls or indicator_code is null),
  add constraint erratum_texts check (length(text_fr) between 1 and 2000 and length(text_en) between 1 and 2000),
  add constraint erratum_signed check (num_nonnulls(signed_by_id, signed_by, published_on) in (0, 3)),
  add constraint erratum_of_two check (signed_by_id <> proposed_by_id),
  add constraint erratum_withdrawn check (withdrawn_on is null or published_on is null);

create function erratum_is_signed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.proposed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.proposed_by_id);
    -- It is about what is frozen, or about a report that is published.
    if not (case when new.indicator_code is null
        then exists (select from activity_report r where r.year = new.period::integer and r.district_id is not distinct from new.district_id
          and r.published_on is not null)
        else exists (select from snapshot s join snapshot_table t on t.snapshot_id = s.id join indicator i on i.id = t.indicator_id
          where s.period = new.period and i.code = new.indicator_code and t.district_id is not distinct from new.district_id) end) then
      raise 'nothing like this was told' using errcode = 'check_violation';
    end if;
  elsif old.published_on is not null or old.withdrawn_on is not null then raise 'what is published or taken back stays';
  elsif new.published_on is not null then
    new.signed_by := (select w.given_name || ' ' || w.family_name from worker w where w.id = new.signed_by_id);
  end if;
  return new;
end $$;
create trigger erratum_is_signed before insert or update on erratum for each row execute function erratum_is_signed();

-- ---- Who reads and writes --------------------------------------------------------------------------------------
grant select on erratum to cosmos_app;
grant insert (id, period, indicator_code, district_id, text_fr, text_en, recalls, proposed_by_id, proposed_on) on erratum to cosmos_app;
grant update (signed_by_id, published_on, withdrawn_on) on erratum to cosmos_app;
alter table erratum enable row level security;
alter table erratum force row level security;
create policy erratum_read on erratum for select to cosmos_app using (published_on is not null or (select viewer_reads_drafts()));
create policy erratum_propose on erratum for insert to cosmos_app with check (
  proposed_by_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));
create policy erratum_sign on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id <> (select viewer_worker())
    and erratum_lapses_on(proposed_on) > day_in_paris(now())
    and (select viewer_has_scope('statistics:write'))
    and (select viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')))
  with check (withdrawn_on is null and signed_by_id = (select viewer_worker()));
create policy erratum_withdraw on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id = (select viewer_worker())
    and (select viewer_has_scope('statistics:write')))
  with check (withdrawn_on is not null and proposed_by_id = (select viewer_worker()));

grant select on erratum to cosmos_keeper;
revoke all on function erratum_is_signed() from public;
alter function erratum_is_signed() owner to cosmos_keeper;
