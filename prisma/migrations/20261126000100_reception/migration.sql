-- Reception of the day: who comes or calls, under no name if they wish, by a number of the day; who is to receive them, and what
-- became of it; and "please call back", read by its worker alone. Nobody is asked why.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "VisitKind" AS ENUM ('WALK_IN', 'CALL');
-- CreateEnum
CREATE TYPE "VisitOutcome" AS ENUM ('RECEIVED', 'ANSWERED', 'APPOINTMENT_GIVEN', 'REFERRED', 'LEFT');
-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "kind" "VisitKind" NOT NULL,
    "day" DATE NOT NULL,
    "ticket" INTEGER NOT NULL,
    "person_id" UUID,
    "appointment_id" UUID,
    "worker_id" UUID,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_in_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "outcome" "VisitOutcome",
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "person_id" UUID,
    "name" TEXT,
    "phone" TEXT,
    "call_from" TIMESTAMPTZ(3),
    "call_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "person_known" (
    "source_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "known_until" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "person_known_pkey" PRIMARY KEY ("source_id")
);
-- CreateIndex
CREATE INDEX "visit_district_id_day_arrived_at_id_idx" ON "visit"("district_id", "day", "arrived_at", "id");
-- CreateIndex
CREATE INDEX "visit_worker_id_district_id_day_arrived_at_id_idx" ON "visit"("worker_id", "district_id", "day", "arrived_at", "id");
-- CreateIndex
CREATE INDEX "visit_person_id_idx" ON "visit"("person_id");
-- CreateIndex
CREATE UNIQUE INDEX "visit_district_id_day_ticket_key" ON "visit"("district_id", "day", "ticket");
-- CreateIndex
CREATE INDEX "message_worker_id_sent_at_id_idx" ON "message"("worker_id", "sent_at", "id");
-- CreateIndex
CREATE INDEX "message_person_id_idx" ON "message"("person_id");
-- CreateIndex
CREATE INDEX "person_known_person_id_worker_id_idx" ON "person_known"("person_id", "worker_id");
-- CreateIndex
CREATE INDEX "person_known_worker_id_idx" ON "person_known"("worker_id");
-- CreateIndex
CREATE INDEX "visit_appointment_id_idx" ON "visit"("appointment_id");
-- CreateIndex
CREATE INDEX "message_district_id_idx" ON "message"("district_id");
-- CreateIndex
CREATE INDEX "person_known_district_id_idx" ON "person_known"("district_id");
-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "person_known" ADD CONSTRAINT "person_known_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table visit
  add constraint visit_ticket check (ticket > 0),
  add constraint visit_closed check ((closed_at is null) = (outcome is null)),
  add constraint visit_taken_in check (taken_in_at is null or worker_id is not null),
  add constraint visit_received check (outcome <> 'RECEIVED' or taken_in_at is not null);
-- Whoever comes for an appointment waits for it once.
create unique index visit_waits_once on visit (appointment_id) where closed_at is null;
alter table message
  add constraint message_from_someone check (person_id is not null or name is not null),
  add constraint message_interval check (call_until > call_from);
create index message_to_do on message (worker_id, district_id, sent_at, id) where done_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
grant select on visit to cosmos_app;
grant insert (id, district_id, kind, person_id, appointment_id, worker_id) on visit to cosmos_app;
grant update (worker_id, taken_in_at, closed_at, outcome, version) on visit to cosmos_app;
alter table visit enable row level security;
alter table visit force row level security;
-- The desk of the district, its head (who changes nothing), and who is to receive them.
create policy visit_read on visit for select to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy visit_record on visit for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  and (person_id is null or may_book_person(person_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id and a.district_id = visit.district_id)));
create policy visit_go_on on visit for update to cosmos_app using (
  district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])))
  -- Who passes someone on to a colleague sees them no longer.
  with check (true);

grant select on message to cosmos_app;
grant insert (id, district_id, worker_id, person_id, name, phone, call_from, call_until) on message to cosmos_app;
grant update (done_at, version) on message to cosmos_app;
alter table message enable row level security;
alter table message force row level security;
-- Once it is sent, its worker alone: not who took it down, not the desk, not the stand-in.
create policy message_read on message for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));
create policy message_send on message for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and (person_id is null or may_book_person(person_id)));
create policy message_done on message for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));

grant select on person_known to cosmos_app;
alter table person_known enable row level security;
alter table person_known force row level security;
create policy person_known_read on person_known for select to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]));

-- ---- What the database keeps ------------------------------------------------------------------------------------
-- A number of the day, in the order of arrival: it is called out instead of a name.
create function visit_takes_its_number() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.day := (new.arrived_at at time zone 'Europe/Paris')::date;
  perform pg_advisory_xact_lock(hashtextextended('cosmos:ticket:' || new.district_id || new.day, 0));
  new.ticket := coalesce((select max(v.ticket) from visit v where v.district_id = new.district_id and v.day = new.day), 0) + 1;
  return new;
end $$;
create trigger visit_takes_its_number before insert on visit for each row execute function visit_takes_its_number();

create function visit_only_goes_on() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then raise 'what is closed stays so'; end if;
  if old.taken_in_at is not null and new.taken_in_at is distinct from old.taken_in_at then raise 'who is taken in stays so'; end if;
  return new;
end $$;
create trigger visit_only_goes_on before update on visit for each row execute function visit_only_goes_on();

-- Who is to receive someone knows them until 30 days after; so does who judges how urgent they wait, or is to call back.
create function keep_person_known(p_source uuid, p_person uuid, p_worker uuid, p_district uuid, p_until timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_person is null or p_worker is null then
    delete from person_known where source_id = p_source;
  else
    insert into person_known (source_id, person_id, worker_id, district_id, known_until)
      values (p_source, p_person, p_worker, p_district, p_until)
      on conflict (source_id) do update set worker_id = excluded.worker_id, known_until = excluded.known_until;
  end if;
end $$;

create function visit_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.closed_at, new.arrived_at) + interval '30 days');
  return null;
end $$;
create trigger visit_makes_known after insert or update of worker_id, closed_at on visit
  for each row execute function visit_makes_known();

create function request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.duty_worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'));
  return null;
end $$;
create trigger request_makes_known after insert or update of duty_worker_id, closed_at on appointment_request
  for each row execute function request_makes_known();

create function message_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.done_at, new.sent_at + interval '60 days') + interval '30 days');
  return null;
end $$;
create trigger message_makes_known after insert or update of done_at on message
  for each row execute function message_makes_known();

-- Whoever is there is offered what is freed today.
create function visit_tells_who_is_there() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_request set version = version + 1, present_until = case when new.closed_at is null
      then ((new.day + 1)::timestamp at time zone 'Europe/Paris') end
    where person_id = new.person_id and district_id = new.district_id and status = 'WAITING';
  return null;
end $$;
create trigger visit_tells_who_is_there after insert or update of closed_at on visit
  for each row when (new.person_id is not null and new.kind = 'WALK_IN') execute function visit_tells_who_is_there();

-- ---- Who knows a person: as before, and who received them ------------------------------------------------------
drop policy person_read on person;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- The desk: the district's persons, but for files that a colleague or a neighbour must not open.
  or (not sensitive_file and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.worker_ids) and ap.known_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));

drop policy person_address_read on person_address;
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  -- The desk and who holds an appointment or received them, unless it is confidential. A head knows the name, to allocate, no address.
  or (not confidential and exists (select from person p where p.id = person_id and (
    p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = p.id)
    or exists (select from person_known k where k.person_id = p.id and k.known_until > now())))));

grant select, insert, update, delete on person_known to cosmos_keeper;
grant select on visit to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['visit_takes_its_number()', 'keep_person_known(uuid,uuid,uuid,uuid,timestamptz)', 'visit_makes_known()',
    'request_makes_known()', 'message_makes_known()', 'visit_tells_who_is_there()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;

-- Those who are on duty for someone who waits already.
alter table appointment_request no force row level security;
alter table person_known no force row level security;
insert into person_known (source_id, person_id, worker_id, district_id, known_until)
  select id, person_id, duty_worker_id, district_id, coalesce(closed_at + interval '30 days', 'infinity') from appointment_request
  where duty_worker_id is not null;
alter table appointment_request force row level security;
alter table person_known force row level security;
