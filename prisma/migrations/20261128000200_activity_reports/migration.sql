-- Activity reports (rapports d'activité): the figures of a year, which stay where they were frozen, and what the team says of them.
-- Published, it is everyone's.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateTable
CREATE TABLE "activity_report" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID,
    "year" INTEGER NOT NULL,
    "narrative" TEXT,
    "signed_by" TEXT,
    "declined" BOOLEAN NOT NULL DEFAULT false,
    "stated_on" DATE NOT NULL,
    "snapshot_version" INTEGER,
    "social_workers" INTEGER,
    "receptionists" INTEGER,
    "published_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "activity_report_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "activity_report_table" (
    "report_id" UUID NOT NULL,
    "table_id" UUID NOT NULL,
    CONSTRAINT "activity_report_table_pkey" PRIMARY KEY ("report_id","table_id")
);
-- CreateIndex
CREATE INDEX "activity_report_district_id_idx" ON "activity_report"("district_id");
-- CreateIndex
CREATE UNIQUE INDEX "activity_report_subject" ON "activity_report"("year", "district_id") NULLS NOT DISTINCT;
-- CreateIndex
CREATE INDEX "activity_report_table_table_id_idx" ON "activity_report_table"("table_id");
-- AddForeignKey
ALTER TABLE "activity_report" ADD CONSTRAINT "activity_report_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_table" ADD CONSTRAINT "activity_report_table_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "activity_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "activity_report_table" ADD CONSTRAINT "activity_report_table_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "snapshot_table"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- A signed narrative, or the statement that the team declined to write one.
alter table activity_report
  add constraint activity_report_year check (year between 2000 and 2200),
  add constraint activity_report_narrative check (declined = (narrative is null) and (narrative is null) = (signed_by is null)),
  add constraint activity_report_published check (num_nonnulls(published_on, snapshot_version, social_workers, receptionists) in (0, 4));

create function published_for_ever() returns trigger language plpgsql as $$
begin
  if old.published_on is not null then raise 'what was published stays'; end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger published_for_ever before update or delete on activity_report for each row execute function published_for_ever();
create function cited_for_ever() returns trigger language plpgsql as $$ begin raise 'what was published stays'; end $$;
create trigger cited_for_ever before update or delete on activity_report_table for each row execute function cited_for_ever();

-- ---- Who reads and writes ------------------------------------------------------------------------------------
grant select on activity_report, activity_report_table to cosmos_app;
grant insert (id, district_id, year, narrative, signed_by, declined, stated_on) on activity_report to cosmos_app;
grant update (narrative, signed_by, declined, stated_on, snapshot_version, social_workers, receptionists, published_on, version)
  on activity_report to cosmos_app;
grant insert on activity_report_table to cosmos_app;
alter table activity_report enable row level security;
alter table activity_report force row level security;
-- Published, everyone's; before, of those who work with statistics. A reporting client has no use for a draft.
create policy activity_report_read on activity_report for select to cosmos_app using (
  published_on is not null or ((select viewer_reads_statistics()) and not (select viewer_is_reporting_client())));
-- The team says what it has to say by a social worker; for the county, the technical adviser does, who publishes.
create policy activity_report_state on activity_report for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and published_on is null and (
    district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or (district_id is null and (select viewer_has_role('TECHNICAL_ADVISER')))));
create policy activity_report_restate on activity_report for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and published_on is null and (
    district_id = any ((select viewer_districts('social_worker'))::uuid[]) or (select viewer_has_role('TECHNICAL_ADVISER'))))
  with check (published_on is null or (select viewer_has_role('TECHNICAL_ADVISER')));
alter table activity_report_table enable row level security;
alter table activity_report_table force row level security;
create policy activity_report_table_read on activity_report_table for select to cosmos_app using (
  exists (select from activity_report r where r.id = report_id));
create policy activity_report_table_cite on activity_report_table for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from activity_report r where r.id = report_id and r.published_on is null));

-- Whether a published report cites a table.
create function is_published_table(p_table uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report_table c join activity_report r on r.id = c.report_id
    where c.table_id = p_table and r.published_on is not null);

drop policy snapshot_table_read on snapshot_table;
-- A reporting client reads what it has asked for, within its budget; everyone what a published report cites.
create policy snapshot_table_read on snapshot_table for select to cosmos_app using (
  ((select viewer_reads_statistics()) and (
    not (select viewer_is_reporting_client())
    or exists (select from statistics_question q where q.table_id = snapshot_table.id and q.client_id = (select viewer_client()))))
  or is_published_table(id));
-- What a team had observed when its report was published is published with it.
drop policy indicator_observation_read on indicator_observation;
create policy indicator_observation_read on indicator_observation for select to cosmos_app using (
  (select viewer_reads_statistics())
  or exists (select from activity_report r where r.district_id = indicator_observation.district_id and r.year = indicator_observation.year
    and r.published_on >= indicator_observation.stated_on));

-- With how many a district worked at the end of a year: the team, and no one of it.
create function means_of(p_district uuid, p_year integer, out social_workers integer, out receptionists integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct m.worker_id) filter (where m.role = 'SOCIAL_WORKER')::integer,
    count(distinct m.worker_id) filter (where m.role = 'RECEPTIONIST')::integer
  from membership m
  where viewer_reads_statistics() and m.district_id = coalesce(p_district, m.district_id)
    and m.starts_at < make_date(p_year + 1, 1, 1) and (m.ends_at is null or m.ends_at >= make_date(p_year + 1, 1, 1));
end;

grant select on activity_report, activity_report_table to cosmos_keeper;
do $$
declare f regprocedure;
begin
  foreach f in array array['is_published_table(uuid)', 'means_of(uuid,integer)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function is_published_table(uuid), means_of(uuid, integer) to cosmos_app;
