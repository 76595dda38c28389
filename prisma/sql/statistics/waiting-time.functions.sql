-- How long it is until the third free time of a district. The figure is protected before it is written: no row tells of a worker, of a person
-- or of a few of them.

-- The reason why a figure that these numbers of workers and persons feed is not written; null if it is written. Zero counts as few, so that
-- no figure tells which of the two it is. Every role may call it.
create function withheld_for(p_workers bigint, p_persons bigint) returns "Withheld"
  language sql immutable
  return case when p_workers < 3 then 'TOO_FEW_WORKERS' when p_persons < 5 then 'TOO_FEW_PERSONS' end::"Withheld";
grant execute on function withheld_for to public;

-- Returns the third free time of a type between two instants, at p_from, with or without the spared times; null if there is none. Only functions
-- of cosmos_keeper may call it.
create function third_free(p_district uuid, p_type appointment_type, p_from timestamptz, p_until timestamptz, p_spared_too boolean)
  returns timestamptz language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_length interval := make_interval(mins => p_type.duration_minutes);
begin
  -- Each gap begins with a free time, so the third free time is no later than the start of the third gap.
  return (select s.at from (
      select f.starts_at, open_until(f, p_from, p_spared_too) as ends_at from free_time f
      where f.district_id = p_district and f.type_code = p_type.code and f.starts_at >= p_from and f.starts_at < p_until
        and open_until(f, p_from, p_spared_too) > f.starts_at
      order by f.starts_at limit 3) g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit 3) s
    where s.at < p_until order by s.at offset 2 limit 1);
end $$;
alter function third_free owner to cosmos_keeper;

-- Measures a district on a day from its agendas at this moment: for each type that can be booked online, the days until the third free time
-- from 6:00 (Europe/Paris) on, within 92 days. A held time is not free, and hours for urgent receptions alone are free for none of these
-- types. Spared times count if no third other time begins within two weeks of the third one. The figure is fed by the workers who have hours for
-- the type, booked or free, until that third time and for a week at least: otherwise a short wait would be withheld because the hours of a week
-- follow one another. A row is written once. Returns the number of rows. Only functions of cosmos_keeper may call it.
create function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_third timestamptz;
  v_spared timestamptz;
  v_workers bigint;
  v_withheld "Withheld";
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_third := third_free(p_district, v_type, v_from, v_until, false);
    v_spared := third_free(p_district, v_type, v_from, spared_until_other(v_third, v_until), true);
    v_third := coalesce(v_spared, v_third);
    v_workers := (
      select count(distinct o.worker_id) from availability_occurrence o
      join worker w on w.id = o.worker_id and w.disabled_at is null
      where o.district_id = p_district and not o.closed and o.starts_at >= v_from
        and o.starts_at <= greatest(v_third, v_from + interval '7 days', case when v_third is null then v_until end)
        and exists (select from availability_type t where t.availability_id = o.availability_id and t.type_code = v_type.code)
        and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
          and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
        -- A worker who is away feeds no figure.
        and not exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)));
    -- There are no persons to count: free times are nobody's wait.
    v_withheld := coalesce(withheld_for(v_workers, 5), case when v_third is null then 'NO_FREE_TIME'::"Withheld" end);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, case when v_withheld is null then day_in_paris(v_third) - p_day end, v_withheld)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;
alter function measure_waiting_day owner to cosmos_keeper;

-- Measures every open district on its day, if p_now is between 6:00 and 8:00 (Europe/Paris) and not on a public holiday. Later the agendas
-- differ from those at 6:00, and nobody can measure a past day. Returns the number of rows. Only functions of cosmos_keeper may call it.
create function measure_waiting_days_at(p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_today date := day_in_paris(p_now);
  v_time time := (p_now at time zone 'Europe/Paris')::time;
begin
  if v_time < '06:00' or v_time >= '08:00' or exists (select from public_holiday h where h.day = v_today) then return 0; end if;
  return (select coalesce(sum(measure_waiting_day(d.id, v_today)), 0) from district d
    where d.switched_on_on <= v_today
      and exists (select from opening_hours h where h.district_id = d.id and h.weekday = extract(isodow from v_today)));
end $$;
alter function measure_waiting_days_at owner to cosmos_keeper;

-- Measures at this moment (`measure_waiting_days_at`). cosmos_jobs may call it.
create function measure_waiting_days() returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select measure_waiting_days_at(now());
end;
alter function measure_waiting_days owner to cosmos_keeper;
grant execute on function measure_waiting_days to cosmos_jobs;

-- Returns the mean of the third next available of a district in a year, by type, with the days on which it was measured and those on which no
-- time was free: such a day counts as 92. A type with fewer than 100 measured days has no mean. It answers readers of drafts, and everyone once
-- the report of the year is published. cosmos_app may call it.
create function third_next_of_year(p_district uuid, p_year integer)
  returns table (type_code text, days numeric, measured integer, without_time integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.type_code, round(avg(coalesce(d.third_next_days, 92)), 1), count(*)::integer,
    (count(*) filter (where d.withheld = 'NO_FREE_TIME'))::integer
  from waiting_day d
  where d.district_id = p_district and d.day >= make_date(p_year, 1, 1) and d.day < make_date(p_year + 1, 1, 1)
    and (d.withheld is null or d.withheld = 'NO_FREE_TIME')
    and (viewer_reads_drafts() or exists (select from activity_report r
      where r.district_id = p_district and r.year = p_year and r.published_on is not null))
  group by d.type_code having count(*) >= 100 order by d.type_code limit 100;
end;
alter function third_next_of_year owner to cosmos_keeper;
grant execute on function third_next_of_year to cosmos_app;
