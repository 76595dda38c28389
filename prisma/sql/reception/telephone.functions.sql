-- A caller calls off an appointment, or wants another time. Nobody knows who calls. So the call cancels nothing: the time is held, the person is
-- told by the safe contact, the workers are told, and one act lets the appointment stand. The desk sees none of this.

-- Returns the persons of a full name and of one other thing that the caller says: birth year, reference or phone. It looks in the whole county,
-- and finds hidden persons too. Only functions of cosmos_keeper may call it.
create function persons_said(p_name text, p_birth_year integer, p_reference text, p_phone text) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select p.id from person p
      where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
          or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
          or normalised_name(p.chosen_name) = normalised_name(p_name))
        and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
          or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'));
  end $$;
alter function persons_said owner to cosmos_keeper;

-- Returns the persons of a full name who have this appointment by a reference that they say: that of their request, or the secret of what was
-- booked online. Only functions of cosmos_keeper may call it.
create function appointments_said(p_name text, p_reference text, p_secret_hash bytea) returns table (appointment_id uuid, person_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select s.appointment_id, s.person_id from (
      select r.appointment_id, r.person_id from appointment_request r where r.reference = p_reference
      union select b.appointment_id, b.person_id from online_booking b where b.secret_hash = p_secret_hash) s
      join person p on p.id = s.person_id
      where normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
        or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
        or normalised_name(p.chosen_name) = normalised_name(p_name);
  end $$;
alter function appointments_said owner to cosmos_keeper;

-- Whether a worker is away now: absent, or on leave until p_until at least. Only functions of cosmos_keeper may call it.
create function is_away(p_worker uuid, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence s where s.worker_id = p_worker and s.starts_at <= now() and (s.ends_at is null or s.ends_at > now()))
    or exists (select from unavailability u where u.worker_id = p_worker and u.starts_at <= now() and u.ends_at >= p_until);
alter function is_away owner to cosmos_keeper;

-- Whether silence may free the time of an appointment: it has one person, and the desk may know this person. For a person with "confirm nothing"
-- or a sensitive file nothing may change at the desk. Only functions of cosmos_keeper may call it.
create function silence_may_free(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) = 1 and not bool_or(p.confirm_nothing or p.sensitive_file)
    from appointment_person ap join person p on p.id = ap.person_id where ap.appointment_id = p_appointment);
alter function silence_may_free owner to cosmos_keeper;

-- Returns until when a time that was called off is held: for two office hours. Null if the time begins before they have passed: then silence
-- does not free it, since nobody may have read of the call. Only functions of cosmos_keeper may call it.
create function held_after_call(p_noted_at timestamptz, p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select date_trunc('milliseconds', h.until) from in_working_time(p_noted_at, interval '2 hours') h (until) where h.until < p_starts_at);
  end $$;
alter function held_after_call owner to cosmos_keeper;

-- Notes that a caller calls off the one appointment of this person on this day in the district of the viewer's desk. The time is held for a
-- while (`held_after_call`). The workers of the appointment and those who follow its case are told; the jobs send a text by the safe contact.
-- The duty worker is told if all of these workers are away and silence may free the time. It does not matter whether the person can have a
-- link: a worker who enters a number would learn it. If nobody could answer, silence frees nothing. A second call changes only that the caller
-- wants another time. Returns the person and the case, for the log; null if no appointment matches, or several. cosmos_app may call it.
create function note_telephone_cancellation(p_district uuid, p_day date, p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_secret_hash bytea, p_wants_another boolean, p_duty_worker uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_appointment appointment%rowtype;
  v_id uuid;
  v_until timestamptz;
  v_there boolean;
  v_duty uuid;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  -- It counts whether an appointment is found or not, so that the measure tells nothing.
  perform record_act('CALL_OFF_BY_TELEPHONE', p_district, 'district', p_district, '{}', null);
  select (array_agg(s.appointment_id))[1], (array_agg(s.person_id))[1] into v_appointment.id, v_person.id from (
    select ap.appointment_id, ap.person_id from persons_said(p_name, p_birth_year, p_reference, p_phone) n
      join appointment_person ap on ap.person_id = n
    union select * from appointments_said(p_name, p_reference, p_secret_hash)) s
    join appointment a on a.id = s.appointment_id and a.district_id = p_district and a.status = 'BOOKED' and a.places is null
      and a.starts_at > now() and day_in_paris(a.starts_at) = p_day
    having count(*) = 1;
  select a.* into v_appointment from appointment a
    where a.id = v_appointment.id and a.status = 'BOOKED' and a.starts_at > now() for no key update;
  if not found then return null; end if;
  select p.* into v_person from person p where p.id = v_person.id;
  v_until := held_after_call(now(), v_appointment.starts_at);
  v_there := exists (select from receivers_of(v_appointment) r where not is_away(r.worker_id, coalesce(v_until, v_appointment.starts_at)));
  if not v_there and silence_may_free(v_appointment.id) then v_duty := p_duty_worker; end if;
  insert into telephone_cancellation (appointment_id, person_id, district_id, wants_another, duty_worker_id, held_until)
    values (v_appointment.id, v_person.id, p_district, p_wants_another, v_duty,
      case when (v_there or v_duty is not null) and silence_may_free(v_appointment.id) then v_until end)
    on conflict (appointment_id) do nothing returning id into v_id;
  if v_id is null then
    update telephone_cancellation set wants_another = true where appointment_id = v_appointment.id and p_wants_another and not wants_another;
  else
    perform tell_of_appointment(v_appointment, 'CALLED_OFF_BY_TELEPHONE');
    insert into notification (worker_id, kind) select v_duty, 'CALLED_OFF_BY_TELEPHONE' where v_duty is not null;
  end if;
  return jsonb_build_object('personId', v_person.id, 'caseId', v_appointment.case_id);
end $$;
alter function note_telephone_cancellation owner to cosmos_keeper;
grant execute on function note_telephone_cancellation to cosmos_app;

-- Lets an appointment that was called off by telephone stand, and tells its workers (`tell_of_appointment`). If it was not called off, nothing
-- changes. The calling function has locked the appointment. Only functions of cosmos_keeper may call it.
create function let_stand(p_appointment appointment) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from telephone_cancellation where appointment_id = p_appointment.id;
  if found then perform tell_of_appointment(p_appointment, 'APPOINTMENT_RESTORED'); end if;
end $$;
alter function let_stand owner to cosmos_keeper;

-- Returns the appointments that were called off by telephone and of which the viewer was told: as a worker of the appointment, as the assigned
-- worker of its case, as the stand-in, or as the duty worker. At most 100, the first to be freed first. cosmos_app may call it.
create function times_called_off()
  returns table (id uuid, district_id uuid, worker_id uuid, public_label_fr text, starts_at timestamptz, held_until timestamptz, display_name text,
    wants_another boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    -- To a worker who does not follow the case, the end of the time tells neither a number, nor an address, nor that anything is hidden.
    return query select a.id, a.district_id, viewer_worker(), y.public_label_fr, a.starts_at,
        case when follows_person(t.person_id) then t.held_until
          else held_after_call(t.noted_at, a.starts_at) end,
        coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), '')), t.wants_another
      from telephone_cancellation t join appointment a on a.id = t.appointment_id and a.status = 'BOOKED'
      join appointment_type y on y.code = a.type_code join person p on p.id = t.person_id
      where t.district_id = any (viewer_districts('any')) and decides_on(t, a)
      order by t.held_until, a.starts_at, a.id limit 100;
  end $$;
alter function times_called_off owner to cosmos_keeper;
grant execute on function times_called_off to cosmos_app;

-- Whether the viewer was told that this appointment was called off, and may let it stand. Only functions of cosmos_keeper may call it.
create function decides_on(p_called_off telephone_cancellation, p_appointment appointment) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('appointments:read') and p_appointment.district_id = any (viewer_districts('any'))
    and (viewer_worker() = any (p_appointment.worker_ids) or viewer_worker() = p_called_off.duty_worker_id
      or (p_appointment.case_worker_id = viewer_worker() and p_appointment.district_id = any (viewer_districts('social_worker')))
      or (p_appointment.case_worker_id || ':' || p_appointment.district_id) = any (viewer_relays()));
alter function decides_on owner to cosmos_keeper;

-- Lets an appointment stand, if it was called off and the viewer was told. Returns its person and case for the log, or null. cosmos_app may
-- call it.
create function restore_appointment(p_appointment uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = p_appointment and a.district_id = any (viewer_districts('any'))
    and exists (select from telephone_cancellation t where t.appointment_id = a.id and decides_on(t, a));
  if not found then return null; end if;
  select a.* into v_appointment from appointment a where a.id = p_appointment and a.status = 'BOOKED' for update;
  if not found then return null; end if;
  perform let_stand(v_appointment);
  return jsonb_build_object('personId', (select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment limit 1),
    'caseId', v_appointment.case_id);
end $$;
alter function restore_appointment owner to cosmos_keeper;
grant execute on function restore_appointment to cosmos_app;

-- Lets all appointments of the person at the counter stand: the visit is of today (Europe/Paris), at the viewer's desk or with the viewer, and
-- not closed. Returns the case of each, for the log. cosmos_app may call it.
create function restore_times_of_present(p_visit uuid) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  for v_appointment in
    select a.* from visit v join telephone_cancellation t on t.person_id = v.person_id or t.appointment_id = v.appointment_id
      join appointment a on a.id = t.appointment_id and a.status = 'BOOKED' and a.district_id = v.district_id
      where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = day_in_paris(now())
        and (v.district_id = any (viewer_districts('receptionist'))
          or (v.worker_id = viewer_worker() and v.district_id = any (viewer_districts('social_worker'))))
      order by a.id for update of a
  loop
    perform let_stand(v_appointment);
    return next v_appointment.case_id;
  end loop;
end $$;
alter function restore_times_of_present owner to cosmos_keeper;
grant execute on function restore_times_of_present to cosmos_app;

-- Whether a person of this appointment is at the viewer's counter: the visit is of today (Europe/Paris), not closed, and for this person or for
-- this appointment. For a person with "confirm nothing" or a sensitive file, only the second counts. cosmos_app may call it.
create function is_at_the_counter(p_visit uuid, p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = day_in_paris(now())
    and v.district_id = any (viewer_districts('receptionist'))
    and (v.appointment_id = p_appointment or exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = p_appointment and p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing)));
alter function is_at_the_counter owner to cosmos_keeper;
grant execute on function is_at_the_counter to cosmos_app;

-- Whether somebody who could answer has heard of the call: the person by a text that was sent, the duty worker, or a worker who is not away.
-- Only functions of cosmos_keeper may call it.
create function somebody_heard(p_called_off telephone_cancellation, p_appointment appointment) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_called_off.duty_worker_id is not null
      or exists (select from dispatch d where d.called_off_id = p_called_off.id and d.status = 'SENT')
      or exists (select from receivers_of(p_appointment) r where not is_away(r.worker_id, now()));
  end $$;
alter function somebody_heard owner to cosmos_keeper;

-- Cancels one appointment for the person, once its hold is over, and frees the time. The appointment stands if somebody has come for it since, if
-- silence may not free it any more, or if nobody who could answer has heard of the call. Returns whether there was one. cosmos_jobs may call it.
create function free_called_off_time() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_called_off telephone_cancellation%rowtype;
  v_appointment appointment%rowtype;
begin
  perform only_jobs();
  select t.* into v_called_off from telephone_cancellation t where t.held_until <= now() order by t.held_until, t.id limit 1;
  if not found then return false; end if;
  -- The locks are taken in the order of `answer_offer`: first the request, then the appointment. What changed meanwhile is read again.
  perform from appointment_request r where r.appointment_id = v_called_off.appointment_id and r.status = 'WAITING' order by r.id for update;
  select a.* into v_appointment from appointment a where a.id = v_called_off.appointment_id for update;
  select t.* into v_called_off from telephone_cancellation t where t.id = v_called_off.id for update;
  if not found then return true; end if;
  if exists (select from visit v where v.appointment_id = v_appointment.id and v.kind = 'WALK_IN' and v.arrived_at >= v_called_off.noted_at) then
    perform let_stand(v_appointment);
  elsif not silence_may_free(v_appointment.id) or not somebody_heard(v_called_off, v_appointment) then
    update telephone_cancellation set held_until = null where id = v_called_off.id;
  else
    perform cancel_for_person(v_appointment, v_called_off.person_id, v_called_off.wants_another, v_called_off.noted_at, false);
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      values (gen_random_uuid(), 'JOBS', 'CANCEL_APPOINTMENT', 'DONE', v_appointment.case_id, v_called_off.person_id);
  end if;
  return true;
end $$;
alter function free_called_off_time owner to cosmos_keeper;
grant execute on function free_called_off_time to cosmos_jobs;
