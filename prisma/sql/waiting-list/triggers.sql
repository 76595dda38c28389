-- BEFORE INSERT or UPDATE: computes the rank: urgent today first, then this week, then by the time of asking. Urgency counts as 7300 or 3650
-- days of waiting, which nobody reaches. On INSERT it copies the assigned worker of the case and locks the case.
create function request_takes_its_place() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.rank_at := new.asked_at - case new.urgency when 'TODAY' then interval '7300 days'
    when 'THIS_WEEK' then interval '3650 days' else interval '0' end;
  if tg_op = 'INSERT' then
    new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id for share);
  end if;
  return new;
end $$;
alter function request_takes_its_place owner to cosmos_keeper;
create trigger request_takes_its_place before insert or update of urgency, asked_at on appointment_request
  for each row execute function request_takes_its_place();

-- BEFORE UPDATE: raises the version that the person sees only if something changes that the person sees. Urgency, presence and the duty
-- worker do not count.
create function request_shows_its_version() returns trigger language plpgsql as $$
begin
  if (new.status, new.mode, new.wanted_from, new.wanted_until, new.appointment_id, new.short_notice_from, new.short_notice_until)
    is distinct from (old.status, old.mode, old.wanted_from, old.wanted_until, old.appointment_id, old.short_notice_from,
      old.short_notice_until) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
create trigger request_shows_its_version before update on appointment_request
  for each row execute function request_shows_its_version();

-- BEFORE INSERT or UPDATE by cosmos_app: who may say what of a request. The duty worker or the worker who follows the case judges the
-- urgency. The desk says that the person is present, and who is on duty. The person is named once. How the person is reached may be set only
-- while the person is present; every viewer may end it.
create function request_is_judged() returns trigger language plpgsql as $$
declare
  v_judges boolean := (new.duty_worker_id = viewer_worker() and new.district_id = any (viewer_districts('social_worker')))
    or (new.case_worker_id = viewer_worker() and new.district_id = any (viewer_districts('social_worker')))
    or (new.case_worker_id || ':' || new.district_id) = any (viewer_relays());
begin
  if tg_op = 'INSERT' then
    if new.urgency <> 'ORDINARY' and v_judges is not true then raise 'urgency is for a social worker to judge'; end if;
    if new.duty_worker_id is not null and not may_be_assigned(new.duty_worker_id, new.district_id) then
      raise 'on duty is a social worker of the district';
    end if;
    return new;
  end if;
  if new.urgency <> old.urgency and v_judges is not true then raise 'urgency is for a social worker to judge'; end if;
  if new.present_until is distinct from old.present_until and (new.present_until > now() + interval '25 hours'
      or not new.district_id = any (viewer_districts('receptionist'))) then
    raise 'who is there today, the desk says';
  end if;
  if new.duty_worker_id is distinct from old.duty_worker_id and (new.duty_worker_only
      or not new.district_id = any (viewer_districts('receptionist'))
      or (new.duty_worker_id is not null and not may_be_assigned(new.duty_worker_id, new.district_id))) then
    raise 'who is on duty, the desk says';
  end if;
  if new.version <> old.version + 1 then raise 'a version follows the one before'; end if;
  if new.person_id is distinct from old.person_id then
    -- A person who gave no name may be named later, also when the appointment is booked already.
    if old.person_id is not null or viewer_worker() is null or may_book_person(new.person_id) is not true
      or new.status <> old.status or old.status not in ('WAITING', 'BOOKED') then
      raise 'a person is named once, by who may book for them';
    end if;
  elsif old.status <> 'WAITING' or new.status not in ('WAITING', 'WITHDRAWN') then raise 'a request is withdrawn, once';
  elsif (new.contact, new.phone) is distinct from (old.contact, old.phone) and new.contact <> 'NONE'
    and (old.present_until > now()) is not true then
    raise 'how they are reached is said by who is there';
  end if;
  if viewer_worker() is null and new.show_online <> old.show_online then raise 'that is for the service to say'; end if;
  return new;
end $$;
create trigger request_is_judged before insert or update on appointment_request
  for each row when (current_user = 'cosmos_app') execute function request_is_judged();

-- BEFORE a request gets its duty worker, by cosmos_app: a desk gives it while the person stands at this desk, or if the person gave no name, and
-- twelve a day (`gives_to_duty_worker`). A worker who is not at the desk asks for themselves alone (`appointment_request_ask`).
create function request_names_duty_worker() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.duty_worker_id = viewer_worker() and not new.district_id = any (viewer_districts('receptionist')) then return new; end if;
  if tg_op = 'UPDATE' and new.duty_worker_id is not distinct from old.duty_worker_id then return new; end if;
  if gives_to_duty_worker(new.person_id, new.district_id) <> 'HERE' then raise 'this request is given to no duty worker'; end if;
  update duty_worker_turn set given = given + 1 where worker_id = viewer_worker();
  return new;
end $$;
alter function request_names_duty_worker owner to cosmos_keeper;
create trigger request_names_duty_worker before insert or update of duty_worker_id on appointment_request
  for each row when (current_user = 'cosmos_app' and new.duty_worker_id is not null) execute function request_names_duty_worker();

-- BEFORE a request of a known person is made, or a person is named, by cosmos_app: says from where it is asked. One person waits once for a type
-- from one place (`appointment_request_once`). Whoever asks from a place may read what was asked from there:
--   - the person's own account: the person;
--   - the agenda of a duty worker: this worker;
--   - a case: who follows it;
--   - the desk of the district: the desk. A person of whom nothing is confirmed is on no list of the desk. So the worker who asks is the place.
-- A worker who is not at the desk and names the person of a paper is a place, too.
create function request_says_from_where() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.asked_from := case
    when new.person_id = viewer_person() then new.person_id
    when new.duty_worker_only then new.duty_worker_id
    when new.case_id is not null then new.case_id
    when not new.district_id = any (viewer_districts('receptionist'))
      or exists (select from person p where p.id = new.person_id and p.confirm_nothing) then viewer_worker()
    else new.district_id end;
  return new;
end $$;
alter function request_says_from_where owner to cosmos_keeper;
create trigger request_says_from_where before insert or update of person_id on appointment_request
  for each row when (current_user = 'cosmos_app' and new.person_id is not null) execute function request_says_from_where();

-- BEFORE a request is changed so that whoever asked for it may no longer read it: it counts against nobody from then on. Otherwise a refusal
-- would tell that it still waits.
create function request_leaves_its_place() returns trigger language plpgsql as $$
begin
  if (old.asked_from = old.person_id and not new.show_online) or new.duty_worker_only <> old.duty_worker_only
    or (old.asked_from = old.duty_worker_id and new.duty_worker_id is distinct from old.duty_worker_id) then
    new.asked_from := null;
  end if;
  return new;
end $$;
create trigger request_leaves_its_place before update of show_online, duty_worker_only, duty_worker_id on appointment_request
  for each row when (old.asked_from is not null) execute function request_leaves_its_place();

-- AFTER a request is closed: withdraws its offer, which frees the time.
create function request_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status in ('HELD', 'ASKED');
  return null;
end $$;
alter function request_closed owner to cosmos_keeper;
create trigger request_closed after update of status on appointment_request
  for each row when (old.status = 'WAITING' and new.status <> 'WAITING') execute function request_closed();

-- AFTER the urgency rises: withdraws an offer of which nobody has told the person yet, unless it is online. So a sooner time can be offered.
create function urgency_rises() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1
    where request_id = new.id and status in ('HELD', 'ASKED') and told_at is null and channel <> 'ONLINE';
  return null;
end $$;
alter function urgency_rises owner to cosmos_keeper;
create trigger urgency_rises after update of urgency on appointment_request
  for each row when (new.rank_at < old.rank_at) execute function urgency_rises();

-- AFTER an offer ends: frees its time. An accepted offer has already given its time to the appointment.
create function offer_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from occupancy where offer_id = new.id;
  return null;
end $$;
alter function offer_ended owner to cosmos_keeper;
create trigger offer_ended after update of status on slot_offer
  for each row when (old.status = 'HELD' and new.status <> 'HELD') execute function offer_ended();

-- AFTER a person takes back that they may be asked at short notice, or says other hours: ends the question that is open.
create function short_notice_ends() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status = 'ASKED';
  return null;
end $$;
alter function short_notice_ends owner to cosmos_keeper;
create trigger short_notice_ends after update of short_notice_from, short_notice_until on appointment_request
  for each row when ((old.short_notice_from, old.short_notice_until) is distinct from (new.short_notice_from, new.short_notice_until))
  execute function short_notice_ends();

-- At COMMIT, after a worker's time is taken: ends the questions that others were asked for this time. The first yes has it. It runs at COMMIT,
-- since a person who books reads no offers.
create function asked_time_taken() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- An offer that another transaction has locked is left to the next run of the jobs: they may wait for this time.
  update slot_offer set status = 'TAKEN', version = version + 1 where id in (
    select o.id from slot_offer o
    where o.worker_id = new.worker_id and o.status = 'ASKED' and o.starts_at > new.starts_at - interval '12 hours'
      and o.starts_at < new.ends_at and o.ends_at > new.starts_at and o.id is distinct from new.offer_id
    for update skip locked);
  return null;
end $$;
alter function asked_time_taken owner to cosmos_keeper;
create constraint trigger asked_time_taken after insert on occupancy
  deferrable initially deferred for each row execute function asked_time_taken();

-- BEFORE UPDATE: an offer ends once.
create function offer_is_over() returns trigger language plpgsql as $$
begin
  if old.status not in ('HELD', 'ASKED') and new.status <> old.status then raise 'an offer ends once'; end if;
  return new;
end $$;
create trigger offer_is_over before update of status on slot_offer for each row execute function offer_is_over();

-- AFTER INSERT or UPDATE: makes the person known to the duty worker, until 30 days after the request is closed. The contact is opened as by a
-- visit: if the person stands at the desk when the desk gives the request, and for 30 days from then on.
create function request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_opens boolean := opens_contact(new.person_id, new.district_id, new.duty_worker_id)
    and (is_own_tool() or stands_at_desk(new.person_id, new.district_id));
begin
  perform keep_person_known(new.id, new.person_id, new.duty_worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'), v_opens);
  if v_opens and not is_own_tool() and (tg_op = 'INSERT' or (new.person_id, new.duty_worker_id) is distinct from (old.person_id, old.duty_worker_id)) then
    update person_known set contact_until = now() + interval '30 days' where source_id = new.id;
  end if;
  return null;
end $$;
alter function request_makes_known owner to cosmos_keeper;
create trigger request_makes_known after insert or update of person_id, duty_worker_id, closed_at on appointment_request
  for each row execute function request_makes_known();

-- The reference of a request of a person without a name, for their paper: ten symbols, as in D-K7QF-3M9X-2T.
create trigger request_draws_its_reference before insert on appointment_request
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper') and new.person_id is null)
  execute function draws_its_reference('D-', '4', '4', '2');
