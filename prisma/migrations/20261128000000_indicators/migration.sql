-- Indicators: what is counted, in words that were agreed on. Proposed, consulted on by every district's team, adopted, retired; what
-- each team said of it is public, and so is why one was refused.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "IndicatorStatus" AS ENUM ('PROPOSED', 'CONSULTED', 'ADOPTED', 'RETIRED', 'REFUSED');
-- CreateEnum
CREATE TYPE "IndicatorUnit" AS ENUM ('PERSON', 'CASE', 'APPOINTMENT', 'REQUEST', 'VISIT', 'REFERRAL');
-- CreateEnum
CREATE TYPE "IndicatorKind" AS ENUM ('STOCK', 'FLOW', 'DISTINCT', 'WAITING_TIME', 'RATE');
-- CreateEnum
CREATE TYPE "IndicatorRefusal" AS ENUM ('SUBJECTIVE', 'NOT_RECORDED', 'ABOUT_WORKERS', 'NOT_COLLECTED', 'DUPLICATE', 'NOT_WANTED');
-- CreateEnum
CREATE TYPE "TeamPosition" AS ENUM ('FOR', 'AGAINST', 'ABSTAINED', 'DECLINED');
-- CreateTable
CREATE TABLE "indicator" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "definition_fr" TEXT NOT NULL,
    "counts_fr" TEXT NOT NULL,
    "does_not_count_fr" TEXT NOT NULL,
    "measure" TEXT,
    "unit" "IndicatorUnit" NOT NULL,
    "kind" "IndicatorKind" NOT NULL,
    "dimensions" TEXT[],
    "threshold" INTEGER NOT NULL,
    "status" "IndicatorStatus" NOT NULL DEFAULT 'PROPOSED',
    "proposed_in_id" UUID,
    "proposed_on" DATE NOT NULL,
    "consulted_from" DATE,
    "consulted_until" DATE,
    "adopted_on" DATE,
    "retired_on" DATE,
    "refusal" "IndicatorRefusal",
    "refusal_text" TEXT,
    "place" INTEGER,
    CONSTRAINT "indicator_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "indicator_opinion" (
    "indicator_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "position" "TeamPosition" NOT NULL,
    "dissent" TEXT,
    "stated_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "indicator_opinion_pkey" PRIMARY KEY ("indicator_id","district_id")
);
-- CreateTable
CREATE TABLE "indicator_observation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "district_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "stated_on" DATE NOT NULL,
    CONSTRAINT "indicator_observation_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE UNIQUE INDEX "indicator_place_key" ON "indicator"("place");
-- CreateIndex
CREATE INDEX "indicator_proposed_in_id_idx" ON "indicator"("proposed_in_id");
-- CreateIndex
CREATE UNIQUE INDEX "indicator_code_version_key" ON "indicator"("code", "version");
-- CreateIndex
CREATE INDEX "indicator_opinion_district_id_idx" ON "indicator_opinion"("district_id");
-- CreateIndex
CREATE INDEX "indicator_observation_district_id_year_code_idx" ON "indicator_observation"("district_id", "year", "code");
-- CreateIndex
CREATE INDEX "indicator_observation_code_year_stated_on_id_idx" ON "indicator_observation"("code", "year", "stated_on", "id");
-- AddForeignKey
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_proposed_in_id_fkey" FOREIGN KEY ("proposed_in_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_opinion" ADD CONSTRAINT "indicator_opinion_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_opinion" ADD CONSTRAINT "indicator_opinion_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "indicator_observation" ADD CONSTRAINT "indicator_observation_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- At most 40 are adopted at a time: each holds one of 40 places.
alter table indicator
  add constraint indicator_code check (code ~ '^[A-Z][A-Z0-9_]{2,39}$'),
  add constraint indicator_version check (version >= 1),
  add constraint indicator_threshold check (threshold between 5 and 1000),
  add constraint indicator_place check (place between 1 and 40 and (place is not null) = (status = 'ADOPTED') or place is null and status <> 'ADOPTED'),
  add constraint indicator_consulted check (consulted_until >= consulted_from + 14
    and (consulted_from is not null) = (consulted_until is not null)),
  add constraint indicator_dates check (
    (status <> 'CONSULTED' or consulted_from is not null)
    and (status not in ('ADOPTED', 'RETIRED') or (adopted_on is not null and consulted_from is not null))
    and (status = 'RETIRED') = (retired_on is not null)
    and retired_on >= adopted_on),
  add constraint indicator_refused check ((status = 'REFUSED') = (refusal is not null) and (refusal is null) = (refusal_text is null)),
  -- Nobody counts what nothing records.
  add constraint indicator_measured check (status not in ('ADOPTED', 'RETIRED') or measure is not null);
create unique index indicator_adopted on indicator (code) where status = 'ADOPTED';
create unique index indicator_open on indicator (code) where status in ('PROPOSED', 'CONSULTED');
alter table indicator_observation
  add constraint indicator_observation_year check (year between 2000 and 2200);

-- ---- Who reads and writes ------------------------------------------------------------------------------------
-- What is counted, and who agreed to it, is public.
grant select on indicator, indicator_opinion to cosmos_app;
grant insert (id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions, threshold,
  proposed_in_id, proposed_on) on indicator to cosmos_app;
grant update (status, consulted_from, consulted_until, adopted_on, retired_on, refusal, refusal_text, place) on indicator to cosmos_app;
alter table indicator enable row level security;
alter table indicator force row level security;
create policy indicator_read on indicator for select to cosmos_app using (true);
create policy indicator_propose on indicator for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and status = 'PROPOSED' and (
    proposed_in_id = any ((select viewer_districts('social_worker'))::uuid[])
    or proposed_in_id = any ((select viewer_districts('district_head'))::uuid[])
    or (proposed_in_id is null and (select viewer_has_role('TECHNICAL_ADVISER')))));
create policy indicator_decide on indicator for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));

-- A team speaks by one of its social workers, and not by its head.
grant insert (indicator_id, district_id, position, dissent, stated_on) on indicator_opinion to cosmos_app;
grant update (position, dissent, stated_on, version) on indicator_opinion to cosmos_app;
alter table indicator_opinion enable row level security;
alter table indicator_opinion force row level security;
create policy indicator_opinion_read on indicator_opinion for select to cosmos_app using (true);
create policy indicator_opinion_state on indicator_opinion for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy indicator_opinion_restate on indicator_opinion for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and district_id = any ((select viewer_districts('social_worker'))::uuid[]));

-- An observation is a team's, beside the figures: whoever reads those reads it.
grant select on indicator_observation to cosmos_app;
grant insert (id, code, district_id, year, body, stated_on) on indicator_observation to cosmos_app;
alter table indicator_observation enable row level security;
alter table indicator_observation force row level security;
create policy indicator_observation_read on indicator_observation for select to cosmos_app using ((select viewer_reads_statistics()));
create policy indicator_observation_state on indicator_observation for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and district_id = any ((select viewer_districts('social_worker'))::uuid[]));

-- ---- What the database keeps ---------------------------------------------------------------------------------
-- What stands in the way of adoption, in the words of the conflict; null if nothing does. Every team is asked: it has stated its
-- opinion, or its time for it is over. More teams are for it than against.
create function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when i.consulted_until >= (now() at time zone 'Europe/Paris')::date and exists (select from district d
        where d.switched_on_on is not null
          and not exists (select from indicator_opinion o where o.indicator_id = i.id and o.district_id = d.id)) then 'TEAMS_TO_BE_HEARD'
      when (select count(*) filter (where o.position = 'FOR') <= count(*) filter (where o.position = 'AGAINST')
        from indicator_opinion o where o.indicator_id = i.id) then 'NOT_AGREED'
      end from indicator i where i.id = p_indicator);

-- Each step follows the one before it, and what was decided stays. Opinions are stated while they are asked for.
create function indicator_steps() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.status = new.status or (old.status, new.status) not in (
    ('PROPOSED', 'CONSULTED'), ('PROPOSED', 'REFUSED'), ('CONSULTED', 'REFUSED'), ('CONSULTED', 'ADOPTED'), ('ADOPTED', 'RETIRED'))
  then raise 'an indicator does not go from % to %', old.status, new.status; end if;
  if new.status = 'ADOPTED' and indicator_obstacle(new.id) is not null then raise 'the teams have not agreed to it'; end if;
  return new;
end $$;
create trigger indicator_steps before update on indicator for each row execute function indicator_steps();

create function opinion_while_asked() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held, so that the consultation is not closed meanwhile.
  perform from indicator i where i.id = new.indicator_id and i.status = 'CONSULTED'
    and (now() at time zone 'Europe/Paris')::date between i.consulted_from and i.consulted_until for share;
  if not found then raise 'the teams are not asked now'; end if;
  return new;
end $$;
create trigger opinion_while_asked before insert or update on indicator_opinion for each row execute function opinion_while_asked();

grant select, update on indicator to cosmos_keeper;
grant select on indicator_opinion to cosmos_keeper;
do $$
declare f regprocedure;
begin
  foreach f in array array['indicator_obstacle(uuid)', 'indicator_steps()', 'opinion_while_asked()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function indicator_obstacle(uuid) to cosmos_app;
