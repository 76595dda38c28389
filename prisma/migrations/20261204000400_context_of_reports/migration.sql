-- A report says what its figures depend on: how many people live where the district serves, how many workers it has, and on how many days it is
-- open. A team is told when an erratum of its figures is published.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'ERRATUM_PUBLISHED';
-- AlterTable
ALTER TABLE "commune" ADD COLUMN "population" INTEGER;
-- AlterTable
ALTER TABLE "activity_report" ADD COLUMN "population" INTEGER;
ALTER TABLE "activity_report" ADD COLUMN "days_open" INTEGER;

alter table commune add constraint commune_population check (population >= 0);
alter table activity_report
  add constraint activity_report_context check (published_on is not null or num_nonnulls(population, days_open) = 0);
grant update (population, days_open) on activity_report to cosmos_app;

-- What a district, or the county, worked with in a year. No population where a district serves some streets of a commune, or where one is not
-- known. Days by the hours of today, without public holidays, since the district was switched on.
create function context_of_year(p_district uuid, p_year integer,
    out social_workers integer, out receptionists integer, out population integer, out days_open integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with year as (select make_date(p_year, 1, 1) as starts_on, make_date(p_year + 1, 1, 1) as ends_on),
  member as (
    select m.role, m.worker_id from membership m, year y where m.district_id = coalesce(p_district, m.district_id)
      and m.starts_at < y.ends_on and (m.ends_at is null or m.ends_at >= y.ends_on)),
  served as (
    select distinct s.commune_code, s.streets = '' as is_whole from sector s, year y where s.district_id = coalesce(p_district, s.district_id)
      and s.valid_from < y.ends_on and (s.valid_until is null or s.valid_until >= y.ends_on)),
  of_commune as (
    -- Of a commune that several districts share, the county serves all.
    select s.commune_code, c.population, bool_or(s.is_whole) or p_district is null as is_whole
    from served s join commune c on c.insee_code = s.commune_code group by s.commune_code, c.population)
  select (select count(distinct worker_id) filter (where role = 'SOCIAL_WORKER') from member)::integer,
    (select count(distinct worker_id) filter (where role = 'RECEPTIONIST') from member)::integer,
    (select case when bool_and(is_whole and o.population is not null) then sum(o.population) end from of_commune o)::integer,
    (select count(distinct a.open_on) from district d cross join year y
      cross join lateral (select s::date as open_on
        from generate_series(greatest(d.switched_on_on, y.starts_on), y.ends_on - 1, interval '1 day') s) a
      join opening_hours o on o.district_id = d.id and o.weekday = extract(isodow from a.open_on)
      where d.id = coalesce(p_district, d.id) and d.switched_on_on < y.ends_on
        and not exists (select from public_holiday h where h.day = a.open_on))::integer;
end;

drop function means_of(uuid, integer);
create function means_of(p_district uuid, p_year integer,
    out social_workers integer, out receptionists integer, out population integer, out days_open integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.* from context_of_year(p_district, p_year) c where viewer_reads_statistics();
end;

-- Told are the social workers and the head of the district, and the members who signed the report of that year. The two who wrote and signed the
-- erratum are not told.
create function tell_of_erratum() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
    select told.worker_id, 'ERRATUM_PUBLISHED' from (
      select m.worker_id from membership m where m.district_id = new.district_id and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select s.worker_id from activity_report r join activity_report_signature s on s.report_id = r.id
      where r.district_id is not distinct from new.district_id and r.year = left(new.period, 4)::integer and s.worker_id is not null) told
    where told.worker_id not in (new.proposed_by_id, new.signed_by_id);
  return null;
end $$;
create trigger tell_of_erratum after update on erratum for each row
  when (old.published_on is null and new.published_on is not null) execute function tell_of_erratum();

grant select on commune, sector, opening_hours, public_holiday, activity_report_signature to cosmos_keeper;
do $$
declare f regprocedure;
begin
  foreach f in array array['context_of_year(uuid,integer)', 'means_of(uuid,integer)', 'tell_of_erratum()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
-- The calendar of releases is public.
grant execute on function means_of(uuid, integer), snapshot_due(date, date) to cosmos_app;
