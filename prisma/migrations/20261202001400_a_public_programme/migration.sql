-- A public programme. What is released of an indicator is decided when it is adopted, and everyone may read all of it. So nobody gains by asking
-- often or together, and there is no budget to spend. A period is frozen once. Whether an indicator is given by district or of the county alone is
-- decided from a trial count at its adoption: no cell is withheld because of what one worker did.

-- CreateEnum
CREATE TYPE "IndicatorTerritory" AS ENUM ('DISTRICT', 'COUNTY');
-- AlterTable
ALTER TABLE "indicator" ADD COLUMN "given_by" "IndicatorTerritory";
-- AlterTable
ALTER TABLE "snapshot_table" ADD COLUMN "bases" INTEGER[];
-- DropTable
DROP POLICY snapshot_table_read ON snapshot_table;
DROP FUNCTION ask_statistics(text, integer, text, uuid, text[]);
DROP TABLE "statistics_question", "statistics_budget";
DROP FUNCTION statistics_budget_size();

-- ---- Everyone reads what is frozen ---------------------------------------------------------------------------
create policy snapshot_table_read on snapshot_table for select to cosmos_app using (true);
drop function is_published_table(uuid);
-- The base of a rate stands beside it, in the same place.
alter table snapshot_table add constraint snapshot_table_bases check (bases is null or cardinality(bases) = cardinality(cells));
alter table snapshot_table drop constraint snapshot_table_dimensions;

-- ---- A period has one version --------------------------------------------------------------------------------
-- Of the two versions that a period had, the last stays. A report that cited the first cites the same table of the last.
alter table indicator no force row level security;
alter table snapshot no force row level security;
alter table snapshot_dimension no force row level security;
alter table snapshot_table no force row level security;
alter table activity_report_table no force row level security;
alter table snapshot disable trigger frozen_for_ever;
alter table snapshot_dimension disable trigger frozen_for_ever;
alter table snapshot_table disable trigger frozen_for_ever;
alter table activity_report_table disable trigger cited_for_ever;
create temporary table superseded on commit drop as
  select s.id, l.id as last_id from snapshot s join snapshot l on l.period = s.period and l.version > s.version;
insert into activity_report_table (report_id, table_id)
  select c.report_id, l.id from superseded s join snapshot_table t on t.snapshot_id = s.id
    join activity_report_table c on c.table_id = t.id
    join snapshot_table l on l.snapshot_id = s.last_id and l.indicator_id = t.indicator_id
      and l.district_id is not distinct from t.district_id and l.dimensions = t.dimensions
  on conflict do nothing;
delete from activity_report_table c using snapshot_table t where t.id = c.table_id and t.snapshot_id in (select id from superseded);
delete from snapshot_table where snapshot_id in (select id from superseded);
delete from snapshot_dimension where snapshot_id in (select id from superseded);
delete from snapshot where id in (select id from superseded);
-- Nothing finer than the programme is kept, but for what a published report cites. Of the county by two dimensions nothing is kept.
delete from snapshot_table t using snapshot s, indicator i where s.id = t.snapshot_id and i.id = t.indicator_id
  and not exists (select from activity_report_table c where c.table_id = t.id)
  and (cardinality(t.dimensions) > 1 or (cardinality(t.dimensions) = 1 and i.kind = 'RATE')
    or (t.district_id is not null and t.dimensions && array['NEED_THEME', 'NEED_CODE'])
    or (length(s.period) = 7 and (not t.dimensions <@ array['WAIT'] or i.kind = 'DISTINCT'
      or (i.kind = 'STOCK' and (t.district_id is not null or t.dimensions <> '{}' or extract(month from s.ends_on) not in (1, 4, 7, 10))))));
alter table snapshot enable trigger frozen_for_ever;
alter table snapshot_dimension enable trigger frozen_for_ever;
alter table snapshot_table enable trigger frozen_for_ever;
alter table activity_report_table enable trigger cited_for_ever;
alter table indicator force row level security;
alter table snapshot force row level security;
alter table snapshot_dimension force row level security;
alter table snapshot_table force row level security;
alter table activity_report_table force row level security;

alter table snapshot_table add constraint snapshot_table_dimensions check (cardinality(dimensions) <= 2);

drop function next_snapshot(), indicators_of_snapshot(text, integer, date), begin_snapshot(text, integer, date, date, integer, bytea),
  snapshot_due(date, date, integer), statistics_records(text, timestamptz, timestamptz, uuid[]), write_snapshot_tables(uuid, jsonb);
-- AlterTable
ALTER TABLE "indicator" DROP COLUMN "threshold";
-- DropIndex
DROP INDEX "snapshot_period_version_key";
-- AlterTable
ALTER TABLE "snapshot" DROP COLUMN "version";
-- AlterTable
ALTER TABLE "activity_report" DROP COLUMN "snapshot_version";
-- CreateIndex
CREATE UNIQUE INDEX "snapshot_period_key" ON "snapshot"("period");
alter table activity_report add constraint activity_report_published check (num_nonnulls(published_on, social_workers, receptionists) in (0, 3));

-- When a period is frozen: a month on the tenth of the next, a year a month later than its last.
create function snapshot_due(p_starts_on date, p_ends_on date) returns date
  language sql immutable
  return (p_ends_on + interval '9 days' + case when p_ends_on > p_starts_on + 31 then interval '1 month' else interval '0' end)::date;

-- The earliest period that is due and not frozen: what went by unfrozen is made up for within two years. Only one at a time freezes: who
-- comes second finds nothing to do. A month begins with the districts that are switched on by its first day.
create function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts
    from (
      select to_char(m, 'YYYY-MM') as period, m::date as starts_on, (m + interval '1 month')::date as ends_on,
        array(select t.id from district t where t.switched_on_on <= m::date order by t.id) as districts
      from generate_series(date_trunc('month', v_today - interval '24 months'), v_today::timestamp, interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date,
        array(select t.id from district t where t.switched_on_on < (y + interval '1 year')::date order by t.id)
      from generate_series(date_trunc('year', v_today - interval '24 months'), v_today::timestamp, interval '1 year') y) d
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on) <= v_today
      and not exists (select from snapshot s where s.period = d.period)
    order by d.ends_on, d.starts_on limit 1;
end $$;

-- What is counted of a period that ends on this day: what is adopted on the day before.
create function indicators_of_snapshot(p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], given_by "IndicatorTerritory")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select i.id, i.code, i.measure, i.dimensions, i.given_by from indicator i
  where i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on) order by i.code;
end;

create function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;

create function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells, bases)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[], bases integer[]);
end $$;

-- The records of a measure and a period, in some districts, in the order of their units. Who recorded them is not among what is counted.
create function statistics_records(p_measure text, p_from timestamptz, p_until timestamptz, p_districts uuid[])
  returns table (unit_id uuid, district_id uuid, part boolean, categories text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  return query execute format(
    'select r.unit_id, r.district_id, r.part, r.categories from records_of_%s($1, $2) r where r.district_id = any ($3) order by r.unit_id',
    lower(p_measure)) using p_from, p_until, p_districts;
end $$;

-- The categories that are kept in tables: labels as they are now stay with the snapshot.
drop function statistics_categories();
create function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en from need_code k
  order by 1, 2;
end;

-- ---- The rule of three workers, asked at the adoption --------------------------------------------------------
-- The trial: the three whole months before this one. A territory is fed by enough if three workers feed it, and none of them four fifths; or if
-- half of it and five units at least are nobody's in particular, and three workers are there.
-- DISTRICT where every district that was there for the whole trial is fed by enough; COUNTY where one is not, or where nothing is recorded
-- yet. Null where the county as a whole is fed by too few: its figure would be that of one worker.
create function indicator_given_by(p_measure text) returns "IndicatorTerritory"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_end date := date_trunc('month', day_in_paris(now()))::date;
  v_from timestamptz := (v_end - interval '3 months')::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := v_end::timestamp at time zone 'Europe/Paris';
  v_given "IndicatorTerritory";
begin
  if p_measure !~ '^[A-Z][A-Z0-9_]+$' or to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  execute format($trial$
    with record as materialized (select distinct r.unit_id, r.district_id, r.worker_id from records_of_%s($1, $2) r),
    team as (select m.district_id, count(distinct m.worker_id) as workers from membership m
      where m.role in ('SOCIAL_WORKER', 'RECEPTIONIST') and m.starts_at < $2 and (m.ends_at is null or m.ends_at > $1)
      group by grouping sets ((m.district_id), ())),
    counted as (select r.district_id, count(distinct r.unit_id) as units,
        count(distinct r.unit_id) filter (where r.worker_id is null) as of_nobody
      from record r group by grouping sets ((r.district_id), ())),
    feeder as (select r.district_id, r.worker_id, count(distinct r.unit_id) as units from record r where r.worker_id is not null
      group by grouping sets ((r.district_id, r.worker_id), (r.worker_id))),
    fed as (select c.district_id, c.units, (f.workers >= 3 and f.most < c.units * 0.8)
        or (c.of_nobody >= greatest(5, c.units * 0.5)
          and 3 <= (select t.workers from team t where t.district_id is not distinct from c.district_id)) as enough
      from counted c cross join lateral (select count(*) as workers, coalesce(max(f.units), 0) as most from feeder f
        where f.district_id is not distinct from c.district_id) f)
    select case
      when county.units > 0 and county.enough is not true then null
      when exists (select from district d where d.switched_on_on <= day_in_paris($1))
        and not exists (select from district d where d.switched_on_on <= day_in_paris($1)
          and not exists (select from fed f where f.district_id = d.id and f.enough)) then 'DISTRICT'
      else 'COUNTY' end::"IndicatorTerritory"
    from fed county where county.district_id is null
  $trial$, lower(p_measure)) into v_given using v_from, v_until;
  return v_given;
end $$;

-- Whoever adopts has no say in it. What too few feed is not adopted: no row changes.
create function decided_by_the_trial() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'ADOPTED' and old.status <> 'ADOPTED' then
    new.given_by := indicator_given_by(new.measure);
    if new.given_by is null then return null; end if;
  elsif new.given_by is distinct from old.given_by then
    raise 'where an indicator is given is decided when it is adopted';
  end if;
  return new;
end $$;
create trigger decided_by_the_trial before update on indicator for each row execute function decided_by_the_trial();

-- The versions of a code count by one measure: their figures stand beside one another, as those of the year before do.
create or replace function counts_what_is_recorded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.measure is not null and (new.measure !~ '^[A-Z][A-Z0-9_]+$'
    or to_regprocedure('records_of_' || lower(new.measure) || '(timestamptz,timestamptz)') is null)
  then raise 'nothing measures %', new.measure; end if;
  if exists (select from indicator i where i.code = new.code and i.measure <> new.measure)
  then raise 'another version of it counts by another measure'; end if;
  return new;
end $$;

-- ---- Whose functions these are -------------------------------------------------------------------------------
do $$
declare f regprocedure;
begin
  foreach f in array array['next_snapshot()', 'indicators_of_snapshot(date)', 'begin_snapshot(text,date,date,integer,bytea)',
    'write_snapshot_tables(uuid,jsonb)', 'statistics_categories()', 'statistics_records(text,timestamptz,timestamptz,uuid[])', 'indicator_given_by(text)',
    'decided_by_the_trial()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
-- The keeper sees what the trial counts: so this comes last.
alter table indicator no force row level security;
alter table indicator disable trigger user;
update indicator set given_by = coalesce(indicator_given_by(measure), 'COUNTY') where status in ('ADOPTED', 'RETIRED');
alter table indicator enable trigger user;
alter table indicator force row level security;
alter table indicator add constraint indicator_given_by check ((given_by is not null) = (status in ('ADOPTED', 'RETIRED')));

grant execute on function next_snapshot(), statistics_categories(), indicators_of_snapshot(date), begin_snapshot(text, date, date, integer, bytea),
  write_snapshot_tables(uuid, jsonb), statistics_records(text, timestamptz, timestamptz, uuid[]) to cosmos_jobs;
