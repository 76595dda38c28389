-- A refusal is no oracle. A mutation that is refused is undone to its savepoint: what it has done until then takes time, in a queue with
-- all who ask the same at once. So what grows with rows that the writer may not read is done at COMMIT, by deferred triggers, of which
-- nothing is left by the savepoint. It is not done after the commit: who reads no longer would read in between.

-- ---- An assignment reaches the rest of its case at COMMIT --------------------------------------------------------
-- At once: whose the case is, and the persons whom the head has read to allocate it. What is asked about the case in the answer is judged
-- by that.
create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
begin
  update "case" set assigned_worker_id = v_open where id = v_case;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open where case_id = v_case;
  return null;
end $$;

-- The rest, of which the head reads nothing: needs, appointments, who waits, releases, notes. The case is held since it was assigned.
-- A reassignment comes by here twice, for what ends and for what begins: the second time finds everything done.
create function assignment_reaches_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select assigned_worker_id from "case" where id = v_case);
begin
  update need set assigned_worker_id = v_open where case_id = v_case and assigned_worker_id is distinct from v_open;
  update appointment set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;
create constraint trigger assignment_reaches_its_case after insert or update or delete on assignment
  deferrable initially deferred for each row execute function assignment_reaches_its_case();

drop trigger case_takes_its_encounters on "case";
create constraint trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_takes_its_encounters();

-- By the case as it is at COMMIT, and once: each time takes a line of what a colleague knows of someone.
create or replace function case_changes_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral r set district_id = c.district_id, assigned_worker_id = c.assigned_worker_id from "case" c
  where c.id = new.id and r.case_id = c.id
    and (r.district_id, r.assigned_worker_id) is distinct from (c.district_id, c.assigned_worker_id);
  return null;
end $$;
drop trigger case_changes_referrals on "case";
create constraint trigger case_changes_referrals after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row
  when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_referrals();

-- ---- What is accepted in a handover is read in the answer: at once, and these notes alone ------------------------
-- How many others the case has is not for who takes it over to count. The case is held: a reassignment that commits meanwhile would
-- leave the notes to who holds it no longer.
create or replace function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is not null or new.accepted_at is null then return null; end if;
  perform from "case" where id = new.case_id and assigned_worker_id = new.to_worker_id for share;
  if not found then return null; end if;
  update interview_note n set reader_id = new.to_worker_id, readable_until = null from handover_note hn
  where hn.handover_id = new.id and n.id = hn.note_id and n.case_id = new.case_id and n.status = 'FINAL'
    and (n.reader_id is distinct from new.to_worker_id or n.readable_until is not null);
  return null;
end $$;

-- ---- Releases and absences: neither who approves nor who contradicts reads the notes -----------------------------
drop trigger release_approved on release;
create constraint trigger release_approved after update of approved_at on release
  deferrable initially deferred for each row execute function release_approved();
-- Nor who asks: the authors are told of it, each by a line.
drop trigger notify_release_requested on release;
create constraint trigger notify_release_requested after insert on release
  deferrable initially deferred for each row execute function notify_release_requested();
drop trigger absence_contradicted on absence;
create constraint trigger absence_contradicted after update of contradicted_at on absence
  deferrable initially deferred for each row when (old.contradicted_at is null and new.contradicted_at is not null)
  execute function absence_contradicted();

-- ---- What is offered, who waits, when someone is free ------------------------------------------------------------
-- A head says that someone is absent, and sees no offers.
create function absent_worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  where o.worker_id = new.worker_id and o.status = 'HELD'
    and o.starts_at < coalesce(new.ends_at, 'infinity') and o.ends_at > new.starts_at;
  return null;
end $$;
drop trigger absence_withdraws_offers on absence;
create constraint trigger absence_withdraws_offers after insert on absence
  deferrable initially deferred for each row execute function absent_worker_goes_away();

-- Whoever changes how someone is reached, or receives them, does not see in which districts they wait.
drop trigger contact_wakes on person;
create constraint trigger contact_wakes after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_wakes();
drop trigger visit_tells_who_is_there on visit;
create constraint trigger visit_tells_who_is_there after insert or update of closed_at on visit
  deferrable initially deferred for each row when (new.person_id is not null and new.kind = 'WALK_IN')
  execute function visit_tells_who_is_there();

-- The administrator, who ends a post or closes an account, reads no agenda.
create function worker_is_free_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_worker uuid := case tg_table_name when 'worker' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'worker_id' end;
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id = v_worker and o.ends_at > now()));
  return null;
end $$;
drop trigger memberships_ended on membership;
create constraint trigger memberships_ended after update on membership
  deferrable initially deferred for each row execute function worker_is_free_no_more();
drop trigger accounts_closed on worker;
create constraint trigger accounts_closed after update on worker
  deferrable initially deferred for each row when (old.disabled_at is distinct from new.disabled_at)
  execute function worker_is_free_no_more();
drop function accounts_changed();

-- ---- What is withheld decides nothing that is told ---------------------------------------------------------------
-- A type that one may not read is not guessed at by asking for a sooner time of another: the appointment keeps its type, and goes to a
-- time for what was asked for.
create or replace function answer_offer(p_offer uuid, p_version integer, p_accept boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_before appointment%rowtype;
  v_appointment uuid;
begin
  select r.* into v_request from slot_offer o join appointment_request r on r.id = o.request_id where o.id = p_offer;
  if not found or not viewer_answers(v_request) then return '{"outcome": "UNKNOWN"}'; end if;
  -- As those who offer: first the request, then the offer.
  select * into v_request from appointment_request where id = v_request.id for update;
  select * into v_offer from slot_offer where id = p_offer for update;
  if v_offer.status = 'EXPIRED' or (v_offer.status = 'HELD' and v_offer.answer_by <= now()) then
    return '{"outcome": "OFFER_EXPIRED"}';
  elsif v_offer.version <> p_version then return '{"outcome": "VERSION_CHANGED"}';
  elsif v_offer.status <> 'HELD' then return '{"outcome": "STATE_CHANGED"}';
  end if;
  if not p_accept then
    update slot_offer set status = 'DECLINED', answered_at = now(), version = version + 1 where id = p_offer;
    return jsonb_build_object('outcome', 'DECLINED', 'caseId', v_request.case_id, 'personId', v_request.person_id);
  end if;
  if only_worker(v_request) <> v_offer.worker_id or not still_stands(v_offer)
    or busy_then(v_request, v_offer.starts_at, v_offer.ends_at) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  select * into v_before from appointment where id = v_request.appointment_id for update;
  if v_before.id is null or v_before.status = 'CANCELLED_BY_SERVICE' then
    v_appointment := gen_random_uuid();
    insert into appointment (id, district_id, case_id, type_code, mode, place, asked_by, starts_at, ends_at)
      values (v_appointment, v_offer.district_id, v_request.case_id, v_request.type_code, v_offer.mode, v_offer.place,
        v_request.asked_by, v_offer.starts_at, v_offer.ends_at);
    insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    insert into appointment_person (appointment_id, person_id, show_online)
      values (v_appointment, v_request.person_id, v_request.show_online);
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    -- Who accepts online manages it online.
    if v_request.person_id = viewer_person() then
      insert into online_booking (appointment_id, person_id) values (v_appointment, v_request.person_id);
    end if;
  else
    v_appointment := v_before.id;
    if v_before.status <> 'BOOKED' or v_before.starts_at <= v_offer.starts_at or cardinality(v_before.worker_ids) <> 1
      or v_before.expected_back_at is not null
      or v_before.ends_at - v_before.starts_at <> v_offer.ends_at - v_offer.starts_at
      or not exists (select from appointment_person ap where ap.appointment_id = v_before.id and ap.person_id = v_request.person_id) then
      return '{"outcome": "STATE_CHANGED"}';
    end if;
    -- What they had is free again.
    delete from occupancy where appointment_id = v_appointment;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    update appointment set starts_at = v_offer.starts_at, ends_at = v_offer.ends_at, mode = v_offer.mode, place = v_offer.place,
      version = version + 1 where id = v_appointment;
    update appointment_participant set starts_at = starts_at + (v_offer.starts_at - v_before.starts_at),
      ends_at = ends_at + (v_offer.starts_at - v_before.starts_at) where appointment_id = v_appointment;
    if v_before.worker_ids[1] <> v_offer.worker_id then
      delete from appointment_worker where appointment_id = v_appointment;
      insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    end if;
    -- Whoever was to come with them is told.
    insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
      select ap.appointment_id, ap.person_id, ap.district_id, 'MOVED',
        known_starts_at(ap.appointment_id, ap.person_id, v_before.starts_at)
      from appointment_person ap where ap.appointment_id = v_appointment and ap.person_id <> v_request.person_id
      on conflict (appointment_id, person_id) where done_at is null
        do update set kind = excluded.kind, version = appointment_notice.version + 1;
  end if;
  update slot_offer set status = 'ACCEPTED', answered_at = now(), version = version + 1 where id = p_offer;
  update appointment_request set status = 'BOOKED', closed_at = now(), appointment_id = v_appointment, version = version + 1
    where id = v_request.id;
  return jsonb_build_object('outcome', 'ACCEPTED', 'id', v_appointment, 'moved', v_before.id is not distinct from v_appointment,
    'caseId', v_request.case_id, 'personId', v_request.person_id);
end $$;

-- A request may name a way (by phone, at home) that its type does not have, as another type of the same public label does. It is then
-- offered in every way of its type but at home, as one that names none.
create function mode_to_offer(p_request appointment_request) returns "AppointmentMode"
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select p_request.mode from appointment_type t where t.code = p_request.type_code and p_request.mode = any (t.modes));
  end $$;
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_from timestamptz := first_start(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel");
  v_until timestamptz := least(now() + interval '56 days', sooner_until(p_request));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if v_from >= v_until then return false; end if;
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > v_from - interval '12 hours' and f.starts_at < v_until and f.ends_at > v_from
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- One time is held for one person, however often they are asked for.
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;

create or replace function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_range tstzrange := wanted_range(p_request, p_channel);
  v_from timestamptz := lower(v_range);
  v_after timestamptz := lower(v_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
  -- Once, and not of each time: whoever has let much go is asked about at every turn.
  v_let_go tstzmultirange := let_go(p_request.id, p_channel);
begin
  if isempty(v_range) then return; end if;
  -- As many gaps at a time as are read at once, by their start; what begins in the first suits most.
  loop
    v_last := (select max(g.starts_at) from (select f.starts_at from free_time f
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at < upper(v_range) order by f.starts_at limit 200) g);
    if v_last is null then return; end if;
    -- By their start first: the rest is asked of one after the other, until one suits.
    return query select c.* from (
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(v_mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(v_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(v_mode, f.modes) is not null
      order by s.at, random() offset 0) c
      where not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;

create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
  p_modes "AppointmentMode"[], p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_request, p_channel) then 'TOO_SHORT_NOTICE'
        when p_starts_at >= sooner_until(p_request)
          and p_starts_at < (select a.starts_at from appointment a where a.id = p_request.appointment_id) then 'HARDLY_SOONER'
        else 'NOT_WANTED_THEN' end
    when p_starts_at <@ let_go(p_request.id, p_channel) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;

-- Who takes part in an appointment does not know whether it is of a case, unless they follow it.
drop policy encounter_record on encounter;
create policy encounter_record on encounter for insert to cosmos_app with check (
  held_by_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[])
  and (person_id is null or may_book_person(person_id))
  and (visit_id is null or exists (select from visit v where v.id = visit_id
    and v.worker_id = (select viewer_worker()) and v.district_id = encounter.district_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id
    and (select viewer_worker()) = any (a.worker_ids) and a.district_id = encounter.district_id
    -- Of a case that they follow, what they write is a note of the case.
    and (a.case_worker_id = (select viewer_worker())
      or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[])) is not true)));

-- Who receives a referral reads its version, and not whether it is shown to the person.
create or replace function referral_goes_on() returns trigger language plpgsql as $$
declare
  v_follows boolean := (old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')))
    or (old.assigned_worker_id || ':' || old.district_id) = any (viewer_relays());
  v_heads boolean := old.to_district_id = any (viewer_districts('district_head'));
  v_answers boolean := case
    when old.to_organisation_id is not null then v_follows
    when old.to_worker_id is null then v_heads
    else old.to_worker_id = viewer_worker() and old.to_district_id = any (viewer_districts('social_worker')) end;
begin
  if new.version - old.version <> ((new.to_worker_id, new.status, new.refusal, new.closed_at)
      is distinct from (old.to_worker_id, old.status, old.refusal, old.closed_at))::integer then
    raise 'a version follows the one before, and counts what those who read it may read';
  end if;
  if new.to_worker_id is distinct from old.to_worker_id and (old.closed_at is not null or v_heads is not true
      or new.to_worker_id is null or new.to_worker_id = viewer_worker() or not may_be_assigned(new.to_worker_id, new.to_district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.online_person_id is distinct from old.online_person_id and v_follows is not true then
    raise 'what is shown, who follows the case says';
  end if;
  if new.status <> old.status then
    if old.closed_at is not null or new.status = 'SENT' then raise 'what is over stays so'; end if;
    if (case when new.status = 'WITHDRAWN' then v_follows else v_answers end) is not true then
      raise 'who received it answers, and who follows the case withdraws';
    end if;
  elsif (new.refusal, new.closed_at) is distinct from (old.refusal, old.closed_at) then
    raise 'what is over stays so';
  end if;
  return new;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['assignment_reaches_its_case()', 'absent_worker_goes_away()', 'worker_is_free_no_more()',
    'mode_to_offer(appointment_request)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
