-- A report states on what its figures depend: how many people live in the area of the district, how many workers it has, and on how many days
-- it is open.

-- Whether the last text of a report, or the statement that the team declined, is signed. Two members of the team sign it, or the only one;
-- for the county, members of two teams. The publisher p_publisher has neither signed nor written it. cosmos_app may call it.
create function narrative_is_signed(p_report uuid, p_publisher uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report r
    cross join lateral (select t.version, t.written_by_id from activity_report_text t where t.report_id = r.id
      order by t.version desc limit 1) last
    cross join lateral (select count(*) as members, count(distinct s.district_id) as teams, bool_or(s.worker_id = p_publisher) as by_publisher
      from activity_report_signature s where s.report_id = r.id and s.text_version = last.version) signed
    where r.id = p_report and p_publisher is not null and last.written_by_id is distinct from p_publisher and not signed.by_publisher
      and case when r.district_id is null
        then signed.teams >= least(2, (select count(*) from district d where d.switched_on_on is not null))
        else signed.members >= least(2, (select count(distinct m.worker_id) from membership m where m.district_id = r.district_id
          and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))) end
      and signed.members > 0);
alter function narrative_is_signed owner to cosmos_keeper;
grant execute on function narrative_is_signed to cosmos_app;

-- Whether this is the last version of the text of a report. cosmos_app may call it.
create function is_last_text(p_report uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_version = (select max(t.version) from activity_report_text t where t.report_id = p_report);
alter function is_last_text owner to cosmos_keeper;
grant execute on function is_last_text to cosmos_app;

-- The day from which an erratum cannot be signed: an erratum without a second signature within 60 days is dropped. Every role may call it.
create function erratum_lapses_on(p_proposed_on date) returns date language sql immutable return p_proposed_on + 60;
grant execute on function erratum_lapses_on to public, cosmos_app;

-- The means of a district, or of the county (null), in a year: workers at its end, population, and days open. The population is null if the
-- district serves only streets of a commune, or if one population is not known. The days come from the present opening hours, without public
-- holidays, from the day when the district was switched on. Only functions of cosmos_keeper may call it.
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
    -- If several districts share a commune, the county serves all of it.
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
alter function context_of_year owner to cosmos_keeper;

-- Returns `context_of_year` to a viewer who reads protected statistics. cosmos_app may call it.
create function means_of(p_district uuid, p_year integer,
    out social_workers integer, out receptionists integer, out population integer, out days_open integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.* from context_of_year(p_district, p_year) c where viewer_reads_statistics();
end;
alter function means_of owner to cosmos_keeper;
grant execute on function means_of to cosmos_app;
