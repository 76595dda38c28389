set local lock_timeout = '5s';
set local check_function_bodies = off;
-- AlterTable
ALTER TABLE "appointment_request" ADD COLUMN     "asked_from" UUID;

-- Says of each request that waits from where it was asked, as `request_says_from_where` does for a new one. Nobody kept which requests a person
-- made by their own account: those that are shown online and have no duty worker are taken for them. Of the requests of a person for a type from
-- one place, the first of the list stays and the later ones lapse. FORCE binds the owner too, so it is taken off meanwhile.
alter table appointment_request no force row level security;
update appointment_request set asked_from = case
    when duty_worker_only then duty_worker_id
    when show_online and duty_worker_id is null then person_id
    when case_id is not null then case_id
    when veiled_at is null then district_id end
  where status = 'WAITING' and stands_for_id is null and person_id is not null;
update appointment_request r set status = 'LAPSED', closed_at = now(), version = r.version + 1
  from (select id, row_number() over (partition by person_id, district_id, type_code, asked_from, case_worker_only, duty_worker_only
      order by rank_at, id) as nth from appointment_request
    where status = 'WAITING' and stands_for_id is null and asked_from is not null) k
  where k.id = r.id and k.nth > 1;
alter table appointment_request force row level security;

create or replace function take_paper_turn() returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action = 'REQUEST_APPOINTMENT' and l.person_id is null and l.outcome = 'DONE';
end $$;
revoke all on function take_paper_turn() from public, cosmos_app, cosmos_jobs;
create or replace function is_free_in(p_request appointment_request, p_range tstzrange) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode";
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if isempty(p_range) then return false; end if;
  v_mode := mode_to_offer(p_request);
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > lower(p_range) - interval '12 hours' and f.starts_at < upper(p_range) and f.ends_at > lower(p_range)
    and (p_request.urgency <> 'ORDINARY' or open_until(f, now(), spared_too(p_request)) > f.starts_at)
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  return found;
end $$;
revoke all on function is_free_in(appointment_request,tstzrange) from public, cosmos_app, cosmos_jobs;
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- Nobody can tell a person without a name and without a number, unless they are there.
  if p_request.person_id is null and p_request.contact = 'NONE' and (p_request.present_until > now()) is not true then return false; end if;
  if not is_free_in(p_request, wanted_range(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel")) then
    return false;
  end if;
  -- One time is held for a request at a time, also for that of a person without a name. If a person has several such requests, it is one.
  perform from slot_offer o where o.request_id = p_request.id and o.status = 'HELD';
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;
revoke all on function may_be_served(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_answer_by timestamptz;
  v_offered integer := 0;
begin
  perform only_jobs();
  -- One run of a district at a time: a second run sees what the first one has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- These rows tell of changes that are committed, which the statements below see. A later change writes a new row.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  -- The loop reads the list in portions, in the order of the index, and stops after the last offer. It has no limit: whoever is passed over must
  -- not hide those behind.
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.stands_for_id is null and may_be_served(r)
    order by r.rank_at, r.id
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- The request is locked and read again: it may have been withdrawn or changed since.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      -- While the time is free: it may be spared from others.
      perform log_skips(v_offer);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Another transaction has taken the time. The skips go with the offer.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- After the persons who are there.
  v_offered := v_offered + ask_at_short_notice(p_district, p_limit - v_offered);
  -- There may be more free times for the next run.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;
revoke all on function offer_slots(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_asked_before appointment_request%rowtype;
begin
  select * into v_offer from slot_offer where id = p_offer;
  select * into v_request from appointment_request where id = v_offer.request_id;
  if v_offer.at_short_notice then
    select r.* into v_asked_before from slot_offer o join appointment_request r on r.id = o.request_id
      where o.worker_id = v_offer.worker_id and o.starts_at = v_offer.starts_at and o.id <> p_offer
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
      order by r.rank_at desc, r.id desc limit 1;
  end if;
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select p_offer, s.request_id, s.reason, now() from (
    select a.id as request_id, case
      when h.starts_at <= v_offer.starts_at then null
      when h.starts_at > v_offer.starts_at then 'HAS_OFFER'
      when v_offer.at_short_notice then why_not_asked(w.would, v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at)
      else why_not(w.would, offer_channel(a), v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at) end as reason
    from (
      select r.* from appointment_request r where r.district_id = v_request.district_id and r.status = 'WAITING'
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
        and (v_asked_before.id is null or (r.rank_at, r.id) > (v_asked_before.rank_at, v_asked_before.id))
        and (r.short_notice_from is not null or not v_offer.at_short_notice)
      order by r.rank_at, r.id limit 1000) k
    join appointment_request a on a.id = k.id
    left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    cross join lateral (
      select jsonb_populate_record(a, jsonb_build_object('type_code', v_request.type_code)) as would offset 0) w) s
  where s.reason is not null;
end $$;
revoke all on function log_skips(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_to_be_asked(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not may_be_asked(p_request) or not is_free_in(p_request, asked_range(p_request, null)) then return false; end if;
  perform from slot_offer o where o.request_id = p_request.id and o.status in ('HELD', 'ASKED');
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status in ('HELD', 'ASKED')
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id limit 1;
  return not found;
end $$;
revoke all on function is_to_be_asked(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function ask_at_short_notice(p_district uuid, p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_asked integer := 0;
begin
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.stands_for_id is null and r.short_notice_from is not null
      and is_to_be_asked(r)
    order by r.rank_at, r.id
  loop
    exit when v_asked >= p_limit;
    v_channel := offer_channel(v_request);
    continue when v_channel is null;
    select * into v_slot from slot_to_ask_for(v_request, v_channel);
    continue when not found;
    -- Another request of the person was asked in this run.
    perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'ASKED'
      where r.person_id = v_request.person_id and r.district_id = p_district;
    continue when found;
    -- The request is locked and read again: it may have been withdrawn or changed since. Then its turn comes in the next run.
    v_read := v_request;
    select r.* into v_request from appointment_request r where r.id = v_read.id for update;
    continue when v_request is distinct from v_read;
    v_offer := gen_random_uuid();
    insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, status, at_short_notice,
        offered_at, answer_by)
      values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode, case when v_slot.mode = 'ON_SITE' then v_slot.place end,
        v_slot.starts_at, v_slot.ends_at, v_channel, 'ASKED', true, now(), asked_until(v_request, v_slot.starts_at));
    perform log_skips(v_offer);
    v_asked := v_asked + 1;
  end loop;
  return v_asked;
end $$;
revoke all on function ask_at_short_notice(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function request_says_from_where() returns trigger
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
revoke all on function request_says_from_where() from public, cosmos_app, cosmos_jobs;
create or replace function request_leaves_its_place() returns trigger language plpgsql as $$
begin
  if (old.asked_from = old.person_id and not new.show_online) or new.duty_worker_only <> old.duty_worker_only
    or (old.asked_from = old.duty_worker_id and new.duty_worker_id is distinct from old.duty_worker_id) then
    new.asked_from := null;
  end if;
  return new;
end $$;
revoke all on function request_leaves_its_place() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function digits_of(p_phone text) returns text language sql immutable
  return nullif(right(regexp_replace(p_phone, '\D', '', 'g'), 9), '');
revoke all on function digits_of(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function asked_before(p_request uuid) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(tstzrange(o.starts_at, o.starts_at, '[]')), '{}') from (
    select o.starts_at from slot_offer o where o.request_id = p_request
    union select o.starts_at from appointment_request r
      join appointment_request a on a.person_id is null and a.district_id = r.district_id and digits_of(a.phone) = digits_of(r.phone)
      join slot_offer o on o.request_id = a.id and o.at_short_notice and o.starts_at > now()
      where r.id = p_request and r.person_id is null) o);
revoke all on function asked_before(uuid) from public, cosmos_app, cosmos_jobs;
alter function take_paper_turn owner to cosmos_keeper;
grant execute on function take_paper_turn to cosmos_app;
alter function is_free_in owner to cosmos_keeper;
alter function may_be_served owner to cosmos_keeper;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function log_skips owner to cosmos_keeper;
grant execute on function digits_of to public;
alter function asked_before owner to cosmos_keeper;
alter function is_to_be_asked owner to cosmos_keeper;
alter function ask_at_short_notice owner to cosmos_keeper;
alter function request_says_from_where owner to cosmos_keeper;
create unique index appointment_request_once
  on appointment_request (person_id, district_id, type_code, asked_from, case_worker_only, duty_worker_only)
  where status = 'WAITING' and stands_for_id is null and person_id is not null;
create index appointment_request_of_number on appointment_request (digits_of(phone), district_id)
  where person_id is null and phone is not null;
create trigger request_says_from_where before insert or update of person_id on appointment_request
  for each row when (current_user = 'cosmos_app' and new.person_id is not null) execute function request_says_from_where();
create trigger request_leaves_its_place before update of show_online, duty_worker_only, duty_worker_id on appointment_request
  for each row when (old.asked_from is not null) execute function request_leaves_its_place();
