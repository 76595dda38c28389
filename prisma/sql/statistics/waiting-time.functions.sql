-- How long it is until the third free time of a district. It is measured each morning, and no role reads a morning. A week tells the mean of its
-- mornings, once it is over. So the reader of a week cannot see on which day a worker was away.

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
-- types. Spared times count if no third other time begins within two weeks of the third one. Nobody counts workers here: a figure that is
-- left out because few are there tells who is away. A row is written once. Returns the number of rows. Only functions of cosmos_keeper may
-- call it.
create function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_third timestamptz;
  v_spared timestamptz;
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_third := third_free(p_district, v_type, v_from, v_until, false);
    v_spared := third_free(p_district, v_type, v_from, spared_until_other(v_third, v_until), true);
    v_third := coalesce(v_spared, v_third);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, day_in_paris(v_third) - p_day, case when v_third is null then 'NO_FREE_TIME'::"Withheld" end)
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

-- Writes the figure of each week that is over on p_now (Europe/Paris) and has none, in each district, by type: the mean of its mornings in
-- whole days. A morning on which no time was free counts as 92, and a week is 92 only if all of its mornings are. A district with one social
-- worker has no week: the figure would be that worker's. Its posts are counted, and not who is away. A week with fewer than three measured
-- mornings has no figure: it would be that of a morning or two. Before, a morning with fewer than three workers was left out; it is left out of
-- its week, too. A row is written once. Returns the number of rows. Only functions of cosmos_keeper may call it.
create function close_waiting_weeks_at(p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_monday date := date_trunc('week', day_in_paris(p_now)::timestamp)::date;
  v_written integer;
begin
  insert into waiting_week (district_id, type_code, week, days)
    select d.id, t.code, m.week, case when min(m.days) = 92 then 92 else least(91, round(avg(m.days))) end::integer
    from district d cross join appointment_type t
    cross join lateral (select date_trunc('week', w.day::timestamp)::date as week, coalesce(w.third_next_days, 92) as days
      from waiting_day w where w.district_id = d.id and w.type_code = t.code and w.day < v_monday
        and w.day >= coalesce((select max(c.week) + 7 from waiting_week c where c.district_id = d.id and c.type_code = t.code), '-infinity')
        and (w.withheld is null or w.withheld = 'NO_FREE_TIME')) m
    where (select count(distinct s.worker_id) from membership s where s.district_id = d.id and s.role = 'SOCIAL_WORKER'
      and s.starts_at < (m.week + 7)::timestamp at time zone 'Europe/Paris'
      and (s.ends_at is null or s.ends_at > m.week::timestamp at time zone 'Europe/Paris')) >= 2
    group by d.id, t.code, m.week having count(*) >= 3
    on conflict do nothing;
  get diagnostics v_written = row_count;
  return v_written;
end $$;
alter function close_waiting_weeks_at owner to cosmos_keeper;

-- Writes the figures of the weeks that are over at this moment (`close_waiting_weeks_at`). cosmos_jobs may call it.
create function close_waiting_weeks() returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select close_waiting_weeks_at(now());
end;
alter function close_waiting_weeks owner to cosmos_keeper;
grant execute on function close_waiting_weeks to cosmos_jobs;

-- Returns the mean of the third next available of a district in a year, by type, with the number of its weeks and the weeks in which no time
-- was free on any morning: such a week counts as 92. A week is of the year in which it begins. A type with fewer than 20 weeks has no mean.
-- It answers readers of drafts, and everyone once the report of the year is published. cosmos_app may call it.
create function third_next_of_year(p_district uuid, p_year integer)
  returns table (type_code text, days numeric, measured integer, without_time integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.type_code, round(avg(w.days), 1), count(*)::integer, (count(*) filter (where w.days = 92))::integer
  from waiting_week w
  where w.district_id = p_district and w.week >= make_date(p_year, 1, 1) and w.week < make_date(p_year + 1, 1, 1)
    and (viewer_reads_drafts() or exists (select from activity_report r
      where r.district_id = p_district and r.year = p_year and r.published_on is not null))
  group by w.type_code having count(*) >= 20 order by w.type_code limit 100;
end;
alter function third_next_of_year owner to cosmos_keeper;
grant execute on function third_next_of_year to cosmos_app;
