/**
 * SQL that adds a year of visits and appointments to the demonstration's districts, from the day on which each was switched on. It runs as
 * a superuser, without triggers. The demonstration itself holds only the last weeks, so that it starts in seconds.
 */
export const HISTORY = `
set session_replication_role = replica;
select setseed(0.42);
create temp table d as select d.id, greatest(d.switched_on_on, make_date(extract(year from now())::integer - 1, 1, 1)) as since,
    array(select distinct m.worker_id from membership m where m.district_id = d.id and m.role = 'SOCIAL_WORKER' order by 1) as workers,
    array(select p.id from person p where p.district_id = d.id order by 1) as persons
  from district d where d.switched_on_on is not null;
create temp table days as select d.*, days.day::date as day, row_number() over (partition by d.id, days.day order by random()) as nth, n
  from d cross join generate_series(d.since, make_date(extract(year from now())::integer - 1, 12, 31), interval '1 day') days(day)
  cross join generate_series(1, 12) n
  where extract(isodow from days.day) < 6 and not exists (select from public_holiday h where h.day = days.day::date)
    -- Fewer in summer.
    and random() < case when extract(month from days.day) in (7, 8) then 0.45 else 0.85 end;
insert into visit (id, district_id, kind, day, ticket, person_id, worker_id, arrived_at, taken_in_at, closed_at, outcome)
  select gen_random_uuid(), v.id, (case when random() < 0.35 then 'CALL' else 'WALK_IN' end)::"VisitKind", v.day, 1000 + v.nth,
    case when random() < 0.6 then v.persons[1 + floor(random() * cardinality(v.persons))] end,
    case when v.drawn < 0.35 then v.workers[1 + floor(random() * cardinality(v.workers))] end,
    v.at, case when v.drawn < 0.35 then v.at end, v.at + interval '20 minutes',
    (case when v.drawn < 0.35 then 'RECEIVED' when v.drawn < 0.6 then 'ANSWERED' when v.drawn < 0.85 then 'APPOINTMENT_GIVEN'
      when v.drawn < 0.95 then 'REFERRED' else 'LEFT' end)::"VisitOutcome"
  from (select days.*, random() as drawn, (day + time '09:00' + n * interval '25 minutes') at time zone 'Europe/Paris' as at from days) v;
create temp table booked as select gen_random_uuid() as appointment, v.*, v.workers[1 + floor(random() * cardinality(v.workers))] as worker,
    v.persons[1 + floor(random() * cardinality(v.persons))] as person, random() as drawn, random() as wait,
    (v.day + time '09:00' + v.n * interval '30 minutes') at time zone 'Europe/Paris' as at from days v where v.n <= 7;
insert into appointment (id, district_id, type_code, mode, status, starts_at, ends_at, booked_at, worker_ids, cancellation_reason)
  select appointment, id, case when wait < 0.3 then 'FIRST_RECEPTION' when wait < 0.8 then 'FOLLOW_UP' else 'SOCIAL_ASSESSMENT' end,
    (case when drawn > 0.85 then 'PHONE' else 'ON_SITE' end)::"AppointmentMode",
    (case when drawn < 0.7 then 'HONOURED' when drawn < 0.8 then 'NOT_HONOURED' when drawn < 0.87 then 'CANCELLED_BY_PERSON'
      when drawn < 0.92 then 'CANCELLED_BY_SERVICE' when drawn < 0.94 then 'LEFT_BEFORE_RECEIVED' else 'BOOKED' end)::"AppointmentStatus",
    at, at + interval '30 minutes', at - make_interval(days => (1 + 50 * wait * wait)::integer), array[worker],
    case when drawn >= 0.87 and drawn < 0.92 then 'WORKER_AWAY'::"CancellationReason" end
  from booked;
insert into appointment_worker (appointment_id, worker_id) select appointment, worker from booked;
insert into appointment_person (appointment_id, person_id, district_id, worker_ids) select appointment, person, id, array[worker] from booked;
drop table booked, days, d;
set session_replication_role = origin;
analyze;
`;
