set local lock_timeout = '5s';
set local check_function_bodies = off;
alter table erratum drop constraint erratum_period;
alter table snapshot drop constraint snapshot_period;
-- CreateTable
CREATE TABLE "objection_of_period" (
    "period" TEXT NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "objection_of_period_pkey" PRIMARY KEY ("period","person_id")
);

-- CreateIndex
CREATE INDEX "objection_of_period_person_id_idx" ON "objection_of_period"("person_id");

-- AddForeignKey
ALTER TABLE "objection_of_period" ADD CONSTRAINT "objection_of_period_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create or replace function snapshot_due(p_starts_on date, p_ends_on date) returns date
  language sql immutable
  return (p_ends_on + interval '9 days' + case when p_ends_on - p_starts_on > 300 then interval '1 month' else interval '0' end)::date;
revoke all on function snapshot_due(date,date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
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
revoke all on function next_snapshot() from public, cosmos_app, cosmos_jobs;
create or replace function objects(p_person uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return case when p_until - p_from > interval '32 days'
      and exists (select from snapshot s join snapshot m on m.ends_on = s.ends_on and m.ends_on - m.starts_on <= 31 and m.method_version >= 4
        where s.xmin = pg_current_xact_id_if_assigned()::xid)
    then exists (select from objection_of_period o join snapshot s on s.period = o.period
      where o.person_id = p_person and s.xmin = pg_current_xact_id_if_assigned()::xid)
    else exists (select from person p where p.id = p_person and p.statistics_objection_on is not null) end;
revoke all on function objects(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_asked_at(p_appointment uuid, p_booked_at timestamptz) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  return (select least(p_booked_at, min(r.asked_at)) from appointment_request r where r.appointment_id = p_appointment);
revoke all on function appointment_asked_at(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function held_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_ids uuid[], case_id uuid, type_code text, starts_at timestamptz, booked_at timestamptz, asked_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_ids, a.case_id, a.type_code, a.starts_at, a.booked_at, asked.at
  from appointment a cross join lateral (select appointment_asked_at(a.id, a.booked_at) as at) asked
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.type_code = any (array(select receiving_types())) and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at
    and not appointment_objects(a.id, p_from, p_until);
end;
revoke all on function held_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.id, h.district_id, w.id, null::boolean, array[wait_band(day_in_paris(h.starts_at) - day_in_paris(h.asked_at)), h.type_code]
  from held_of(p_from, p_until) h left join lateral unnest(h.worker_ids) w(id) on true;
end;
revoke all on function records_of_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_first_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with recursive held as materialized (select * from held_of(p_from, p_until)),
  chain(id, district_id, last_id, starts_at, booked_at, asked_at) as (
    select h.id, h.district_id, h.id, h.starts_at, h.booked_at, h.asked_at from held h
    union
    select c.id, c.district_id, b.id, b.starts_at, b.booked_at, asked.at
    from chain c
    join appointment_person mine on mine.appointment_id = c.last_id
    join appointment_person same on same.person_id = mine.person_id and same.appointment_id <> c.last_id
    join appointment b on b.id = same.appointment_id and b.district_id = c.district_id and b.booked_at < c.booked_at
      and b.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE', 'NOT_HONOURED')
      and b.places is null and b.type_code = any (array(select receiving_types())) and b.asked_by is distinct from 'SERVICE'
      and b.cancellation_reason is distinct from 'BOOKED_BY_MISTAKE'
    cross join lateral (select case b.status when 'NOT_HONOURED' then b.starts_at else b.status_at end as ended_at) e
    cross join lateral (select appointment_asked_at(b.id, b.booked_at) as at) asked
    where c.starts_at > e.ended_at and c.asked_at <= e.ended_at + interval '30 days'),
  first as (select c.id, min(c.asked_at) as asked_at from chain c group by c.id)
  select h.id, h.district_id, w.id, null::boolean, array[wait_band(day_in_paris(h.starts_at) - day_in_paris(f.asked_at))]
  from held h join first f on f.id = h.id left join lateral unnest(h.worker_ids) w(id) on true;
end;
revoke all on function records_of_first_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with asked as (
    select ap.person_id, a.district_id
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.booked_at >= p_from and a.booked_at < p_until and a.asked_by is distinct from 'SERVICE' and a.places is null
      and a.cancellation_reason is distinct from 'BOOKED_BY_MISTAKE'
      and a.type_code = any (array(select receiving_types())) and appointment_asked_at(a.id, a.booked_at) >= p_from
    union
    select r.person_id, r.district_id from appointment_request r
    where r.asked_at >= p_from and r.asked_at < p_until and r.asked_by is distinct from 'SERVICE' and r.stands_for_id is null
      and r.person_id is not null
    union
    select v.person_id, v.district_id from visit v
    where v.arrived_at >= p_from and v.arrived_at < p_until and v.outcome = 'NO_TIME' and v.person_id is not null)
  select a.person_id, a.district_id, null::uuid, null::boolean, '{}'::text[] from asked a where not objects(a.person_id, p_from, p_until);
end;
revoke all on function records_of_asked(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_found_no_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, null::boolean, '{}'::text[]
  from records_of_visits(p_from, p_until) r where r.categories[2] = 'NO_TIME';
end;
revoke all on function records_of_found_no_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_urgent_seen_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.id, h.district_id, w.id, day_in_paris(h.starts_at) - day_in_paris(coalesce(judged.asked_at, h.asked_at)) <= 5, '{}'::text[]
  from held_of(p_from, p_until) h
  cross join lateral (select count(*) > 0 as waited, min(r.asked_at) filter (where r.urgency <> 'ORDINARY') as asked_at
    from appointment_request r where r.appointment_id = h.id) judged
  left join lateral unnest(h.worker_ids) w(id) on true
  where judged.asked_at is not null
    or not judged.waited and exists (select from availability_occurrence o join availability v on v.id = o.availability_id and v.kept_for_urgent
      where not o.closed and o.district_id = h.district_id and o.worker_id = any (h.worker_ids) and o.starts_at <= h.starts_at
        and o.starts_at > h.starts_at - interval '12 hours' and o.ends_at > h.starts_at and h.booked_at < open_to_all_from(o.starts_at));
end;
revoke all on function records_of_urgent_seen_in_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_own_worker_kept(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.id, h.district_id, w.id, own.workers && h.worker_ids, '{}'::text[]
  from held_of(p_from, p_until) h
  cross join lateral (
    select array_agg(n.worker_id) as workers
    from (select h.case_id as id union
      select cp.case_id from appointment_person ap join case_person cp on cp.person_id = ap.person_id where ap.appointment_id = h.id) theirs
    join "case" c on c.id = theirs.id and c.district_id = h.district_id
    join assignment n on n.case_id = c.id and n.starts_at <= h.starts_at and (n.ends_at is null or n.ends_at > h.starts_at)
    where (c.closed_at is null or c.closed_at > h.starts_at) and not case_objects(c.id, p_from, p_until)) own
  left join lateral unnest(h.worker_ids) w(id) on true
  where own.workers is not null;
end;
revoke all on function records_of_own_worker_kept(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function periods_between(p_from date, p_until date) returns table (period text, starts_on date, ends_on date)
  language sql stable
begin atomic
  select to_char(m, step.format), m::date, (m + step.long)::date
  from (values ('month', interval '1 month', 'YYYY-MM'), ('quarter', interval '3 months', 'YYYY-"Q"Q'), ('year', interval '1 year', 'YYYY'))
    step(name, long, format)
  cross join lateral generate_series(date_trunc(step.name, p_from::timestamp), p_until::timestamp, step.long) m;
end;
revoke all on function periods_between(date,date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
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
revoke all on function begin_snapshot(text,date,date,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function end_snapshot() returns void language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  delete from objection_of_period o where exists (select from snapshot s where s.period = o.period);
end;
revoke all on function end_snapshot() from public, cosmos_app, cosmos_jobs;
alter function objects owner to cosmos_keeper;
alter function appointment_asked_at owner to cosmos_keeper;
alter function held_of owner to cosmos_keeper;
alter function records_of_asked_to_held owner to cosmos_keeper;
alter function records_of_first_asked_to_held owner to cosmos_keeper;
alter function records_of_asked owner to cosmos_keeper;
alter function records_of_found_no_time owner to cosmos_keeper;
alter function records_of_urgent_seen_in_time owner to cosmos_keeper;
alter function records_of_own_worker_kept owner to cosmos_keeper;
grant execute on function snapshot_due to public, cosmos_app;
grant execute on function periods_between to public, cosmos_app;
alter function next_snapshot owner to cosmos_keeper;
grant execute on function next_snapshot to cosmos_jobs;
alter function begin_snapshot owner to cosmos_keeper;
grant execute on function begin_snapshot to cosmos_jobs;
alter function end_snapshot owner to cosmos_keeper;
grant execute on function end_snapshot to cosmos_jobs;
alter table erratum add constraint erratum_period check (period ~ '^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$');
alter table snapshot add constraint snapshot_period check (
  (period = to_char(starts_on, 'YYYY-MM') and extract(day from starts_on) = 1 and ends_on = (starts_on + interval '1 month')::date)
  or (period = to_char(starts_on, 'YYYY-"Q"Q') and extract(day from starts_on) = 1 and extract(month from starts_on) in (1, 4, 7, 10)
    and ends_on = (starts_on + interval '3 months')::date)
  or (period = to_char(starts_on, 'YYYY') and extract(doy from starts_on) = 1 and ends_on = (starts_on + interval '1 year')::date));
revoke all on objection_of_period from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table objection_of_period enable row level security, force row level security;
grant select, insert, delete on objection_of_period to cosmos_keeper;
-- The lists that are kept go over: the fourth quarter takes the list of its year, which is that of December. A quarter of this year whose last month
-- is frozen has no list yet: it takes who objects now. FORCE binds the owner too, so it is taken off meanwhile.
alter table person no force row level security;
alter table snapshot no force row level security;
alter table objection_of_year no force row level security;
alter table objection_of_period no force row level security;
insert into objection_of_period (period, person_id)
  select p.period, o.person_id from objection_of_year o cross join lateral (values (o.year::text), (o.year || '-Q4')) p(period);
insert into objection_of_period (period, person_id)
  select q.period, p.id
  from periods_between((now() - interval '24 months')::date, now()::date) q
  join snapshot s on s.ends_on = q.ends_on and s.ends_on - s.starts_on <= 31 and s.method_version >= 4
  cross join person p
  where q.period ~ 'Q[1-3]$' and p.statistics_objection_on is not null
    and not exists (select from snapshot y where y.period = left(q.period, 4));
alter table objection_of_period force row level security;
alter table snapshot force row level security;
alter table person force row level security;
drop table objection_of_year;
