-- Whether the viewer may book a person: one within their look-up, or one that they know by a case that they follow or by an appointment.
-- cosmos_app may call it.
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
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')))
    or serves_unfollowed(p_person);
alter function may_book_person owner to cosmos_keeper;
grant execute on function may_book_person to cosmos_app;

-- Until when the workers of an appointment know who came: 720 hours (30 days) after its end; null if it is cancelled. Every role may call it.
create function known_until(p_status "AppointmentStatus", p_ends_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return case when p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then p_ends_at + interval '720 hours' end;
grant execute on function known_until to public;

-- Returns the warnings of these appointments, for viewers who work with them: WORKER_AWAY (one of its workers is away then) and HOURS_CLOSED
-- (the hours of the booking were closed since). RETURN_OVERDUE means that the worker of a home visit is not back at the time that they said,
-- in the last 7 days. cosmos_app may call it.
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

-- The start that a person knows: a change of which they could not be told does not count. It reads with the rights of its caller. Every role
-- may call it.
create function known_starts_at(p_appointment uuid, p_person uuid, p_starts_at timestamptz) returns timestamptz
  language sql stable
  return coalesce((select case when n.outcome = 'NOT_REACHED' then n.previous_starts_at end from appointment_notice n
    where n.appointment_id = p_appointment and n.person_id = p_person order by n.created_at desc, n.id limit 1), p_starts_at);
grant execute on function known_starts_at to public;

-- Whether the desk may give this appointment to a colleague: one that a desk booked without a case, or one that a booking client booked,
-- while it has neither a case nor a subject. It is not passed on if a file of its persons has become sensitive: the desk does not see such a
-- person. cosmos_app may call it.
create function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment
    and (a.booked_at_desk or exists (select from online_booking b where b.appointment_id = a.id and b.client_id is not null))
    and a.case_id is null and not exists (select from appointment_subject s where s.appointment_id = a.id)
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));
alter function may_pass_on owner to cosmos_keeper;
grant execute on function may_pass_on to cosmos_app;

-- The start of the days that a desk sees: 7 days ago at midnight, Europe/Paris. Rule 3: a longer list would allow to count the work of each
-- worker. Every role may call it.
create function desk_reaches_back_to() returns timestamptz
  language sql stable
  return ((now() at time zone 'Europe/Paris')::date - 7)::timestamp at time zone 'Europe/Paris';
grant execute on function desk_reaches_back_to to public;

-- Adds the interpreters that the persons of an appointment need, if this transaction has made it and it has no participant yet. It uses only
-- persons whose contact the viewer reads: otherwise a worker who books a person after a look-up would learn the person's language. cosmos_app
-- may call it.
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

-- Whether the place of an appointment is the service's own: the place of its worker's hours at that time, or a place on the list of its
-- district. Only functions of cosmos_keeper may call it.
create function place_is_of_hours(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from appointment a
    join availability_occurrence o on o.worker_id = any (a.worker_ids) and o.district_id = a.district_id
      and o.starts_at <= a.starts_at and o.starts_at > a.starts_at - interval '12 hours' and o.ends_at >= a.ends_at
    join availability v on v.id = o.availability_id and v.place = a.place
    where a.id = p_appointment)
  or exists (select from appointment a join district_place d on d.district_id = a.district_id and d.place = a.place
    where a.id = p_appointment);
end;
alter function place_is_of_hours owner to cosmos_keeper;

-- Whether somebody has typed the place of an appointment or a meeting. A typed place of an appointment is never in its row. Only functions of
-- cosmos_keeper may call it.
create function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.places is not null and a.place is not null
      and not place_is_of_hours(a.id));
alter function place_is_typed owner to cosmos_keeper;

-- Whether the viewer reads the row of an appointment, by the rule of `appointment_read`. Only functions of cosmos_keeper may call it.
create function sees_appointment(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    (a.district_id = any (viewer_districts('receptionist')) and a.starts_at >= desk_reaches_back_to() and not a.gone_from_desk)
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())
    or viewer_person() = any (a.online_person_ids)));
alter function sees_appointment owner to cosmos_keeper;

-- Whether the viewer may tell the place of an appointment: they read its row, and nobody has typed the place. An appointment that is hidden
-- answers as one that is not there. cosmos_app may call it.
create function place_may_be_told(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sees_appointment(p_appointment) and not place_is_typed(p_appointment);
alter function place_may_be_told owner to cosmos_keeper;
grant execute on function place_may_be_told to cosmos_app;

-- Whether a notice is for a person with "confirm nothing", and the viewer reads it only at a desk: it would be the only notice without a
-- person. The workers of the appointment, and the worker who follows its case, tell the person. cosmos_app may call it.
create function notice_is_withheld(p_notice uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_notice n join person p on p.id = n.person_id and p.confirm_nothing
    join appointment a on a.id = n.appointment_id
    where n.id = p_notice and (
      (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
      or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
      or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())) is not true);
alter function notice_is_withheld owner to cosmos_keeper;
grant execute on function notice_is_withheld to cosmos_app;
