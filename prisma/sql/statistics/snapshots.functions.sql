-- A public programme: what is released of an indicator is decided when it is adopted, and everybody may read all of it, so nobody gains by
-- asking often or together. A period is frozen once. A trial at the adoption decides whether an indicator is given by district or by county
-- only, so that no cell is withheld because of one worker.

-- Whether the viewer reads protected statistics: social workers and heads of any district, technical advisers, data protection officers and
-- reporting clients, with the scope `statistics:read`. cosmos_app may call it.
create function viewer_reads_statistics() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('statistics:read') and (
      cardinality(viewer_posts('social_worker')) > 0 or cardinality(viewer_posts('district_head')) > 0
      or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
      or exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING'));
  end $$;
alter function viewer_reads_statistics owner to cosmos_keeper;
grant execute on function viewer_reads_statistics to cosmos_app;

-- Whether the viewer is a reporting client. cosmos_app may call it.
create function viewer_is_reporting_client() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING');
  end $$;
alter function viewer_is_reporting_client owner to cosmos_keeper;
grant execute on function viewer_is_reporting_client to cosmos_app;

-- Whether no period was frozen with another secret. p_mark identifies a secret without telling it. With another secret the same records would
-- give other figures. cosmos_jobs may call it.
create function freezes_with(p_mark bytea) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select not exists (select from snapshot s where s.secret_mark <> p_mark);
end;
alter function freezes_with owner to cosmos_keeper;
grant execute on function freezes_with to cosmos_jobs;

-- Writes a dimension into a snapshot that this transaction has begun, and into no other. cosmos_jobs may call it.
create function write_snapshot_dimension(p_snapshot uuid, p_code text, p_label_fr text, p_label_en text, p_categories text[], p_fr text[], p_en text[])
  returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
    values (p_snapshot, p_code, p_label_fr, p_label_en, p_categories, p_fr, p_en);
end $$;
alter function write_snapshot_dimension owner to cosmos_keeper;
grant execute on function write_snapshot_dimension to cosmos_jobs;

-- The day on which a period is frozen: for a month and a quarter, the tenth day of the next month; for a year, a month later than its last
-- month. Every role may call it.
create function snapshot_due(p_starts_on date, p_ends_on date) returns date
  language sql immutable
  return (p_ends_on + interval '9 days' + case when p_ends_on - p_starts_on > 300 then interval '1 month' else interval '0' end)::date;
grant execute on function snapshot_due to public, cosmos_app;

-- Every month, quarter and year that has one of these days, from the first to the last: `2026-03`, `2026-Q1`, `2026`. Every role may call it.
create function periods_between(p_from date, p_until date) returns table (period text, starts_on date, ends_on date)
  language sql stable
begin atomic
  select to_char(m, step.format), m::date, (m + step.long)::date
  from (values ('month', interval '1 month', 'YYYY-MM'), ('quarter', interval '3 months', 'YYYY-"Q"Q'), ('year', interval '1 year', 'YYYY'))
    step(name, long, format)
  cross join lateral generate_series(date_trunc(step.name, p_from::timestamp), p_until::timestamp, step.long) m;
end;
grant execute on function periods_between to public, cosmos_app;

-- Returns the earliest period that is due and not frozen, of the last two years, so that a missed period is frozen later. Its instants are
-- midnight in Europe/Paris. One transaction at a time freezes; another gets no row. A month has the districts that are switched on by its
-- first day, a quarter and a year those that are switched on before its end. cosmos_jobs may call it.
create function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  perform only_jobs();
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts
    from (
      select p.*, array(select t.id from district t where t.switched_on_on <= case when p.ends_on - p.starts_on > 31 then p.ends_on - 1
        else p.starts_on end order by t.id) as districts
      from periods_between((v_today - interval '24 months')::date, v_today) p) d
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on) <= v_today
      -- A quarter whose year was frozen before there were quarters stays away: the year had cells in its place.
      and not exists (select from snapshot s where s.period in (d.period, case when d.period like '%Q%' then left(d.period, 4) end))
    -- A month comes before the quarter and the year that it ends: they take its list of objections.
    order by d.ends_on, d.starts_on desc limit 1;
end $$;
alter function next_snapshot owner to cosmos_keeper;
grant execute on function next_snapshot to cosmos_jobs;

-- Returns the indicators that are counted for a period that ends before this day: those that are adopted on the day before. The rule of three
-- workers is asked anew: if a district has fewer than three social workers at the end of the period, the period is given for the county alone. How
-- many there are is public; what each of them did is not asked, since an answer would tell it. cosmos_jobs may call it.
create function indicators_of_snapshot(p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], given_by "IndicatorTerritory")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select i.id, i.code, i.measure, i.dimensions, case when exists (select from district d where d.switched_on_on < p_ends_on
      and (select count(distinct m.worker_id) from membership m where m.district_id = d.id and m.role = 'SOCIAL_WORKER'
        and m.starts_at < p_ends_on::timestamp at time zone 'Europe/Paris'
        and (m.ends_at is null or m.ends_at >= p_ends_on::timestamp at time zone 'Europe/Paris')) < 3)
    then 'COUNTY' else i.given_by end
  from indicator i
  where i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on) order by i.code;
end;
alter function indicators_of_snapshot owner to cosmos_keeper;
grant execute on function indicators_of_snapshot to cosmos_jobs;

-- Makes the row of a snapshot and returns its id. The last month of a quarter or a year stores who objects, for that period. cosmos_jobs may
-- call it.
create function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  insert into objection_of_period (period, person_id)
    select d.period, p.id from periods_between(p_starts_on, p_starts_on) d cross join person p
    where d.ends_on = p_ends_on and d.starts_on < p_starts_on and p_ends_on - p_starts_on <= 31
      and p.statistics_objection_on is not null and not exists (select from snapshot s where s.period = d.period);
  insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;
alter function begin_snapshot owner to cosmos_keeper;
grant execute on function begin_snapshot to cosmos_jobs;

-- Deletes who objects to a quarter or a year that is frozen. cosmos_jobs may call it.
create function end_snapshot() returns void language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  delete from objection_of_period o where exists (select from snapshot s where s.period = o.period);
end;
alter function end_snapshot owner to cosmos_keeper;
grant execute on function end_snapshot to cosmos_jobs;

-- Writes tables into a snapshot that this transaction has begun, and into no other. cosmos_jobs may call it.
create function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells, bases, parts)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases, coalesce(t.parts, 1)
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[], bases integer[], parts integer);
end $$;
alter function write_snapshot_tables owner to cosmos_keeper;
grant execute on function write_snapshot_tables to cosmos_jobs;

-- Returns the records of a measure in a period and some districts, in the order of their units. It leaves out the worker, who is never
-- counted (rule 10). cosmos_jobs may call it.
create function statistics_records(p_measure text, p_from timestamptz, p_until timestamptz, p_districts uuid[])
  returns table (unit_id uuid, district_id uuid, part boolean, categories text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  if to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  return query execute format(
    'select r.unit_id, r.district_id, r.part, r.categories from records_of_%s($1, $2) r where r.district_id = any ($3) order by r.unit_id',
    lower(p_measure)) using p_from, p_until, p_districts;
end $$;
alter function statistics_records owner to cosmos_keeper;
grant execute on function statistics_records to cosmos_jobs;

-- Returns the categories whose labels are in the database: appointment types and needs. The kind of a type says whether one person is received
-- at it (`receiving_types`), or several meet; that of a need is its theme. cosmos_jobs may call it.
create function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text, kind text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en,
    case when t.places is not null then 'MEETING' when t.option is null then 'RECEIVING' else 'OTHER' end
  from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en, k.theme from need_code k
  order by 1, 2;
end;
alter function statistics_categories owner to cosmos_keeper;
grant execute on function statistics_categories to cosmos_jobs;
