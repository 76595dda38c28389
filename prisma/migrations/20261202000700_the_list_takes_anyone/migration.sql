-- Someone who gives no name, or a chosen one alone, waits too: by a reference on paper, and by a telephone number if they give one.

-- ---- Tables -------------------------------------------------------------------------------------------------------------
ALTER TABLE "appointment_request" ALTER COLUMN "person_id" DROP NOT NULL,
ADD COLUMN     "reference" TEXT,
ADD COLUMN     "called_name" TEXT,
ADD COLUMN     "contact" "SafeContact" NOT NULL DEFAULT 'NONE',
ADD COLUMN     "phone" TEXT;
-- CreateIndex
CREATE UNIQUE INDEX "appointment_request_reference_key" ON "appointment_request"("reference");

alter table appointment_request
  -- Whoever waits is found again: by who they are, or by the reference.
  add constraint appointment_request_found check (num_nonnulls(person_id, reference) > 0),
  -- Of someone who is known, the person's row has the name and the contact.
  add constraint appointment_request_known check (person_id is null or num_nonnulls(called_name, phone) = 0),
  add constraint appointment_request_contact check
    (contact in ('NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT') and (contact = 'NONE') = (phone is null)),
  -- A case, an account and an earlier appointment are a person's.
  add constraint appointment_request_nameless check (person_id is not null
    or (case_id is null and not show_online and (appointment_id is null or status = 'BOOKED')));
create index appointment_request_to_forget on appointment_request (closed_at, id)
  where called_name is not null or phone is not null;

-- ---- Who asks and changes -----------------------------------------------------------------------------------------------
grant insert (reference, called_name, contact, phone), update (person_id, called_name, contact, phone)
  on appointment_request to cosmos_app;
drop policy appointment_request_ask on appointment_request;
create policy appointment_request_ask on appointment_request for insert to cosmos_app with check (
  (show_online and person_id = (select viewer_person()) and urgency = 'ORDINARY' and duty_worker_id is null
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or booked_online_by_viewer(appointment_id)))
  or ((district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    and (person_id is null or may_book_person(person_id))
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or exists (select from appointment_person ap
      where ap.appointment_id = appointment_request.appointment_id and ap.person_id = appointment_request.person_id
        and ap.district_id = appointment_request.district_id))
    -- Who is not at the desk books in no colleague's agenda, and on no case that they do not follow.
    and (district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or (case_id is null and duty_worker_only and duty_worker_id = (select viewer_worker()))
      or exists (select from case_person cp where cp.case_id = appointment_request.case_id
        and cp.person_id = appointment_request.person_id and (cp.assigned_worker_id = (select viewer_worker())
          or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))))));

-- As before, and: who someone is is said once, and how they are reached by themselves alone.
create or replace function request_is_judged() returns trigger language plpgsql as $$
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
    -- Once she says who she is; also when her time is booked already.
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

-- ---- What follows -------------------------------------------------------------------------------------------------------
drop trigger request_makes_known on appointment_request;
create trigger request_makes_known after insert or update of person_id, duty_worker_id, closed_at on appointment_request
  for each row execute function request_makes_known();
drop trigger request_wakes on appointment_request;
create trigger request_wakes
  after insert or update of mode, urgency, wanted_from, wanted_until, present_until, show_online, person_id, contact on appointment_request
  for each row execute function request_wakes();

-- As before, and: who gave no name is told by the number that they gave, or while they are there.
create or replace function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
  if p_request.person_id is null then
    return case when p_request.contact <> 'NONE' then p_request.contact::text::"OfferChannel" end;
  end if;
  select * into v_person from person where id = p_request.person_id;
  if v_person.contact_suspended_at is not null then return null; end if;
  if p_request.show_online and exists (select from person_account a where a.person_id = p_request.person_id) then
    return 'ONLINE';
  end if;
  return case
    when v_person.safe_contact = 'VOICE_TO_ME_ONLY' and v_person.phone is not null then 'VOICE_TO_ME_ONLY'
    when v_person.safe_contact = 'NEUTRAL_TEXT' and num_nonnulls(v_person.phone, v_person.email) > 0 then 'NEUTRAL_TEXT'
    when v_person.safe_contact = 'LETTER' and exists (select from letter_address(v_person.id)) then 'LETTER'
    when v_person.safe_contact = 'THROUGH_SOMEONE' then 'THROUGH_SOMEONE' end;
end $$;

-- As before, and: the time of someone who gave no name is nobody's in particular.
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
    -- Who gave no name has a time all the same: their paper has the reference.
    insert into appointment_person (appointment_id, person_id, show_online)
      select v_appointment, v_request.person_id, v_request.show_online where v_request.person_id is not null;
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

-- Thirty days after their time, or after they left the list, the name and the number that they gave are gone. How many there were.
create function forget_who_waited(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  update appointment_request set called_name = null, contact = 'NONE', phone = null where id in (
    select r.id from appointment_request r left join appointment a on a.id = r.appointment_id
    where (r.called_name is not null or r.phone is not null) and r.closed_at <= now() - interval '30 days'
      and (a.ends_at > now() - interval '30 days') is not true
    order by r.closed_at, r.id limit p_limit for update of r skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_who_waited(integer) from public;
alter function forget_who_waited(integer) owner to cosmos_keeper;
grant execute on function forget_who_waited(integer) to cosmos_jobs;
