-- What a login did within an hour is taken back in one act: by the login itself, or by whoever was told that its measure is reached.

-- The columns of a row that an act changes. Only functions of cosmos_keeper may call these.
create function contact_columns(p_row person) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('phone', p_row.phone, 'email', p_row.email, 'safe_contact', p_row.safe_contact,
      'contact_suspended_at', p_row.contact_suspended_at, 'contact_suspended_case_id', p_row.contact_suspended_case_id,
      'language', p_row.language, 'communication_needs', p_row.communication_needs);
  end $$;
alter function contact_columns owner to cosmos_keeper;

create function address_columns(p_row person_address) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('person_id', p_row.person_id, 'line', p_row.line, 'postal_code', p_row.postal_code, 'city', p_row.city,
      'for_letters', p_row.for_letters);
  end $$;
alter function address_columns owner to cosmos_keeper;

create function appointment_columns(p_row appointment) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('status', p_row.status, 'cancellation_reason', p_row.cancellation_reason, 'starts_at', p_row.starts_at,
      'ends_at', p_row.ends_at, 'expected_back_at', p_row.expected_back_at, 'place', p_row.place, 'worker_ids', p_row.worker_ids);
  end $$;
alter function appointment_columns owner to cosmos_keeper;

create function request_columns(p_row appointment_request) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('person_id', p_row.person_id, 'mode', p_row.mode, 'wanted_from', p_row.wanted_from, 'wanted_until', p_row.wanted_until,
      'duty_worker_id', p_row.duty_worker_id, 'show_online', p_row.show_online, 'called_name', p_row.called_name, 'contact', p_row.contact,
      'phone', p_row.phone, 'short_notice_from', p_row.short_notice_from, 'short_notice_until', p_row.short_notice_until);
  end $$;
alter function request_columns owner to cosmos_keeper;

-- Counts a move of an appointment as it was before. Only functions of cosmos_keeper may call it.
create function record_move(p_before appointment) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- A move to another time and to another worker is one act.
  if exists (select from act a where a.row_id = p_before.id and a.done_at = now()::timestamptz(3) and a.kind in ('MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF')
    and a.worker_id = viewer_worker()) then return; end if;
  perform record_act(case when is_in_time_off(p_before.worker_ids, p_before.starts_at, p_before.ends_at) then 'MOVE_IN_TIME_OFF' else 'MOVE_APPOINTMENT' end::"ActKind",
    p_before.district_id, 'appointment', p_before.id, persons_of_appointment(p_before.id), appointment_columns(p_before));
end $$;
alter function record_move owner to cosmos_keeper;

-- Forgets what stood in a row before the acts of others than the viewer: they are not taken back any more. Only functions of cosmos_keeper may
-- call it.
create function settle_acts(p_row uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update act set before = null where row_id = p_row and worker_id is distinct from viewer_worker() and before is not null;
end $$;
alter function settle_acts owner to cosmos_keeper;

-- Forgets what stood before all acts on a person. The person was hidden, or is hidden no longer: the person's rows ended for the desk, and one
-- that came back under its old id would tell whose row it is. Only functions of cosmos_keeper may call it.
create function settle_acts_on(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update act set before = null where p_person = any (person_ids) and before is not null;
  update act set before = before - array(select ap.appointment_id::text from appointment_person ap where ap.person_id = p_person)
    where subject = 'client' and before is not null;
end $$;
alter function settle_acts_on owner to cosmos_keeper;

-- Takes back the acts of a kind of a login, the latest first: the viewer's own of the last hour; or those of another login, for a viewer who
-- was told within two days that its measure is reached, from an hour before that on. What somebody else has written to since stays as it is,
-- and so does an appointment whose time is taken. Whoever was told of the act is told once more. Returns null for a viewer who was not told;
-- otherwise how many acts there were, and the rows, for the access log. cosmos_app may call it.
create function take_back_acts(p_kind "ActKind", p_worker uuid) returns table (subject text, row_id uuid, person_ids uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_act act%rowtype;
  v_since timestamptz := now() - interval '1 hour';
  v_author uuid := coalesce(p_worker, viewer_worker());
  v_count integer := 0;
begin
  if viewer_worker() is null or not (viewer_has_scope('persons:write') and viewer_has_scope('appointments:write')) then
    raise 'not theirs to take back' using errcode = 'insufficient_privilege';
  end if;
  -- A worker without a post takes nothing back.
  if not (cardinality(viewer_posts('any')) > 0 or viewer_has_role('TECHNICAL_ADVISER')) then return; end if;
  if v_author <> viewer_worker() then
    select min(n.created_at) - interval '1 hour' into v_since from notification n where n.worker_id = viewer_worker()
      and n.kind = 'MEASURE_REACHED' and n.about_worker_id = v_author and n.act = p_kind and n.created_at > now() - interval '2 days';
    if v_since is null then return; end if;
  end if;
  for v_act in select * from act a where a.worker_id = v_author and a.kind = p_kind and a.done_at > v_since and a.taken_back_at is null
        -- A head takes back what was done in their district alone.
        and (v_author = viewer_worker() or viewer_has_role('TECHNICAL_ADVISER') or a.district_id = any (viewer_posts('district_head')))
      order by a.done_at desc, a.id for update loop
    update act a set taken_back_at = now() where a.id = v_act.id;
    v_count := v_count + 1;
    if v_act.before is not null then
      case v_act.subject
        when 'person' then perform take_back_in('person', v_act.row_id, v_act.before);
        when 'appointment_request' then perform take_back_in('appointment_request', v_act.row_id, v_act.before);
        when 'person_address' then perform take_back_address(v_act.row_id, v_act.before);
        when 'client' then perform take_back_appointment(b.key::uuid, b.value) from jsonb_each(v_act.before) b;
        when 'appointment' then perform take_back_appointment(v_act.row_id, v_act.before);
        when 'availability' then perform take_back_hours(v_act.row_id);
        when 'unavailability' then
          update unavailability u set ends_at = greatest(u.starts_at, least(u.ends_at, now())), version = u.version + 1 where u.id = v_act.row_id;
      end case;
    end if;
    subject := v_act.subject; row_id := v_act.row_id; person_ids := v_act.person_ids;
    return next;
  end loop;
  if v_author <> viewer_worker() and v_count > 0 then
    insert into notification (worker_id, kind, about_worker_id, act, count)
      values (v_author, 'ACTS_TAKEN_BACK', viewer_worker(), p_kind, v_count);
  end if;
end $$;
alter function take_back_acts owner to cosmos_keeper;
grant execute on function take_back_acts to cosmos_app;

-- Writes the kept columns back into a row. Only functions of cosmos_keeper may call it.
create function take_back_in(p_table text, p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_columns text := (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(p_before) k);
begin
  execute format('update %1$I set (%2$s, version) = (select %2$s, %1$I.version + 1 from jsonb_populate_record(null::%1$I, $1)) where id = $2',
    p_table, v_columns) using p_before, p_row;
exception
  -- The person has asked again since, and waits once.
  when unique_violation or check_violation then null;
end $$;
alter function take_back_in owner to cosmos_keeper;

-- Writes an open address back, or removes the one that was written. Only functions of cosmos_keeper may call it.
create function take_back_address(p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_before = '{}' then
    delete from person_address a where a.id = p_row and not a.confidential;
  elsif exists (select from person_address a where a.id = p_row) then
    perform take_back_in('person_address', p_row, p_before - 'person_id');
  else
    insert into person_address (person_id, line, postal_code, city, for_letters)
      select b.person_id, b.line, b.postal_code, b.city, b.for_letters from jsonb_populate_record(null::person_address, p_before) b
      where not exists (select from person_address a where a.person_id = b.person_id and not a.confidential);
  end if;
end $$;
alter function take_back_address owner to cosmos_keeper;

-- Closes hours that were opened. Appointments in them stay, and are flagged. Only functions of cosmos_keeper may call it.
create function take_back_hours(p_row uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update availability v set ends_on = greatest(v.starts_on, least(v.ends_on, day_in_paris(now()))), version = v.version + 1 where v.id = p_row;
  update availability_occurrence o set closed = true where o.availability_id = p_row and not o.closed and o.ends_at > now();
end $$;
alter function take_back_hours owner to cosmos_keeper;

-- Books an appointment again at the time and with the workers that it had, if these are still free and the time is to come. The person is told
-- again (`tell_it_stands`). Only functions of cosmos_keeper may call it.
create function take_back_appointment(p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before appointment := jsonb_populate_record(null::appointment, p_before);
  v_now appointment%rowtype;
begin
  select * into v_now from appointment a where a.id = p_row for update;
  if not found or v_before.starts_at <= now() then return; end if;
  begin
    perform end_expired_holds(v_before.worker_ids, v_before.starts_at, coalesce(v_before.expected_back_at, v_before.ends_at));
    delete from occupancy o where o.appointment_id = p_row;
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      select w, v_now.district_id, p_row, v_before.starts_at, coalesce(v_before.expected_back_at, v_before.ends_at) from unnest(v_before.worker_ids) w;
    if v_before.worker_ids <> v_now.worker_ids then
      delete from appointment_worker aw where aw.appointment_id = p_row and aw.worker_id <> all (v_before.worker_ids);
      insert into appointment_worker (appointment_id, worker_id) select p_row, w from unnest(v_before.worker_ids) w on conflict do nothing;
    end if;
    update appointment_participant t set starts_at = t.starts_at + (v_before.starts_at - v_now.starts_at),
      ends_at = t.ends_at + (v_before.starts_at - v_now.starts_at) where t.appointment_id = p_row and v_before.starts_at <> v_now.starts_at;
    update appointment a set status = v_before.status, cancellation_reason = v_before.cancellation_reason, starts_at = v_before.starts_at,
      ends_at = v_before.ends_at, expected_back_at = v_before.expected_back_at, place = v_before.place, version = a.version + 1 where a.id = p_row;
  exception
    -- Somebody else has the time by now.
    when exclusion_violation then return;
  end;
  perform tell_it_stands(p_row);
  select * into v_now from appointment a where a.id = p_row;
  perform tell_of_appointment(v_now, 'APPOINTMENT_RESTORED');
end $$;
alter function take_back_appointment owner to cosmos_keeper;

-- Tells the persons of an appointment by a reminder that it stands. A notice of the change that has not been given is dropped: then the person
-- knows nothing else. Only functions of cosmos_keeper may call it.
create function tell_it_stands(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from appointment_notice n where n.appointment_id = p_appointment and n.done_at is null
    and not exists (select from dispatch d where d.notice_id = n.id and d.status in ('SENDING', 'RETRYING', 'UNCERTAIN', 'SENT'));
  delete from appointment_notice n using appointment a where a.id = p_appointment and n.appointment_id = a.id and n.reminds_of = a.starts_at;
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
    select a.id, ap.person_id, a.district_id, 'REMINDER', a.starts_at, a.starts_at from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.id = p_appointment and exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and n.kind <> 'REMINDER' and n.created_at > now() - interval '2 days')
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, previous_starts_at = excluded.previous_starts_at, reminds_of = excluded.reminds_of,
        version = appointment_notice.version + 1;
end $$;
alter function tell_it_stands owner to cosmos_keeper;

-- Whether a notice tells a person of a cancellation that the viewer has just done in the person's name: the viewer does not say that the person was
-- told, which would keep the text from being sent. cosmos_app may call it.
create function tells_of_own_act(p_notice uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_notice n join appointment a on a.id = n.appointment_id and a.status <> 'CANCELLED_BY_SERVICE'
    join act on act.row_id = a.id and act.kind = 'CANCEL_APPOINTMENT' and act.worker_id = viewer_worker() and act.taken_back_at is null
    where n.id = p_notice and n.kind = 'CANCELLED' and n.done_at is null);
alter function tells_of_own_act owner to cosmos_keeper;
grant execute on function tells_of_own_act to cosmos_app;

-- Tells each person of an appointment, by their safe contact alone, that it was cancelled or moved in their name. Where the county sends no
-- texts, somebody writes it by hand. Only functions of cosmos_keeper may call it.
create function tell_by_safe_contact(p_act act) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select a.id, p.id, a.district_id, case p_act.kind when 'CANCEL_APPOINTMENT' then 'CANCELLED' else 'MOVED' end::"AppointmentNoticeKind",
      known_starts_at(a.id, p.id, coalesce((p_act.before ->> 'starts_at')::timestamptz, a.starts_at))
    from appointment a join person p on p.id = any (p_act.person_ids)
    -- A person whose appointment passes to another worker at its time has nothing new to know.
    where a.id = p_act.row_id and (p_act.kind = 'CANCEL_APPOINTMENT' or a.starts_at <> (p_act.before ->> 'starts_at')::timestamptz)
      and p.safe_contact = 'NEUTRAL_TEXT' and contact_is_named(p.id) and (p.phone is not null or p.email is not null)
    on conflict (appointment_id, person_id) where done_at is null do nothing;
end $$;
alter function tell_by_safe_contact owner to cosmos_keeper;
