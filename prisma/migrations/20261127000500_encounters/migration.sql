-- Encounter (entretien d'accueil): someone seen once on duty, without a case. Its text is read by who held it until it is passed
-- on to the assigned worker of a case, then by that worker alone, and deleted after 30 days otherwise.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'ENCOUNTER_PASSED_ON';
-- CreateTable
CREATE TABLE "encounter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "held_by_id" UUID NOT NULL,
    "reader_id" UUID,
    "person_id" UUID,
    "visit_id" UUID,
    "appointment_id" UUID,
    "body" BYTEA,
    "held_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "case_id" UUID,
    "passed_to_id" UUID,
    "passed_on_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "encounter_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "encounter_key" (
    "encounter_id" UUID NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    CONSTRAINT "encounter_key_pkey" PRIMARY KEY ("encounter_id")
);
-- CreateIndex
CREATE INDEX "encounter_reader_id_held_at_id_idx" ON "encounter"("reader_id", "held_at", "id");
-- CreateIndex
CREATE INDEX "encounter_district_id_idx" ON "encounter"("district_id");
-- CreateIndex
CREATE INDEX "encounter_held_by_id_idx" ON "encounter"("held_by_id");
-- CreateIndex
CREATE INDEX "encounter_passed_to_id_idx" ON "encounter"("passed_to_id");
-- CreateIndex
CREATE INDEX "encounter_person_id_idx" ON "encounter"("person_id");
-- CreateIndex
CREATE INDEX "encounter_visit_id_idx" ON "encounter"("visit_id");
-- CreateIndex
CREATE INDEX "encounter_appointment_id_idx" ON "encounter"("appointment_id");
-- CreateIndex
CREATE INDEX "encounter_case_id_idx" ON "encounter"("case_id");
-- CreateIndex
CREATE INDEX "encounter_key_master_key_id_idx" ON "encounter_key"("master_key_id");
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_held_by_id_fkey" FOREIGN KEY ("held_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_passed_to_id_fkey" FOREIGN KEY ("passed_to_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "encounter_key" ADD CONSTRAINT "encounter_key_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- Nothing is unique to a visit: that a second encounter of it is refused would tell of the first, which a colleague held.
alter table encounter
  add constraint encounter_of_one check (num_nonnulls(visit_id, appointment_id) <= 1),
  add constraint encounter_passed_on check (num_nonnulls(case_id, passed_to_id, passed_on_at) in (0, 3)),
  add constraint encounter_reader check (reader_id is null or reader_id = held_by_id or reader_id = passed_to_id);
create index encounter_to_delete on encounter (held_at) where case_id is null;

-- ---- Who reads and writes ------------------------------------------------------------------------------------
grant select on encounter to cosmos_app;
grant insert (id, district_id, held_by_id, person_id, visit_id, appointment_id, body) on encounter to cosmos_app;
grant update (body, case_id, version) on encounter to cosmos_app;
grant delete on encounter to cosmos_app;
alter table encounter enable row level security;
alter table encounter force row level security;
-- One reader at a time; and after 30 days none, whether or not the job has come by.
create policy encounter_read on encounter for select to cosmos_app using (
  reader_id = (select viewer_note_reader())
  and (case_id is not null or held_at > now() - interval '30 days')
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_record on encounter for insert to cosmos_app with check (
  held_by_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[])
  and (person_id is null or may_book_person(person_id))
  and (visit_id is null or exists (select from visit v where v.id = visit_id
    and v.worker_id = (select viewer_worker()) and v.district_id = encounter.district_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id and a.case_id is null
    and (select viewer_worker()) = any (a.worker_ids) and a.district_id = encounter.district_id)));
-- Until it is passed on, who held it writes it, passes it on, and may delete it before its time; from then on nobody does.
create policy encounter_write on encounter for update to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker()) and held_at > now() - interval '30 days'
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  with check (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = encounter.district_id));
create policy encounter_delete on encounter for delete to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker()) and held_at > now() - interval '30 days'
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));

grant select, insert on encounter_key to cosmos_app;
alter table encounter_key enable row level security;
alter table encounter_key force row level security;
create policy encounter_key_use on encounter_key for all to cosmos_app using (
  exists (select from encounter e where e.id = encounter_id));
grant select, update (master_key_id, wrapped) on encounter_key to cosmos_jobs;
create policy encounter_key_rotation on encounter_key for all to cosmos_jobs using (true);

-- ---- What the database keeps ---------------------------------------------------------------------------------
-- The case is held while it is passed on: a reassignment that commits meanwhile would pass it by.
create function encounter_is_passed_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.reader_id := new.held_by_id;
  elsif new.case_id is distinct from old.case_id then
    if old.case_id is not null then raise 'what is passed on stays so'; end if;
    select assigned_worker_id, now() into new.passed_to_id, new.passed_on_at from "case"
      where id = new.case_id and district_id = new.district_id and status = 'OPEN' for share;
    -- Closed or taken back meanwhile: whoever passes it on looks again.
    if new.passed_to_id is null then raise 'nobody to pass it on to' using errcode = 'serialization_failure'; end if;
  end if;
  return new;
end $$;
create trigger encounter_is_passed_on before insert or update of case_id on encounter
  for each row execute function encounter_is_passed_on();

-- Rules 1 and 2, as for a note of the case: who holds the open assignment reads what they held themselves, and what was passed on
-- to them; a reassignment opens nothing. It comes back with the case.
create function reset_encounter_readers(p_case uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
begin
  update encounter e set reader_id = r.reader from (
    select i.id, case when v_assigned in (i.held_by_id, i.passed_to_id) then v_assigned end as reader
    from encounter i where i.case_id = p_case) r
  where e.id = r.id and e.reader_id is distinct from r.reader;
end $$;

create function encounter_goes_to_its_reader() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- This one alone: how long the others of the case take would tell who passes it on of their number.
  update encounter set reader_id = new.passed_to_id where id = new.id and reader_id <> new.passed_to_id;
  if new.passed_to_id <> new.held_by_id then
    insert into notification (worker_id, kind, case_id) values (new.passed_to_id, 'ENCOUNTER_PASSED_ON', new.case_id);
  end if;
  return null;
end $$;
create trigger encounter_goes_to_its_reader after update of case_id on encounter
  for each row when (old.case_id is null and new.case_id is not null) execute function encounter_goes_to_its_reader();

create function case_takes_its_encounters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform reset_encounter_readers(new.id);
  return null;
end $$;
create trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id) execute function case_takes_its_encounters();

-- Its reader knows who came, until 30 days after they came or it was passed on. The row is read anew: it may have gone on since.
create function encounter_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from person_known where source_id = old.id;
  else
    perform keep_person_known(e.id, e.person_id, e.reader_id, e.district_id,
      coalesce(e.passed_on_at, e.held_at) + interval '30 days') from encounter e where e.id = new.id;
  end if;
  return null;
end $$;
create trigger encounter_makes_known after insert or update of case_id, reader_id, passed_on_at or delete on encounter
  for each row execute function encounter_makes_known();

-- Deletes what nobody has passed on for 30 days, so many at most, the oldest first. Returns how many.
create function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  delete from encounter where id in (select id from encounter
    where case_id is null and held_at <= now() - interval '30 days' order by held_at limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;

grant select, update (reader_id), delete on encounter to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['encounter_is_passed_on()', 'reset_encounter_readers(uuid)', 'encounter_goes_to_its_reader()',
    'case_takes_its_encounters()', 'encounter_makes_known()', 'delete_old_encounters(integer)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function delete_old_encounters(integer) to cosmos_jobs;
