set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with received as (
    select ap.person_id, a.district_id, a.worker_ids as workers, a.starts_at as at, 'BY_APPOINTMENT' as way
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.status = 'HONOURED' and a.places is null and a.starts_at >= p_from and a.starts_at < p_until
      and a.type_code = any (array(select receiving_types()))
    union all
    select v.person_id, v.district_id, array_remove(array[v.worker_id], null), v.taken_in_at, 'ON_DUTY'
    from visit v where v.person_id is not null and v.appointment_id is null and v.outcome = 'RECEIVED'
      and v.taken_in_at >= p_from and v.taken_in_at < p_until),
  first as (select distinct on (r.person_id, r.district_id) r.* from received r order by r.person_id, r.district_id, r.at)
  select p.id, f.district_id, w.id, null::boolean, array[f.way, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from first f join person p on p.id = f.person_id
  left join lateral unnest(f.workers) w(id) on true
  where not objects(p.id)
    and not exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from
        and a.type_code = any (array(select receiving_types())))
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;
revoke all on function records_of_first_receptions(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, null::boolean,
    array[wait_band(day_in_paris(a.starts_at) - day_in_paris(asked.at)), a.type_code, a.mode::text]
  from appointment a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.type_code = any (array(select receiving_types())) and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at and not appointment_objects(a.id);
end;
revoke all on function records_of_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id)
    and a.type_code = any (array(select receiving_types()));
end;
revoke all on function appointments_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code = any (array(select receiving_types())) and n.places is null and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null);
end;
revoke all on function records_of_asked_again(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
alter function records_of_first_receptions owner to cosmos_keeper;
alter function records_of_asked_to_held owner to cosmos_keeper;
alter function appointments_of owner to cosmos_keeper;
alter function records_of_asked_again owner to cosmos_keeper;
