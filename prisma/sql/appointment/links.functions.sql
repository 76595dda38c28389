-- A message to a person can have a link by which they cancel the appointment. Who holds the link is not known: it shows what the message said, and
-- nothing else. It is for one time and one use. The worker is told that it was used, so that another hand is noticed.

-- Whether a mail address is a person's alone. Only functions of cosmos_keeper may call it.
create function email_is_theirs_alone(p_person uuid, p_email text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_email is not null and not exists (select from person o where lower(o.email) = lower(p_email) and o.id <> p_person);
alter function email_is_theirs_alone owner to cosmos_keeper;

-- Whether the number of a person is theirs alone in the county. The last nine digits count: +33 6 and 06 are the same number. Only functions
-- of cosmos_keeper may call it.
create function phone_is_theirs_alone(p_person uuid, p_phone text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_phone is not null and not exists (select from person o
    where right(regexp_replace(o.phone, '\D', '', 'g'), 9) = right(regexp_replace(p_phone, '\D', '', 'g'), 9) and o.id <> p_person);
alter function phone_is_theirs_alone owner to cosmos_keeper;

-- Whether a message by this channel to this person about this appointment may have a link. It is asked when the message is sent, and not again. The person must be reached by a neutral text, at a
-- number or an address that is theirs alone, and must have no confidential address. Only the number or address of this message counts: another
-- one that they have said would tell them whose it is. A meeting, and an appointment of several persons, have none: it would be cancelled for
-- the others as well. Only functions of cosmos_keeper may call it.
create function may_have_link(p_appointment uuid, p_person uuid, p_channel "DispatchChannel") returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from appointment a join person p on p.id = p_person
      where a.id = p_appointment and a.status = 'BOOKED' and a.starts_at > now() and a.places is null
        and p.safe_contact = 'NEUTRAL_TEXT' and p.contact_suspended_at is null and not p.confirm_nothing and not is_sheltered(p.id)
        and case p_channel when 'TEXT' then phone_is_theirs_alone(p.id, p.phone) else email_is_theirs_alone(p.id, p.email) end
        and (select array_agg(ap.person_id) from appointment_person ap where ap.appointment_id = a.id) = array[p.id]);
  end $$;
alter function may_have_link owner to cosmos_keeper;

-- Makes the link of a message that is being sent; a message that is sent again has the same. Returns false if the message may have none, or if
-- it says something else than the appointment now does: then it is sent without a link. cosmos_jobs may call it.
create function make_link(p_dispatch uuid, p_attempt integer, p_secret_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  insert into appointment_link (secret_hash, appointment_id, person_id, channel, starts_at, day_only)
  select p_secret_hash, a.id, said.person_id, d.channel, a.starts_at, d.called_off_id is not null
  from dispatch d
  cross join lateral (
    select n.appointment_id, n.person_id from appointment_notice n
      where n.id = d.notice_id and n.version = d.notice_version and n.done_at is null and n.kind in ('REMINDER', 'MOVED')
    union all
    select t.appointment_id, t.person_id from telephone_cancellation t where t.id = d.called_off_id) said
  join appointment a on a.id = said.appointment_id
  where d.id = p_dispatch and d.attempts = p_attempt and d.status = 'SENDING' and may_have_link(a.id, said.person_id, d.channel)
  on conflict (secret_hash) do nothing;
  return exists (select from appointment_link l where l.secret_hash = p_secret_hash and is_live(l));
end $$;
alter function make_link owner to cosmos_keeper;
grant execute on function make_link to cosmos_jobs;

-- Whether a link can be used: its appointment is the person's alone, is booked for the time that the message named and has not begun, and
-- contact is not suspended. It does not ask again whether somebody else has the number: a person who holds a link would learn this about each
-- number that a worker enters. It does not ask either what was hidden after the message: the end of the link would tell it to the person who
-- holds the phone. Another number ends the link for good (`contact_ends_links`). Only functions of cosmos_keeper may call it.
create function is_live(p_link appointment_link) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_link.used_at is null and exists (select from appointment a join person p on p.id = p_link.person_id
      where a.id = p_link.appointment_id and a.status = 'BOOKED' and a.starts_at = p_link.starts_at and a.starts_at > now()
        and p.contact_suspended_at is null
        and (select array_agg(ap.person_id) from appointment_person ap where ap.appointment_id = a.id) = array[p.id]);
  end $$;
alter function is_live owner to cosmos_keeper;

-- Returns what the message said of the appointment of a link, whether it was cancelled, and whether somebody has called it off by telephone. A
-- link that was used answers for an hour, so that the person sees it. No row for any other secret. Everyone may call it.
create function look_at_link(p_secret_hash bytea)
  returns table (public_label_fr text, starts_at timestamptz, cancelled boolean, called_off boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select y.public_label_fr, case when not l.day_only then l.starts_at end, l.used_at is not null,
      exists (select from telephone_cancellation t where t.appointment_id = l.appointment_id)
    from appointment_link l join appointment a on a.id = l.appointment_id join appointment_type y on y.code = a.type_code
    where l.secret_hash = p_secret_hash and (is_live(l) or l.used_at > now() - interval '1 hour');
end $$;
alter function look_at_link owner to cosmos_keeper;
grant execute on function look_at_link to cosmos_app;

-- `look_at_link` without the telephone, for processes of the last version. Everyone may call it.
create function read_link(p_secret_hash bytea) returns table (public_label_fr text, starts_at timestamptz, cancelled boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select l.public_label_fr, l.starts_at, l.cancelled from look_at_link(p_secret_hash) l;
end $$;
alter function read_link owner to cosmos_keeper;
grant execute on function read_link to cosmos_app;

-- Tells the workers of an appointment, the assigned worker of its case, and the worker who stands in. Only a worker who follows the case is
-- told which case it is. The viewer is not told. Only functions of cosmos_keeper may call it.
create function tell_of_appointment(p_appointment appointment, p_kind "NotificationKind") returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
    select r.worker_id, p_kind, case when r.follows then p_appointment.case_id end from receivers_of(p_appointment) r
    where r.worker_id is distinct from viewer_worker();
end $$;
alter function tell_of_appointment owner to cosmos_keeper;

-- Returns who is told of an appointment: its workers, the assigned worker of its case, and the worker who stands in for them now; and whether
-- each of them follows the case. Only functions of cosmos_keeper may call it.
create function receivers_of(p_appointment appointment) returns table (worker_id uuid, follows boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select r.id, bool_or(r.follows) from (
      select w as id, false as follows from unnest(p_appointment.worker_ids) w
      union all select p_appointment.case_worker_id, true where p_appointment.case_worker_id is not null
      union all select rl.stand_in_id, true from relay rl where rl.absent_worker_id = p_appointment.case_worker_id
        and rl.district_id = p_appointment.district_id and rl.starts_at <= now() and rl.ends_at > now()) r
      group by r.id;
  end $$;
alter function receivers_of owner to cosmos_keeper;

-- Cancels an appointment by the word of its one person, and frees its time. With p_wants_another, the person waits for another time since
-- p_asked_at; a request for a sooner time keeps its rank. If the appointment was a worker's own, the person waits for this worker. The
-- caller has locked the requests for a sooner time, and then the appointment. Only functions of cosmos_keeper may call it.
create function cancel_for_person(p_appointment appointment, p_person uuid, p_wants_another boolean, p_asked_at timestamptz, p_by_link boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_only uuid;
  v_case uuid;
begin
  if p_wants_another then
    v_case := (select c.id from "case" c where c.id = p_appointment.case_id and c.status = 'OPEN');
    -- What no desk and no client has booked, or is of a closed case, stays with its worker.
    v_only := case when v_case is null and not (p_appointment.booked_at_desk and p_appointment.case_id is null)
      and not exists (select from online_booking b where b.appointment_id = p_appointment.id) then p_appointment.worker_ids[1] end;
    update appointment_request r set appointment_id = null, version = r.version + 1,
        duty_worker_only = r.duty_worker_only or (v_only is not null and r.case_id is null),
        duty_worker_id = coalesce(r.duty_worker_id, case when r.case_id is null then v_only end)
      where r.appointment_id = p_appointment.id and r.person_id = p_person and r.status = 'WAITING';
    -- Nobody waits for a type that needs an option of the team.
    if not found and (select t.option is null from appointment_type t where t.code = p_appointment.type_code) then
      insert into appointment_request (district_id, person_id, case_id, type_code, mode, asked_by, asked_at, case_worker_only, duty_worker_only,
          duty_worker_id, show_online)
        values (p_appointment.district_id, p_person, v_case, p_appointment.type_code, p_appointment.mode, 'PERSON', p_asked_at,
          v_case is not null, v_only is not null, v_only,
          exists (select from appointment_person ap where ap.appointment_id = p_appointment.id and ap.show_online));
    end if;
  end if;
  delete from telephone_cancellation where appointment_id = p_appointment.id;
  update appointment set status = 'CANCELLED_BY_PERSON', cancelled_by_link = p_by_link, version = version + 1 where id = p_appointment.id;
  delete from occupancy where appointment_id = p_appointment.id;
  update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
    where appointment_id = p_appointment.id and done_at is null;
end $$;
alter function cancel_for_person owner to cosmos_keeper;

-- Cancels the appointment of a link for the person, frees its time, and tells its workers (`tell_of_appointment`). With p_wants_another, the
-- person waits for another time. Returns the outcome: CANCELLED or UNKNOWN. cosmos_app may call it.
create function cancel_by_link(p_secret_hash bytea, p_wants_another boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_link appointment_link%rowtype;
  v_appointment appointment%rowtype;
  v_called_off telephone_cancellation%rowtype;
begin
  -- A second use waits here, and then finds the link used.
  select l.* into v_link from appointment_link l where l.secret_hash = p_secret_hash for update;
  if not found then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `answer_offer`: first the request, then the appointment.
  perform from appointment_request r where r.appointment_id = v_link.appointment_id and r.status = 'WAITING' order by r.id for update;
  select a.* into v_appointment from appointment a where a.id = v_link.appointment_id for update;
  if not is_live(v_link) then return '{"outcome": "UNKNOWN"}'; end if;
  update appointment_link set used_at = now() where secret_hash = p_secret_hash;
  select t.* into v_called_off from telephone_cancellation t where t.appointment_id = v_appointment.id;
  -- Whoever confirms what was said by telephone also confirms that another time is wanted, from then on.
  perform cancel_for_person(v_appointment, v_link.person_id, p_wants_another or coalesce(v_called_off.wants_another, false),
    coalesce(v_called_off.noted_at, now()), true);
  perform tell_of_appointment(v_appointment, 'CANCELLED_BY_LINK');
  perform log_use_of_link(v_appointment, v_link.person_id, 'CANCEL_APPOINTMENT');
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_appointment.id, 'caseId', v_appointment.case_id, 'personId', v_link.person_id);
end $$;
alter function cancel_by_link owner to cosmos_keeper;
grant execute on function cancel_by_link to cosmos_app;

-- Somebody has called off the appointment of a link by telephone: lets it stand, and tells its workers (`tell_of_appointment`). If nobody
-- has, nothing changes. The link can be used again. Returns the outcome: RESTORED or UNKNOWN. cosmos_app may call it.
create function restore_by_link(p_secret_hash bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_link appointment_link%rowtype;
  v_appointment appointment%rowtype;
begin
  select l.* into v_link from appointment_link l where l.secret_hash = p_secret_hash for update;
  if not found then return '{"outcome": "UNKNOWN"}'; end if;
  select a.* into v_appointment from appointment a where a.id = v_link.appointment_id for update;
  if not is_live(v_link) then return '{"outcome": "UNKNOWN"}'; end if;
  perform let_stand(v_appointment);
  perform log_use_of_link(v_appointment, v_link.person_id, 'RESTORE_APPOINTMENT');
  return jsonb_build_object('outcome', 'RESTORED', 'id', v_appointment.id, 'caseId', v_appointment.case_id, 'personId', v_link.person_id);
end $$;
alter function restore_by_link owner to cosmos_keeper;
grant execute on function restore_by_link to cosmos_app;

-- Logs the use of a link. A person who uses a link has not logged in, and cannot write the line. Only functions of cosmos_keeper may call it.
create function log_use_of_link(p_appointment appointment, p_person uuid, p_action text) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() is null then
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      values (gen_random_uuid(), 'ANONYMOUS', p_action, 'DONE', p_appointment.case_id, p_person);
  end if;
end $$;
alter function log_use_of_link owner to cosmos_keeper;
