-- An address can kill. Whoever looks for someone may be a colleague, stand at the desk, or have someone who does: no contact by an
-- act of one's own, a confidential address for the case that recorded it, and no open one beside it, whoever wrote it.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_OPENED';

-- AlterTable
ALTER TABLE "appointment_person" ADD COLUMN "contact_from" TIMESTAMPTZ(3),
ADD COLUMN "contact_until" TIMESTAMPTZ(3),
ADD COLUMN "contact_worker_ids" UUID[];

-- AlterTable
ALTER TABLE "person_known" ADD COLUMN "contact" BOOLEAN NOT NULL DEFAULT false;

-- ---- A colleague's own making opens nothing ------------------------------------------------------------------------
-- Whose word opens the contact of someone: the desk's of the district, the word of who follows them, and their own. Without a
-- worker it is the person's, or that of the client by which they book, or the county's own tools.
create function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is null
    or (p_district = any (viewer_districts('receptionist'))
      and exists (select from person p where p.id = p_person and not p.sensitive_file))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())));

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
    exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.worker_ids)
      and ap.known_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any'))));
end;

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
    'person_known_opened()', 'names_of_met(uuid[])']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function confirm_contact(uuid), names_of_met(uuid[]) to cosmos_app;
