-- How a person may be reached (rule 8). The case that spoke first is the case that takes its word back; a second case of the person cannot do
-- so in silence.

-- Closes every channel of a person at once ("he has my phone"). A viewer who knows how the person is reached may do it, a viewer who serves
-- the person at the moment, and the person. Tells the workers who follow the person, once: if every channel is closed already, nothing
-- changes. Deletes a proposal that waits, since somebody else who holds the phone may have made it. Returns whether the viewer may do it.
-- cosmos_app may call it.
create function suspend_contact(p_person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_self() is distinct from p_person then
    if not viewer_has_scope('persons:write') then return false; end if;
    if not knows_contact(p_person) and not serves_now(p_person) then return false; end if;
  end if;
  -- A suspension that changes nothing counts too: otherwise the measure would tell who is suspended already. It settles what others did before.
  if not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id],
      case when p.safe_contact <> 'NONE' or p.contact_suspended_at is null then contact_columns(p) end) from person p where p.id = p_person;
  end if;
  perform settle_acts(p_person);
  update person set safe_contact = 'NONE', contact_suspended_at = now(), contact_suspended_case_id = case_that_speaks(p_person),
    version = version + 1 where id = p_person and (safe_contact <> 'NONE' or contact_suspended_at is null);
  if not found then return true; end if;
  delete from contact_proposal where person_id = p_person;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_SUSPENDED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;
alter function suspend_contact owner to cosmos_keeper;
grant execute on function suspend_contact to cosmos_app;

-- Whether the viewer may say by which channel a person is reached: the worker who follows the person, or the duty worker who states that the
-- person is present and alone. If somebody is assigned, the word of the duty worker waits (`contact_word`), and ends no suspension.
-- cosmos_app may call it.
create function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and ((follows_person(p_person) and ends_suspension(p_person)) or (p_present_and_alone and serves_unfollowed(p_person) and not another_has_spoken(p_person))
      or (p_present_and_alone and is_on_duty_for(p_person, null) and not has_nobody(p_person)
        and exists (select from person p where p.id = p_person and p.contact_suspended_at is null)));
alter function may_say_safe_contact owner to cosmos_keeper;
grant execute on function may_say_safe_contact to cosmos_app;

-- Whether the viewer receives the person today (Europe/Paris): the person has a visit with the viewer today, is present and has not left. A
-- call does not count as present. The viewer may have recorded the visit themselves. cosmos_app may call it.
create function receives_today(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.person_id = p_person and v.worker_id = viewer_worker() and v.kind = 'WALK_IN'
    and v.district_id = any (viewer_districts('social_worker'))
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);
alter function receives_today owner to cosmos_keeper;
grant execute on function receives_today to cosmos_app;

-- Sets the channel by which a person is reached, and the number and mail address that the person says. A viewer who may not gets an error.
-- The workers who follow the person are told at COMMIT. A word that may be false waits (`word_waits_as`); to close every channel counts at once.
-- Returns whether the row had this version. cosmos_app may call it.
create function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
  p_said jsonb default '{}') returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case when follows_person(p_person) then case_that_speaks(p_person) else case_that_answers(p_person) end;
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
  v_before person%rowtype;
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if v_by is not null then
    perform from person where id = p_person and version = p_version for no key update;
    if not found then return false; end if;
    if p_contact = 'NONE' then
      update person set safe_contact = 'NONE', version = version + 1 where id = p_person and safe_contact <> 'NONE';
    end if;
    perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT',
      (p_said - array(select k from jsonb_object_keys(p_said) k where k not in ('phone', 'email')))
        || case when p_contact = 'NONE' then '{}' else jsonb_build_object('safe_contact', p_contact) end);
    return true;
  end if;
  perform end_contact_words(p_person, v_case, 'SAFE_CONTACT');
  select * into v_before from person where id = p_person and version = p_version;
  update person set safe_contact = p_contact, version = version + 1,
    phone = case when p_said ? 'phone' then p_said ->> 'phone' else phone end,
    email = case when p_said ? 'email' then p_said ->> 'email' else email end,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  if not found then return false; end if;
  -- The viewer is on duty, and the person has no worker who follows. The other workers on duty read of it (`changes_of_day`). If an address of the
  -- person is hidden, what stood before does not come back.
  if not follows_person(p_person) then
    perform settle_acts(p_person);
    perform record_act('CHANGE_CONTACT', v_before.district_id, 'person', p_person, array[p_person],
      case when contact_is_named(p_person) then contact_columns(v_before) end);
  end if;
  perform name_contact(p_person);
  return true;
end $$;
alter function say_safe_contact owner to cosmos_keeper;
grant execute on function say_safe_contact to cosmos_app;

-- Whether the viewer serves the person at the moment: receives them today, or has an appointment with them today that has begun. The day is
-- that of Europe/Paris. cosmos_app may call it.
create function serves_now(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return receives_today(p_person) or exists (
    select from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = p_person and viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any'))
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.starts_at <= now()
      and a.starts_at > ((now() at time zone 'Europe/Paris')::date)::timestamp at time zone 'Europe/Paris');
alter function serves_now owner to cosmos_keeper;
grant execute on function serves_now to cosmos_app;

-- The case for which the viewer speaks of a person: the oldest case that the viewer follows; or else the case that the viewer has opened on
-- duty; or else the person's oldest case. Only functions of cosmos_keeper may call it.
create function case_that_speaks(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))
      order by c.opened_at, c.id limit 1),
    (select cp.case_id from case_person cp where cp.person_id = p_person and cp.opener_id = viewer_worker() and serves_in_case(cp.case_id)
      order by cp.case_id limit 1),
    oldest_case_of(p_person));
alter function case_that_speaks owner to cosmos_keeper;

-- Whether the viewer may take back what a case has said of a person. The worker who follows that case may, and the worker who follows the
-- person's oldest case. If that case has no assigned worker, every worker who follows the person may. A word from before the first case
-- counts as the word of the oldest case. So a second case does not take back what the first one has said. cosmos_app may call it.
create function takes_back(p_person uuid, p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return follows_person(p_person) and (
    not exists (select from "case" c where c.id = coalesce(p_case, oldest_case_of(p_person)) and c.assigned_worker_id is not null)
    or exists (select from case_person cp where cp.person_id = p_person and cp.case_id in (p_case, oldest_case_of(p_person)) and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))));
alter function takes_back owner to cosmos_keeper;
grant execute on function takes_back to cosmos_app;

-- Whether the viewer may end the suspension of a person's contact; true if there is none, and false if the viewer does not know how the
-- person is reached. A person who is hidden answers as one who is not there. cosmos_app may call it.
create function ends_suspension(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (knows_contact(p_person) or is_own_tool()) and not exists (select from person p
    where p.id = p_person and p.contact_suspended_at is not null and not takes_back(p.id, p.contact_suspended_case_id));
alter function ends_suspension owner to cosmos_keeper;
grant execute on function ends_suspension to cosmos_app;

-- Records the channel, the number and the mail address that the person proposes online. A proposal replaces the one before; null deletes
-- it. Tells the workers who follow the person. Returns whether the viewer may do it. cosmos_app may call it.
create function propose_safe_contact(p_person uuid, p_contact "SafeContact", p_phone text, p_email text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(viewer_person() = p_person and viewer_has_scope('persons:read'), false) then return false; end if;
  -- The lock waits for a suspension at the same time. Either this function then sees the suspension, or the suspension deletes this proposal.
  perform from person where id = p_person and contact_suspended_at is null for share;
  if not found then return false; end if;
  if p_contact is null then delete from contact_proposal where person_id = p_person;
  else
    -- Each proposal has its own id: the worker answers the proposal that they have read.
    insert into contact_proposal (person_id, safe_contact, phone, email) values (p_person, p_contact, p_phone, p_email)
      on conflict (person_id) do update set id = excluded.id, safe_contact = excluded.safe_contact, phone = excluded.phone,
        email = excluded.email, proposed_at = excluded.proposed_at;
    perform tell_who_follows(p_person, 'CONTACT_PROPOSED', null, null);
  end if;
  return true;
end $$;
alter function propose_safe_contact owner to cosmos_keeper;
grant execute on function propose_safe_contact to cosmos_app;

-- The worker who follows the person accepts or drops the proposal that they have read. A proposal does not end a suspension. If the word of
-- this worker waits, what they accept waits too. Returns DONE, FORBIDDEN, STATE_CHANGED (there is no such proposal, or every channel is
-- suspended) or VERSION_CHANGED (of the person). cosmos_app may call it.
create function answer_contact_proposal(p_person uuid, p_proposal uuid, p_version integer, p_accept boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_proposal contact_proposal%rowtype;
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then return 'FORBIDDEN'; end if;
  delete from contact_proposal where person_id = p_person and id = p_proposal returning * into v_proposal;
  if not found then return 'STATE_CHANGED'; end if;
  if not p_accept then return 'DONE'; end if;
  if v_by is not null then
    perform from person where id = p_person and version = p_version and contact_suspended_at is null for no key update;
    if found then
      perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT', jsonb_strip_nulls(jsonb_build_object(
        'safe_contact', v_proposal.safe_contact, 'phone', v_proposal.phone, 'email', v_proposal.email)));
      return 'DONE';
    end if;
    return case when exists (select from person p where p.id = p_person and p.contact_suspended_at is not null)
      then 'STATE_CHANGED' else 'VERSION_CHANGED' end;
  end if;
  perform end_contact_words(p_person, v_case, 'SAFE_CONTACT');
  update person set safe_contact = v_proposal.safe_contact, phone = coalesce(v_proposal.phone, phone),
    email = coalesce(v_proposal.email, email), version = version + 1
    where id = p_person and version = p_version and contact_suspended_at is null;
  if found then
    perform name_contact(p_person);
    return 'DONE';
  end if;
  return case when exists (select from person p where p.id = p_person and p.contact_suspended_at is not null)
    then 'STATE_CHANGED' else 'VERSION_CHANGED' end;
end $$;
alter function answer_contact_proposal owner to cosmos_keeper;
grant execute on function answer_contact_proposal to cosmos_app;
