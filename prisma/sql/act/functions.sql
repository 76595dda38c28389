-- Rights that are small once are large in bulk. An act that changes something of a person, a request or a colleague's agenda, and is not the
-- login's own work, is counted here, in the transaction that does it: no service can forget it, and raw SQL cannot pass it. The access log tells
-- the same acts, without what stood there before.

-- The measure of a kind of act: how many one login may do within an hour. Each is half as large again as what one secretary does in the busiest
-- hour of a Monday of forty people, or on a day on which eight workers are ill. Every role may call it.
create function measure_of(p_kind "ActKind") returns integer
  language sql immutable parallel safe
  return case p_kind
    when 'CHANGE_IDENTITY' then 30
    when 'CHANGE_CONTACT' then 30
    when 'SET_OBJECTION' then 10
    when 'CANCEL_APPOINTMENT' then 20
    when 'CANCEL_IN_TIME_OFF' then 120
    when 'CANCEL_BOOKINGS_OF_CLIENT' then 3
    when 'CALL_OFF_BY_TELEPHONE' then 30
    when 'MOVE_APPOINTMENT' then 30
    when 'MOVE_IN_TIME_OFF' then 120
    when 'BOOK_APPOINTMENT' then 60
    when 'RECORD_OUTCOME' then 120
    when 'CONFIRM_APPOINTMENT' then 60
    when 'REQUEST_APPOINTMENT' then 60
    when 'CHANGE_REQUEST' then 40
    when 'RECORD_PRESENCE' then 90
    when 'WITHDRAW_REQUEST' then 15
    when 'ANSWER_OFFER' then 30
    when 'CHANGE_HOURS' then 30
    when 'DECLARE_TIME_OFF' then 12
    when 'RECORD_VISIT' then 60
    when 'CHANGE_VISIT' then 180
    when 'RECORD_TOLD' then 60
    when 'REGISTER_PERSON' then 60
    when 'GIVE_NOTICE' then 60
  end;
grant execute on function measure_of to public;

-- Counts an act of the viewer, and keeps what stood there before: p_before is null if the act cannot be taken back, and {} if the row is new.
-- Acts of one login are counted one after the other, in any process. If the measure of the hour is spent, the act is refused with CS429, and
-- the detail says after how many seconds the login may go on. The act that reaches the measure tells the heads, once an hour. Nothing is
-- counted for a viewer who is no worker. Only functions of cosmos_keeper may call it.
create function record_act(p_kind "ActKind", p_district uuid, p_subject text, p_row uuid, p_persons uuid[], p_before jsonb)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_used integer;
  v_oldest timestamptz;
begin
  if viewer_worker() is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('cosmos:acts:' || viewer_worker(), 0));
  select count(*), min(a.done_at) into v_used, v_oldest from act a
    where a.worker_id = viewer_worker() and a.kind = p_kind and a.done_at > now() - interval '1 hour';
  if v_used >= measure_of(p_kind) then
    raise 'the measure of the hour is spent' using errcode = 'CS429',
      detail = greatest(1, ceil(extract(epoch from v_oldest + interval '1 hour' - now())))::text;
  end if;
  insert into act (worker_id, kind, district_id, subject, row_id, person_ids, before)
    values (viewer_worker(), p_kind, p_district, p_subject, p_row, coalesce(p_persons, '{}'), p_before);
  if v_used + 1 = measure_of(p_kind) and not exists (select from notification n where n.kind = 'MEASURE_REACHED'
      and n.about_worker_id = viewer_worker() and n.act = p_kind and n.created_at > now() - interval '1 hour') then
    perform tell_measure(p_kind, p_district, v_used + 1);
  end if;
end $$;
alter function record_act owner to cosmos_keeper;

-- Tells the heads that the viewer has done so many acts of a kind: those of each district in which the viewer did such an act within the hour.
-- Otherwise the last act would choose the head who is told. If the viewer is a head, or nobody else heads these districts, it tells the technical
-- advisers. Without an adviser it tells the other heads, or else the data protection officers. Only functions of cosmos_keeper may call it.
create function tell_measure(p_kind "ActKind", p_district uuid, p_count integer) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_heads uuid[] := array(select m.worker_id from membership m where m.role = 'DISTRICT_HEAD' and m.worker_id <> viewer_worker()
    and (m.district_id = p_district or exists (select from act a where a.worker_id = viewer_worker() and a.kind = p_kind
      and a.done_at > now() - interval '1 hour' and a.district_id = m.district_id))
    and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  v_told uuid[] := case when cardinality(viewer_posts('district_head')) = 0 then v_heads else '{}' end;
  v_role "Role";
begin
  foreach v_role in array array['TECHNICAL_ADVISER', 'DISTRICT_HEAD', 'DATA_PROTECTION_OFFICER']::"Role"[] loop
    exit when v_told <> '{}';
    v_told := case when v_role = 'DISTRICT_HEAD' then v_heads else array(select m.worker_id from membership m where m.role = v_role
      and m.worker_id <> viewer_worker() and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())) end;
  end loop;
  insert into notification (worker_id, kind, about_worker_id, act, count)
    select distinct t, 'MEASURE_REACHED'::"NotificationKind", viewer_worker(), p_kind, p_count from unnest(v_told) t;
end $$;
alter function tell_measure owner to cosmos_keeper;

-- Whether an appointment is the viewer's own work: the viewer is one of its workers, or is assigned to its case. What a stand-in does counts, so
-- that the absent worker and the person are told: a relay can be opened for an hour. Only functions of cosmos_keeper may call it.
create function is_own_appointment(p_district uuid, p_workers uuid[], p_case_worker uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return coalesce(viewer_worker() = any (p_workers) or viewer_worker() = p_case_worker, false);
  end $$;
alter function is_own_appointment owner to cosmos_keeper;

-- Whether a request is the viewer's own work: the viewer is assigned to its case, or asks for their own agenda. Only functions of cosmos_keeper may
-- call it.
create function is_own_request(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return is_own_appointment(p_request.district_id, case when p_request.duty_worker_only then array[p_request.duty_worker_id] end,
      p_request.case_worker_id);
  end $$;
alter function is_own_request owner to cosmos_keeper;

-- The persons of an appointment. Only functions of cosmos_keeper may call it.
create function persons_of_appointment(p_appointment uuid) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment order by ap.person_id);
  end $$;
alter function persons_of_appointment owner to cosmos_keeper;

-- Whether one of these workers has declared time off at this time, or is absent. Only functions of cosmos_keeper may call it.
create function is_in_time_off(p_workers uuid[], p_starts_at timestamptz, p_ends_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from unavailability u where u.worker_id = any (p_workers) and u.starts_at < p_ends_at and u.ends_at > p_starts_at
        and u.ends_at > u.starts_at)
      or exists (select from absence s where s.worker_id = any (p_workers) and s.starts_at < p_ends_at
        and (s.ends_at is null or s.ends_at > p_starts_at));
  end $$;
alter function is_in_time_off owner to cosmos_keeper;

-- Lists what others changed today (Europe/Paris) of persons of a district whom nobody follows: the kind and the last time, and never a text or who
-- did it. It is for a worker on duty: a social worker of the district to whom somebody else has sent a person today. Hidden persons are left out. What
-- was taken back is left out, too, except of a contact: to take it back opens again what was closed. A person has one line of a kind, so that
-- nobody buries a change under others. At most 500, the latest first. cosmos_app may call it.
create function changes_of_day(p_district uuid)
  returns table (id uuid, person_id uuid, kind "ActKind", done_at timestamptz, reference text, display_name text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    if not is_on_duty_in(p_district) then return; end if;
    return query select l.* from (select distinct on (p.id, a.kind) a.id, p.id as person_id, a.kind,
        coalesce(a.taken_back_at, a.done_at)::timestamptz as done_at, p.reference,
        coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), ''))
      from act a cross join lateral unnest(a.person_ids) changed (person_id) join person p on p.id = changed.person_id
      where a.district_id = p_district and a.done_at >= day_in_paris(now())::timestamp at time zone 'Europe/Paris'
        and a.kind in ('CHANGE_IDENTITY', 'CHANGE_CONTACT', 'SET_OBJECTION', 'CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF', 'CHANGE_REQUEST',
          'WITHDRAW_REQUEST')
        and (a.taken_back_at is null or a.kind = 'CHANGE_CONTACT') and a.worker_id <> viewer_worker()
        and not p.confirm_nothing and not p.sensitive_file and not p.provisional and has_nobody(p.id)
      order by p.id, a.kind, coalesce(a.taken_back_at, a.done_at) desc, a.id) l
      order by l.done_at desc, l.id, l.person_id limit 500;
  end $$;
alter function changes_of_day owner to cosmos_keeper;
grant execute on function changes_of_day to cosmos_app;

-- Whether the viewer is on duty in the district: a social worker of the district to whom somebody else has sent a person today (Europe/Paris).
-- cosmos_app may call it.
create function is_on_duty_in(p_district uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_district = any (viewer_districts('social_worker')) and exists (select from visit v join person_known k on k.source_id = v.id
      where v.worker_id = viewer_worker() and v.district_id = p_district and v.day = day_in_paris(now())
        and k.worker_id = viewer_worker() and k.contact);
  end $$;
alter function is_on_duty_in owner to cosmos_keeper;
grant execute on function is_on_duty_in to cosmos_app;

-- Deletes the acts that are two days old, at most p_limit. Returns how many. cosmos_jobs may call it.
create function forget_acts(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  delete from act where id in (select a.id from act a where a.done_at < now() - interval '2 days' order by a.done_at limit p_limit
    for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
alter function forget_acts owner to cosmos_keeper;
grant execute on function forget_acts to cosmos_jobs;
