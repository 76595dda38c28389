-- The age band on a day. Every role may call it.
create function age_band(p_born date, p_on date) returns text
  language sql immutable
  return case when p_born is null then 'UNKNOWN'
    when p_born > p_on - interval '18 years' then 'UNDER_18' when p_born > p_on - interval '25 years' then '18_TO_24'
    when p_born > p_on - interval '40 years' then '25_TO_39' when p_born > p_on - interval '60 years' then '40_TO_59'
    when p_born > p_on - interval '75 years' then '60_TO_74' else '75_OR_OVER' end;
grant execute on function age_band to public;

-- The band of a wait in days. Every role may call it.
create function wait_band(p_days integer) returns text
  language sql immutable
  return case when p_days <= 2 then '0_TO_2_DAYS' when p_days <= 7 then '3_TO_7_DAYS' when p_days <= 14 then '8_TO_14_DAYS'
    when p_days <= 30 then '15_TO_30_DAYS' when p_days <= 60 then '31_TO_60_DAYS' else 'OVER_60_DAYS' end;
grant execute on function wait_band to public;

-- The band of the time between two instants, in months. Every role may call it.
create function case_age_band(p_from timestamptz, p_until timestamptz) returns text
  language sql immutable
  return case when p_from > p_until - interval '3 months' then 'UNDER_3_MONTHS' when p_from > p_until - interval '6 months' then '3_TO_6_MONTHS'
    when p_from > p_until - interval '1 year' then '6_TO_12_MONTHS' when p_from > p_until - interval '2 years' then '1_TO_2_YEARS'
    else 'OVER_2_YEARS' end;
grant execute on function case_age_band to public;

-- The band of a number of persons. Every role may call it.
create function persons_band(p_persons bigint) returns text
  language sql immutable
  return case when p_persons <= 1 then 'ONE' when p_persons = 2 then 'TWO' when p_persons <= 4 then 'THREE_OR_FOUR' else 'FIVE_OR_MORE' end;
grant execute on function persons_band to public;

-- Whether a person objects to being counted in the figures of a period. A month takes who objects now, and so does a trial count. A quarter and a
-- year, in the transaction that freezes them, take the list that was stored when their last month was frozen: who objected, or took it back,
-- between the two would be told by their difference. No list was stored before method 4. Only functions of cosmos_keeper may call it.
create function objects(p_person uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return case when p_until - p_from > interval '32 days'
      and exists (select from snapshot s join snapshot m on m.ends_on = s.ends_on and m.ends_on - m.starts_on <= 31 and m.method_version >= 4
        where s.xmin = pg_current_xact_id_if_assigned()::xid)
    then exists (select from objection_of_period o join snapshot s on s.period = o.period
      where o.person_id = p_person and s.xmin = pg_current_xact_id_if_assigned()::xid)
    else exists (select from person p where p.id = p_person and p.statistics_objection_on is not null) end;
alter function objects owner to cosmos_keeper;

-- Whether a person of a case objects to it. Only functions of cosmos_keeper may call it.
create function case_objects(p_case uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.case_id = p_case and objects(cp.person_id, p_from, p_until));
alter function case_objects owner to cosmos_keeper;

-- Whether a person of an appointment objects to it. Only functions of cosmos_keeper may call it.
create function appointment_objects(p_appointment uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap where ap.appointment_id = p_appointment and objects(ap.person_id, p_from, p_until));
alter function appointment_objects owner to cosmos_keeper;

-- Passages: the visits and calls of the period. Each `records_of_…` returns one row for each unit and worker who feeds it, from p_from to
-- before p_until, without those who object. Only functions of cosmos_keeper may call these functions.
create function records_of_visits(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, coalesce(v.outcome::text, 'UNKNOWN')]
  from visit v where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(v.person_id, p_from, p_until);
end;
alter function records_of_visits owner to cosmos_keeper;

-- The known persons who came or called.
create function records_of_persons_at_reception(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from visit v join person p on p.id = v.person_id
  where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(p.id, p_from, p_until);
end;
alter function records_of_persons_at_reception owner to cosmos_keeper;

-- The types of the appointments at which one person is received. A group meeting receives several, and a call-back of ten minutes receives
-- nobody: it must not look like a wait that got shorter. It is read into an array: the planner takes `in (select …)` for a thousand types, and
-- reads all appointments of a district for each person. Only functions of cosmos_keeper may call it.
create function receiving_types() returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.code from appointment_type t where t.option is null and t.places is null;
end;
alter function receiving_types owner to cosmos_keeper;

-- Premiers accueils: the persons that a district received in the period, by appointment or on duty, and never before.
create function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
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
  where not objects(p.id, p_from, p_until)
    and not exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from
        and a.type_code = any (array(select receiving_types())))
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;
alter function records_of_first_receptions owner to cosmos_keeper;

-- Demandes de rendez-vous. A request for any worker has no worker.
create function records_of_appointment_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[r.urgency::text, r.type_code, coalesce(r.asked_by::text, 'UNKNOWN')]
  from appointment_request r where r.asked_at >= p_from and r.asked_at < p_until and r.stands_for_id is null and not objects(r.person_id, p_from, p_until);
end;
alter function records_of_appointment_requests owner to cosmos_keeper;

-- The requests that wait at the end of the period, by their wait until then: completed waits alone hide the queue.
create function records_of_still_waiting(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[wait_band(day_in_paris(p_until) - 1 - day_in_paris(r.asked_at)), r.urgency::text, r.type_code]
  from appointment_request r
  where r.asked_at < p_until and (r.status = 'WAITING' or r.closed_at >= p_until) and r.stands_for_id is null and not objects(r.person_id, p_from, p_until);
end;
alter function records_of_still_waiting owner to cosmos_keeper;

-- The requests whose first offer was made in the period, by the days between. A question at short notice counts if the person got the time:
-- several were asked for it.
create function records_of_asked_to_offered(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, o.district_id, o.worker_id, null::boolean,
    array[wait_band(day_in_paris(o.offered_at) - day_in_paris(r.asked_at)), r.urgency::text]
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id, p_from, p_until)
    and (o.status = 'ACCEPTED' or not o.at_short_notice)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id)
      and (e.status = 'ACCEPTED' or not e.at_short_notice));
end;
alter function records_of_asked_to_offered owner to cosmos_keeper;

-- When an appointment was asked for: when it was booked, or when somebody first asked to wait for it. Only functions of cosmos_keeper may call it.
create function appointment_asked_at(p_appointment uuid, p_booked_at timestamptz) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  return (select least(p_booked_at, min(r.asked_at)) from appointment_request r where r.appointment_id = p_appointment);
alter function appointment_asked_at owner to cosmos_keeper;

-- The honoured appointments of the period, with the time of the request. An appointment for which the service asked is nobody's wait and is
-- left out. Only functions of cosmos_keeper may call it.
create function held_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_ids uuid[], case_id uuid, type_code text, starts_at timestamptz, booked_at timestamptz, asked_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_ids, a.case_id, a.type_code, a.starts_at, a.booked_at, asked.at
  from appointment a cross join lateral (select appointment_asked_at(a.id, a.booked_at) as at) asked
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.type_code = any (array(select receiving_types())) and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at
    and not appointment_objects(a.id, p_from, p_until);
end;
alter function held_of owner to cosmos_keeper;

-- These appointments, by the days since the person asked.
create function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.id, h.district_id, w.id, null::boolean, array[wait_band(day_in_paris(h.starts_at) - day_in_paris(h.asked_at)), h.type_code]
  from held_of(p_from, p_until) h left join lateral unnest(h.worker_ids) w(id) on true;
end;
alter function records_of_asked_to_held owner to cosmos_keeper;

-- The same appointments, by the days since the first request. Before it lie appointments of the same person in the district that were called off,
-- by them or by the service, or that they missed; each time they asked again within thirty days, or waited already. What the service asked for
-- is no request of theirs. Each step goes back to an earlier booking.
create function records_of_first_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
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
alter function records_of_first_asked_to_held owner to cosmos_keeper;

-- The known persons who asked in the period: they booked, or someone for them, they asked to wait, or came and no time was found. An appointment
-- from the waiting list was asked for when they asked to wait. What the service asked for is no request of theirs, and a meeting is none.
create function records_of_asked(p_from timestamptz, p_until timestamptz) returns setof statistics_record
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
alter function records_of_asked owner to cosmos_keeper;

-- The visits and calls for which no time was found.
create function records_of_found_no_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, null::boolean, '{}'::text[]
  from records_of_visits(p_from, p_until) r where r.categories[2] = 'NO_TIME';
end;
alter function records_of_found_no_time owner to cosmos_keeper;

-- The honoured appointments of persons to be seen soon, and how many of them were held within five days of the request. Such a person was judged
-- so on the waiting list; or booked without it, in hours that were still kept for them.
create function records_of_urgent_seen_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
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
alter function records_of_urgent_seen_in_time owner to cosmos_keeper;

-- The honoured appointments of persons who had an assigned worker in the district then, and how many of them were with that worker.
create function records_of_own_worker_kept(p_from timestamptz, p_until timestamptz) returns setof statistics_record
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
alter function records_of_own_worker_kept owner to cosmos_keeper;

-- The appointments of the period with their workers, without meetings and call-backs. Only functions of cosmos_keeper may call it.
create function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id, p_from, p_until)
    and a.type_code = any (array(select receiving_types()));
end;
alter function appointments_of owner to cosmos_keeper;

-- The appointments of the period, by outcome.
create function records_of_appointments(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[case a.status when 'BOOKED' then 'UNKNOWN' else a.status::text end, a.type_code, a.mode]
  from appointments_of(p_from, p_until) a;
end;
alter function records_of_appointments owner to cosmos_keeper;

-- Not honoured ÷ (honoured + not honoured), from the records of the published counts.
create function records_of_not_honoured(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, r.categories[1] = 'NOT_HONOURED', r.categories
  from records_of_appointments(p_from, p_until) r where r.categories[1] in ('HONOURED', 'NOT_HONOURED');
end;
alter function records_of_not_honoured owner to cosmos_keeper;

-- The share of appointments whose outcome nobody has recorded, among those that were not cancelled; from the records of the published counts.
create function records_of_unknown_outcomes(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, r.categories[1] = 'UNKNOWN', r.categories
  from records_of_appointments(p_from, p_until) r where r.categories[1] in ('UNKNOWN', 'HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED');
end;
alter function records_of_unknown_outcomes owner to cosmos_keeper;

-- Named persons who called off or did not come, and how many of them asked again in the district: they have another appointment or wait on the
-- list, and said so until thirty days after. So an appointment is counted thirty days after its time. What the service asked for is no ask of
-- theirs, and a meeting is none.
create function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code = any (array(select receiving_types())) and n.places is null
        and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id and r.stands_for_id is null
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and (exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null)
      -- Somebody gave a name, which is deleted since: nobody had learnt more of them, so they did not ask again.
      or exists (select from online_booking b where b.appointment_id = a.id and b.person_id is null));
end;
alter function records_of_asked_again owner to cosmos_keeper;

-- The times that a person called off before they came, and how many of them were used by other persons, who do not object.
create function records_of_freed_times_used(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from occupancy u where u.worker_id = any (o.worker_ids) and u.appointment_id <> a.id
        and u.starts_at > o.starts_at - interval '1 day' and u.starts_at < o.ends_at and u.ends_at > o.starts_at
        and not appointment_objects(u.appointment_id, p_from, p_until)
        and not exists (select from appointment_person theirs join appointment_person mine on mine.person_id = theirs.person_id
          where theirs.appointment_id = u.appointment_id and mine.appointment_id = a.id)),
    '{}'::text[]
  from appointments_of(p_from, p_until) a
  join appointment o on o.id = a.id
  where a.status = 'CANCELLED_BY_PERSON' and o.status_at < o.starts_at;
end;
alter function records_of_freed_times_used owner to cosmos_keeper;

-- The appointments that the service cancelled, by reason.
create function records_of_cancelled_by_service(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[coalesce(a.reason, 'UNKNOWN'), a.type_code]
  from appointments_of(p_from, p_until) a where a.status = 'CANCELLED_BY_SERVICE';
end;
alter function records_of_cancelled_by_service owner to cosmos_keeper;

-- The persons who came to a meeting.
create function records_of_meeting_attendance(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, a.district_id, w.id, null::boolean, array[a.type_code, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.places is not null and a.starts_at >= p_from and a.starts_at < p_until and ap.outcome = 'HONOURED' and not objects(p.id, p_from, p_until);
end;
alter function records_of_meeting_attendance owner to cosmos_keeper;

-- The cases that were open at any time of the period, with the worker who was assigned at its end or when the case was closed. Only functions
-- of cosmos_keeper may call it.
create function cases_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, mission text, opened_at timestamptz, closed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, s.worker_id, c.mission::text, c.opened_at, c.closed_at
  from "case" c
  left join lateral (select n.worker_id from assignment n where n.case_id = c.id and n.starts_at < p_until
    and (n.ends_at is null or n.ends_at >= least(p_until, c.closed_at)) order by n.starts_at desc limit 1) s on true
  where c.opened_at < p_until and (c.closed_at is null or c.closed_at >= p_from) and not case_objects(c.id, p_from, p_until);
end;
alter function cases_of owner to cosmos_keeper;

-- The persons of these cases.
create function records_of_persons_helped(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[age_band(p.birth_date, day_in_paris(p_until) - 1), c.mission]
  from cases_of(p_from, p_until) c join case_person cp on cp.case_id = c.id join person p on p.id = cp.person_id;
end;
alter function records_of_persons_helped owner to cosmos_keeper;

-- The cases that are open at the end of the period.
create function records_of_open_cases(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, case_age_band(c.opened_at, p_until), case when c.worker_id is null then 'NO' else 'YES' end]
  from cases_of(p_from, p_until) c where c.closed_at is null or c.closed_at >= p_until;
end;
alter function records_of_open_cases owner to cosmos_keeper;

-- The cases that were opened in the period.
create function records_of_cases_opened(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, persons_band((select count(*) from case_person cp where cp.case_id = c.id))]
  from cases_of(p_from, p_until) c where c.opened_at >= p_from;
end;
alter function records_of_cases_opened owner to cosmos_keeper;

-- The cases that were closed in the period.
create function records_of_cases_closed(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[c.mission, case_age_band(c.opened_at, c.closed_at)]
  from cases_of(p_from, p_until) c where c.closed_at >= p_from and c.closed_at < p_until;
end;
alter function records_of_cases_closed owner to cosmos_keeper;

-- The cases with a need at any time of the period. A case counts once for each need.
create function records_of_needs(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[k.theme, k.code, c.mission]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from))
    and (n.person_id is null or not objects(n.person_id, p_from, p_until));
end;
alter function records_of_needs owner to cosmos_keeper;

-- The persons that such a need concerns: the person that it names, or all persons of the case.
create function records_of_persons_in_need(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[k.theme, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  join case_person cp on cp.case_id = c.id and (n.person_id is null or cp.person_id = n.person_id) join person p on p.id = cp.person_id
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from));
end;
alter function records_of_persons_in_need owner to cosmos_keeper;

-- The referrals that were sent in the period (`sent`) or had to be answered in it (`due`). Only functions of cosmos_keeper may call it.
create function referrals_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, to_district_id uuid, sent_by_id uuid, to_worker_id uuid, destination text, mission text, status text, in_time boolean, due boolean, sent boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.to_district_id, r.sent_by_id, r.to_worker_id,
    case when r.to_organisation_id is not null then 'ORGANISATION' when r.to_worker_id is not null then 'WORKER' else 'DISTRICT' end,
    r.mission::text, r.status::text, r.status in ('ACCEPTED', 'REFUSED') and r.closed_at <= r.answer_by,
    r.answer_by > p_from and r.answer_by <= p_until and r.status <> 'WITHDRAWN', r.sent_at >= p_from and r.sent_at < p_until
  from referral r
  where ((r.sent_at >= p_from and r.sent_at < p_until) or (r.answer_by > p_from and r.answer_by <= p_until))
    and not case_objects(r.case_id, p_from, p_until);
end;
alter function referrals_of owner to cosmos_keeper;

-- The referrals that were sent in the period, in the district that sent them.
create function records_of_referrals_sent(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, null::boolean, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end, r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent;
end;
alter function records_of_referrals_sent owner to cosmos_keeper;

-- The same referrals in the receiving district; those to an organisation are left out.
create function records_of_referrals_received(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.to_district_id, r.to_worker_id, null::boolean, array[r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent and r.to_district_id is not null;
end;
alter function records_of_referrals_received owner to cosmos_keeper;

-- The share of referrals due in the period that were accepted or refused in time.
create function records_of_referrals_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, r.in_time, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end]
  from referrals_of(p_from, p_until) r where r.due;
end;
alter function records_of_referrals_answered_in_time owner to cosmos_keeper;

-- Saisines: the requests of partners that were received in the period.
create function records_of_incoming_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, null::boolean, array[q.partner::text, case when q.mandated then 'YES' else 'NO' end, q.status::text]
  from incoming_request q
  where q.received_on >= day_in_paris(p_from) and q.received_on < day_in_paris(p_until) and not objects(q.person_id, p_from, p_until);
end;
alter function records_of_incoming_requests owner to cosmos_keeper;

-- The share of requests of partners due in the period that were answered or declined in time.
create function records_of_incoming_requests_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, q.status in ('ANSWERED', 'DECLINED') and q.closed_at <= q.answer_by, array[q.partner::text]
  from incoming_request q where q.answer_by > p_from and q.answer_by <= p_until and not objects(q.person_id, p_from, p_until);
end;
alter function records_of_incoming_requests_answered_in_time owner to cosmos_keeper;
