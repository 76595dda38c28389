set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy appointment_change on appointment;
drop policy appointment_read on appointment;
drop policy appointment_request_change on appointment_request;
drop policy appointment_request_read on appointment_request;
drop policy person_read on person;
drop policy slot_offer_read on slot_offer;
drop policy slot_offer_tell on slot_offer;
-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "gone_from_desk" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "shown_at" TIMESTAMPTZ(3),
ADD COLUMN     "shown_id" UUID,
ADD COLUMN     "shown_since_version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "appointment_request" ADD COLUMN     "stands_for_id" UUID,
ADD COLUMN     "veiled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "known_id" UUID;

-- CreateTable
CREATE TABLE "ended_for_desk" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "district_id" UUID NOT NULL,
    "reference" TEXT,
    "shown" JSONB NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ended_for_desk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ended_for_desk_reference_key" ON "ended_for_desk"("reference");

-- CreateIndex
CREATE INDEX "ended_for_desk_district_id_idx" ON "ended_for_desk"("district_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_shown_id_key" ON "appointment"("shown_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_request_stands_for_id_key" ON "appointment_request"("stands_for_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_known_id_key" ON "visit"("known_id");

-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_stands_for_id_fkey" FOREIGN KEY ("stands_for_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ended_for_desk" ADD CONSTRAINT "ended_for_desk_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function be_called(p_visit uuid, p_reference text, p_secret_hash bytea, p_name text, p_word_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_visit visit%rowtype;
begin
  select * into v_visit from visit where id = p_visit and person_id is null and version = 1 and worker_id is not null
    and district_id = any (viewer_districts('receptionist'));
  if not found then return null; end if;
  select (array_agg(p.id))[1] into v_person from person p where p.confirm_nothing and p.id in (
    select q.id from person q where q.reference = p_reference
    -- Only an open request and a coming booking count: somebody else may have been told an old reference.
    -- The reference of a request that the desk reads in place of the person's own is on the person's paper too.
    union select coalesce(s.person_id, r.person_id) from appointment_request r left join appointment_request s on s.id = r.stands_for_id
      where r.reference = p_reference and r.closed_at is null
    union select b.person_id from online_booking b join appointment a on a.id = b.appointment_id
      where b.secret_hash = p_secret_hash and a.status = 'BOOKED' and a.ends_at > now() - interval '1 day'
    union select q.id from person q join agreed_word w on w.person_id = q.id
      where (normalised_name(q.given_name || ' ' || q.family_name) = normalised_name(p_name)
          or normalised_name(q.family_name || ' ' || q.given_name) = normalised_name(p_name)
          or normalised_name(q.chosen_name) = normalised_name(p_name))
        and w.word_hash = agreed_word_of(q.id, p_word_hash))
    having count(*) = 1;
  if v_person is null then return null; end if;
  update visit set person_id = v_person where id = p_visit;
  perform keep_person_known(p_visit, v_person, v_visit.worker_id, v_visit.district_id, v_visit.arrived_at + interval '30 days',
    exists (select from person p where p.id = v_person and not p.sensitive_file) and v_visit.worker_id is distinct from viewer_worker());
  return v_person;
end $$;
revoke all on function be_called(uuid,text,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false))
    and not (not p_confirm_nothing and viewer_has_scope('persons:write') and is_on_duty_for(p_person, null) and has_nobody(p_person)
      and exists (select from person p where p.id = p_person and p.confirm_nothing)) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  if found then perform show_anew(p_person); end if;
  return true;
end $$;
revoke all on function set_confirm_nothing(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function end_for_desk(p_id uuid, p_kind text, p_district uuid, p_reference text, p_row jsonb, p_changes jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into ended_for_desk (id, kind, district_id, reference, shown)
    values (p_id, p_kind, p_district, p_reference, p_row || jsonb_build_object('id', p_id) || p_changes) on conflict do nothing;
end $$;
revoke all on function end_for_desk(uuid,text,uuid,text,jsonb,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function put_in_place_of(p_request appointment_request) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_person uuid := (select p.id from person p where p.id = p_request.person_id and not p.confirm_nothing);
begin
  insert into appointment_request (district_id, person_id, type_code, mode, wanted_until, stands_for_id)
  select p_request.district_id, v_person, t.code, case when cardinality(t.modes) = 1 then t.modes[1] end,
    case when v_person is null then day_in_paris(now()) + 182 end, p_request.id
  from appointment_type t where t.code = p_request.type_code;
end $$;
revoke all on function put_in_place_of(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function show_requests_anew(p_person uuid, p_appointments uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_seen appointment_request%rowtype;
  v_ends jsonb;
begin
  for v_request in
    select r.* from appointment_request r where r.person_id = p_person and r.stands_for_id is null
      and (r.status = 'WAITING' or (r.status = 'BOOKED' and r.appointment_id = any (p_appointments)))
    order by r.id for update
  loop
    -- The row that the desk reads: this one, or the one that stands for it. It is none if the desk has given that one a name.
    select r.* into v_seen from appointment_request r where r.stands_for_id = v_request.id;
    if not found and v_request.veiled_at is null then v_seen := v_request; end if;
    if v_seen.id is not null then
      v_ends := case when v_seen.status = 'WAITING'
        then jsonb_build_object('status', 'WITHDRAWN', 'closed_at', now(), 'version', v_seen.version + 1) else '{}' end;
      perform end_for_desk(v_seen.id, 'appointment_request', v_seen.district_id, v_seen.reference, to_jsonb(v_seen), v_ends
        || jsonb_build_object('person_id', null, 'case_id', null, 'case_worker_id', null, 'called_name', null, 'contact', 'NONE', 'phone', null,
          'stands_for_id', null, 'appointment_id', (select coalesce(a.shown_id, a.id) from appointment a where a.id = v_seen.appointment_id)));
      perform end_for_desk(o.id, 'slot_offer', o.district_id, null, to_jsonb(o), jsonb_build_object('request_id', v_seen.id)
          || case when o.status in ('HELD', 'ASKED')
            then jsonb_build_object('status', 'WITHDRAWN', 'version', o.version + 1) else '{}' end)
        from slot_offer o where o.request_id = v_request.id
          and (v_seen.id = v_request.id or (o.channel = 'AT_DESK' and o.offered_at >= v_seen.asked_at));
      delete from appointment_request where id = v_seen.id and stands_for_id is not null;
    end if;
    update appointment_request set veiled_at = now() where id = v_request.id;
    if v_request.status = 'WAITING' then perform put_in_place_of(v_request); end if;
  end loop;
end $$;
revoke all on function show_requests_anew(uuid,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function show_appointments_anew(p_appointments uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a where a.id = any (p_appointments) order by a.id for update;
  -- The row that ended has a key of its own: what the desk writes to it changes nothing else.
  perform end_for_desk(coalesce(a.shown_id, a.id), 'appointment', a.district_id, null, to_jsonb(a), jsonb_build_object(
      'id', gen_random_uuid(), 'shown_id', coalesce(a.shown_id, a.id), 'status', 'CANCELLED_BY_PERSON', 'status_at', now(),
      'version', a.version + 1, 'case_id', null, 'case_worker_id', null, 'online_person_ids', '[]'::jsonb))
    from appointment a where a.id = any (p_appointments);
  update appointment a set shown_id = case when stays then gen_random_uuid() end, shown_at = case when stays then now() end,
      shown_since_version = a.version, gone_from_desk = not stays
    from (select b.id, b.starts_at > now() or (b.expected_back_at is not null and b.back_at is null) as stays
      from appointment b where b.id = any (p_appointments)) s
    where a.id = s.id;
end $$;
revoke all on function show_appointments_anew(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function show_visits_anew(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_visit visit%rowtype;
  v_id uuid;
begin
  for v_visit in
    select v.* from visit v where v.person_id = p_person and v.closed_at is null and v.day = day_in_paris(now()) order by v.id for update
  loop
    perform end_for_desk(v_visit.id, 'visit', v_visit.district_id, null, to_jsonb(v_visit), jsonb_build_object(
      'person_id', null, 'known_id', null, 'closed_at', now(), 'version', v_visit.version + 1,
      'outcome', case when v_visit.taken_in_at is null then 'LEFT' else 'RECEIVED' end));
    perform pg_advisory_xact_lock(hashtextextended('cosmos:ticket:' || v_visit.district_id || v_visit.day, 0));
    v_id := gen_random_uuid();
    update visit v set id = v_id, known_id = coalesce(v.known_id, v.id), arrived_at = now(), version = 1,
        taken_in_at = case when v.taken_in_at is not null then now() end,
        ticket = (select max(o.ticket) + 1 from visit o where o.district_id = v.district_id and o.day = v.day)
      where v.id = v_visit.id;
    update person_known set source_id = v_id where source_id = v_visit.id;
    perform pg_notify('visit_changed', v_visit.district_id || ' ' || v_visit.id);
  end loop;
end $$;
revoke all on function show_visits_anew(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function show_anew(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointments uuid[] := appointments_at_desks(p_person);
begin
  perform show_requests_anew(p_person, v_appointments);
  perform show_visits_anew(p_person);
  perform show_appointments_anew(v_appointments);
end $$;
revoke all on function show_anew(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function visit_only_goes_on() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then raise 'what is closed stays so'; end if;
  -- The application gives no visit another id (`show_visits_anew` does).
  if old.taken_in_at is not null and new.taken_in_at is distinct from old.taken_in_at and new.id = old.id then raise 'who is taken in stays so'; end if;
  return new;
end $$;
revoke all on function visit_only_goes_on() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_answers(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('appointments:write') and coalesce(
      (p_request.district_id = any (viewer_districts('receptionist'))
        -- Of a request that the desk does not read, it reads what is offered to the person at the desk.
        and (p_request.veiled_at is null or p_request.present_until > now()))
      or (p_request.district_id = any (viewer_districts('social_worker'))
        and viewer_worker() in (p_request.duty_worker_id, p_request.case_worker_id))
      or (p_request.case_worker_id || ':' || p_request.district_id) = any (viewer_relays())
      or (p_request.show_online and p_request.person_id = viewer_person()), false);
  end $$;
revoke all on function viewer_answers(appointment_request) from public, cosmos_app, cosmos_jobs;
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
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.stands_for_id is null and may_be_served(r)
    order by r.rank_at, r.id limit 1000
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
      and may_be_asked(r)
      and not exists (select from slot_offer o where o.request_id = r.id and o.status in ('HELD', 'ASKED'))
      and not exists (select from appointment_request r2 join slot_offer o on o.request_id = r2.id and o.status in ('HELD', 'ASKED')
        where r2.person_id = r.person_id and r2.district_id = r.district_id)
    order by r.rank_at, r.id limit 1000
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
create or replace function request_is_veiled() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from person p where p.id = new.person_id and p.confirm_nothing) then
    update appointment_request set veiled_at = now() where id = new.id;
    perform put_in_place_of(new);
  end if;
  return null;
end $$;
revoke all on function request_is_veiled() from public, cosmos_app, cosmos_jobs;
create or replace function request_stands_alone() returns trigger language plpgsql as $$
begin
  new.stands_for_id := null;
  return new;
end $$;
revoke all on function request_stands_alone() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function request_tells_whom_it_stands_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_request r set version = r.version + 1,
      mode = case when new.mode is distinct from old.mode then new.mode else r.mode end,
      wanted_from = case when new.wanted_from is distinct from old.wanted_from then new.wanted_from else r.wanted_from end,
      wanted_until = case when new.wanted_until is distinct from old.wanted_until then new.wanted_until else r.wanted_until end,
      urgency = case when new.urgency <> old.urgency then new.urgency else r.urgency end,
      present_until = case when new.present_until is distinct from old.present_until then new.present_until else r.present_until end,
      status = case when new.status = 'WITHDRAWN' then new.status else r.status end,
      closed_at = case when new.status = 'WITHDRAWN' then new.closed_at else r.closed_at end
    where r.id = new.stands_for_id and r.status = 'WAITING';
  return null;
end $$;
revoke all on function request_tells_whom_it_stands_for() from public, cosmos_app, cosmos_jobs;
create or replace function request_closes_what_stands_for_it() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_request r set status = new.status, closed_at = new.closed_at, appointment_id = case when new.status = 'BOOKED' then new.appointment_id end,
      version = r.version + 1
    where r.stands_for_id = new.id and r.status = 'WAITING';
  return null;
end $$;
revoke all on function request_closes_what_stands_for_it() from public, cosmos_app, cosmos_jobs;
create or replace function sees_appointment(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    (a.district_id = any (viewer_districts('receptionist')) and a.starts_at >= desk_reaches_back_to() and not a.gone_from_desk)
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())
    or viewer_person() = any (a.online_person_ids)));
revoke all on function sees_appointment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function notice_is_withheld(p_notice uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_notice n join person p on p.id = n.person_id and p.confirm_nothing
    join appointment a on a.id = n.appointment_id
    where n.id = p_notice and (
      (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
      or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
      or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())) is not true);
revoke all on function notice_is_withheld(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;
revoke all on function read_online(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function case_may_be_confirmed(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from "case" c where c.id = p_case and (c.district_id = any (viewer_districts('any'))
      or viewer_person() = any (c.online_person_ids) or (viewer_has_role('TECHNICAL_ADVISER') and is_in_release(c.id))))
    and (exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and not p.confirm_nothing)
      or not exists (select from case_person cp where cp.case_id = p_case));
revoke all on function case_may_be_confirmed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_at_desks(p_person uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(array_agg(a.id order by a.id), '{}') from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = p_person and a.status = 'BOOKED' and a.places is null and not a.gone_from_desk
      and a.starts_at >= desk_reaches_back_to());
revoke all on function appointments_at_desks(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function reference_on_list(p_request uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select m.reference from appointment_request r join appointment_request m on m.stands_for_id = r.id
    where r.id = p_request and ((viewer_worker() in (r.duty_worker_id, r.case_worker_id) and r.district_id = any (viewer_districts('social_worker')))
      or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays())));
revoke all on function reference_on_list(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_appointment_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[r.urgency::text, r.type_code, coalesce(r.asked_by::text, 'UNKNOWN')]
  from appointment_request r where r.asked_at >= p_from and r.asked_at < p_until and r.stands_for_id is null and not objects(r.person_id);
end;
revoke all on function records_of_appointment_requests(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_still_waiting(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[wait_band(day_in_paris(p_until) - 1 - day_in_paris(r.asked_at)), r.urgency::text, r.type_code]
  from appointment_request r
  where r.asked_at < p_until and (r.status = 'WAITING' or r.closed_at >= p_until) and r.stands_for_id is null and not objects(r.person_id);
end;
revoke all on function records_of_still_waiting(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code = any (array(select receiving_types())) and n.places is null
        and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id and r.stands_for_id is null
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null);
end;
revoke all on function records_of_asked_again(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function request_ranks(p_requests uuid[]) returns table (request_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, 1 + (select count(*)::integer from appointment_request o
    where o.district_id = r.district_id and o.type_code = r.type_code and o.status = 'WAITING'
      -- Each viewer counts the rows of their own list.
      and case when r.veiled_at is null and (r.district_id = any (viewer_districts('receptionist'))
          or r.district_id = any (viewer_districts('district_head'))) then o.veiled_at is null else o.stands_for_id is null end
      and (o.rank_at, o.id) < (r.rank_at, r.id))
  from appointment_request r
  where r.id = any (p_requests) and r.status = 'WAITING' and (
    r.district_id = any (viewer_districts('receptionist')) or r.district_id = any (viewer_districts('district_head'))
    or (r.duty_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays()));
end;
revoke all on function request_ranks(uuid[]) from public, cosmos_app, cosmos_jobs;
alter function sees_appointment owner to cosmos_keeper;
alter function notice_is_withheld owner to cosmos_keeper;
grant execute on function notice_is_withheld to cosmos_app;
alter function read_online owner to cosmos_keeper;
grant execute on function read_online to cosmos_app;
alter function be_called owner to cosmos_keeper;
grant execute on function be_called to cosmos_app;
alter function case_may_be_confirmed owner to cosmos_keeper;
grant execute on function case_may_be_confirmed to cosmos_app;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;
alter function end_for_desk owner to cosmos_keeper;
alter function put_in_place_of owner to cosmos_keeper;
alter function show_requests_anew owner to cosmos_keeper;
alter function appointments_at_desks owner to cosmos_keeper;
alter function show_appointments_anew owner to cosmos_keeper;
alter function show_visits_anew owner to cosmos_keeper;
alter function show_anew owner to cosmos_keeper;
alter function reference_on_list owner to cosmos_keeper;
grant execute on function reference_on_list to cosmos_app;
alter function records_of_appointment_requests owner to cosmos_keeper;
alter function records_of_still_waiting owner to cosmos_keeper;
alter function records_of_asked_again owner to cosmos_keeper;
alter function request_ranks owner to cosmos_keeper;
grant execute on function request_ranks to cosmos_app;
alter function viewer_answers owner to cosmos_keeper;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function ask_at_short_notice owner to cosmos_keeper;
alter function request_is_veiled owner to cosmos_keeper;
alter function request_tells_whom_it_stands_for owner to cosmos_keeper;
alter function request_closes_what_stands_for_it owner to cosmos_keeper;
alter table ended_for_desk add constraint ended_for_desk_kind check (kind in ('appointment_request', 'slot_offer', 'appointment', 'visit'));
alter table ended_for_desk add constraint ended_for_desk_nobody check (shown ->> 'person_id' is null and shown ->> 'phone' is null);
alter table appointment_request add constraint appointment_request_stands_for check
  (stands_for_id is null or (case_id is null and not show_online and veiled_at is null));
create trigger request_is_veiled after insert on appointment_request
  for each row when (new.person_id is not null and new.stands_for_id is null and new.status = 'WAITING')
  execute function request_is_veiled();
create trigger request_stands_alone before update of person_id on appointment_request
  for each row when (old.stands_for_id is not null and old.person_id is null and new.person_id is not null)
  execute function request_stands_alone();
create trigger request_tells_whom_it_stands_for after update on appointment_request
  for each row when (new.stands_for_id is not null and old.status = 'WAITING'
    and (new.mode, new.wanted_from, new.wanted_until, new.urgency, new.present_until, new.status)
      is distinct from (old.mode, old.wanted_from, old.wanted_until, old.urgency, old.present_until, old.status))
  execute function request_tells_whom_it_stands_for();
create trigger request_closes_what_stands_for_it after update of status on appointment_request
  for each row when (new.veiled_at is not null and old.status = 'WAITING' and new.status <> 'WAITING')
  execute function request_closes_what_stands_for_it();
revoke all on appointment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment enable row level security, force row level security;
grant select on appointment to cosmos_app;
grant insert (
  id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, expected_back_at, place, places,
  booked_at_desk
) on appointment to cosmos_app;
grant update (
  type_code, mode, status, starts_at, ends_at, version, back_at, cancellation_reason, expected_back_at, place,
  places_unnamed
) on appointment to cosmos_app;
grant select on appointment to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, place) on appointment to cosmos_keeper;
grant update (
  mode, status, starts_at, ends_at, version, case_worker_id, worker_ids, online_person_ids, back_at, expected_back_at,
  place, places_named, place_by_id, cancelled_by_link, shown_id, shown_at, shown_since_version,
  gone_from_desk
) on appointment to cosmos_keeper;
revoke all on visit from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table visit enable row level security, force row level security;
grant select on visit to cosmos_app;
grant insert (id, district_id, kind, person_id, appointment_id, worker_id) on visit to cosmos_app;
grant update (worker_id, taken_in_at, closed_at, outcome, version) on visit to cosmos_app;
grant select on visit to cosmos_keeper;
grant update (id, known_id, person_id, ticket, arrived_at, taken_in_at, version) on visit to cosmos_keeper;
revoke all on ended_for_desk from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table ended_for_desk enable row level security, force row level security;
grant select on ended_for_desk to cosmos_app;
grant update (shown) on ended_for_desk to cosmos_app;
grant select, insert on ended_for_desk to cosmos_keeper;
revoke all on appointment_request from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_request enable row level security, force row level security;
grant select on appointment_request to cosmos_app;
grant insert (
  id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until, case_worker_only,
  duty_worker_only, duty_worker_id, appointment_id, show_online, called_name, contact, phone, short_notice_from,
  short_notice_until
) on appointment_request to cosmos_app;
grant update (
  person_id, mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online,
  version, called_name, contact, phone, short_notice_from, short_notice_until
) on appointment_request to cosmos_app;
grant select, insert, update, delete on appointment_request to cosmos_keeper;
create policy appointment_change on appointment for update to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to() and not gone_from_desk)
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy appointment_read on appointment for select to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to() and not gone_from_desk)
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (select viewer_person()) = any (online_person_ids));
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- A desk reads the persons of its district, and those whose contact was opened at an appointment in its district. It reads no sensitive
  -- file (a colleague, a neighbour), and no person with "confirm nothing".
  or (not sensitive_file and not confirm_nothing and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  -- The cases come before the appointments: for a worker's page nothing else is looked up.
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    -- A head allocates a case of a person with "confirm nothing" without a name, like the desk.
    or (not confirm_nothing and cp.district_id = any ((select viewer_districts('district_head'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not sensitive_file and not confirm_nothing and exists (select from appointment_person ap where ap.person_id = person.id
    and ap.contact_said and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy ended_for_desk_scope on ended_for_desk as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy ended_for_desk_read on ended_for_desk for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (kind <> 'appointment' and district_id = any ((select viewer_districts('district_head'))::uuid[])));
create policy ended_for_desk_record on ended_for_desk for update to cosmos_app using (
  kind = 'appointment' and district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy appointment_request_read on appointment_request for select to cosmos_app using (
  -- In place of a request of a person with "confirm nothing" the desk and the head read another one, which stands for it.
  (veiled_at is null and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  or (veiled_at is null and district_id = any ((select viewer_districts('district_head'))::uuid[]))
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_change on appointment_request for update to cosmos_app using (
  (veiled_at is null and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy slot_offer_read on slot_offer for select to cosmos_app using (
  exists (select from appointment_request r where (r.id = request_id
    -- What is offered to a person at the desk, the desk reads under the request that stands there.
    or (r.stands_for_id = request_id and channel = 'AT_DESK' and offered_at >= r.asked_at)) and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.show_online and r.person_id = (select viewer_person())))));
create policy slot_offer_tell on slot_offer for update to cosmos_app using (
  exists (select from appointment_request r where (r.id = request_id
    -- What is offered to a person at the desk, the desk reads under the request that stands there.
    or (r.stands_for_id = request_id and channel = 'AT_DESK' and offered_at >= r.asked_at)) and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));
