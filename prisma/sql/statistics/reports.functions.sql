-- A report states on what its figures depend: how many people live in the area of the district, how many workers it has, and on how many days
-- it is open.

-- Whether a text of a report, or the statement that the team declined, is signed: by two members of the team, or the only one; for the county,
-- by members of two teams. With p_without, whether it would be signed without this worker. Only functions of cosmos_keeper may call it.
create function text_is_signed(p_report uuid, p_version integer, p_without uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report r
    cross join lateral (select count(*) as members, count(distinct s.district_id) as teams from activity_report_signature s
      where s.report_id = r.id and s.text_version = p_version and s.worker_id is distinct from p_without) signed
    where r.id = p_report and signed.members > 0
      and case when r.district_id is null
        then signed.teams >= least(2, (select count(*) from district d where d.switched_on_on is not null))
        else signed.members >= least(2, (select count(distinct m.worker_id) from membership m where m.district_id = r.district_id
          and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))) end);
alter function text_is_signed owner to cosmos_keeper;

-- The version of the text of a report that stands: the one that was published (the last one, where the report is older than `text_version`); in
-- a draft the last one that is signed, and if none is, the last one. A text that is written anew leaves the signed one until it is signed
-- itself. cosmos_app may call it.
create function standing_text(p_report uuid) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(r.text_version,
      (select max(t.version) from activity_report_text t where t.report_id = r.id and r.published_on is null
        and text_is_signed(r.id, t.version, null)),
      (select max(t.version) from activity_report_text t where t.report_id = r.id))
    from activity_report r where r.id = p_report);
alter function standing_text owner to cosmos_keeper;
grant execute on function standing_text to cosmos_app;

-- Whether the text of a report that stands is signed, and the publisher p_publisher has neither signed nor written it. cosmos_app may call it.
create function narrative_is_signed(p_report uuid, p_publisher uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report_text t where t.report_id = p_report and t.version = standing_text(p_report)
    and p_publisher is not null and t.written_by_id is distinct from p_publisher and text_is_signed(p_report, t.version, null)
    and not exists (select from activity_report_signature s where s.report_id = p_report and s.text_version = t.version
      and s.worker_id = p_publisher));
alter function narrative_is_signed owner to cosmos_keeper;
grant execute on function narrative_is_signed to cosmos_app;

-- Whether this is the version of the text of a report that stands (`standing_text`). cosmos_app may call it.
create function is_last_text(p_report uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_version = standing_text(p_report);
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
