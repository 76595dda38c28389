-- The waiting list: who asks when there is no time, or would come sooner than booked, waits in one order for the district;
-- a time that is free or freed is held for one person at a time, until a deadline, and then for the next.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "Urgency" AS ENUM ('TODAY', 'THIS_WEEK', 'ORDINARY');
-- CreateEnum
CREATE TYPE "RequestStatus" AS ENUM ('WAITING', 'BOOKED', 'WITHDRAWN', 'LAPSED');
-- CreateEnum
CREATE TYPE "OfferStatus" AS ENUM ('HELD', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN');
-- CreateEnum
CREATE TYPE "OfferChannel" AS ENUM ('AT_DESK', 'ONLINE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT', 'LETTER', 'THROUGH_SOMEONE');
-- CreateEnum
CREATE TYPE "SkipReason" AS ENUM ('HAS_OFFER', 'NOT_REACHABLE', 'OTHER_WORKER', 'OTHER_MODE', 'NOT_WANTED_THEN', 'TOO_SHORT_NOTICE', 'OFFERED_BEFORE', 'BUSY_THEN');
-- AlterTable
ALTER TABLE "occupancy" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "offer_id" UUID,
ALTER COLUMN "appointment_id" DROP NOT NULL;
-- CreateTable
CREATE TABLE "appointment_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "case_id" UUID,
    "type_code" TEXT NOT NULL,
    "mode" "AppointmentMode",
    "urgency" "Urgency" NOT NULL DEFAULT 'ORDINARY',
    "status" "RequestStatus" NOT NULL DEFAULT 'WAITING',
    "asked_by" "AskedBy",
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rank_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "wanted_from" DATE,
    "wanted_until" DATE,
    "case_worker_only" BOOLEAN NOT NULL DEFAULT false,
    "duty_worker_only" BOOLEAN NOT NULL DEFAULT false,
    "present_until" TIMESTAMPTZ(3),
    "duty_worker_id" UUID,
    "appointment_id" UUID,
    "show_online" BOOLEAN NOT NULL DEFAULT false,
    "case_worker_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "shown_version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "appointment_request_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "slot_offer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "request_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "mode" "AppointmentMode" NOT NULL,
    "place" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "channel" "OfferChannel" NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "status" "OfferStatus" NOT NULL DEFAULT 'HELD',
    "answered_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "slot_offer_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "offer_skip" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "offer_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "reason" "SkipReason" NOT NULL,
    "skipped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "offer_skip_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "offer_wake" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "offer_wake_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE INDEX "offer_wake_district_id_due_at_idx" ON "offer_wake"("district_id", "due_at");
-- AddForeignKey
ALTER TABLE "offer_wake" ADD CONSTRAINT "offer_wake_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- CreateIndex
CREATE INDEX "appointment_request_person_id_idx" ON "appointment_request"("person_id");
-- CreateIndex
CREATE INDEX "appointment_request_case_id_idx" ON "appointment_request"("case_id");
-- CreateIndex
CREATE INDEX "appointment_request_appointment_id_idx" ON "appointment_request"("appointment_id");
-- CreateIndex
CREATE INDEX "slot_offer_request_id_offered_at_idx" ON "slot_offer"("request_id", "offered_at");
-- CreateIndex
CREATE INDEX "slot_offer_worker_id_idx" ON "slot_offer"("worker_id");
-- CreateIndex
CREATE INDEX "offer_skip_request_id_skipped_at_idx" ON "offer_skip"("request_id", "skipped_at");
-- CreateIndex
CREATE UNIQUE INDEX "offer_skip_offer_id_request_id_key" ON "offer_skip"("offer_id", "request_id");
-- CreateIndex
CREATE UNIQUE INDEX "occupancy_offer_id_key" ON "occupancy"("offer_id");
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_duty_worker_id_fkey" FOREIGN KEY ("duty_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_request" ADD CONSTRAINT "appointment_request_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "offer_skip" ADD CONSTRAINT "offer_skip_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "offer_skip" ADD CONSTRAINT "offer_skip_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table occupancy
  add constraint occupancy_of_one check (num_nonnulls(appointment_id, offer_id) = 1),
  -- A hold ends of itself, an appointment does not.
  add constraint occupancy_expires check ((offer_id is null) = (expires_at is null));
alter table appointment_request
  add constraint appointment_request_closed check ((status = 'WAITING') = (closed_at is null)),
  add constraint appointment_request_booked check (status <> 'BOOKED' or appointment_id is not null),
  add constraint appointment_request_wanted check (wanted_until > wanted_from),
  add constraint appointment_request_days check
    (wanted_from between '2000-01-01' and '2200-01-01' and wanted_until between '2000-01-01' and '2200-01-01'),
  add constraint appointment_request_case_worker check (not case_worker_only or case_id is not null),
  add constraint appointment_request_duty_worker check (not duty_worker_only or duty_worker_id is not null);
alter table slot_offer
  add constraint slot_offer_interval check (ends_at > starts_at),
  add constraint slot_offer_answer_by check (answer_by > offered_at and answer_by <= starts_at),
  add constraint slot_offer_answered check ((status in ('ACCEPTED', 'DECLINED')) = (answered_at is not null));
-- One held offer at a time.
create unique index slot_offer_held on slot_offer (request_id) where status = 'HELD';

create index appointment_request_waiting on appointment_request (district_id, rank_at, id) where status = 'WAITING';
create index appointment_request_waiting_for on appointment_request (district_id, type_code, rank_at, id)
  where status = 'WAITING';
create index appointment_request_of_case_worker on appointment_request (case_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_of_duty_worker on appointment_request (duty_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_online on appointment_request (person_id, asked_at, id)
  where status = 'WAITING' and show_online;
create index slot_offer_to_give on slot_offer (district_id, answer_by, id) where status = 'HELD';

-- ---- Who reads and writes -------------------------------------------------------------------------------------
-- The desk of the district, its head (who changes nothing), the worker on duty who judges it, who follows its case, and the
-- person, if it is shown to them.
grant select on appointment_request, slot_offer, offer_skip to cosmos_app;
grant insert (id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until,
  case_worker_only, duty_worker_only, duty_worker_id, appointment_id, show_online) on appointment_request to cosmos_app;
grant update (mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online, version)
  on appointment_request to cosmos_app;
grant update (told_at) on slot_offer to cosmos_app;

-- Whether the viewer booked this appointment online, for themselves: what the desk booked is changed by the desk.
create function booked_online_by_viewer(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from online_booking b join appointment a on a.id = b.appointment_id
    where b.appointment_id = p_appointment and b.client_id is null and b.person_id = viewer_person()
      and viewer_person() = any (a.online_person_ids));

alter table appointment_request enable row level security;
alter table appointment_request force row level security;
create policy appointment_request_read on appointment_request for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));
create policy appointment_request_ask on appointment_request for insert to cosmos_app with check (
  (show_online and person_id = (select viewer_person()) and urgency = 'ORDINARY' and duty_worker_id is null
    and (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = appointment_request.district_id))
    and (appointment_id is null or booked_online_by_viewer(appointment_id)))
  or ((district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    and may_book_person(person_id)
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
create policy appointment_request_change on appointment_request for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (duty_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (show_online and person_id = (select viewer_person())));

alter table slot_offer enable row level security;
alter table slot_offer force row level security;
-- The head allocates cases, not hours: what is offered is for those who work with the request, and the person.
create policy slot_offer_read on slot_offer for select to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.show_online and r.person_id = (select viewer_person())))));
create policy slot_offer_tell on slot_offer for update to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id and (
    r.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (r.duty_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.case_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));

alter table offer_skip enable row level security;
alter table offer_skip force row level security;
-- Why someone was passed over tells of what else they have in the district: the desk knows it.
create policy offer_skip_read on offer_skip for select to cosmos_app using (
  exists (select from appointment_request r where r.id = request_id
    and r.district_id = any ((select viewer_districts('receptionist'))::uuid[])));

-- The application takes time for appointments, and holds none.
revoke insert, select on occupancy from cosmos_app;
grant select (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;
grant insert (id, worker_id, district_id, appointment_id, starts_at, ends_at) on occupancy to cosmos_app;

-- ---- What the database keeps ------------------------------------------------------------------------------------
-- Its place in the row: whoever must be seen today before all, then this week, then by when they asked. Nobody waits ten years.
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
create trigger request_takes_its_place before insert or update of urgency, asked_at on appointment_request
  for each row execute function request_takes_its_place();

-- The version that the person sees takes no account of what they do not: urgency, presence, who is on duty.
create function request_shows_its_version() returns trigger language plpgsql as $$
begin
  if (new.status, new.mode, new.wanted_from, new.wanted_until, new.appointment_id)
    is distinct from (old.status, old.mode, old.wanted_from, old.wanted_until, old.appointment_id) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
create trigger request_shows_its_version before update on appointment_request
  for each row execute function request_shows_its_version();

-- How urgent it is, is for a social worker to judge: who is on duty, or follows the case. Who is there, for the desk to say.
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
  if old.status <> 'WAITING' or new.status not in ('WAITING', 'WITHDRAWN') then raise 'a request is withdrawn, once'; end if;
  if viewer_worker() is null and new.show_online <> old.show_online then raise 'that is for the service to say'; end if;
  return new;
end $$;
create trigger request_is_judged before insert or update on appointment_request
  for each row when (current_user = 'cosmos_app') execute function request_is_judged();

-- An offer goes with its request, and its time with the offer.
create function request_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status = 'HELD';
  return null;
end $$;
create trigger request_closed after update of status on appointment_request
  for each row when (old.status = 'WAITING' and new.status <> 'WAITING') execute function request_closed();

-- Who must be seen sooner is not kept by what nobody has told them of.
create function urgency_rises() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1
    where request_id = new.id and status = 'HELD' and told_at is null and channel <> 'ONLINE';
  return null;
end $$;
create trigger urgency_rises after update of urgency on appointment_request
  for each row when (new.rank_at < old.rank_at) execute function urgency_rises();

create function offer_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from occupancy where offer_id = new.id;
  return null;
end $$;
create trigger offer_ended after update of status on slot_offer
  for each row when (old.status = 'HELD' and new.status <> 'HELD') execute function offer_ended();

create function offer_is_over() returns trigger language plpgsql as $$
begin
  if old.status <> 'HELD' and new.status <> old.status then raise 'an offer ends once'; end if;
  return new;
end $$;
create trigger offer_is_over before update of status on slot_offer for each row execute function offer_is_over();

-- Whoever is away after all gives back what was held for others.
create function worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  from changed c
  where o.worker_id = c.worker_id and o.status = 'HELD'
    and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at;
  return null;
end $$;
create trigger unavailability_withdraws_offers after insert on unavailability
  referencing new table as changed for each statement execute function worker_goes_away();
create trigger absence_withdraws_offers after insert on absence
  referencing new table as changed for each statement execute function worker_goes_away();

-- Holds past their deadline give way to who books: whatever the queue of jobs is doing.
create function end_expired_holds(p_workers uuid[], p_from timestamptz, p_until timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
  from occupancy h
  where h.worker_id = any (p_workers) and h.starts_at < p_until and h.ends_at > p_from
    and h.starts_at > p_from - interval '12 hours' and h.expires_at <= now()
    and o.id = h.offer_id and o.status = 'HELD';
end;

-- As before, and: a hold past its deadline gives way.
create or replace function take_public_slot(p_appointment uuid, p_district uuid, p_workers uuid[], p_starts_at timestamptz,
  p_ends_at timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform end_expired_holds(p_workers, p_starts_at, p_ends_at);
  for v_nth in 1 .. cardinality(p_workers) loop
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (p_workers[v_nth], p_district, p_appointment, p_starts_at, p_ends_at) on conflict do nothing;
    if found then return v_nth; end if;
  end loop;
  return null;
end $$;

-- As before, and: what waits for the case's worker follows the case.
create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
  v_district uuid;
begin
  update "case" set assigned_worker_id = v_open where id = v_case returning district_id into v_district;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open where case_id = v_case;
  update need set assigned_worker_id = v_open where case_id = v_case;
  update appointment set case_worker_id = v_open where case_id = v_case;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform reset_note_readers(v_case);
  return null;
end $$;

-- ---- Waking the jobs -------------------------------------------------------------------------------------------
-- That something has changed stands in a table, and goes with the offers that are made of it; a job of the queue only says that
-- it is time to look. Without the queue's own schema (`npm run migrate` makes it) nothing is said, and nothing is refused.
alter table offer_wake enable row level security;
alter table offer_wake force row level security;

create function wake_jobs(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('offer-slots', json_build_object('districtId', p_district), run_at => p_at);
  end if;
end $$;

create function wake_offers(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into offer_wake (district_id, due_at) values (p_district, p_at);
  perform wake_jobs(p_district, p_at);
end $$;

create function has_waiting(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_request r where r.district_id = p_district and r.status = 'WAITING');

create function request_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'WAITING' then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
create trigger request_wakes
  after insert or update of mode, urgency, wanted_from, wanted_until, present_until, show_online on appointment_request
  for each row execute function request_wakes();

-- Whoever can be reached otherwise, or no longer.
create function contact_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(r.district_id, now()) from (select distinct district_id from appointment_request
    where person_id = new.id and status = 'WAITING') r;
  return null;
end $$;
create trigger contact_wakes after update of safe_contact, phone on person
  for each row when ((old.safe_contact, old.phone) is distinct from (new.safe_contact, new.phone))
  execute function contact_wakes();

create function offer_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'HELD' then perform wake_offers(new.district_id, new.answer_by);
  elsif new.status <> 'ACCEPTED' then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
create trigger offer_wakes after insert or update of status on slot_offer for each row execute function offer_wakes();

create function time_freed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(d.district_id, now()) from (
    select distinct o.district_id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < c.ends_at and o.ends_at > c.starts_at and o.starts_at > c.starts_at - interval '12 hours'
      and not o.closed
    where c.ends_at > now()) d
  where has_waiting(d.district_id);
  return null;
end $$;
create trigger occupancy_freed_wakes after delete on occupancy
  referencing old table as changed for each statement execute function time_freed();
create trigger occurrences_opened_wake after insert on availability_occurrence
  referencing new table as changed for each statement execute function time_freed();

-- ---- The order --------------------------------------------------------------------------------------------------
-- How many wait before each of these for the same type in the district, and it; for those who work with the list.
create function request_ranks(p_requests uuid[]) returns table (request_id uuid, rank integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, 1 + (select count(*)::integer from appointment_request o
    where o.district_id = r.district_id and o.type_code = r.type_code and o.status = 'WAITING'
      and (o.rank_at, o.id) < (r.rank_at, r.id))
  from appointment_request r
  where r.id = any (p_requests) and r.status = 'WAITING' and (
    r.district_id = any (viewer_districts('receptionist')) or r.district_id = any (viewer_districts('district_head'))
    or (r.duty_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id = viewer_worker() and r.district_id = any (viewer_districts('social_worker')))
    or (r.case_worker_id || ':' || r.district_id) = any (viewer_relays()));
end;

-- ---- To whom a time is offered ------------------------------------------------------------------------------------
-- How someone who waits can be told now (domain rule 8): at the desk while they are there; by the API, if it is shown to them;
-- by their safe contact; or, null, not at all.
create function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
  if p_request.show_online and exists (select from person_account a where a.person_id = p_request.person_id) then
    return 'ONLINE';
  end if;
  select * into v_person from person where id = p_request.person_id;
  return case
    when v_person.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT') and v_person.phone is not null
      then v_person.safe_contact::text::"OfferChannel"
    -- A confidential address is known to whom it is confided alone: to the desk it is none.
    when v_person.safe_contact = 'LETTER'
      and exists (select from person_address a where a.person_id = v_person.id and not a.confidential) then 'LETTER'
    when v_person.safe_contact = 'THROUGH_SOMEONE' then 'THROUGH_SOMEONE' end;
end $$;

-- The first start of which they can be told in time: what is free within a day is for those who are there, and a letter takes
-- days to go and to be answered.
create function first_start(p_channel "OfferChannel") returns timestamptz
  language plpgsql stable as $$ begin
    return now() + case p_channel when 'AT_DESK' then interval '5 minutes' when 'LETTER' then interval '10 days'
      else interval '24 hours' end;
  end $$;

-- Until when an offer is held: twenty minutes for whoever stands at the desk, a week for a letter, a day for the others, four
-- hours if it begins within three days. Never during the night, on a day off or in the evening: then until the next noon of
-- a working day, in Paris, and two hours before it begins at the latest.
create function answer_by(p_from timestamptz, p_channel "OfferChannel", p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_at timestamp;
begin
  if p_channel = 'AT_DESK' then return least(p_from + interval '20 minutes', p_starts_at); end if;
  v_at := (p_from + case when p_channel = 'LETTER' then interval '7 days'
    when p_starts_at < p_from + interval '3 days' then interval '4 hours' else interval '24 hours' end) at time zone 'Europe/Paris';
  if v_at::time >= '18:00' then v_at := v_at::date + 1 + time '12:00';
  elsif v_at::time < '09:00' then v_at := v_at::date + time '12:00'; end if;
  while extract(isodow from v_at) > 5 or exists (select from public_holiday h where h.day = v_at::date) loop
    v_at := v_at::date + 1 + time '12:00';
  end loop;
  return least(v_at at time zone 'Europe/Paris', p_starts_at - interval '2 hours');
end $$;

-- With whom alone it may be; null is anyone. Whoever holds what they have, if it tells of a case, has a subject, or is about a
-- sensitive file of anyone; else the case's worker, where that is wished, or who is on duty, where they asked for their own
-- agenda; and who knows of a sensitive file.
create function only_worker(p_request appointment_request) returns uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_worker uuid;
begin
  select a.worker_ids[1] into v_worker from appointment a
    where a.id = p_request.appointment_id and a.status = 'BOOKED' and (a.case_id is not null or a.subject is not null
      or exists (select from appointment_person ap join person p on p.id = ap.person_id
        where ap.appointment_id = a.id and p.sensitive_file));
  if found then return v_worker; end if;
  -- Nobody has the id of nobody: whoever waits for a worker who is gone waits.
  if p_request.case_worker_only then
    return coalesce(p_request.case_worker_id, '00000000-0000-0000-0000-000000000000');
  end if;
  if p_request.duty_worker_only or exists (select from person p where p.id = p_request.person_id and p.sensitive_file) then
    return coalesce(p_request.case_worker_id, p_request.duty_worker_id);
  end if;
  return null;
end $$;

-- Whether they are expected then, as far as those may know who see what is offered: the person what is shown to them, who is
-- on duty or follows the case what they hold themselves, the desk all of the district.
create function busy_then(p_request appointment_request, p_starts_at timestamptz, p_ends_at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p_request.person_id and a.district_id = p_request.district_id and a.status = 'BOOKED'
        and a.id is distinct from p_request.appointment_id and a.starts_at < p_ends_at and a.ends_at > p_starts_at
        and case when p_request.show_online then ap.show_online
          when p_request.duty_worker_only or p_request.case_worker_only
            then a.worker_ids && array[p_request.duty_worker_id, p_request.case_worker_id] else true end)
    or exists (select from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
      where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.id <> p_request.id
        and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only
        and o.starts_at < p_ends_at and o.ends_at > p_starts_at);

-- Let go by them before; what the service took back may come again.
create function offered_before(p_request uuid, p_starts_at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from slot_offer o where o.request_id = p_request and o.starts_at = p_starts_at
    and o.status in ('DECLINED', 'EXPIRED'));

-- How it would be held: as they asked, else on site before all, and at home for nobody who has not asked for it.
create function offered_mode(p_wanted "AppointmentMode", p_modes "AppointmentMode"[]) returns "AppointmentMode"
  language sql immutable
  return (select mode from unnest(p_modes) mode where case when p_wanted is null then mode <> 'HOME' else mode = p_wanted end
    order by mode limit 1);

-- From when on, and until when, a time is looked for: told in time, on the days that suit, sooner than what they have.
create function wanted_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_start(p_channel), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(now() + interval '56 days', p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    (select a.starts_at from appointment a where a.id = p_request.appointment_id));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;

-- Whether a request can be served at all now, at a glance: most who wait do so because nothing is free, or nothing sooner than
-- what they have.
create function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_until timestamptz := least(now() + interval '56 days',
    (select a.starts_at from appointment a where a.id = p_request.appointment_id and a.status = 'BOOKED'));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > now() - interval '12 hours' and f.starts_at < v_until and f.ends_at > now()
    and (v_only is null or f.worker_id = v_only) and offered_mode(p_request.mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- One time is held for one person, however often they are asked for.
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;

-- The earliest free time that suits them, in their district; `why_not` says of any other why it does not.
create function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_range tstzrange := wanted_range(p_request, p_channel);
  v_from timestamptz := lower(v_range);
  v_after timestamptz := lower(v_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
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
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(p_request.mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(v_range)) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(p_request.mode, f.modes) is not null
      order by s.at, random() offset 0) c
      where not offered_before(p_request.id, c.at) and not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;

-- Why this time is not for them; null if it is.
create function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid, p_modes "AppointmentMode"[],
  p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(p_request.mode, p_modes) is null then 'OTHER_MODE'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_channel) then 'TOO_SHORT_NOTICE' else 'NOT_WANTED_THEN' end
    when offered_before(p_request.id, p_starts_at) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;

-- Whether what is held can still be held: its worker is there, and open.
create function still_stands(p_offer slot_offer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from availability_occurrence o join worker w on w.id = o.worker_id and w.disabled_at is null
      join membership m on m.worker_id = o.worker_id and m.district_id = o.district_id
        and m.starts_at <= p_offer.starts_at and (m.ends_at is null or m.ends_at >= p_offer.ends_at)
      where o.worker_id = p_offer.worker_id and o.district_id = p_offer.district_id and not o.closed
        and o.starts_at <= p_offer.starts_at and o.ends_at >= p_offer.ends_at
        and o.starts_at > p_offer.starts_at - interval '12 hours')
    and not exists (select from unavailability u where u.worker_id = p_offer.worker_id
      and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at))
    and not exists (select from absence s where s.worker_id = p_offer.worker_id
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_offer.starts_at, p_offer.ends_at));

-- What time and others have settled since: deadlines, an appointment that they would have had sooner, a case that moved on.
create function settle_requests(p_district uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- First the request, then the offer, as whoever answers.
  perform from appointment_request r where r.district_id = p_district and r.status = 'WAITING'
    and exists (select from slot_offer o where o.request_id = r.id and o.status = 'HELD') order by r.id for update;
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
    where o.district_id = p_district and o.status = 'HELD' and o.answer_by <= now();
  -- What the service called off is asked for still, from when it was asked.
  update appointment_request r set appointment_id = null, version = r.version + 1 from appointment a
    where r.district_id = p_district and r.status = 'WAITING' and a.id = r.appointment_id
      and a.status = 'CANCELLED_BY_SERVICE';
  update appointment_request r set status = 'LAPSED', closed_at = now(), version = r.version + 1
    where r.district_id = p_district and r.status = 'WAITING' and (
      r.wanted_until::timestamp at time zone 'Europe/Paris' <= now()
      or exists (select from appointment a where a.id = r.appointment_id and (a.status <> 'BOOKED' or a.starts_at <= now())));
  -- What can be held no longer, or is to be said in another way, if nobody has said it.
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1 from appointment_request r
    where o.district_id = p_district and o.status = 'HELD' and r.id = o.request_id and (
      only_worker(r) <> o.worker_id or not still_stands(o)
      or (o.told_at is null and offer_channel(r) is distinct from o.channel)
      or exists (select from appointment a where a.id = r.appointment_id and a.starts_at <= o.starts_at));
end $$;

-- Offers what is free to those who wait in the district, in their order: each the earliest time that suits them, one at a
-- time, and so many at most; if something has changed since it was done last, or in any case. How many were offered; a
-- repetition offers nothing twice.
create function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
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
  -- One at a time for a district: who comes second finds what the first has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- What these tell of is committed, and seen by what follows; what is told later wakes again.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and may_be_served(r)
    order by r.rank_at, r.id limit 1000
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- Nobody is offered anything who has just withdrawn, or asks for something else by now.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        perform log_skips(v_offer);
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Someone was quicker.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- There may be more, whoever asks for it.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;

-- Who waits before, and why this time was not for them. Whoever holds an earlier one was not passed over.
create function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select s.offer_id, s.request_id, s.reason, now() from (
    select o.id as offer_id, a.id as request_id, case
      when h.starts_at <= o.starts_at then null
      when h.starts_at > o.starts_at then 'HAS_OFFER'
      else why_not(a, offer_channel(a), o.worker_id, array[o.mode], o.starts_at, o.ends_at) end as reason
    from slot_offer o join appointment_request r on r.id = o.request_id
    join appointment_request a on a.district_id = r.district_id and a.type_code = r.type_code and a.status = 'WAITING'
      and (a.rank_at, a.id) < (r.rank_at, r.id)
    left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    where o.id = p_offer) s
  where s.reason is not null;
end $$;

-- Districts in which someone waits: what a sweep goes through.
create function districts_waiting() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.id from district d where has_waiting(d.id) order by d.id;
end;

-- ---- The answer --------------------------------------------------------------------------------------------------
-- Who answers for this request: those who work with it, or the person to whom it is shown.
create function viewer_answers(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('appointments:write') and coalesce(
      p_request.district_id = any (viewer_districts('receptionist'))
      or (p_request.district_id = any (viewer_districts('social_worker'))
        and viewer_worker() in (p_request.duty_worker_id, p_request.case_worker_id))
      or (p_request.case_worker_id || ':' || p_request.district_id) = any (viewer_relays())
      or (p_request.show_online and p_request.person_id = viewer_person()), false);
  end $$;

-- Accepts an offer, whose time becomes that of an appointment, or declines it. Outcome: ACCEPTED, DECLINED; or UNKNOWN, OFFER_EXPIRED,
-- VERSION_CHANGED, STATE_CHANGED, of which nothing is written.
create function answer_offer(p_offer uuid, p_version integer, p_accept boolean) returns jsonb
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
      or v_before.type_code <> v_request.type_code or v_before.expected_back_at is not null
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

-- ---- Whose functions these are ----------------------------------------------------------------------------------
grant select, insert, update, delete on slot_offer to cosmos_keeper;
grant select, insert on offer_skip to cosmos_keeper;
grant select, update on appointment_request to cosmos_keeper;
grant update (appointment_id, offer_id, expires_at) on occupancy to cosmos_keeper;
grant update (mode) on appointment to cosmos_keeper;
grant insert (place) on appointment to cosmos_keeper;
grant select, insert, delete on offer_wake to cosmos_keeper;
grant select on public_holiday, person_address to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'booked_online_by_viewer(uuid)', 'request_takes_its_place()', 'request_closed()', 'urgency_rises()', 'offer_ended()', 'worker_goes_away()', 'contact_wakes()',
    'end_expired_holds(uuid[],timestamptz,timestamptz)', 'wake_offers(uuid,timestamptz)', 'has_waiting(uuid)', 'request_wakes()', 'offer_wakes()', 'time_freed()',
    'request_ranks(uuid[])', 'offer_channel(appointment_request)',
    'answer_by(timestamptz,"OfferChannel",timestamptz)', 'only_worker(appointment_request)',
    'busy_then(appointment_request,timestamptz,timestamptz)', 'offered_before(uuid,timestamptz)',
    'wanted_range(appointment_request,"OfferChannel")', 'may_be_served(appointment_request)', 'still_stands(slot_offer)',
    'why_not(appointment_request,"OfferChannel",uuid,"AppointmentMode"[],timestamptz,timestamptz)',
    'slot_for(appointment_request,"OfferChannel")', 'settle_requests(uuid)', 'offer_slots(uuid,integer,boolean)', 'log_skips(uuid)',
    'districts_waiting()', 'viewer_answers(appointment_request)', 'answer_offer(uuid,integer,boolean)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function booked_online_by_viewer(uuid), end_expired_holds(uuid[],timestamptz,timestamptz), request_ranks(uuid[]),
  answer_offer(uuid,integer,boolean) to cosmos_app;
grant execute on function offer_slots(uuid,integer,boolean), districts_waiting() to cosmos_jobs;

-- The queue is the jobs' own: only they tell it, in the transaction of who wakes them.
revoke all on function wake_jobs(uuid,timestamptz) from public;
grant execute on function wake_jobs(uuid,timestamptz) to cosmos_keeper;
grant create on schema public to cosmos_jobs;
alter function wake_jobs(uuid,timestamptz) owner to cosmos_jobs;
revoke create on schema public from cosmos_jobs;
