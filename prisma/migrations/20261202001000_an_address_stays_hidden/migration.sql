-- A second attacker moved a visit to today and read a shelter, raced an address against a booking and a reassignment, made an innocent
-- desk open the contact of someone, and buried a notification under a hundred.

-- AlterTable
ALTER TABLE "appointment_person" ADD COLUMN "contact_said" BOOLEAN NOT NULL DEFAULT false;

-- ---- Whose word an appointment came by ---------------------------------------------------------------------------------
-- Who made the appointments of before, nothing tells: they stay as they were.
alter table appointment_person no force row level security;
update appointment_person set contact_said = true;
alter table appointment_person force row level security;

-- Whose word opens the contact of a person: the desk of the person's district, a desk that knows the person by such a word, who follows
-- the person, and the person. A colleague who has looked a person up does not make the person known to another desk. Where nothing is confirmed
-- of the person, the desk does not see the person, and gives no word.
create or replace function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_worker() is null
    or exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
      and (p.district_id = any (viewer_districts('receptionist'))
        or (p_district = any (viewer_districts('receptionist')) and exists (select from appointment_person ap
          where ap.person_id = p.id and ap.contact_said and ap.district_id = any (viewer_districts('receptionist'))))))
    or follows_person(p_person);

create or replace function appointment_person_takes_its_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, worker_ids, case_worker_id, known_until(status, ends_at), contact_from(starts_at),
      known_until(status, ends_at)
    into new.district_id, new.worker_ids, new.case_worker_id, new.known_until, new.contact_from, new.contact_until
    from appointment where id = new.appointment_id;
  new.contact_said := says_contact(new.person_id, new.district_id);
  new.contact_worker_ids := array(select w from unnest(new.worker_ids) w
    where opens_contact(new.person_id, new.district_id, w) order by w);
  return new;
end $$;

-- A worker who joins is known to by the word of who adds the worker, where the contact was opened by a word before. Whoever passes on
-- what a colleague made opens nothing that the colleague did not have.
create or replace function appointment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_person ap set district_id = new.district_id, worker_ids = new.worker_ids,
    case_worker_id = new.case_worker_id, known_until = known_until(new.status, new.ends_at),
    contact_worker_ids = array(select w from unnest(new.worker_ids) w where w = any (ap.contact_worker_ids)
      or (ap.contact_said and w <> all (old.worker_ids) and opens_contact(ap.person_id, new.district_id, w)) order by w),
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

create or replace function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED'
      and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  return v_confirmed;
end $$;
grant update (contact_said) on appointment_person to cosmos_keeper;

drop policy person_read on person;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- The desk: the district's persons, and whom a word has sent to it, but for files that a colleague or a neighbour must not open, and
  -- whom nothing is confirmed of.
  or (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id and ap.contact_said
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

drop policy person_change on person;
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and not confirm_nothing and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id and ap.contact_said
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

-- Whether the viewer stands at a desk that knows the person's contact.
create function desk_knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
    and (p.district_id = any (viewer_districts('receptionist'))
      or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist')))));

create or replace function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or desk_knows_contact(p.id)
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.known_until > now() and k.district_id = any (viewer_districts('any')))));

-- Names of whom a worker meets, and of whom the desk expects by a colleague's own making, and no more: a row holds the rest.
create or replace function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (
    exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from case_person cp where cp.person_id = p.id and cp.opener_id = viewer_worker()
      and cp.district_id = any (viewer_districts('social_worker')))
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.known_until > now() and (
      (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
      or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist'))))));
end;
create or replace function names_at_appointments(p_ids uuid[])
  returns table (appointment_id uuid, id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select ap.appointment_id, p.id, p.given_name, p.family_name, p.chosen_name
  from appointment_person ap join person p on p.id = ap.person_id
  where ap.appointment_id = any (p_ids) and ap.known_until > now() and (
    (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
    or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
      and ap.district_id = any (viewer_districts('receptionist'))));
end;

-- ---- One after the other ------------------------------------------------------------------------------------------------
-- A booking and an address that becomes confidential do not see each other's rows. So whoever writes a place or an address of a person
-- holds the person until the transaction ends; whoever says who is of a case, or records an address for it, holds the case before. There
-- are 1,024 locks of each, so that a load of a county does not fill the table of locks. They are taken in one order.
create function hold_each(p_kind text, p_ids uuid[]) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
declare v_lock integer;
begin
  for v_lock in select distinct hashtext(id::text) & 1023 from unnest(p_ids) id order by 1 loop
    perform pg_advisory_xact_lock(hashtext('cosmos:sheltered:' || p_kind), v_lock);
  end loop;
end $$;

-- The case's row is held, so that a reassignment that is under way is seen, or sees the address.
create or replace function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  return new;
end $$;

-- The day of a home visit in Paris, on which whoever goes there reads the place. Null for what is no home visit, or is called off.
create function home_day(p_mode "AppointmentMode", p_status "AppointmentStatus", p_starts_at timestamptz) returns date
  language sql stable parallel safe
  return case when p_mode = 'HOME' and p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    then (p_starts_at at time zone 'Europe/Paris')::date end;

-- The day follows the visit where a word moves it: of who may read the address, of the person, of a desk that does not go there itself.
-- Whoever else moves it, or makes a home visit of it, only makes the day later.
create function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.reader_keys && viewer_followings()
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;

create or replace function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    perform keep_place_withheld(new.id);
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  else
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;

create or replace function case_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform hold_each('case', array[new.case_id]);
  if exists (select from person_address a where a.case_id = new.case_id) then
    perform hold_each('person', array[new.person_id]);
    perform keep_sheltered(array[new.person_id], now());
  end if;
  return null;
end $$;

create or replace function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  -- A booking that is under way withholds its place for the worker of before: it ends first.
  perform hold_each('person', array(select person from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person where a.case_id = new.id));
  perform keep_place_withheld(w.appointment_id) from (select distinct w.appointment_id from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person
    join appointment_person ap on ap.person_id = person join withheld_place w on w.appointment_id = ap.appointment_id
    where a.case_id = new.id) w;
  return null;
end $$;

-- ---- On duty, and at once ---------------------------------------------------------------------------------------------
-- Whether the viewer receives the person today: the person is there, and has not gone. A call is no presence.
create or replace function receives_today(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.person_id = p_person and v.worker_id = viewer_worker() and v.kind = 'WALK_IN'
    and v.district_id = any (viewer_districts('social_worker'))
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);

-- A notice that a worker states again, on the same day in Paris and by the same channel, is the same receipt.
alter table notice_receipt no force row level security;
delete from notice_receipt r using notice_receipt o
  where (o.person_id, o.notice_id, o.stated_by_id, o.channel) = (r.person_id, r.notice_id, r.stated_by_id, r.channel)
    and (o.given_at at time zone 'Europe/Paris')::date = (r.given_at at time zone 'Europe/Paris')::date
    and (o.given_at, o.id) < (r.given_at, r.id);
alter table notice_receipt force row level security;
create unique index notice_receipt_of_a_day on notice_receipt
  (person_id, notice_id, stated_by_id, channel, ((given_at at time zone 'Europe/Paris')::date));

-- Whether the viewer serves the person now: has them there, or meets them by an appointment of today that has begun.
create function serves_now(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return receives_today(p_person) or exists (
    select from appointment_person ap join appointment a on a.id = ap.appointment_id
    where ap.person_id = p_person and viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any'))
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.starts_at <= now()
      and a.starts_at > ((now() at time zone 'Europe/Paris')::date)::timestamp at time zone 'Europe/Paris');

-- What anyone can cause again and again is told once an hour, with its last time: else it buries what must be seen.
create function notification_tells_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update notification n set created_at = greatest(n.created_at, new.created_at)
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id;
  return case when found then null else new end;
end $$;
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED'))
  execute function notification_tells_once();
grant select, update (created_at) on notification to cosmos_keeper;

-- ---- Letters ------------------------------------------------------------------------------------------------------------
-- The safe postal address that a person named is for who prints the letter, and for who follows the person. A colleague who may call the
-- person needs neither.
create or replace function letter_address_for_viewer(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from letter_address(p_person) l
  where desk_knows_contact(p_person) or follows_person(p_person);
end;

do $$
declare f regprocedure;
begin
  foreach f in array array['desk_knows_contact(uuid)', 'serves_now(uuid)', 'keep_home_day(uuid)', 'hold_each(text,uuid[])',
    'notification_tells_once()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function serves_now(uuid) to cosmos_app;
