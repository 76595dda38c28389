-- Whom the viewer may book: within look-up, or already known by a case followed or an appointment.
create function may_book_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from persons_within_look_up(array[p_person]))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      join person p on p.id = ap.person_id where ap.person_id = p_person and (
        (a.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file and not p.confirm_nothing)
        or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any'))
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')));
alter function may_book_person owner to cosmos_keeper;
grant execute on function may_book_person to cosmos_app;

-- Until when the appointment's workers know who came: 30 days after its end, and not at all once it is cancelled.
create function known_until(p_status "AppointmentStatus", p_ends_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return case when p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then p_ends_at + interval '720 hours' end;
grant execute on function known_until to public;

-- Which of these appointments may not be held, of those that the viewer works with: someone who takes part is away then, or the hours in which
-- it was booked were closed since, or whoever went out is not back when they said.
create function appointment_warnings(p_appointments uuid[]) returns table (appointment_id uuid, warning text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, w.warning
  from appointment a
  cross join lateral (
    select 'WORKER_AWAY' as warning where a.status = 'BOOKED' and exists (
      select from unnest(a.worker_ids) worker
      where exists (select from absence s where s.worker_id = worker
          and tstzrange(s.starts_at, s.ends_at) && tstzrange(a.starts_at, a.ends_at))
        or exists (select from unavailability u where u.worker_id = worker
          and tstzrange(u.starts_at, u.ends_at) && tstzrange(a.starts_at, a.ends_at)))
    union all
    select 'HOURS_CLOSED' where a.status = 'BOOKED' and exists (
      select from availability_occurrence o where o.worker_id = any (a.worker_ids) and o.closed
        and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.starts_at > a.starts_at - interval '12 hours'
        and not exists (select from availability_occurrence n where n.worker_id = o.worker_id and not n.closed
          and n.starts_at <= a.starts_at and n.ends_at >= a.ends_at and n.starts_at > a.starts_at - interval '12 hours'))
    union all
    select 'RETURN_OVERDUE' where (a.status_at >= a.starts_at
        or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')) and a.expected_back_at between now() - interval '7 days' and now() and a.back_at is null) w
  where a.id = any (p_appointments) and (
    a.district_id = any (viewer_districts('receptionist'))
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays()));
end;
alter function appointment_warnings owner to cosmos_keeper;
grant execute on function appointment_warnings to cosmos_app;

-- The time that a person knows: one of which they could not be told is not it.
create function known_starts_at(p_appointment uuid, p_person uuid, p_starts_at timestamptz) returns timestamptz
  language sql stable
  return coalesce((select case when n.outcome = 'NOT_REACHED' then n.previous_starts_at end from appointment_notice n
    where n.appointment_id = p_appointment and n.person_id = p_person order by n.created_at desc, n.id limit 1), p_starts_at);
grant execute on function known_starts_at to public;

-- Whether the desk may give this appointment to a colleague: what a desk booked without a case, or what a booking client booked. Nobody adds a
-- case or a subject afterwards. An appointment of a person whose file has become sensitive since is not passed on: the desk that booked it
-- no longer sees the person.
create function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment
    and (a.booked_at_desk or exists (select from online_booking b where b.appointment_id = a.id and b.client_id is not null))
    and a.case_id is null and a.subject is null
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));
alter function may_pass_on owner to cosmos_keeper;
grant execute on function may_pass_on to cosmos_app;

-- Rule 3: no list from which workers can be counted. A desk sees the appointments of its district from a week back.
create function desk_reaches_back_to() returns timestamptz
  language sql stable
  return ((now() at time zone 'Europe/Paris')::date - 7)::timestamp at time zone 'Europe/Paris';
grant execute on function desk_reaches_back_to to public;

-- Puts down the interpreters that those who come need: of an appointment that this transaction has made, at which nobody else is put down.
-- Only of persons whose contact the viewer reads. A worker who books someone they have looked up would else read the language there.
create function invite_interpreters(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into appointment_participant (appointment_id, kind, language, mode, starts_at, ends_at)
  select distinct a.id, 'INTERPRETER'::"ParticipantKind", n.language, a.mode, a.starts_at, a.ends_at
  from appointment a
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  cross join lateral (
    select p.language where 'INTERPRETER' = any (p.communication_needs)
    union select 'fsl' where 'FRENCH_SIGN_LANGUAGE' = any (p.communication_needs)) n
  where a.id = p_appointment and a.booked_at = now()::timestamptz(3) and knows_contact(p.id)
    and not exists (select from appointment_participant x where x.appointment_id = a.id)
  limit 10;
end;
alter function invite_interpreters owner to cosmos_keeper;
grant execute on function invite_interpreters to cosmos_app;

-- Whether the place of an appointment is that of a worker's hours then: the service's own.
create function place_is_of_hours(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from appointment a
    join availability_occurrence o on o.worker_id = any (a.worker_ids) and o.district_id = a.district_id
      and o.starts_at <= a.starts_at and o.starts_at > a.starts_at - interval '12 hours' and o.ends_at >= a.ends_at
    join availability v on v.id = o.availability_id and v.place = a.place
    where a.id = p_appointment);
end;
alter function place_is_of_hours owner to cosmos_keeper;

-- Whether somebody typed the place of an appointment or of a meeting. A withheld place counts like any other.
create function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.place is not null and not place_is_of_hours(a.id));
alter function place_is_typed owner to cosmos_keeper;
grant execute on function place_is_typed to cosmos_app;
