-- An address can kill. Whoever looks for someone may be a colleague, stand at the desk, or have someone who does: no contact by an
-- act of one's own, a confidential address for the case that recorded it, and no open one beside it, whoever wrote it.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_OPENED';
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'OPEN_ADDRESS_WRITTEN';
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_SUSPENDED';

-- AlterTable
ALTER TABLE "person" ADD COLUMN "confirm_nothing" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "contact_suspended_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "appointment_person" ADD COLUMN "contact_from" TIMESTAMPTZ(3),
ADD COLUMN "contact_until" TIMESTAMPTZ(3),
ADD COLUMN "contact_worker_ids" UUID[];

-- AlterTable
ALTER TABLE "person_known" ADD COLUMN "contact" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "person_address" DROP CONSTRAINT "person_address_pkey",
ADD COLUMN "assigned_worker_id" UUID,
ADD COLUMN "case_id" UUID,
ADD COLUMN "district_id" UUID,
ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD CONSTRAINT "person_address_pkey" PRIMARY KEY ("id");

-- CreateTable
CREATE TABLE "safe_address" (
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "line" TEXT NOT NULL,
    "postal_code" TEXT,
    "city" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,

    CONSTRAINT "safe_address_pkey" PRIMARY KEY ("case_id","person_id")
);

-- CreateTable
CREATE TABLE "withheld_place" (
    "appointment_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "reader_keys" TEXT[],
    "person_ids" UUID[],
    "worker_ids" UUID[],
    "home_day" DATE,

    CONSTRAINT "withheld_place_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateIndex
CREATE INDEX "person_address_person_id_idx" ON "person_address"("person_id");

-- CreateIndex
CREATE INDEX "person_address_case_id_idx" ON "person_address"("case_id");

-- CreateIndex
CREATE INDEX "safe_address_person_id_idx" ON "safe_address"("person_id");

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safe_address" ADD CONSTRAINT "safe_address_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "safe_address" ADD CONSTRAINT "safe_address_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withheld_place" ADD CONSTRAINT "withheld_place_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- A colleague's own making opens nothing ------------------------------------------------------------------------
-- The assigned worker of one of their cases, or the stand-in.
create function follows_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and (
    (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())));

-- Whose word opens the contact of someone: the desk's of the district, the word of who follows them, and their own. Without a
-- worker it is the person's, or that of the client by which they book, or the county's own tools.
create function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is null
    or (p_district = any (viewer_districts('receptionist'))
      and exists (select from person p where p.id = p_person and not p.sensitive_file))
    or follows_person(p_person);

-- Nobody's word opens it to themselves.
create function opens_contact(p_person uuid, p_district uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is distinct from p_worker and says_contact(p_person, p_district);

-- Who follows someone is told that a colleague may call and write to them.
create function notify_contact_opened(p_person uuid, p_workers uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_OPENED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is distinct from viewer_worker() and exists (
    select from unnest(p_workers) w where not exists (
      select from case_person own where own.person_id = p_person and own.assigned_worker_id = w))
    and cp.assigned_worker_id is not null;
end $$;

-- From a week before an appointment, until 30 days after its end, and not at all once it is cancelled.
create function contact_from(p_starts_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return p_starts_at - interval '168 hours';

create or replace function appointment_person_takes_its_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, worker_ids, case_worker_id, known_until(status, ends_at), contact_from(starts_at),
      known_until(status, ends_at)
    into new.district_id, new.worker_ids, new.case_worker_id, new.known_until, new.contact_from, new.contact_until
    from appointment where id = new.appointment_id;
  new.contact_worker_ids := array(select w from unnest(new.worker_ids) w
    where opens_contact(new.person_id, new.district_id, w) order by w);
  return new;
end $$;

-- A worker who joins is known to by the word of who adds them. Who moves it without the right to open the contact only narrows it:
-- from the later of two times, until the earlier.
create or replace function appointment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_person ap set district_id = new.district_id, worker_ids = new.worker_ids,
    case_worker_id = new.case_worker_id, known_until = known_until(new.status, new.ends_at),
    contact_worker_ids = array(select w from unnest(new.worker_ids) w where w = any (ap.contact_worker_ids)
      or (w <> all (old.worker_ids) and opens_contact(ap.person_id, new.district_id, w)) order by w),
    contact_from = case
      when new.starts_at = old.starts_at then ap.contact_from
      when said.contact then contact_from(new.starts_at)
      else greatest(ap.contact_from, contact_from(new.starts_at)) end,
    contact_until = case
      when said.contact then known_until(new.status, new.ends_at)
      when known_until(new.status, new.ends_at) is not null then least(ap.contact_until, known_until(new.status, new.ends_at)) end
    from (select p.person_id, says_contact(p.person_id, new.district_id) as contact from appointment_person p
      where p.appointment_id = new.id) said
    where ap.appointment_id = new.id and said.person_id = ap.person_id;
  return null;
end $$;
drop trigger appointment_changed on appointment;
create trigger appointment_changed after update of district_id, worker_ids, case_worker_id, status, starts_at, ends_at on appointment
  for each row execute function appointment_changed();

create function contact_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_before uuid[] := '{}';
begin
  if tg_op = 'UPDATE' then v_before := coalesce(old.contact_worker_ids, '{}'); end if;
  if exists (select from unnest(new.contact_worker_ids) w where w <> all (v_before)) and new.contact_until > now() then
    perform notify_contact_opened(new.person_id,
      array(select w from unnest(new.contact_worker_ids) w where w <> all (v_before)));
  end if;
  return null;
end $$;
create trigger contact_opened after insert or update of contact_worker_ids on appointment_person
  for each row execute function contact_opened();

-- Opens the contact of those who come to the workers of an appointment, as far as it is the viewer's to open. Returns for how many.
create function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED'
      and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  return v_confirmed;
end $$;

-- Who is to receive someone, or to call them back, knows their name. Their contact is open to them where the desk or who follows the
-- person sent them, and where a head or who follows the case allocated what they received; what one records oneself opens none.
drop function keep_person_known(uuid, uuid, uuid, uuid, timestamptz);
create function keep_person_known(p_source uuid, p_person uuid, p_worker uuid, p_district uuid, p_until timestamptz, p_contact boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_person is null or p_worker is null then
    delete from person_known where source_id = p_source;
  else
    insert into person_known as k (source_id, person_id, worker_id, district_id, known_until, contact)
      values (p_source, p_person, p_worker, p_district, p_until, p_contact)
      on conflict (source_id) do update set worker_id = excluded.worker_id, known_until = excluded.known_until,
        -- It is opened by saying who it is for, and not by what becomes of it.
        contact = case when k.worker_id = excluded.worker_id then k.contact else excluded.contact end;
  end if;
end $$;

create function person_known_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform notify_contact_opened(new.person_id, array[new.worker_id]);
  return null;
end $$;
create trigger person_known_opened after insert on person_known
  for each row when (new.contact) execute function person_known_opened();
create trigger person_known_reopened after update of worker_id, contact on person_known
  for each row when (new.contact and (not old.contact or new.worker_id <> old.worker_id)) execute function person_known_opened();

-- Whoever closes a visit late, or says late that they have called back, is not known to for longer.
create or replace function visit_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(coalesce(new.closed_at, new.arrived_at), new.arrived_at + interval '1 day') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;

create or replace function request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.duty_worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'),
    opens_contact(new.person_id, new.district_id, new.duty_worker_id));
  return null;
end $$;

create or replace function message_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(new.done_at, new.sent_at + interval '60 days') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;

create or replace function referral_person_makes_known(p_referral uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(rp.id, rp.person_id, r.to_worker_id, r.to_district_id,
    coalesce(r.closed_at + interval '30 days', 'infinity'), true)
    from referral_person rp join referral r on r.id = rp.referral_id where r.id = p_referral;
end $$;

create or replace function incoming_request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'), true);
  return null;
end $$;

-- What someone writes of whom they have seen opens nothing; the visit or the appointment does, if it was not of their own making.
create or replace function encounter_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from person_known where source_id = old.id;
  else
    perform keep_person_known(e.id, e.person_id, e.reader_id, e.district_id,
      coalesce(e.passed_on_at, e.held_at) + interval '30 days', false) from encounter e where e.id = new.id;
  end if;
  return null;
end $$;

-- Who made what is known today, nothing tells: it stays as it was until it ends, and of appointments a week before their day.
alter table appointment no force row level security;
alter table appointment_person no force row level security;
alter table person_known no force row level security;
update person_known set contact = true;
update appointment_person ap set contact_worker_ids = ap.worker_ids, contact_until = ap.known_until,
  contact_from = contact_from(a.starts_at) from appointment a where a.id = ap.appointment_id;
alter table person_known force row level security;
alter table appointment_person force row level security;
alter table appointment force row level security;

-- Names of whom a worker meets, and no more: a row of theirs holds the rest.
create function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (
    exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.worker_ids)
      and ap.known_until > now() and ap.district_id = any (viewer_districts('any'))));
end;

-- The same of those who come to these appointments.
create function names_at_appointments(p_ids uuid[])
  returns table (appointment_id uuid, id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select ap.appointment_id, p.id, p.given_name, p.family_name, p.chosen_name
  from appointment_person ap join person p on p.id = ap.person_id
  where ap.appointment_id = any (p_ids) and viewer_worker() = any (ap.worker_ids) and ap.known_until > now()
    and ap.district_id = any (viewer_districts('any'));
end;

drop policy person_read on person;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- The desk: the district's persons, but for files that a colleague or a neighbour must not open, and whom nothing is confirmed of.
  or (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));

grant update (contact_worker_ids, contact_from, contact_until) on appointment_person to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['says_contact(uuid,uuid)', 'opens_contact(uuid,uuid,uuid)', 'notify_contact_opened(uuid,uuid[])',
    'contact_opened()', 'confirm_contact(uuid)', 'keep_person_known(uuid,uuid,uuid,uuid,timestamptz,boolean)',
    'person_known_opened()', 'names_of_met(uuid[])', 'names_at_appointments(uuid[])']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function confirm_contact(uuid), names_of_met(uuid[]), names_at_appointments(uuid[]) to cosmos_app;

-- ---- A confidential address belongs to the case that recorded it -----------------------------------------------------
-- Whose it is where nobody says: the person's oldest case that is assigned, else the oldest. A second case, opened about someone who
-- was looked up, is never the one.
create function oldest_case_of(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person
    order by c.assigned_worker_id is null, c.opened_at, c.id limit 1);

create function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id;
  return new;
end $$;
create trigger address_takes_its_case before insert or update of case_id, confidential on person_address
  for each row execute function address_takes_its_case();
create trigger row_takes_its_case before insert on safe_address for each row execute function row_takes_its_case();

alter table person_address no force row level security;
alter table case_person no force row level security;
alter table "case" no force row level security;
update person_address set case_id = null where confidential;
alter table "case" force row level security;
alter table case_person force row level security;
alter table person_address force row level security;

alter table person_address add constraint person_address_case check (case_id is null or confidential);
create unique index person_address_open on person_address (person_id) where not confidential;
create unique index person_address_of_case on person_address (person_id, case_id) where confidential;

-- The cases for which someone's address is confidential: theirs, or that of anyone of the case, with whom they live.
create function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.case_id, min(a.recorded_at) from person_address a
  where a.confidential and (a.person_id = p_person
    or exists (select from case_person cp where cp.case_id = a.case_id and cp.person_id = p_person))
  group by a.case_id;
end;
create function is_sheltered(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from sheltering_cases(p_person));

-- ---- Who reads and writes -------------------------------------------------------------------------------------------
revoke insert, update on person_address from cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, case_id, version) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
drop policy person_address_read on person_address;
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    -- The desk and who holds an appointment or received them. A head knows the name, to allocate, no address.
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
drop policy person_address_write on person_address;
create policy person_address_write on person_address for insert to cosmos_app with check (
  (confidential and exists (select from case_person cp where cp.case_id = person_address.case_id and cp.person_id = person_address.person_id)
    and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
drop policy person_address_change on person_address;
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
drop policy person_address_replace on person_address;
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))));

-- The one postal address that the person named for letters: of the case that recorded it, like a confidential one.
grant select, delete on safe_address to cosmos_app;
grant insert (case_id, person_id, line, postal_code, city, version) on safe_address to cosmos_app;
grant update (line, postal_code, city, version) on safe_address to cosmos_app;
alter table safe_address enable row level security;
alter table safe_address force row level security;
create policy safe_address_read on safe_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy safe_address_write on safe_address for insert to cosmos_app with check (
  exists (select from case_person cp where cp.case_id = safe_address.case_id and cp.person_id = safe_address.person_id)
  and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])));
create policy safe_address_change on safe_address for update to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy safe_address_clear on safe_address for delete to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

-- Where someone with a confidential address is met, as it was typed: out of the appointment's row, so that no board, list, feed,
-- letter or notice has it to show. For who may read the address; of a home visit, for whoever goes there, on its day.
grant select on withheld_place to cosmos_app;
alter table withheld_place enable row level security;
alter table withheld_place force row level security;
create function viewer_followings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_relays(); end $$;
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  reader_keys && (select viewer_followings())
  or (select viewer_person()) = any (person_ids)
  or ((select viewer_worker()) = any (worker_ids) and home_day = (now() at time zone 'Europe/Paris')::date));

-- ---- What a confidential address excludes -----------------------------------------------------------------------------
-- Takes the typed place of an appointment out of its row while someone who comes has a confidential address. Puts it back once nobody who
-- comes has one. The place of the worker's hours stays: it is the service's own. So does the place of a meeting of many.
create function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
begin
  select * into v_appointment from appointment where id = p_appointment;
  if v_appointment.places is not null then return; end if;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place) from withheld_place w
      where w.appointment_id = p_appointment and a.id = p_appointment;
    delete from withheld_place where appointment_id = p_appointment;
    return;
  end if;
  v_readers := array(select distinct c.assigned_worker_id || ':' || c.district_id from unnest(v_persons) person
    cross join lateral sheltering_cases(person) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null order by 1);
  if v_appointment.place is not null and not exists (
      select from availability_occurrence o join availability v on v.id = o.availability_id
      where o.worker_id = any (v_appointment.worker_ids) and o.district_id = v_appointment.district_id
        and o.starts_at <= v_appointment.starts_at and o.starts_at > v_appointment.starts_at - interval '12 hours'
        and o.ends_at >= v_appointment.ends_at and v.place = v_appointment.place) then
    insert into withheld_place (appointment_id, place, reader_keys, person_ids, worker_ids)
      values (p_appointment, v_appointment.place, v_readers, v_persons, v_appointment.worker_ids)
      on conflict (appointment_id) do update set place = excluded.place;
    update appointment set place = null where id = p_appointment;
  end if;
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids,
    home_day = case when v_appointment.mode = 'HOME' and v_appointment.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
      then (v_appointment.starts_at at time zone 'Europe/Paris')::date end
    where appointment_id = p_appointment;
end $$;

create function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    perform keep_place_withheld(new.id);
  else
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, status on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.status)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.status))
  execute function place_may_be_withheld();
create trigger place_is_withheld after insert or delete on appointment_person
  for each row execute function place_may_be_withheld();

-- Everyone whom an address covers: an open address of theirs becomes the case's, and the places of their appointments are withheld.
-- It covers them since it was recorded, or since p_since: who joins the case later.
create function keep_sheltered(p_persons uuid[], p_since timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_case uuid;
  v_since timestamptz;
begin
  foreach v_person in array p_persons loop
    select s.case_id, coalesce(p_since, s.since) into v_case, v_since from sheltering_cases(v_person) s
      order by s.since, s.case_id limit 1;
    -- What was written since, beside it, stays to be read as where there is no other.
    if not found then
      null;
    elsif v_case is null or exists (select from person_address a where a.person_id = v_person and a.case_id = v_case) then
      delete from person_address where person_id = v_person and not confidential and recorded_at <= v_since;
    else
      update person_address set confidential = true, case_id = v_case
        where person_id = v_person and not confidential and recorded_at <= v_since;
    end if;
    perform keep_place_withheld(ap.appointment_id) from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = v_person and (a.place is not null
        or exists (select from withheld_place w where w.appointment_id = a.id));
  end loop;
end $$;

create function persons_sheltered_with(p_person uuid, p_case uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return array(select person_id from case_person where case_id = p_case union select p_person);

create function address_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' and old.confidential then
    perform keep_sheltered(persons_sheltered_with(old.person_id, old.case_id), null);
  end if;
  if tg_op <> 'DELETE' then
    if new.confidential then
      perform keep_sheltered(persons_sheltered_with(new.person_id, new.case_id), null);
    -- Written beside it, by whoever cannot know: it is read as where there is no other, and used for nothing. Who follows is told.
    else
      insert into notification (worker_id, kind, case_id)
      select c.assigned_worker_id, 'OPEN_ADDRESS_WRITTEN'::"NotificationKind", c.id
      from sheltering_cases(new.person_id) s join "case" c on c.id = s.case_id
      where c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker();
    end if;
  end if;
  return null;
end $$;
create trigger address_shelters after insert or delete or update of confidential, case_id, line on person_address
  for each row execute function address_shelters();

create function case_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from person_address a where a.case_id = new.case_id) then
    perform keep_sheltered(array[new.person_id], now());
  end if;
  return null;
end $$;
create trigger case_shelters after insert on case_person for each row execute function case_shelters();

-- It passes with the assignment.
create function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  perform keep_place_withheld(w.appointment_id) from (select distinct w.appointment_id from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person
    join appointment_person ap on ap.person_id = person join withheld_place w on w.appointment_id = ap.appointment_id
    where a.case_id = new.id) w;
  return null;
end $$;
-- At COMMIT: the head, who assigns the case, does not see how many addresses there are.
create constraint trigger case_changes_addresses after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_addresses();

-- ---- What letters use --------------------------------------------------------------------------------------------------
-- Where a letter to someone goes: the safe postal address that they named, of the case whose address is confidential if there is one;
-- without any confidential address, an open one will do. No row is no letter.
create function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = (select f.case_id from sheltering_cases(p_person) f order by f.since, f.case_id limit 1))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at from person_address a
    where a.person_id = p_person and not a.confidential and not is_sheltered(p_person)) l
  order by l.nth, l.recorded_at desc limit 1;
end;

-- Whether the viewer may know how to reach someone: as who reads their row, but for a head, who knows a name, to allocate.
create function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or (not p.sensitive_file and not p.confirm_nothing and (p.district_id = any (viewer_districts('receptionist'))
      or exists (select from appointment_person ap where ap.person_id = p.id and ap.district_id = any (viewer_districts('receptionist')))))
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.known_until > now() and k.district_id = any (viewer_districts('any')))));

-- The same address, for them.
create function letter_address_for_viewer(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from letter_address(p_person) l where knows_contact(p_person);
end;

-- A letter is to be printed where there is one to send to.
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
begin
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- By the index of a district's days.
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

  -- One that is to be told in the small hours is answered by noon: it waits for the day like all.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status = 'HELD' and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;
  return v_reminders + v_notices + v_offers;
end $$;

-- What is sent to someone with a confidential address says when, and not where: nor does it tell the district.
create or replace function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  return query
  with due as (
    -- Not by night either what became due while nobody sent.
    select d.* from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
    order by d.due_at, d.id limit p_limit for update skip locked
  ), said as (
    select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
      a.mode, a.place, a.district_id, a.case_id
    from due d
    join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
    join appointment a on a.id = n.appointment_id
    where (a.starts_at > now() or n.previous_starts_at > now())
      and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
    union all
    select d.id, 'OFFER', r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
    from due d
    join slot_offer o on o.id = d.offer_id and o.status = 'HELD' and o.told_at is null and o.answer_by > now()
    join appointment_request r on r.id = o.request_id
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
    -- Each time that it is handed out, as whatever anyone does with it is (domain rule 9): to whom, and not what it says.
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
    select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
    from taken t join sent s on s.id = t.id where t.status = 'SENDING'
  )
  select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
    case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id) then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
  from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
  join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
  where t.status = 'SENDING';
end $$;

-- Who waits is written to where letters go.
create or replace function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
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

-- A calendar on the phone of someone with a confidential address says when, and not where; of someone whose contact is suspended,
-- nothing.
create or replace function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and w.disabled_at is not null)
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes));
  if not found then return; end if;
  return query
    with mine as (
      select a.* from membership m
      cross join lateral (
        select x.* from appointment x where x.worker_ids[1] = v_feed.worker_id and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 1 and x.worker_ids[2] = v_feed.worker_id
          and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 2 and x.district_id = m.district_id
          and x.worker_ids @> array[v_feed.worker_id] and not v_feed.worker_id = any (x.worker_ids[1:2])
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days') a
      where m.worker_id = v_feed.worker_id and m.role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select x.* from appointment_person ap join appointment x on x.id = ap.appointment_id
      join person p on p.id = ap.person_id and p.contact_suspended_at is null
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' and (v_feed.person_id is null or not is_sheltered(v_feed.person_id)) then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- One that is empty is there all the same.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;

-- ---- Safe contact -----------------------------------------------------------------------------------------------------------
-- The viewer is on duty for someone: the desk of the district has sent them to the viewer today, and they have not gone.
create function is_on_duty_for(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person_known k on k.source_id = v.id where v.person_id = p_person
    and v.worker_id = viewer_worker() and v.district_id = coalesce(p_district, v.district_id)
    and v.district_id = any (viewer_districts('social_worker')) and k.worker_id = viewer_worker() and k.contact
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);

-- Closes every channel at once: "he has my phone". Whoever serves them may, and the person; who follows them is told. Whether it was.
create function suspend_contact(p_person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not viewer_has_scope('persons:write') and viewer_person() is distinct from p_person then return false; end if;
  if not knows_contact(p_person) and not exists (select from names_of_met(array[p_person])) then return false; end if;
  update person set safe_contact = 'NONE', contact_suspended_at = now(), version = version + 1 where id = p_person;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_SUSPENDED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;

-- Says by what someone is reached: who follows them; on duty, who says that they are present, and alone. Whether it was said: not of
-- another version.
create function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and (follows_person(p_person) or (p_present_and_alone and is_on_duty_for(p_person, null)));
create function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set safe_contact = p_contact, version = version + 1,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  return found;
end $$;

-- Closing every channel tightens. Any other change loosens or replaces, since no channel is tighter than another. Where anyone but the
-- worker who follows the person changes a number or a mail address, nobody writes to it until that worker says so.
create function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' then new.contact_suspended_at := null; end if;
    return new;
  end if;
  if new.safe_contact not in ('NONE', old.safe_contact) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if (new.phone is distinct from old.phone and old.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT'))
    or (new.email is distinct from old.email and old.safe_contact = 'NEUTRAL_TEXT') then
    new.safe_contact := 'NONE';
  end if;
  return new;
end $$;
create trigger contact_only_tightens before update of safe_contact, phone, email on person
  for each row execute function contact_only_tightens();
grant update (safe_contact, contact_suspended_at, version) on person to cosmos_keeper;

-- ---- Confirm nothing --------------------------------------------------------------------------------------------------------
-- Of whom nothing is confirmed, look-ups, boards and whatever warns of namesakes answer as of someone unknown, to all but who follows
-- them. Who meets them by an appointment or a visit goes on to know whom they meet.
create or replace function look_up_person(p_name text, p_birth_year integer, p_reference text, p_phone text)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_year integer, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, extract(year from p.birth_date)::integer, p.reference
  from person p
  where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
      or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
      or normalised_name(p.chosen_name) = normalised_name(p_name))
    and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
      or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id))
  order by p.reference limit 5;
end;
create or replace function registered_person(p_id uuid)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_date date, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, p.birth_date, p.reference from person p
  where p.id = p_id and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
    or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
create or replace function persons_within_look_up(p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id from person p where p.id = any (p_ids)
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker'))
      or p.district_id = any (viewer_districts('district_head')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
create or replace function may_book_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from persons_within_look_up(array[p_person]))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      join person p on p.id = ap.person_id where ap.person_id = p_person and (
        (a.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file and not p.confirm_nothing)
        or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any'))
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')));

drop policy person_change on person;
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

-- Whether a case is about someone of whom nothing is confirmed.
create function case_confirms_nothing(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and p.confirm_nothing);

-- Who follows someone says so, and takes it back; they themselves say so online, and whoever has their phone does not take it back.
create function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_person() = p_person, false)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;

-- Someone of whom nothing is confirmed says her reference at the desk: she is the one of this visit, for whoever is to receive her. The
-- desk reads her no more than before. Who she is, for the log; null where the reference is not that of one of them.
create function be_called_by_reference(p_visit uuid, p_reference text) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_visit visit%rowtype;
begin
  select * into v_visit from visit where id = p_visit and person_id is null and version = 1 and worker_id is not null
    and district_id = any (viewer_districts('receptionist'));
  if not found then return null; end if;
  select id into v_person from person where reference = p_reference and confirm_nothing and district_id = v_visit.district_id;
  if v_person is null then return null; end if;
  update visit set person_id = v_person where id = p_visit;
  perform keep_person_known(p_visit, v_person, v_visit.worker_id, v_visit.district_id, v_visit.arrived_at + interval '30 days',
    opens_contact(v_person, v_visit.district_id, v_visit.worker_id));
  return v_person;
end $$;
grant update (confirm_nothing) on person to cosmos_keeper;
grant update (person_id) on visit to cosmos_keeper;

-- ---- The duty worker, where nobody is assigned ----------------------------------------------------------------------------
-- The confidential addresses of someone whom the desk has sent to the viewer today, of cases that nobody has. Asked on a ground that
-- is logged, by the service.
create function address_on_duty(p_person uuid)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version from person_address a
  where a.person_id = p_person and a.confidential and a.case_id is not null and a.assigned_worker_id is null
    and viewer_has_scope('persons:read') and is_on_duty_for(a.person_id, a.district_id)
  order by a.recorded_at desc limit 1;
end;

grant update (confidential, case_id), delete on person_address to cosmos_keeper;
grant update (district_id, assigned_worker_id) on person_address to cosmos_keeper;
grant select, update (district_id, assigned_worker_id) on safe_address to cosmos_keeper;
grant select, insert, update, delete on withheld_place to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['oldest_case_of(uuid)', 'address_takes_its_case()', 'sheltering_cases(uuid)', 'is_sheltered(uuid)',
    'keep_place_withheld(uuid)', 'place_may_be_withheld()', 'keep_sheltered(uuid[],timestamptz)', 'persons_sheltered_with(uuid,uuid)',
    'address_shelters()', 'case_shelters()', 'case_changes_addresses()', 'letter_address(uuid)', 'letter_address_for_viewer(uuid)',
    'address_on_duty(uuid)', 'knows_contact(uuid)', 'follows_person(uuid)', 'is_on_duty_for(uuid,uuid)',
    'suspend_contact(uuid)', 'say_safe_contact(uuid,integer,"SafeContact",boolean)', 'may_say_safe_contact(uuid,boolean)', 'case_confirms_nothing(uuid)', 'set_confirm_nothing(uuid,boolean)',
    'be_called_by_reference(uuid,text)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function letter_address_for_viewer(uuid), address_on_duty(uuid), suspend_contact(uuid),
  say_safe_contact(uuid,integer,"SafeContact",boolean), follows_person(uuid), may_say_safe_contact(uuid,boolean), case_confirms_nothing(uuid),
  set_confirm_nothing(uuid,boolean), be_called_by_reference(uuid,text) to cosmos_app;

-- The addresses that are confidential already.
set role cosmos_keeper;
select keep_sheltered(persons_sheltered_with(a.person_id, a.case_id), null) from person_address a where a.confidential;
reset role;
