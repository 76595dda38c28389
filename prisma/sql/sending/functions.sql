-- Reminders, and what is sent by a job: notices and offers to persons whose safe contact is a neutral text. A gateway for text messages or a
-- mail server sends them. A message that fails is tried again, and is never sent twice.

-- The channel by which a person can be sent a neutral text, or null: the phone before the mail address, among the channels that the county
-- has. Null too until the contact is named, if a confidential address covers the person. Only functions of cosmos_keeper may call it.
create function sendable(p_person person, p_channels "DispatchChannel"[]) returns "DispatchChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_person.safe_contact <> 'NEUTRAL_TEXT' or not contact_is_named(p_person.id) then null
    when p_person.phone is not null and 'TEXT' = any (p_channels) then 'TEXT'
    when p_person.email is not null and 'EMAIL' = any (p_channels) then 'EMAIL' end;
end $$;
alter function sendable owner to cosmos_keeper;

-- The given instant if it is between 8:00 and 20:00 (Europe/Paris), and otherwise the next 8:00, so that no message wakes a person. Every
-- role may call it.
create function by_day(p_at timestamptz) returns timestamptz
  language plpgsql stable as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return case
    when v_at::time < '08:00' then (v_at::date + time '08:00') at time zone 'Europe/Paris'
    when v_at::time >= '20:00' then (v_at::date + 1 + time '08:00') at time zone 'Europe/Paris'
    -- A rounded instant could be in the future.
    else date_trunc('milliseconds', p_at) end;
end $$;
grant execute on function by_day to public;

-- Makes the reminders that are due, and the messages for all notices, offers, cancellations by telephone and withdrawn requests that can be sent: at most p_limit of
-- each. Returns how many.
-- A second run makes nothing twice. A text reminds two days before the appointment. A letter is to be printed from nine days before, if there
-- is an address for letters. Nobody is reminded of an appointment that was booked, or of which they were told, in the last 24 hours.
-- cosmos_jobs may call it.
create function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
  v_called_off integer;
  v_withdrawn integer;
begin
  perform only_jobs();
  -- A link ends with its appointment.
  delete from appointment_link where starts_at < now() - interval '1 day';
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- The join begins with the district, for its index by day.
  join appointment a on a.district_id = d.id and a.status = 'BOOKED' and a.starts_at > now() + interval '3 hours'
    and a.starts_at <= now() + interval '9 days'
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  where a.booked_at < now() - interval '24 hours'
    and case p.safe_contact
      when 'NEUTRAL_TEXT' then a.starts_at <= now() + interval '48 hours' and sendable(p, p_channels) is not null
      when 'LETTER' then a.starts_at > now() + interval '4 days'
        and exists (select from letter_address(p.id))
      else false end
    and not exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and (n.reminds_of = a.starts_at or n.done_at is null or n.done_at > now() - interval '24 hours'))
  order by a.starts_at limit p_limit
  on conflict do nothing;
  get diagnostics v_reminders = row_count;

  insert into dispatch (notice_id, notice_version, channel, due_at)
  select n.id, n.version, sendable(p, p_channels), by_day(now())
  from appointment_notice n
  join appointment a on a.id = n.appointment_id
  join person p on p.id = n.person_id
  where n.done_at is null and n.created_at > now() - interval '100 days'
    and (a.starts_at > now() or n.previous_starts_at > now()) and sendable(p, p_channels) is not null
    and not exists (select from dispatch d where d.notice_id = n.id and d.notice_version = n.version)
  order by n.created_at limit p_limit
  on conflict do nothing;
  get diagnostics v_notices = row_count;

  -- An offer that is due at night has its deadline at noon, so its message waits for the day like the others.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status in ('HELD', 'ASKED') and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;

  insert into dispatch (called_off_id, channel, due_at)
  select t.id, sendable(p, p_channels), by_day(now())
  from telephone_cancellation t
  join person p on p.id = t.person_id and p.contact_suspended_at is null
  where sendable(p, p_channels) is not null and not exists (select from dispatch d where d.called_off_id = t.id)
  order by t.noted_at limit p_limit
  on conflict do nothing;
  get diagnostics v_called_off = row_count;

  -- The text leaves ten minutes later, so that the receptionist can take a mistake back.
  insert into dispatch (withdrawn_id, channel, due_at)
  select r.id, sendable(p, p_channels), by_day(now())
  from act a
  join appointment_request r on r.id = a.row_id and r.status = 'WITHDRAWN'
  join person p on p.id = r.person_id
  where a.kind = 'WITHDRAW_REQUEST' and a.taken_back_at is null and a.done_at < now() - interval '10 minutes'
    and a.done_at > now() - interval '1 day'
    and sendable(p, p_channels) is not null and not exists (select from dispatch d where d.withdrawn_id = r.id)
  order by a.done_at limit p_limit
  on conflict do nothing;
  get diagnostics v_withdrawn = row_count;
  return v_reminders + v_notices + v_offers + v_called_off + v_withdrawn;
end $$;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;

-- Hands out messages that are due: at most p_limit, and none only if none is due. The caller has two minutes to send each and to call
-- `settle_dispatch`. A message whose content no longer holds is cancelled, and takes no place among those that are handed out. If a process
-- took a message and never reported, nobody knows whether it was sent: a text is sent again, since the gateway recognises it by its id; a
-- mail is left to people. No message names a typed place. The message to a person with a confidential address has the time, and neither place nor district.
-- cosmos_jobs may call it.
create function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_due uuid[];
begin
  perform only_jobs();
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  loop
    -- What became due while no job ran is not sent at night either.
    v_due := array(select d.id from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
      order by d.due_at, d.id limit p_limit for update skip locked);
    return query
    with due as (
      select d.* from dispatch d where d.id = any (v_due)
    ), said as (
      select d.id, a.id as appointment_id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
        a.mode, a.place, a.district_id, a.case_id
      from due d
      join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
      join appointment a on a.id = n.appointment_id
      where (a.starts_at > now() or n.previous_starts_at > now())
        and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
      union all
      select d.id, null::uuid, case o.status when 'ASKED' then 'QUESTION' else 'OFFER' end, r.type_code, r.person_id, null, o.starts_at,
        o.answer_by, o.mode, o.place, o.district_id, r.case_id
      from due d
      join slot_offer o on o.id = d.offer_id and o.status in ('HELD', 'ASKED') and o.told_at is null and o.answer_by > now()
      join appointment_request r on r.id = o.request_id
      union all
      select d.id, a.id, 'CALLED_OFF', a.type_code, t.person_id, null, a.starts_at, t.held_until, a.mode, null, a.district_id, a.case_id
      from due d
      join telephone_cancellation t on t.id = d.called_off_id
      join appointment a on a.id = t.appointment_id and a.status = 'BOOKED' and a.starts_at > now()
      union all
      select d.id, null::uuid, 'WITHDRAWN', r.type_code, r.person_id, null, r.asked_at, null::timestamptz, null::"AppointmentMode", null, r.district_id,
        r.case_id
      from due d
      join appointment_request r on r.id = d.withdrawn_id and r.status = 'WITHDRAWN'
    ), sent as (
      select s.*, case d.channel when 'TEXT' then p.phone else p.email end as recipient
      from said s join due d on d.id = s.id join person p on p.id = s.person_id
      where sendable(p, array[d.channel]) is not null
    ), taken as (
      update dispatch d set status = case when s.id is null then 'CANCELLED' else 'SENDING' end::"DispatchStatus",
        attempts = d.attempts + (s.id is not null)::integer, due_at = now() + interval '2 minutes'
      from due left join sent s on s.id = due.id where d.id = due.id
      returning d.id, d.attempts, d.channel, d.status
    ), logged as (
      -- Each message that is handed out has a line in the log (rule 9), with the person and without its content.
      insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
      from taken t join sent s on s.id = t.id where t.status = 'SENDING'
    )
    select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
      case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id) and not place_is_typed(s.appointment_id)
        then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
    from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
    join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
    where t.status = 'SENDING';
    exit when found or v_due = '{}';
  end loop;
end $$;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;

-- Records how a message went, as its sender reports it; the report of an earlier attempt is ignored. If it was sent, the notice or the offer
-- counts as told. Returns whether the report counted. cosmos_jobs may call it.
create function settle_dispatch(p_id uuid, p_attempt integer, p_status "DispatchStatus") returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_dispatch dispatch%rowtype;
begin
  perform only_jobs();
  update dispatch set
      -- Eight attempts within two hours: if a gateway fails for longer, people must act.
      status = case when p_status = 'RETRYING' and attempts >= 8 then 'FAILED' else p_status end,
      due_at = by_day(now() + interval '30 seconds' * power(2, least(attempts, 8) - 1)),
      sent_at = case when p_status = 'SENT' then now() end
    where id = p_id and attempts = p_attempt and status = 'SENDING' and p_status in ('SENT', 'RETRYING', 'FAILED', 'UNCERTAIN')
    returning * into v_dispatch;
  if not found then return false; end if;
  if v_dispatch.status = 'SENT' then
    update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
      where id = v_dispatch.notice_id and version = v_dispatch.notice_version and done_at is null;
    update slot_offer set told_at = now() where id = v_dispatch.offer_id and status in ('HELD', 'ASKED') and told_at is null;
  end if;
  return true;
end $$;
alter function settle_dispatch owner to cosmos_keeper;
grant execute on function settle_dispatch to cosmos_jobs;
